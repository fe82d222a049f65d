// `/sign-out`, for who types it: asked once more, because a link may be opened by a program that looks ahead.
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { Layout } from "../layout.tsx";

export function SignOutPage({ visitor }: { readonly visitor: Visitor }) {
  return (
    <Layout title="Sign out · edgepix">
      <section class="message">
        <h1>Sign out?</h1>
        <p>You are signed in as {visitor.name}.</p>
        <form method="post" action="/sign-out">
          <FormToken token={visitor.formToken} />
          <button type="submit" class="main">
            Sign out
          </button>
        </form>
      </section>
    </Layout>
  );
}
