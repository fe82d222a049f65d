// Taking back what was shared without an account: asked once more, because a link may be opened by a program that looks ahead.
import type { Image } from "../../../schema/api.ts";
import { Layout } from "./layout.tsx";
import { MessagePage } from "./message-page.tsx";
import { alternativeOf, titleOf } from "./words.ts";

interface DeletePageProps {
  readonly id: string;
  readonly token: string;
  /** Shown, so that nobody deletes another one; null where its page shows nothing either. */
  readonly image: Image | null;
}

export function DeletePage({ id, token, image }: DeletePageProps) {
  return (
    <Layout title="Delete a picture · edgepix">
      <section class="message">
        <h1>Delete this picture?</h1>
        {image && <Doomed image={image} />}
        <p>Its page and all its addresses stop working at once. This can't be undone.</p>
        <form method="post" action={`/${id}/delete`}>
          <input type="hidden" name="token" value={token} />
          <button type="submit" class="main">
            Delete it
          </button>{" "}
          <a class="button" href={`/${id}`}>
            Keep it
          </a>
        </form>
      </section>
    </Layout>
  );
}

function Doomed({ image }: { readonly image: Image }) {
  return (
    <figure class="doomed-one">
      {!image.nsfw && image.sizes.small && <img src={image.sizes.small.url} alt={alternativeOf(image)} />}
      <figcaption>
        <bdi>{titleOf(image)}</bdi>
      </figcaption>
    </figure>
  );
}

export function DeletedPage({ pageUrl }: { readonly pageUrl: string }) {
  return (
    <MessagePage
      title="Deleted"
      heading="The picture is gone"
      head={<script type="module" src="/forget.js"></script>}
      gone={pageUrl}
    >
      <p>Caches may show it for some moments more.</p>
    </MessagePage>
  );
}

export function NotDeletedPage({ reason }: { readonly reason: string }) {
  return (
    <MessagePage title="Not deleted" heading="The picture was not deleted">
      <p role="alert">{reason}</p>
    </MessagePage>
  );
}
