// `/{id}/report`: a stranger tells the operator what is wrong with a picture.
import { MAX_REPORT_WORDS, type ReportReason, reportReasons } from "../../../schema/reports.ts";
import { Layout } from "./layout.tsx";
import { MessagePage } from "./message-page.tsx";
import { Problem } from "./problem.tsx";
import { reasonsInWords } from "./report-reasons.ts";

/** What the form holds, as its sender wrote it. */
export interface ReportFields {
  readonly reason: string;
  readonly words: string;
  readonly email: string;
}

interface ReportPageProps {
  readonly id: string;
  /** What the picture is called. */
  readonly title: string;
  readonly fields?: ReportFields;
  /** Why the form came back. */
  readonly problem?: string;
}

const nothing: ReportFields = { reason: "", words: "", email: "" };

export function ReportPage({ id, title, fields = nothing, problem }: ReportPageProps) {
  return (
    <Layout title="Report a picture · edgepix">
      <section class="account">
        <h1>Report this picture</h1>
        <p>
          <a href={`/${id}`}>
            <bdi>{title}</bdi>
          </a>
        </p>
        <p>The operator of this site reads your report. Whoever shared the picture learns nothing of it.</p>
        <Problem words={problem} />
        <form method="post" action={`/${id}/report`}>
          <p class="field">
            <label for="reason">What is wrong with it?</label>
            <select id="reason" name="reason" required>
              <option value="">Choose one</option>
              {reportReasons.map((reason) => (
                <Reason reason={reason} isChosen={reason === fields.reason} />
              ))}
            </select>
          </p>
          <p class="field">
            <label for="words">In your words</label>
            <small id="words-hint">May be left empty. {MAX_REPORT_WORDS} characters at most.</small>
            <textarea
              id="words"
              name="words"
              rows={5}
              maxlength={MAX_REPORT_WORDS}
              aria-describedby="words-hint"
            >
              {fields.words}
            </textarea>
          </p>
          <p class="field">
            <label for="email">Your e-mail address</label>
            <small id="email-hint">May be left empty. Only for an answer by the operator.</small>
            <input
              id="email"
              name="email"
              type="email"
              autocomplete="email"
              value={fields.email}
              aria-describedby="email-hint"
            />
          </p>
          <p class="actions">
            <button type="submit" class="main">
              Send the report
            </button>
            <a class="button" href={`/${id}`}>
              Back to the picture
            </a>
          </p>
        </form>
      </section>
    </Layout>
  );
}

function Reason({ reason, isChosen }: { readonly reason: ReportReason; readonly isChosen: boolean }) {
  return (
    <option value={reason} selected={isChosen}>
      {reasonsInWords[reason]}
    </option>
  );
}

/** The same whether it is the first report or was made before. */
export function ReportedPage() {
  return (
    <MessagePage title="Reported" heading="Thank you for the report">
      <p>The operator of this site will look at the picture and decide what becomes of it.</p>
    </MessagePage>
  );
}
