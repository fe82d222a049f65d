// Every field of one picture, as the API calls it.
import type { Child } from "hono/jsx";
import type { Image } from "../../../../schema/api.ts";

export function PictureFields({ image }: { readonly image: Image }) {
  return (
    <details class="fields">
      <summary>All fields, as the API names them</summary>
      <dl class="facts">
        {Object.entries(image).map(([name, value]) => (
          <div>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <bdi>{asText(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function asText(value: unknown): Child {
  return typeof value === "string" ? value : JSON.stringify(value);
}
