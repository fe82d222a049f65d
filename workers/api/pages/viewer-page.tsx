// The page of one image at /{id}. Complete without JavaScript; copy-buttons.js only adds comfort.
import type { Image } from "../../../schema/api.ts";
import { outputFormats } from "../../../schema/facts.ts";
import { attributionOf, webAddress } from "./attribution.ts";
import { Layout } from "./layout.tsx";
import { LinkedData } from "./linked-data.tsx";
import { Gate, Picture, PicturePreload } from "./picture.tsx";
import { SizeLinks, Snippets } from "./snippet-list.tsx";
import { SocialTags } from "./social-tags.tsx";
import {
  bytesInWords,
  dateInWords,
  descriptionOf,
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
  /** Marked nsfw, and nobody has asked for it yet. */
  readonly isGated: boolean;
}

export function ViewerPage(props: ViewerPageProps) {
  const { image, isGated } = props;
  return (
    <Layout
      title={`${oneLine(titleOf(image))} · edgepix`}
      description={descriptionOf(image)}
      head={<Head {...props} />}
    >
      {isGated ? <Gate /> : <Picture image={image} />}
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
          {image.transformable && <DownloadAs image={image} />}
          <p class="limits">
            <a href={`/${image.id}/report`} rel="nofollow">
              Report this picture
            </a>
          </p>
        </section>
        <Share image={image} />
      </div>
    </Layout>
  );
}

function Head({ image, inlineCss, indexed, isGated }: ViewerPageProps) {
  return (
    <>
      <style dangerouslySetInnerHTML={{ __html: inlineCss }} />
      {!indexed && <meta name="robots" content="noindex" />}
      <SocialTags image={image} />
      <link
        rel="alternate"
        type="application/json+oembed"
        href={`${new URL(image.page_url).origin}/oembed?url=${encodeURIComponent(image.page_url)}`}
        title={oneLine(titleOf(image))}
      />
      {!image.nsfw && <LinkedData image={image} />}
      {!isGated && <PicturePreload image={image} />}
      <script type="module" src="/copy-buttons.js"></script>
      <script type="module" src="/zoom.js"></script>
      {image.expires_at && <script type="module" src="/own.js"></script>}
    </>
  );
}

function Facts({ image }: { readonly image: Image }) {
  const dimensions = dimensionsOf(image);
  const { author, license, sourceUrl } = attributionOf(image);
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
      {author && <Fact name="Author">{<bdi>{author}</bdi>}</Fact>}
      {license && <Fact name="License">{<MaybeLink text={license} />}</Fact>}
      {sourceUrl && <Fact name="Source">{<MaybeLink text={sourceUrl} />}</Fact>}
      {image.expires_at && (
        <Fact name="Expires">
          <time datetime={image.expires_at}>{dateInWords(image.expires_at)}</time>
        </Fact>
      )}
    </dl>
  );
}

/** Strangers' text, which the page vouches for nowhere. */
function MaybeLink({ text }: { readonly text: string }) {
  const address = webAddress(text);
  if (!address) return <bdi>{text}</bdi>;
  return (
    <a href={address} rel="nofollow ugc noopener">
      {text}
    </a>
  );
}

/** The picture in another format, saved under its name. */
function DownloadAs({ image }: { readonly image: Image }) {
  return (
    <form class="download" action={image.url} method="get">
      <input type="hidden" name="download" value="1" />
      <label for="download-format">Download as</label>
      <select id="download-format" name="format">
        {outputFormats.map((format) => (
          <option value={format}>{format}</option>
        ))}
      </select>
      <button type="submit">Save</button>
    </form>
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
      {image.transformable && (
        <details>
          <summary>Links to smaller sizes</summary>
          <SizeLinks image={image} />
        </details>
      )}
      <p role="status" class="said"></p>
    </section>
  );
}
