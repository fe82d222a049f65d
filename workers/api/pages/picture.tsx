// The picture itself: the browser picks the size it needs, and its room is kept while it loads.
import type { Image } from "../../../schema/api.ts";
import { layoutWidth, shapeOf } from "./picture-shape.ts";
import { alternativeOf } from "./words.ts";

/** In place of a picture marked nsfw: nothing of it is fetched before its link is followed. */
export function Gate() {
  return (
    <section class="gate" aria-label="Picture">
      <p>This picture is marked as not safe for work.</p>
      <a class="button" href="?show=1">
        Show it
      </a>
    </section>
  );
}

/** Begins the picture before style and scripts are read. */
export function PicturePreload({ image }: { readonly image: Image }) {
  const { src, srcset, sizes } = sourcesOf(image);
  return (
    <link
      rel="preload"
      as="image"
      href={src}
      {...(srcset && { imagesrcset: srcset, imagesizes: sizes })}
      fetchpriority="high"
    />
  );
}

export function Picture({ image }: { readonly image: Image }) {
  const { width, height } = image;
  const { src, srcset, sizes } = sourcesOf(image);
  const shape = shapeOf(image);
  return (
    <a class={`picture ${shape}`} href={image.url}>
      <img
        src={src}
        {...(image.format !== "jpg" && { class: "see-through" })}
        alt={alternativeOf(image)}
        {...(srcset && { srcset, sizes })}
        {...(width && height && { width, height })}
        fetchpriority="high"
      />
    </a>
  );
}

/** What the picture and its preload must say alike, or it is fetched twice; `srcset` is empty where there is one size only. */
function sourcesOf(image: Image) {
  const candidates = candidatesOf(image);
  return {
    src: image.sizes.large?.url ?? image.url,
    srcset: candidates.length > 1 ? candidates.join(", ") : "",
    sizes: layoutWidth(image),
  };
}

/**
 * Each size once: those of a small original are all the original itself. Sizes come in the best format that the browser takes;
 * the original comes as it is, since to make all of it anew for one page costs more than it saves.
 */
function candidatesOf(image: Image): readonly string[] {
  const { small, medium, large } = image.sizes;
  const original = image.width && image.transformable ? [{ url: image.url, width: image.width }] : [];
  const byWidth = new Map<number, string>();
  for (const size of [...original, large, medium, small]) {
    if (size && !byWidth.has(size.width))
      byWidth.set(size.width, size.url === image.url ? size.url : inBestFormat(size.url));
  }
  return [...byWidth].reverse().map(([width, url]) => `${url} ${width}w`);
}

function inBestFormat(url: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}format=auto`;
}

/** The rules that depend on the image; the page's only inline style. */
export function pictureCss(image: Image): string {
  const { width, height, placeholder } = image;
  const room =
    width && height
      ? `width:${layoutWidth(image, "100%")};aspect-ratio:${width}/${height};`
      : "max-width:100%;";
  const colour = placeholder && isOpaque(placeholder.thumbhash) ? `background:${placeholder.color};` : "";
  return `.picture img{${room}${colour}}`;
}

/** Behind a see-through picture the placeholder colour would stay visible. ThumbHash keeps "has alpha" in bit 23. */
export function isOpaque(thumbhash: string): boolean {
  return (atob(thumbhash).charCodeAt(2) & 0x80) === 0;
}
