// `/operator/accounts/{id}`: what an account has and holds, its plan, and whether it may go on.
import { type PlanLimits, type PlanName, planNames } from "../../../../schema/plans.ts";
import { isVisible } from "../../../shared/visible.ts";
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { planTitles } from "../plan-titles.ts";
import { bytesInWords } from "../words.ts";
import type { AccountOnPage } from "./accounts-page.tsx";
import { OperatorFrame } from "./frame.tsx";
import { Day } from "./reported-image.tsx";

interface AccountPageProps {
  readonly visitor: Visitor;
  readonly account: AccountOnPage;
  readonly limits: PlanLimits;
  /** Whether it is the operator's own. */
  readonly isOwn: boolean;
  readonly said?: string | undefined;
}

export function OperatedAccountPage({ visitor, account, limits, isOwn, said }: AccountPageProps) {
  const { id, name, email, storage, plan, status, operator, createdAt, used } = account;
  const facts: readonly (readonly [name: string, value: unknown])[] = [
    ["E-mail", email ? <bdi>{email}</bdi> : "none"],
    ["Id", <code>{id}</code>],
    ["Addresses", <code>/{storage}/…</code>],
    ["Since", <Day at={createdAt} />],
    ["Status", `${status}${operator ? ", operator" : ""}`],
    ["Pictures", used.images.toLocaleString("en")],
    [
      "Stored",
      `${bytesInWords(used.bytes)}${limits.storageBytes === null ? "" : ` of ${bytesInWords(limits.storageBytes)}`}`,
    ],
    [
      "Uploads",
      `${used.uploads.toLocaleString("en")}${limits.uploadsPerMonth === null ? "" : ` of ${limits.uploadsPerMonth.toLocaleString("en")}`} this month`,
    ],
  ];
  return (
    <OperatorFrame
      visitor={visitor}
      here="/operator/accounts"
      title={isVisible(name) ? name : id}
      said={said}
    >
      <dl class="facts">
        {facts.map(([fact, value]) => (
          <div>
            <dt>{fact}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2>Plan</h2>
      <form method="post" action={`/operator/accounts/${id}`} class="row find">
        <FormToken token={visitor.formToken} />
        <label for="plan" class="aside">
          Plan
        </label>
        <select id="plan" name="plan">
          {planNames
            .filter((one): one is Exclude<PlanName, "anonymous"> => one !== "anonymous")
            .map((one) => (
              <option value={one} selected={one === plan}>
                {planTitles[one]}
              </option>
            ))}
        </select>
        <button type="submit">Change the plan</button>
      </form>
      <h2>{status === "suspended" ? "Let it go on" : "Suspend"}</h2>
      {isOwn ? (
        <p>This is your own account.</p>
      ) : (
        <Suspension {...{ id, status, formToken: visitor.formToken }} />
      )}
    </OperatorFrame>
  );
}

interface SuspensionProps {
  readonly id: string;
  readonly status: "active" | "suspended";
  readonly formToken: string;
}

function Suspension({ id, status, formToken }: SuspensionProps) {
  const isSuspended = status === "suspended";
  return (
    <form method="post" action={`/operator/accounts/${id}`}>
      <FormToken token={formToken} />
      <p>
        {isSuspended
          ? "Its keys and its sign-ins work again."
          : "Its keys and its sign-ins stop working. Its pictures stay where they are: block those that must go."}
      </p>
      <button type="submit" name="status" value={isSuspended ? "active" : "suspended"}>
        {isSuspended ? "End the suspension" : "Suspend the account"}
      </button>
    </form>
  );
}
