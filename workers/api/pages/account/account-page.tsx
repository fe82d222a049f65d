// `/account`: who one is here, and where one is signed in.
import type { Visitor } from "../account-links.tsx";
import { Layout } from "../layout.tsx";
import { type SessionLine, Sessions } from "./sessions.tsx";

interface AccountPageProps {
  readonly visitor: Visitor;
  readonly email: string | null;
  readonly sessions: readonly SessionLine[];
}

export function AccountPage({ visitor, email, sessions }: AccountPageProps) {
  return (
    <Layout title="Your account · edgepix" visitor={visitor}>
      <section class="account">
        <h1>Your account</h1>
        <dl class="facts">
          <div>
            <dt>Name</dt>
            <dd>{visitor.name}</dd>
          </div>
          <div>
            <dt>E-mail</dt>
            <dd>{email ?? "none"}</dd>
          </div>
        </dl>
        <Sessions sessions={sessions} formToken={visitor.formToken} />
      </section>
    </Layout>
  );
}
