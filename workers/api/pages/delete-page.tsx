// Taking back what was shared without an account: asked once more, because a link may be opened by a program that looks ahead.
import { Layout } from "./layout.tsx";

export function DeletePage({ id, token }: { readonly id: string; readonly token: string }) {
  return (
    <Layout title="Delete a picture · edgepix">
      <section class="message">
        <h1>Delete this picture?</h1>
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

export function DeletedPage({ pageUrl }: { readonly pageUrl: string }) {
  return (
    <Layout title="Deleted · edgepix" head={<script type="module" src="/forget.js"></script>}>
      <section class="message" data-gone={pageUrl}>
        <h1>The picture is gone</h1>
        <p>Caches may show it for some moments more.</p>
        <p>
          <a class="button" href="/">
            Go to the home page
          </a>
        </p>
      </section>
    </Layout>
  );
}

export function NotDeletedPage({ reason }: { readonly reason: string }) {
  return (
    <Layout title="Not deleted · edgepix">
      <section class="message">
        <h1>The picture was not deleted</h1>
        <p role="alert">{reason}</p>
        <p>
          <a class="button" href="/">
            Go to the home page
          </a>
        </p>
      </section>
    </Layout>
  );
}
