// `/plans`: the table that the limits come from, for people.
import { type PlanLimits, type PlanName, planNames, plans } from "../../../schema/plans.ts";
import type { Visitor } from "./account-links.tsx";
import { Layout } from "./layout.tsx";
import { planTitles } from "./plan-titles.ts";
import { bytesInWords } from "./words.ts";

interface PlansPageProps {
  /** Uploads without a key, of one address. */
  readonly anonymous: { readonly perHour: number; readonly perDay: number };
  /** Where the operator lets people upgrade; null = nowhere. */
  readonly upgradeUrl: string | null;
  /** Where one gets an account; null = not by oneself. */
  readonly signUpUrl: string | null;
  /** null = nobody who is signed in. */
  readonly visitor: Visitor | null;
  /** The visitor's. */
  readonly current: PlanName | null;
}

const count = new Intl.NumberFormat("en");

export function PlansPage({ anonymous, upgradeUrl, signUpUrl, visitor, current }: PlansPageProps) {
  return (
    <Layout title="Plans · edgepix" visitor={visitor}>
      <section class="front">
        <h1>Plans</h1>
        <p class="lead">What each plan holds. At a limit nothing is lost: reading and deleting go on.</p>
        <div class="table">
          <table>
            <thead>
              <tr>
                {["Plan", "Uploads a month", "Storage", "Largest file", "Pictures stay"].map((title) => (
                  <th scope="col">{title}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {planNames.map((plan) => {
                const limits: PlanLimits = plans[plan];
                const uploads =
                  plan === "anonymous"
                    ? `${count.format(anonymous.perHour)} an hour, ${count.format(anonymous.perDay)} a day`
                    : orNoLimit(limits.uploadsPerMonth, (uploads) => count.format(uploads));
                return (
                  <tr {...(plan === current && { "aria-current": "true" })}>
                    <th scope="row">
                      {planTitles[plan]}
                      {plan === current && <small>your plan</small>}
                    </th>
                    <td>{uploads}</td>
                    <td>
                      {plan === "anonymous"
                        ? "one pool for all"
                        : orNoLimit(limits.storageBytes, bytesInWords)}
                    </td>
                    <td>{bytesInWords(limits.maxFileBytes)}</td>
                    <td>
                      {limits.maxTtlSeconds === null ? "for ever" : `${limits.maxTtlSeconds / 86_400} days`}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <p>
          A month is the calendar month in UTC. Deleting gives storage back at once, and uploads not. MB and
          GB are decimal.
        </p>
        {visitor === null && signUpUrl && (
          <p>
            <a class="button" href={signUpUrl}>
              Make an account
            </a>
          </p>
        )}
        {visitor !== null && upgradeUrl && (
          <p>
            <a class="button" href={upgradeUrl}>
              Change your plan
            </a>
          </p>
        )}
      </section>
    </Layout>
  );
}

function orNoLimit(value: number | null, words: (value: number) => string): string {
  return value === null ? "no limit" : words(value);
}
