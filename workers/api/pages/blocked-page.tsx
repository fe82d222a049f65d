// In place of a public picture that the operator took down: whoever follows its link learns that it is not the link's fault.
import { MessagePage } from "./message-page.tsx";

export function BlockedPage() {
  return (
    <MessagePage title="Taken down" heading="This picture was taken down">
      <p>The operator of this site has blocked it. Nobody can see it here at the moment.</p>
    </MessagePage>
  );
}
