// `/account`: who one is here, where one is signed in, what one takes along, and the end of it.
import type { PlanName } from "../../../../schema/plans.ts";
import type { Visitor } from "../account-links.tsx";
import { DashboardFrame } from "../dashboard/frame.tsx";
import { FormToken } from "../form-token.tsx";
import { planTitles } from "../plan-titles.ts";
import { Problem } from "../problem.tsx";
import { type PasskeyLine, Passkeys } from "./passkeys.tsx";
import { type SessionLine, Sessions } from "./sessions.tsx";

export interface AccountPageProps {
  readonly visitor: Visitor;
  readonly email: string | null;
  readonly plan: PlanName;
  /** Whether a code can be sent to another address. */
  readonly sendsMail: boolean;
  readonly passkeys: readonly PasskeyLine[];
  readonly sessions: readonly SessionLine[];
  /** Why the last form was refused, in words. */
  readonly problem: string | null;
}

export function AccountPage(props: AccountPageProps) {
  const { visitor, email, plan, sendsMail, passkeys, sessions, problem } = props;
  const { formToken } = visitor;
  return (
    <DashboardFrame
      visitor={visitor}
      here="/account"
      title="Your account"
      head={<script type="module" src="/passkeys.js"></script>}
    >
      <h1>Your account</h1>
      <Problem words={problem} />
      {email === null && passkeys.length === 0 && <NoWayBack sendsMail={sendsMail} />}
      <dl class="facts">
        <div>
          <dt>Plan</dt>
          <dd>
            {planTitles[plan]} · <a href="/plans">All plans</a>
          </dd>
        </div>
      </dl>
      <NameForm name={visitor.name} formToken={formToken} />
      {sendsMail ? (
        <EmailForm email={email} formToken={formToken} />
      ) : (
        <p>E-mail: {email ?? "none"}. This deployment sends no e-mail yet, so it can't be changed.</p>
      )}
      <Passkeys passkeys={passkeys} formToken={formToken} />
      <Sessions sessions={sessions} formToken={formToken} />
      <h2>Take everything along</h2>
      <p>
        One JSON file that names every picture: its addresses, all its fields, and the SHA-256 of its
        original.
      </p>
      <p>
        <a class="button" href="/account/export" download>
          Download the list
        </a>
      </p>
      <DeleteForm formToken={formToken} />
    </DashboardFrame>
  );
}

/** An operator who has claimed the deployment has neither yet, and the setup link is used up. */
function NoWayBack({ sendsMail }: { readonly sendsMail: boolean }) {
  return (
    <p class="problem">
      You can't sign in again yet. Before you sign out, add {sendsMail && "your e-mail address or "}a passkey
      below.
    </p>
  );
}

function NameForm({ name, formToken }: { readonly name: string; readonly formToken: string }) {
  return (
    <form method="post" action="/account/name">
      <FormToken token={formToken} />
      <div class="field">
        <label for="name">Name</label>
        <input id="name" name="name" value={name} autocomplete="name" maxlength={100} required />
      </div>
      <button type="submit">Change the name</button>
    </form>
  );
}

function EmailForm({ email, formToken }: { readonly email: string | null; readonly formToken: string }) {
  return (
    <form method="post" action="/account/email">
      <FormToken token={formToken} />
      <div class="field">
        <label for="email">E-mail</label>
        <small id="email-hint">
          Codes to sign in go there. Another address counts when you have typed the code that comes to it.
        </small>
        <input
          id="email"
          name="email"
          type="email"
          value={email ?? ""}
          autocomplete="email"
          maxlength={254}
          aria-describedby="email-hint"
          required
        />
      </div>
      <button type="submit">{email === null ? "Add the address" : "Change the address"}</button>
    </form>
  );
}

function DeleteForm({ formToken }: { readonly formToken: string }) {
  return (
    <form method="post" action="/account/delete">
      <FormToken token={formToken} />
      <h2>Delete the account</h2>
      <p>All its pictures go, their addresses stop working, and so do its keys. This can't be undone.</p>
      <div class="field">
        <label for="confirm">Type the word delete</label>
        <input id="confirm" name="confirm" autocomplete="off" required />
      </div>
      <button type="submit">Delete the account and all pictures</button>
    </form>
  );
}
