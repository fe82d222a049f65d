// A refusal on a page of its own, where no form could tell it.
import type { Visitor } from "./account-links.tsx";
import { MessagePage } from "./message-page.tsx";
import { Problem } from "./problem.tsx";
import { type WayOut, WayOutLink } from "./way-out.tsx";

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
  readonly wayOut: WayOut | null;
  /** Who was refused, where that is known. */
  readonly visitor: Visitor | null | undefined;
}

export function RefusalPage({ status, reason, requestId, wayOut, visitor }: RefusalPageProps) {
  const heading = headings[status] ?? "That did not work";
  return (
    <MessagePage title={heading} heading={heading} visitor={visitor}>
      <Problem words={reason} />
      <WayOutLink to={wayOut} />
      {requestId && (
        <p>
          If it happens again, tell the operator which request it was: <code>{requestId}</code>
        </p>
      )}
    </MessagePage>
  );
}
