// `/operator`: the pictures that were reported, the newest report first.
import type { Visitor } from "../account-links.tsx";
import { reasonsInWords } from "../report-reasons.ts";
import { OperatorFrame } from "./frame.tsx";
import {
  AboutImage,
  Actions,
  Day,
  type JudgedImage,
  JudgedPicture,
  ReportLines,
  type ReportOnPage,
} from "./reported-image.tsx";

const SHOWN_REPORTS = 3;

export interface ReportedOnPage extends JudgedImage {
  readonly reports: readonly ReportOnPage[];
}

interface ReportsPageProps {
  readonly visitor: Visitor;
  readonly reported: readonly ReportedOnPage[];
  /** The next page's address. */
  readonly next: string | null;
  readonly isFirst: boolean;
  /** What was done just now, and to which picture; null = it is gone. */
  readonly said?: { readonly words: string; readonly picture: string | null } | undefined;
}

function Said({ words, picture }: { readonly words: string; readonly picture: string | null }) {
  return (
    <>
      {words} {picture && <a href={`/operator/images/${picture}`}>Look at it again</a>}
    </>
  );
}

export function ReportsPage({ visitor, reported, next, isFirst, said }: ReportsPageProps) {
  return (
    <OperatorFrame
      visitor={visitor}
      here="/operator"
      title="Reported pictures"
      said={said && <Said {...said} />}
    >
      <form method="get" action="/operator/images" class="row find">
        <label for="picture" class="aside">
          A picture's id or address
        </label>
        <input id="picture" name="picture" placeholder="A picture's id or address" required />
        <button type="submit">Look at it</button>
      </form>
      {reported.length === 0 && <p>{isFirst ? "No report waits for an answer." : "There are no more."}</p>}
      <ul class="judged-list">
        {reported.map((one) => (
          <Reported {...one} formToken={visitor.formToken} />
        ))}
      </ul>
      <nav class="pages" aria-label="More reports">
        {!isFirst && (
          <a class="button" href="/operator">
            Back to the newest
          </a>
        )}
        {next && (
          <a class="button" href={next} rel="next">
            Older reports
          </a>
        )}
      </nav>
    </OperatorFrame>
  );
}

function Reported({ image, accountId, reports, formToken }: ReportedOnPage & { readonly formToken: string }) {
  const more = reports.length - SHOWN_REPORTS;
  return (
    <li>
      <JudgedPicture image={image} isShown={false} />
      <div>
        <AboutImage image={image} accountId={accountId} />
        <p>
          <a href={`/operator/images/${image.id}`}>
            {reports.length === 1 ? "1 report" : `${reports.length} reports`}
          </a>
          {reports[0] && (
            <>
              , the last <Day at={reports[0].createdAt} />
            </>
          )}
        </p>
        {more > 0 && (
          <p class="limits">
            {[...Map.groupBy(reports, ({ reason }) => reason)]
              .map(([reason, those]) => `${those.length} × ${reasonsInWords[reason]}`)
              .join(" · ")}
          </p>
        )}
        <ReportLines reports={reports.slice(0, SHOWN_REPORTS)} />
        <Actions image={image} formToken={formToken} hasReports back="list" />
      </div>
    </li>
  );
}
