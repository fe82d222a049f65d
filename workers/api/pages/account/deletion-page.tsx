// An account on its way out.
import type { Visitor } from "../account-links.tsx";
import { Layout } from "../layout.tsx";
import { MessagePage } from "../message-page.tsx";

interface DeletionPageProps {
  readonly visitor: Visitor;
  /** Pictures that are still there. */
  readonly left: number;
  /** As far as they are counted. */
  readonly most: number;
}

export function DeletionPage({ visitor, left, most }: DeletionPageProps) {
  return (
    <Layout
      title="Your account is being deleted · edgepix"
      visitor={visitor}
      head={<meta http-equiv="refresh" content="20" />}
    >
      <section class="message">
        <h1>Your account is being deleted</h1>
        <p role="status">
          {left === 0
            ? "All pictures are gone; the account follows within a minute."
            : `${left >= most ? `More than ${most}` : left} ${left === 1 ? "picture is" : "pictures are"} left.`}
        </p>
        <p>
          You can close this page: the rest goes by itself. Your keys stopped working when you asked for it.
        </p>
      </section>
    </Layout>
  );
}

/** `wasHere`: the browser still brought the cookie of a session, which went with its account. */
export function DeletedAccountPage({ wasHere }: { readonly wasHere: boolean }) {
  const heading = wasHere ? "Your account is deleted" : "No account is being deleted here";
  return (
    <MessagePage title="Deleted" heading={heading}>
      <p>
        {wasHere ? "It is gone" : "If you had yours deleted in this browser, it is gone"}, with all its
        pictures. Caches may show some for some moments more.
      </p>
    </MessagePage>
  );
}
