// What chat apps, social networks and search engines read of an image page.
import type { Image } from "../../../schema/api.ts";
import { SOCIAL_SIZE } from "../../../schema/transform.ts";
import { alternativeOf, descriptionOf, oneLine, titleOf } from "./words.ts";

export function SocialTags({ image }: { readonly image: Image }) {
  const title = oneLine(titleOf(image));
  const description = descriptionOf(image);
  return (
    <>
      <link rel="canonical" href={image.page_url} />
      {image.nsfw && <meta name="rating" content="adult" />}
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content="edgepix" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={image.page_url} />
      <meta name="twitter:card" content={hasPreview(image) ? "summary_large_image" : "summary"} />
      <meta name="twitter:title" content={title} />
      <meta name="twitter:description" content={description} />
      {hasPreview(image) && <PreviewTags image={image} />}
    </>
  );
}

/** A preview shows itself unasked in other people's chats, so an image marked nsfw has none; and no chat or network shows an SVG. */
const hasPreview = ({ nsfw, format }: Image) => !nsfw && format !== "svg";

function PreviewTags({ image }: { readonly image: Image }) {
  const url = image.transformable ? `${image.url}?size=social` : image.url;
  const { width, height } = image.transformable ? SOCIAL_SIZE : image;
  const alternative = alternativeOf(image);
  return (
    <>
      <meta property="og:image" content={url} />
      {width && <meta property="og:image:width" content={String(width)} />}
      {height && <meta property="og:image:height" content={String(height)} />}
      <meta property="og:image:alt" content={alternative} />
      <meta name="twitter:image" content={url} />
      <meta name="twitter:image:alt" content={alternative} />
    </>
  );
}
