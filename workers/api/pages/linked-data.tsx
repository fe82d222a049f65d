// What search engines read of a picture: schema.org's ImageObject as JSON-LD. A block of data, which no policy lets run.
import type { Image } from "../../../schema/api.ts";
import { mimeTypes } from "../../../schema/facts.ts";
import { attributionOf, webAddress } from "./attribution.ts";
import { oneLine, titleOf } from "./words.ts";

const types: Readonly<Record<string, string>> = mimeTypes;

export function LinkedData({ image }: { readonly image: Image }) {
  return (
    <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: asData(imageObjectOf(image)) }} />
  );
}

function imageObjectOf(image: Image) {
  const { author, license, sourceUrl } = attributionOf(image);
  return {
    "@context": "https://schema.org",
    "@type": "ImageObject",
    name: oneLine(titleOf(image)),
    ...(image.caption && { caption: image.caption }),
    contentUrl: image.url,
    thumbnailUrl: image.sizes.small?.url,
    url: image.page_url,
    encodingFormat: types[image.format],
    ...(image.width && image.height && { width: image.width, height: image.height }),
    contentSize: `${image.bytes} B`,
    uploadDate: image.created_at,
    ...(author && { creditText: author, creator: { "@type": "Person", name: author } }),
    ...(license && (webAddress(license) ? { license } : { copyrightNotice: license })),
    ...(sourceUrl && { isBasedOn: sourceUrl }),
  };
}

/** Nothing in it may end the block. */
const asData = (value: object): string =>
  JSON.stringify(value).replace(/[<>]/g, (bracket) => (bracket === "<" ? "\\u003c" : "\\u003e"));
