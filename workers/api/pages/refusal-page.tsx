// A refusal on a page of its own, where no form could tell it.
import { MessagePage } from "./message-page.tsx";

const headings: Readonly<Record<number, string>> = {
  403: "That is not allowed",
  404: "There is nothing here",
  429: "Too often",
};

export function RefusalPage({ status, reason }: { readonly status: number; readonly reason: string }) {
  const heading = headings[status] ?? "That did not work";
  return (
    <MessagePage title={heading} heading={heading}>
      <p class="problem" role="alert">
        {reason}
      </p>
    </MessagePage>
  );
}
