// The links of several pictures at once: a text for each way to paste them, a line for each picture.
import type { Image } from "../../../../schema/api.ts";
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { snippetsOf } from "../snippets.ts";
import { DashboardFrame } from "./frame.tsx";

interface LinksPageProps {
  readonly visitor: Visitor;
  readonly images: readonly Image[];
  readonly back: string;
}

export function LinksPage({ visitor, images, back }: LinksPageProps) {
  return (
    <DashboardFrame
      visitor={visitor}
      here="/gallery"
      title="Links"
      head={<script type="module" src="/copy-buttons.js"></script>}
    >
      <p class="ways">
        <a href={back}>All pictures</a>
      </p>
      <h1>{images.length === 1 ? "Links of 1 picture" : `Links of ${images.length} pictures`}</h1>
      <p role="status" class="said"></p>
      {linksOf(images).map(({ id, label, text }) => (
        <div class="snippet">
          <label for={id}>{label}</label>
          <textarea
            id={id}
            rows={Math.min(images.length + 1, 8)}
            readonly
            spellcheck={false}
            autocomplete="off"
          >
            {text}
          </textarea>
        </div>
      ))}
      <h2>Download them</h2>
      <p>
        A list of the pictures' addresses, for <code>wget --input-file=edgepix-pictures.txt</code> or a
        download manager.
      </p>
      <form method="post" action="/gallery/links">
        <FormToken token={visitor.formToken} />
        {images.map(({ id }) => (
          <input type="hidden" name="id" value={id} />
        ))}
        <button type="submit" name="as" value="file">
          Download the list
        </button>
      </form>
    </DashboardFrame>
  );
}

/** Of each kind of link, all pictures'. */
function linksOf(images: readonly Image[]) {
  const all = images.map(snippetsOf);
  return (all[0] ?? []).map(({ id, label }, kind) => ({
    id,
    label: `${label}s`.replace(/(HTML|Markdown|BBCode)s$/, "$1"),
    text: all.map((snippets) => snippets[kind]?.text ?? "").join("\n"),
  }));
}
