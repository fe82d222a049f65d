// One picture among many: small, with what stands for it while it loads, and a box to choose it by.
import type { Image } from "../../../../schema/api.ts";
import { isOpaque } from "../picture.tsx";
import { alternativeOf } from "../words.ts";

/** Smaller ones are not enlarged to fill their square. */
const SMALL = 160;

export function Tile({ image, isChosen }: { readonly image: Image; readonly isChosen: boolean }) {
  const name = alternativeOf(image);
  const marks = [
    ...(image.status === "ready" || image.status === "processing" ? [] : [image.status]),
    ...(image.public ? [] : ["private"]),
    ...(image.nsfw ? ["nsfw"] : []),
    ...(image.expires_at ? ["expires"] : []),
  ];
  return (
    <li class={`tile${image.nsfw ? " nsfw" : ""}`} id={`p-${image.id}`}>
      <a href={`/gallery/${image.id}`} title={name} {...placeholderOf(image)}>
        <Thumbnail image={image} name={name} />
      </a>
      <label class="choose-one">
        <input type="checkbox" name="id" value={image.id} checked={isChosen} />
        <span class="aside">Choose {name}</span>
      </label>
      {marks.length > 0 && (
        <p class="marks">
          {marks.map((mark) => (
            <span>{mark}</span>
          ))}
        </p>
      )}
    </li>
  );
}

function Thumbnail({ image, name }: { readonly image: Image; readonly name: string }) {
  const { small } = image.sizes;
  const isShown = image.status === "ready" || image.status === "processing";
  // The original of what can't be made small may be large: drawings are not.
  const url = small?.url ?? (image.format === "svg" ? image.url : undefined);
  if (!isShown || url === undefined) return <span class="no-picture">{name}</span>;
  const isSmall = Math.max(small?.width ?? SMALL, small?.height ?? SMALL) < SMALL;
  return (
    <img
      src={url}
      alt={name}
      loading="lazy"
      decoding="async"
      {...(isSmall && { class: "as-it-is" })}
      {...(small && { width: small.width, height: small.height })}
    />
  );
}

function placeholderOf({ placeholder }: Image) {
  if (!placeholder) return {};
  return {
    "data-thumbhash": placeholder.thumbhash,
    ...(isOpaque(placeholder.thumbhash) && { "data-color": placeholder.color }),
  };
}

/** The colours of all tiles: the page's only inline style. */
export function placeholderCss(images: readonly Image[]): string {
  return images
    .flatMap(({ id, placeholder }) =>
      placeholder && isOpaque(placeholder.thumbhash) ? [`#p-${id} a{background:${placeholder.color}}`] : [],
    )
    .join("");
}
