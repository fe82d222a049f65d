// What was changed, as the gallery shows it: for its script, which puts each in its place.
import type { Image } from "../../../../schema/api.ts";
import { Layout } from "../layout.tsx";
import { Problem } from "../problem.tsx";
import { Tile } from "./tile.tsx";

interface TilesPageProps {
  readonly images: readonly Image[];
  readonly problem: string | null;
}

export function TilesPage({ images, problem }: TilesPageProps) {
  return (
    <Layout title="Changed · edgepix">
      <Problem words={problem} />
      <ul class="pictures">
        {images.map((image) => (
          <Tile image={image} isChosen={false} />
        ))}
      </ul>
    </Layout>
  );
}
