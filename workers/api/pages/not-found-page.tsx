// What a browser sees where nothing is: unknown, deleted, expired and private images all look like this.
import { MessagePage } from "./message-page.tsx";

interface NotFoundPageProps {
  /** Signs in and leads back, where somebody's own picture may be; null = that would change nothing. */
  readonly signInPath?: string | null;
}

export function NotFoundPage({ signInPath }: NotFoundPageProps) {
  return (
    <MessagePage title="Not found" heading="There is nothing here">
      <p>
        The address may be mistyped, or the image was deleted, has expired or is private.
        {signInPath && (
          <>
            {" "}
            If it is a private one of yours, <a href={signInPath}>sign in to see it</a>.
          </>
        )}
      </p>
    </MessagePage>
  );
}
