// `/docs/limits`: what one may send and ask for here, and what happens beyond.
import { MAX_ORIGINAL_PIXELS, MAX_OUTPUT_PIXELS, MAX_OUTPUT_SIDE } from "../../../../schema/transform.ts";
import { count, type Limit, limitsFor } from "../limits.ts";
import { Prose } from "../prose.tsx";
import { docsPages } from "./navigation.ts";
import { DocsPage } from "./page.tsx";
import type { DocsProps } from "./props.ts";

const megapixels = (pixels: number) => `${count(pixels / 1_000_000)} MP`;

const pictures: readonly Limit[] = [
  {
    what: "An original that is rendered",
    limit: megapixels(MAX_ORIGINAL_PIXELS),
    beyond: "its plain URL works, parameters do nothing, and its `notes` say why",
  },
  { what: "A side of the answer", limit: `${count(MAX_OUTPUT_SIDE)} px`, beyond: "smaller" },
  { what: "Pixels of the answer", limit: megapixels(MAX_OUTPUT_PIXELS), beyond: "smaller" },
];

export function LimitsPage({ settings, reader }: DocsProps) {
  return (
    <DocsPage
      page={docsPages.limits}
      reader={reader}
      lead={
        <>
          The numbers of this deployment. MB are decimal. Uploads a month and storage are your{" "}
          <a href="/plans">plan's</a>.
        </>
      }
    >
      {[...limitsFor(settings), { title: "Rendering", limits: pictures }].map(({ title, limits }) => (
        <section>
          <h2>{title}</h2>
          <dl class="fields">
            {limits.map(({ what, limit, beyond }) => (
              <div>
                <dt>
                  <Prose text={what} />: <strong>{limit}</strong>
                </dt>
                <dd>
                  Beyond it: <Prose text={beyond} />.
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </DocsPage>
  );
}
