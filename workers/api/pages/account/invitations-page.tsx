// The operator's links for new people.
import { type PlanName, planNames } from "../../../../schema/plans.ts";
import { isVisible } from "../../../shared/visible.ts";
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { OperatorFrame } from "../operator/frame.tsx";
import { planTitles } from "../plan-titles.ts";
import { Problem } from "../problem.tsx";

interface InvitationLine {
  readonly id: string;
  readonly note: string;
  readonly plan: PlanName;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly state: "open" | "used" | "revoked" | "expired";
}

interface InvitationsPageProps {
  readonly visitor: Visitor;
  readonly invitations: readonly InvitationLine[];
  readonly signUps: "open" | "invite" | "closed";
  /** The one that was just made; shown once. */
  readonly link: string | null;
  readonly problem: string | null;
}

export function InvitationsPage({ visitor, invitations, signUps, link, problem }: InvitationsPageProps) {
  const { formToken } = visitor;
  return (
    <OperatorFrame title="Invitations" here="/operator/invitations" visitor={visitor}>
      {signUps === "closed" && (
        <p>Signing up is closed here (SIGNUPS): no invitation counts until that is changed.</p>
      )}
      <Problem words={problem} />
      {link && (
        <div class="field" role="status">
          <label for="link">Send this link; it is shown once, and lets one person in</label>
          <input id="link" value={link} readonly />
        </div>
      )}
      <form method="post" action="/operator/invitations">
        <FormToken token={formToken} />
        <div class="field">
          <label for="note">Whom it is for</label>
          <input id="note" name="note" maxlength={200} autocomplete="off" />
        </div>
        <div class="field">
          <label for="plan">Plan</label>
          <select id="plan" name="plan">
            {planNames
              .filter((plan) => plan !== "anonymous")
              .map((plan) => (
                <option value={plan}>{planTitles[plan]}</option>
              ))}
          </select>
        </div>
        <div class="field">
          <label for="days">Good for so many days</label>
          <input id="days" name="days" type="number" min={1} max={365} value="7" required />
        </div>
        <button type="submit" class="main">
          Make a link
        </button>
      </form>
      <h2>Made so far</h2>
      {invitations.length === 0 && <p>None yet.</p>}
      <ul class="lines">
        {invitations.map(({ id, note, plan, createdAt, expiresAt, state }) => (
          <li>
            <span>
              {isVisible(note) ? note : "Without a note"}
              <small>
                {planTitles[plan]}, made {dayOf(createdAt)},{" "}
                {state === "open" ? `good until ${dayOf(expiresAt)}` : state}
              </small>
            </span>
            {state === "open" && (
              <form method="post" action="/operator/invitations/revoke">
                <FormToken token={formToken} />
                <button
                  type="submit"
                  name="invitation"
                  value={id}
                  aria-label={`Revoke the invitation ${note}`}
                >
                  Revoke
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </OperatorFrame>
  );
}

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
