// `/gallery`: an account's pictures. One form holds what is chosen; gallery.js adds scrolling on, ranges and an undo.
import type { Image } from "../../../../schema/api.ts";
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { PlaygroundHead } from "../playground.tsx";
import { UploadForms } from "../upload-forms.tsx";
import { ChangeMany } from "./change-many.tsx";
import { DashboardFrame } from "./frame.tsx";
import { addressOf, type Filters, GalleryFilters } from "./gallery-filters.tsx";
import { Tile } from "./tile.tsx";

interface GalleryPageProps {
  readonly visitor: Visitor;
  readonly images: readonly Image[];
  readonly filters: Filters;
  /** The cursor of what follows; null = that is all. */
  readonly next: string | null;
  /** Whether something comes before. */
  readonly isDeep: boolean;
  /** Ids, or all that are shown. */
  readonly chosen: "all" | readonly string[];
  /** This page's own address, to come back to. */
  readonly back: string;
  /** Of a picture that the member may want to take. */
  readonly address: string | undefined;
  readonly maxFileBytes: number;
  readonly problem: string | null;
  readonly inlineCss: string;
}

export function GalleryPage(props: GalleryPageProps) {
  const { visitor, images, filters, isDeep, address, maxFileBytes, problem, inlineCss } = props;
  const isFiltered = filters.text !== undefined || filters.label !== "" || filters.isPublic !== undefined;
  return (
    <DashboardFrame
      visitor={visitor}
      here="/gallery"
      title="Pictures"
      isWide={true}
      head={
        <>
          {inlineCss && <style dangerouslySetInnerHTML={{ __html: inlineCss }} />}
          <PlaygroundHead />
          <script type="module" src="/upload.js"></script>
          <script type="module" src="/gallery.js"></script>
        </>
      }
    >
      <h1>Pictures</h1>
      <UploadForms
        action={`/gallery/upload?form_token=${visitor.formToken}`}
        address={address}
        maxFileBytes={maxFileBytes}
        isFolded
        problem={problem}
      />
      <ul id="uploads" class="uploads" aria-label="Uploads of this page"></ul>
      <p role="status" class="said"></p>
      <GalleryFilters filters={filters} />
      {images.length > 0 || isDeep ? (
        <Chosen {...props} />
      ) : (
        <p class="nothing">
          {isFiltered ? (
            <>
              No picture matches. <a href="/gallery">Show all pictures</a>
            </>
          ) : (
            "Your first picture will be here."
          )}
        </p>
      )}
    </DashboardFrame>
  );
}

function Chosen({ visitor, images, filters, next, isDeep, chosen, back }: GalleryPageProps) {
  return (
    <form method="post" action="/gallery/change" id="chosen">
      <FormToken token={visitor.formToken} />
      <input type="hidden" name="back" value={back} />
      <div class="toolbar">
        <a class="button" id="select-all" href={addressOf(filters, { select: "all" })}>
          Select all shown
        </a>
        <span class="count" role="status"></span>
        <button type="submit" formaction="/gallery/links">
          Links
        </button>
        <button type="submit" formaction="/gallery/delete" id="delete">
          Delete
        </button>
        <ChangeMany />
      </div>
      <ul class="pictures" aria-label="Pictures">
        {images.map((image) => (
          <Tile image={image} isChosen={chosen === "all" || chosen.includes(image.id)} />
        ))}
      </ul>
      <nav class="pages" aria-label="More pictures">
        {isDeep && (
          <a class="button" href={addressOf(filters)}>
            {filters.order === "desc" ? "Back to the newest" : "Back to the oldest"}
          </a>
        )}
        {next && (
          <a class="button" id="more" href={addressOf(filters, { cursor: next })} rel="next">
            {filters.order === "desc" ? "Older pictures" : "Newer pictures"}
          </a>
        )}
      </nav>
    </form>
  );
}
