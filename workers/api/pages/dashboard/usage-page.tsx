// `/usage`: how much of the plan is used, when it begins anew, and what happens at its end.
import type { Usage } from "../../../../schema/api.ts";
import type { Visitor } from "../account-links.tsx";
import { planTitles } from "../plan-titles.ts";
import { bytesInWords, dateInWords } from "../words.ts";
import { DashboardFrame } from "./frame.tsx";
import { type Month, MonthsTable } from "./months-table.tsx";

interface UsagePageProps {
  readonly visitor: Visitor;
  readonly usage: Usage;
  /** The oldest first. */
  readonly months: readonly Month[];
  readonly maxFileBytes: number;
}

const count = new Intl.NumberFormat("en");
const counted = (value: number): string => count.format(value);

export function UsagePage({ visitor, usage, months, maxFileBytes }: UsagePageProps) {
  const { limits, period, totals, plan } = usage;
  return (
    <DashboardFrame visitor={visitor} here="/usage" title="Usage">
      <h1>Usage</h1>
      <p class="lead">
        Your plan is <strong>{planTitles[plan]}</strong>, with files of up to {bytesInWords(maxFileBytes)}.{" "}
        <a href="/plans">Compare the plans</a>
      </p>
      <Meter id="uploads" title="Uploads this month" words={counted} {...limits.uploads}>
        The count begins anew on <time datetime={period.end}>{dateInWords(period.end)}</time>, at midnight
        UTC. Deleting gives no upload back.
      </Meter>
      <Meter id="storage" title="Storage" words={bytesInWords} {...limits.storage_bytes}>
        {counted(totals.images_stored)} {totals.images_stored === 1 ? "picture is" : "pictures are"} stored.
        Deleting gives its storage back at once.
      </Meter>
      <h2>What happens at a limit</h2>
      {usage.limits_enforced ? (
        <p>
          New uploads are refused, with a sentence that says which limit it is. Nothing else stops: pictures
          stay where they are, their links work however often they are looked at, and you can change and
          delete them.
        </p>
      ) : (
        <p>This plan has no limits. Only the size of one file is bounded.</p>
      )}
      <h2 id="months">Uploads of the last twelve months</h2>
      <MonthsTable months={months} />
    </DashboardFrame>
  );
}

interface MeterProps {
  readonly id: string;
  readonly title: string;
  readonly used: number;
  /** null = there is none. */
  readonly limit: number | null;
  readonly words: (value: number) => string;
  readonly children: unknown;
}

function Meter({ id, title, used, limit, words, children }: MeterProps) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="figure">
        {limit === null ? (
          <>
            <strong>{words(used)}</strong>, without a limit
          </>
        ) : (
          <>
            <strong>{words(used)}</strong> of {words(limit)}, {shareOf(used, limit)}
          </>
        )}
      </p>
      {limit !== null && (
        <meter
          aria-labelledby={id}
          min={0}
          max={limit}
          value={Math.min(used, limit)}
          low={limit * 0.75}
          high={limit * 0.95}
          optimum={0}
        >
          {words(used)} of {words(limit)}
        </meter>
      )}
      <p class="limits">{children}</p>
    </section>
  );
}

/** What is used is never told as nothing. */
function shareOf(used: number, limit: number): string {
  const percent = Math.floor((used / limit) * 100);
  return used > 0 && percent < 1 ? "under 1%" : `${percent}%`;
}
