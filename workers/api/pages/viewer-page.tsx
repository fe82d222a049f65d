// The page of one image at /{id}. Complete without JavaScript; copy-buttons.js only adds comfort.
import type { Image } from "../../../schema/api.ts";
import { Layout } from "./layout.tsx";
import { Picture } from "./picture.tsx";
import { Snippets } from "./snippet-list.tsx";
import { SocialTags } from "./social-tags.tsx";
import {
  bytesInWords,
  dateInWords,
  dimensionsOf,
  hasCaptionAsTitle,
  kindOf,
  oneLine,
  titleOf,
} from "./words.ts";

interface ViewerPageProps {
  readonly image: Image;
  readonly inlineCss: string;
  readonly indexed: boolean;
}

export function ViewerPage({ image, inlineCss, indexed }: ViewerPageProps) {
  return (
    <Layout title={`${oneLine(titleOf(image))} · edgepix`} head={<Head {...{ image, inlineCss, indexed }} />}>
      <Picture image={image} />
      <div class="columns">
        <section class="about">
          <h1 dir="auto">{titleOf(image)}</h1>
          {image.caption && !hasCaptionAsTitle(image) && (
            <p class="caption" dir="auto">
              {image.caption}
            </p>
          )}
          <Facts image={image} />
          <p class="actions">
            <a class="button" href={image.url}>
              Open full size
            </a>
            <a class="button" href={`${image.url}?download=1`} download={image.filename}>
              Download
            </a>
          </p>
        </section>
        <Share image={image} />
      </div>
    </Layout>
  );
}

function Head({ image, inlineCss, indexed }: ViewerPageProps) {
  return (
    <>
      <style dangerouslySetInnerHTML={{ __html: inlineCss }} />
      {!indexed && <meta name="robots" content="noindex" />}
      <SocialTags image={image} />
      <script type="module" src="/copy-buttons.js"></script>
    </>
  );
}

function Facts({ image }: { readonly image: Image }) {
  const dimensions = dimensionsOf(image);
  return (
    <dl class="facts">
      {hasCaptionAsTitle(image) && <Fact name="Name">{<bdi>{image.filename}</bdi>}</Fact>}
      {dimensions && <Fact name="Dimensions">{dimensions} pixels</Fact>}
      <Fact name="File">
        {kindOf(image)}, <span title={`${image.bytes} bytes`}>{bytesInWords(image.bytes)}</span>
      </Fact>
      <Fact name="Uploaded">
        <time datetime={image.created_at}>{dateInWords(image.created_at)}</time>
      </Fact>
      {image.expires_at && (
        <Fact name="Expires">
          <time datetime={image.expires_at}>{dateInWords(image.expires_at)}</time>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children?: unknown }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Share({ image }: { readonly image: Image }) {
  return (
    <section class="share" aria-labelledby="share-heading">
      <h2 id="share-heading">Share</h2>
      <Snippets image={image} />
      <p role="status" class="said"></p>
    </section>
  );
}
