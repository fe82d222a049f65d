// Texts to copy, each in a field of its own; copy-buttons.js gives each a button.
import type { Image } from "../../../schema/api.ts";
import { snippetsOf } from "./snippets.ts";

/** Ids carry the image's, because a page may show several. */
export function Snippets({ image }: { readonly image: Image }) {
  return (
    <>
      {snippetsOf(image).map(({ id, label, text }) => (
        <div class="snippet">
          <label for={`${id}-${image.id}`}>{label}</label>
          <input id={`${id}-${image.id}`} value={text} readonly spellcheck={false} autocomplete="off" />
        </div>
      ))}
    </>
  );
}

/** The address of each size. Nothing where the picture has none. */
export function SizeLinks({ image: { id, sizes } }: { readonly image: Image }) {
  return (
    <>
      {(["small", "medium", "large"] as const).map((name) => {
        const size = sizes[name];
        return (
          size && (
            <div class="snippet">
              <label for={`${name}-${id}`}>
                {name[0]?.toUpperCase()}
                {name.slice(1)}, {size.width} × {size.height}
              </label>
              <input id={`${name}-${id}`} value={size.url} readonly spellcheck={false} autocomplete="off" />
            </div>
          )
        );
      })}
    </>
  );
}
