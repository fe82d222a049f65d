// `/operator/accounts`: found by name, e-mail address or id, the newest first.
import type { PlanName } from "../../../../schema/plans.ts";
import { isVisible } from "../../../shared/visible.ts";
import type { Visitor } from "../account-links.tsx";
import { planTitles } from "../plan-titles.ts";
import { bytesInWords } from "../words.ts";
import { OperatorFrame } from "./frame.tsx";
import { Day } from "./reported-image.tsx";

export interface AccountOnPage {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly storage: string;
  readonly plan: PlanName;
  readonly status: "active" | "suspended";
  readonly operator: boolean;
  readonly createdAt: number;
  readonly used: { readonly uploads: number; readonly images: number; readonly bytes: number };
}

interface AccountsPageProps {
  readonly visitor: Visitor;
  /** What was looked for. */
  readonly words: string;
  readonly accounts: readonly AccountOnPage[];
  readonly next: string | null;
}

export function AccountsPage({ visitor, words, accounts, next }: AccountsPageProps) {
  return (
    <OperatorFrame visitor={visitor} here="/operator/accounts" title="Accounts">
      <form method="get" class="row find">
        <label for="find" class="aside">
          Name, e-mail address or id
        </label>
        <input id="find" type="search" name="find" value={words} placeholder="Name, e-mail address or id" />
        <button type="submit">Find</button>
      </form>
      {accounts.length === 0 && (
        <p>{next ? "None here so far: go on looking." : "There is no such account."}</p>
      )}
      <ul class="lines">
        {accounts.map((account) => (
          <li>
            <span>
              <a href={`/operator/accounts/${account.id}`}>
                <bdi>{isVisible(account.name) ? account.name : account.id}</bdi>
              </a>
              {account.email && (
                <>
                  {" "}
                  <bdi>{account.email}</bdi>
                </>
              )}
              <small>
                {planTitles[account.plan]} · {inNumbers(account.used.images, "picture")},{" "}
                {bytesInWords(account.used.bytes)} · {inNumbers(account.used.uploads, "upload")} this month ·
                since <Day at={account.createdAt} />
              </small>
            </span>
            {account.status === "suspended" && <strong class="marked">suspended</strong>}
          </li>
        ))}
      </ul>
      {next && (
        <nav class="pages" aria-label="More accounts">
          <a class="button" href={next} rel="next">
            Older accounts
          </a>
        </nav>
      )}
    </OperatorFrame>
  );
}

const inNumbers = (count: number, what: string): string =>
  `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
