// `/docs/transforms`: every parameter of image URLs, live on the sample picture, with controls to turn.
import { SAMPLE } from "../../../../schema/sample.ts";
import { parameterDocs } from "../../../../schema/transform.ts";
import { Playground, PlaygroundHead } from "../../pages/playground.tsx";
import { exampleImage } from "../examples/image.ts";
import { type PictureExample, pictureExamples } from "../examples/pictures.ts";
import { Prose } from "../prose.tsx";
import { Code } from "./example.tsx";
import { docsPages } from "./navigation.ts";
import { DocsPage } from "./page.tsx";
import type { DocsProps } from "./props.ts";

const examples: ReadonlyMap<string, readonly PictureExample[]> = new Map(Object.entries(pictureExamples));

export function TransformsPage({ origins, reader }: DocsProps) {
  const sample = exampleImage(origins, {}, SAMPLE.storage);
  return (
    <DocsPage
      page={docsPages.transforms}
      reader={reader}
      lead="A picture's address says how it comes: the extension converts, and parameters combine in any order."
      head={<PlaygroundHead />}
    >
      <Code label="An image URL" text={`${sample.url}?w=400&h=300&fit=cover`} />
      <p>
        A parameter that is unknown or makes no sense is ignored: an image always loads. Turns come first,
        then trimming, the cut and the resize, then light, colour and detail, then looks, then what lies over
        all of it, then border and corners, then padding. Sizes too large to render come as large as they can;{" "}
        <code>Content-Type</code> says which format came.
      </p>
      <section id="try">
        <h2>Try it</h2>
        <Playground image={sample} isOpen />
        <p>
          With a picture of yours: <a href="/">upload one on the front page</a>, where the same controls stand
          below it.
        </p>
      </section>
      {parameterDocs.map(({ name, aliases = [], values, byDefault, effect }) => (
        <section id={name} class="parameter">
          <h2>
            <code>{[name, ...aliases].join(", ")}</code>
          </h2>
          <p>
            <Prose text={effect} />
          </p>
          <p class="values">
            Values: <Prose text={values} />
            {byDefault && `, by default ${byDefault}`}
          </p>
          <Pictures url={sample.url} pictures={examples.get(name) ?? []} />
        </section>
      ))}
    </DocsPage>
  );
}

function Pictures({ url, pictures }: { readonly url: string; readonly pictures: readonly PictureExample[] }) {
  if (pictures.length === 0) return null;
  return (
    <div class="pictures">
      {pictures.map(({ query, width, height }) => (
        <figure>
          <a href={`${url}?${query}`}>
            <img
              src={`${url}?${query}`}
              alt={`The sample with ${query}`}
              width={String(width)}
              height={String(height)}
              loading="lazy"
            />
          </a>
          <figcaption>
            <code>
              {`?${query}`.split(/(?=&)/).map((part) => (
                <>
                  {part}
                  <wbr />
                </>
              ))}
            </code>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
