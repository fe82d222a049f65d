// `/operator/figures`: the deployment in figures.
import type { Child } from "hono/jsx";
import { PLAN_USD, prices, usdFor } from "../../../../schema/prices.ts";
import type { Visitor } from "../account-links.tsx";
import { bytesInWords } from "../words.ts";
import { OperatorFrame } from "./frame.tsx";

/** What is counted stops at `countedAtMost`; a figure above it means more. */
export interface FiguresOnPage {
  readonly countedAtMost: number;
  readonly accounts: number;
  readonly openReports: number;
  readonly outbox: number;
  readonly owedLooks: number;
  readonly images:
    | {
        readonly images: number;
        readonly bytes: number;
        readonly thisMonth: number;
        readonly failed: number;
        readonly blocked: number;
        readonly countedAt: number;
      }
    | undefined;
  readonly pool: {
    readonly images: number;
    readonly storage_bytes: { readonly used: number; readonly limit: number };
    readonly last_hour: { readonly uploads: { readonly used: number; readonly limit: number } };
  };
}

export function FiguresPage({
  visitor,
  figures,
}: {
  readonly visitor: Visitor;
  readonly figures: FiguresOnPage;
}) {
  const { countedAtMost, accounts, openReports, outbox, owedLooks, images, pool } = figures;
  const upTo = (count: number) =>
    count > countedAtMost ? `more than ${inNumbers(countedAtMost)}` : inNumbers(count);
  const { storage_bytes: stored, last_hour: hour } = pool;
  return (
    <OperatorFrame visitor={visitor} here="/operator/figures" title="Figures">
      <h2>Pictures</h2>
      {images ? (
        <>
          <dl class="figures">
            <Figure name="Pictures">{inNumbers(images.images)}</Figure>
            <Figure name="Stored in originals">{bytesInWords(images.bytes)}</Figure>
            <Figure name="Uploaded this month and still here">{inNumbers(images.thisMonth)}</Figure>
            <Figure name="Could not be read">{inNumbers(images.failed)}</Figure>
            <Figure name="Blocked">{inNumbers(images.blocked)}</Figure>
          </dl>
          <p class="limits">
            Counted on a walk over everything that ended{" "}
            <time datetime={new Date(images.countedAt).toISOString()}>{momentInWords(images.countedAt)}</time>
            .
          </p>
        </>
      ) : (
        <p>They are counted on a walk over everything, a thousand a minute; the first is under way.</p>
      )}
      <h2>Now</h2>
      <dl class="figures">
        <Figure name="Accounts">{upTo(accounts)}</Figure>
        <Figure name="Open reports">{upTo(openReports)}</Figure>
        <Figure name="Deletions still to be finished">{upTo(outbox)}</Figure>
        <Figure name="Pictures still to be looked at">{upTo(owedLooks)}</Figure>
      </dl>
      <h2>What it costs, at least</h2>
      <dl class="figures">
        <Figure name="Workers Paid, a month">{money(PLAN_USD)}</Figure>
        {images && (
          <Figure name="Originals in R2, a month">{money(usdFor(images.bytes, prices.objectBytes))}</Figure>
        )}
      </dl>
      <p class="limits">
        By Cloudflare's public prices, 10 GB free. What grows with requests and renders, hit ratio, errors and
        a forecast: <code>npm run stats</code>.
      </p>
      <h2>Without an account</h2>
      <dl class="figures">
        <Figure name="Pictures">{inNumbers(pool.images)}</Figure>
        <Figure name="Stored">
          {bytesInWords(stored.used)} of {bytesInWords(stored.limit)}
        </Figure>
        <Figure name="Uploads in the last hour">
          {inNumbers(hour.uploads.used)} of {inNumbers(hour.uploads.limit)}
        </Figure>
      </dl>
    </OperatorFrame>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const money = (usd: number): string => `${usd.toFixed(2)} USD`;

const inNumbers = (count: number): string => count.toLocaleString("en");

/** `26 November 2026 at 15:04 UTC`. */
function momentInWords(at: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(at)} UTC`;
}
