// `/gallery/{id}`: one picture with every field and link, the form that changes it, and its end.
import type { Image } from "../../../../schema/api.ts";
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { Picture } from "../picture.tsx";
import { Playground, PlaygroundHead } from "../playground.tsx";
import { SizeLinks, Snippets } from "../snippet-list.tsx";
import { titleOf } from "../words.ts";
import { EditPicture, type RefusedEdit } from "./edit-picture.tsx";
import { DashboardFrame } from "./frame.tsx";
import { PictureFields } from "./picture-fields.tsx";

interface GalleryImagePageProps {
  readonly visitor: Visitor;
  readonly image: Image;
  readonly inlineCss: string;
  readonly isSaved: boolean;
  readonly problem: RefusedEdit | null;
}

export function GalleryImagePage({ visitor, image, inlineCss, isSaved, problem }: GalleryImagePageProps) {
  const isBlocked = image.status === "blocked";
  const isShown = image.status === "ready" || image.status === "processing";
  return (
    <DashboardFrame
      visitor={visitor}
      here="/gallery"
      title={titleOf(image)}
      isWide={true}
      head={
        <>
          <style dangerouslySetInnerHTML={{ __html: inlineCss }} />
          <script type="module" src="/copy-buttons.js"></script>
          <script type="module" src="/gallery-neighbours.js"></script>
          <PlaygroundHead />
        </>
      }
    >
      <p class="ways">
        <a href="/gallery">All pictures</a>
      </p>
      <h1 dir="auto">{titleOf(image)}</h1>
      {isSaved && <p role="status">Your changes are saved.</p>}
      {isBlocked && (
        <p class="problem">
          The operator of this site has blocked this picture: nobody sees it, and it can't be changed. You can
          delete it; until then it counts.
        </p>
      )}
      {!isShown && !isBlocked && (
        <p class="problem">This picture is {image.status} and not shown to anybody.</p>
      )}
      {image.notes.map(({ message }) => (
        <p class="note">{message}</p>
      ))}
      <div class="beside">
        {isShown && <Picture image={image} />}
        {!isBlocked && (
          <div>
            <section aria-labelledby="links">
              <h2 id="links">Links</h2>
              <Snippets image={image} />
              <SizeLinks image={image} />
              <p role="status" class="said"></p>
            </section>
            <EditPicture image={image} formToken={visitor.formToken} problem={problem} />
          </div>
        )}
      </div>
      {image.transformable && isShown && <Playground image={image} />}
      <PictureFields image={image} />
      <h2>Delete</h2>
      <details class="sure">
        <summary>Delete this picture</summary>
        <form method="post" action="/gallery/delete">
          <FormToken token={visitor.formToken} />
          <input type="hidden" name="sure" value="1" />
          <p>Links to it stop working everywhere, and nothing brings it back.</p>
          <button type="submit" name="id" value={image.id}>
            Delete it for good
          </button>
        </form>
      </details>
    </DashboardFrame>
  );
}
