// What a visitor gets for a picture: the links, the way back, and a playground. upload.js takes it out of its page as it is.
import type { Image } from "../../../schema/api.ts";
import type { Visitor } from "./account-links.tsx";
import { Layout } from "./layout.tsx";
import { Playground, PlaygroundHead } from "./playground.tsx";
import { Snippets } from "./snippet-list.tsx";
import { alternativeOf, dateInWords } from "./words.ts";

interface UploadResultProps {
  readonly image: Image;
  /** Where whoever uploaded it can delete it; null where that was told before. */
  readonly deleteUrl: string | null;
  /** Where its owner changes it. */
  readonly editUrl?: string;
}

export function UploadResultPage(props: UploadResultProps & { readonly visitor: Visitor | null }) {
  const { visitor, ...result } = props;
  return (
    <Layout title="Uploaded · edgepix" visitor={visitor} head={<PlaygroundHead />}>
      <section class="front">
        <h1>Your picture is online</h1>
        <UploadResult {...result} />
        <p>
          <a class="button" href="/">
            Upload another
          </a>
        </p>
      </section>
    </Layout>
  );
}

export function UploadResult({ image, deleteUrl, editUrl }: UploadResultProps) {
  const small = image.sizes.small?.url ?? image.url;
  return (
    <article
      class="result"
      data-page={image.page_url}
      data-thumbnail={small}
      data-delete={deleteUrl}
      data-expires={image.expires_at}
    >
      <a class="thumbnail" href={image.page_url}>
        <img src={small} alt={alternativeOf(image)} />
      </a>
      <div class="links">
        <Snippets image={image} />
        {image.expires_at && (
          <p>
            It is here until <time datetime={image.expires_at}>{dateInWords(image.expires_at)}</time>.
          </p>
        )}
        {editUrl && (
          <p>
            <a href={editUrl}>Change or delete it</a>
          </p>
        )}
        {deleteUrl && (
          <p>
            <a class="delete" href={deleteUrl}>
              Delete it
            </a>{" "}
            <span class="without-scripts">
              · this link is shown only once, so keep it if you may want to.
            </span>
            <span class="with-scripts">· this browser keeps the link, and nobody else has it.</span>
          </p>
        )}
      </div>
      {image.transformable && <Playground image={image} />}
    </article>
  );
}
