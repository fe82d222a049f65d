// `/operator/images/{id}`: one picture, everything that was said of it, and what can be done.
import type { Visitor } from "../account-links.tsx";
import { OperatorFrame } from "./frame.tsx";
import {
  AboutImage,
  Actions,
  type JudgedImage,
  JudgedPicture,
  ReportLines,
  type ReportOnPage,
} from "./reported-image.tsx";

interface ImagePageProps extends JudgedImage {
  readonly visitor: Visitor;
  readonly open: readonly ReportOnPage[];
  readonly answered: readonly ReportOnPage[];
  /** Marked nsfw, and asked for. */
  readonly isShown: boolean;
  /** Nobody may upload its file. */
  readonly isFileRefused: boolean;
  readonly said?: string | undefined;
}

export function ImagePage(props: ImagePageProps) {
  const { visitor, image, accountId, open, answered, isShown, isFileRefused, said } = props;
  return (
    <OperatorFrame visitor={visitor} here="/operator" title={`Picture ${image.id}`} said={said}>
      <JudgedPicture image={image} isShown={isShown} />
      <AboutImage image={image} accountId={accountId} />
      {isFileRefused && (
        <p>
          Its file is <a href="/operator/files">refused</a>: nobody can upload it again.
        </p>
      )}
      <Actions image={image} formToken={visitor.formToken} hasReports={open.length > 0} back="image" />
      <h2>Open reports</h2>
      {open.length === 0 ? <p>There is none.</p> : <ReportLines reports={open} />}
      {answered.length > 0 && (
        <>
          <h2>Answered in the last 90 days</h2>
          <ReportLines reports={answered} />
        </>
      )}
    </OperatorFrame>
  );
}
