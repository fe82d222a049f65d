// `/plans`: the table that the limits come from, for people.
import { type PlanLimits, type PlanName, planNames, plans } from "../../../schema/plans.ts";
import { Layout } from "./layout.tsx";
import { bytesInWords } from "./words.ts";

interface PlansPageProps {
  /** Uploads without a key, of one address. */
  readonly anonymous: { readonly perHour: number; readonly perDay: number };
  /** Where the operator lets people upgrade; null = nowhere. */
  readonly upgradeUrl: string | null;
}

const names: Readonly<Record<PlanName, string>> = {
  anonymous: "Without an account",
  free: "Free",
  pro: "Pro",
  business: "Business",
  scale: "Scale",
  unlimited: "Unlimited",
};
const count = new Intl.NumberFormat("en");

export function PlansPage({ anonymous, upgradeUrl }: PlansPageProps) {
  return (
    <Layout title="Plans · edgepix">
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
                  <tr>
                    <th scope="row">{names[plan]}</th>
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
        {upgradeUrl && (
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
