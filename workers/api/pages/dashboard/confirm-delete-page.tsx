// Asked once more, where no script shows an undo.
import type { Image } from "../../../../schema/api.ts";
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { alternativeOf } from "../words.ts";
import { DashboardFrame } from "./frame.tsx";

interface ConfirmDeletePageProps {
  readonly visitor: Visitor;
  readonly images: readonly Image[];
  readonly back: string;
}

export function ConfirmDeletePage({ visitor, images, back }: ConfirmDeletePageProps) {
  const [what, them] =
    images.length === 1 ? ["this picture", "it"] : [`these ${images.length} pictures`, "them"];
  return (
    <DashboardFrame visitor={visitor} here="/gallery" title="Delete">
      <h1>{images.length === 0 ? "They are gone already" : `Delete ${what}?`}</h1>
      {images.length > 0 && (
        <p>
          Links to {them} stop working everywhere, and nothing brings {them} back.
        </p>
      )}
      <ul class="doomed">
        {images.map((image) => (
          <li>
            <img src={image.sizes.small?.url ?? "/favicon.svg"} alt="" loading="lazy" />
            <bdi>{alternativeOf(image)}</bdi>
          </li>
        ))}
      </ul>
      <form method="post" action="/gallery/delete" class="actions">
        <FormToken token={visitor.formToken} />
        <input type="hidden" name="back" value={back} />
        <input type="hidden" name="sure" value="1" />
        {images.map(({ id }) => (
          <input type="hidden" name="id" value={id} />
        ))}
        {images.length > 0 && (
          <button type="submit" class="main">
            Delete {what}
          </button>
        )}
        <a class="button" href={back}>
          Go back
        </a>
      </form>
    </DashboardFrame>
  );
}
