// The pages that are mostly words: how to say who one is, what an image is, how to retry.
import { signUpUrlOf } from "../../sign-up-url.ts";
import { exampleOf } from "../examples/index.ts";
import { Code, Example } from "./example.tsx";
import { ObjectFields } from "./fields.tsx";
import { KeyHint } from "./key-hint.tsx";
import { docsPages } from "./navigation.ts";
import { DocsPage } from "./page.tsx";
import type { DocsProps } from "./props.ts";

export function AuthenticationPage({ origins, settings, reader }: DocsProps) {
  const signUpUrl = signUpUrlOf(settings, origins);
  return (
    <DocsPage
      page={docsPages.authentication}
      reader={reader}
      lead="A key says whose pictures they are and what you may do."
    >
      <h2>With a key</h2>
      <p>
        Send it with every call, in a header. Cookies are never read under <code>/v1</code>, and any site may
        call the API.
      </p>
      <Code label="The header" text="Authorization: Bearer img_live_…" />
      <p>
        A key may <code>read</code>, <code>write</code>, or both; it may have a day on which it ends, and it
        can be revoked. Only its hash is kept, so it is shown once.{" "}
        {reader ? (
          <a href="/keys">Your keys</a>
        ) : signUpUrl ? (
          <a href={signUpUrl}>Get a key</a>
        ) : (
          <>
            Whoever runs this host makes keys: <code>npm run keys -- create --name you</code>.
          </>
        )}
      </p>
      <KeyHint reader={reader} />
      <h2>Without a key</h2>
      <p>
        You may upload, and nothing else: the picture is public, gone after 30 days at most, and{" "}
        <code>Edgepix-Delete-Token</code> in the answer lets you <a href={docsPages.delete.path}>delete</a> it
        before. Each address may send {settings.ANONYMOUS_UPLOADS_PER_HOUR} an hour and{" "}
        {settings.ANONYMOUS_UPLOADS_PER_DAY} a day.
      </p>
      <h2>A key that does not work</h2>
      <p>
        A key that is unknown, revoked or expired, or that has lost a character, is answered like this; one
        that lacks the ability gets 403 <code>forbidden</code>. In JavaScript look at <code>answer.ok</code>.
        Python raises <code>urllib.error.HTTPError</code>, whose body is the same JSON.
      </p>
      <Example call={exampleOf("wrong-key", origins)} apiOrigin={origins.api} />
      <h2>Try a key without making an image</h2>
      <p>
        A key that may write is told what is missing; one that may only read gets 403 <code>forbidden</code>.
      </p>
      <Example call={exampleOf("nothing-sent", origins)} apiOrigin={origins.api} />
    </DocsPage>
  );
}

export function ImageObjectPage({ document, origins, reader }: DocsProps) {
  return (
    <DocsPage
      page={docsPages.image}
      reader={reader}
      lead="What every call about an image answers. Every field is always there."
    >
      <h2>One image</h2>
      <Example call={exampleOf("look", origins)} apiOrigin={origins.api} />
      <ObjectFields document={document} name="Image" />
    </DocsPage>
  );
}

export function IdempotencyPage({ origins, reader }: DocsProps) {
  return (
    <DocsPage page={docsPages.idempotency} reader={reader} lead="Retry an upload, and still have one image.">
      <p>
        Send an <code>Idempotency-Key</code> of your own with an upload or an import: 1 to 255 printable
        characters, such as an order's number or a random id. It is yours alone and is kept for 24 hours.
      </p>
      <h2>The same request again</h2>
      <p>
        It answers the same image, with <code>Idempotent-Replayed: true</code> from the second time on. No
        second image is made, and nothing is counted. Two requests are the same if the file's bytes, name and
        type are (of an import its address), and the fields, in any order.
      </p>
      <Example call={exampleOf("upload-once", origins)} apiOrigin={origins.api} />
      <h2>What can go wrong</h2>
      <ul>
        <li>
          Another request under the same key: 409{" "}
          <a href="/docs/errors#idempotency_key_conflict">idempotency_key_conflict</a>. So it is where the
          image was deleted meanwhile.
        </li>
        <li>
          The first one is not done yet: 409{" "}
          <a href="/docs/errors#idempotency_key_in_progress">idempotency_key_in_progress</a>. Wait for{" "}
          <code>Retry-After</code>.
        </li>
        <li>The first one failed: its key is free, and the next try counts as the first.</li>
      </ul>
    </DocsPage>
  );
}
