// What a browser sees where nothing is: unknown, deleted, expired and private images all look like this.
import { MessagePage } from "./message-page.tsx";

export function NotFoundPage() {
  return (
    <MessagePage title="Not found" heading="There is nothing here">
      <p>The address may be mistyped, or the image was deleted, has expired or is private.</p>
    </MessagePage>
  );
}
