// A refusal on a page of its own, where no form could tell it.
import { MessagePage } from "./message-page.tsx";
import { Problem } from "./problem.tsx";

const headings: Readonly<Record<number, string>> = {
  403: "That is not allowed",
  404: "There is nothing here",
  429: "Too often",
};

interface RefusalPageProps {
  readonly status: number;
  readonly reason: string;
  /** Where the fault is ours: under which name the log has it. */
  readonly requestId: string | null;
}

export function RefusalPage({ status, reason, requestId }: RefusalPageProps) {
  const heading = headings[status] ?? "That did not work";
  return (
    <MessagePage title={heading} heading={heading}>
      <Problem words={reason} />
      {requestId && (
        <p>
          If it happens again, tell the operator which request it was: <code>{requestId}</code>
        </p>
      )}
    </MessagePage>
  );
}
