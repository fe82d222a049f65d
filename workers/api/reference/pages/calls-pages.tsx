// The pages of single calls: their leads, and what a table of fields can't say.
import { CallsPage } from "./calls-page.tsx";
import { docsPages } from "./navigation.ts";
import type { DocsProps } from "./props.ts";

export function UploadPage(props: DocsProps) {
  return (
    <CallsPage
      {...props}
      page={docsPages.upload}
      lead="Send a picture's file; get its addresses. The bytes tell its type, never its name."
    >
      <p>
        <code>POST /v1/images</code> takes three forms: a form with a <code>file</code>, the file itself as
        the body with its fields in the address, or <a href={docsPages.import.path}>JSON with a URL</a>. JPEG,
        PNG, GIF, WebP, AVIF, HEIC, TIFF, BMP, ICO and SVG are taken. The file is streamed, and one that
        breaks off leaves nothing behind. How large it may be is among the{" "}
        <a href={docsPages.limits.path}>limits</a>; how to <a href={docsPages.idempotency.path}>retry</a> has
        a page of its own.
      </p>
    </CallsPage>
  );
}

export function ImportPage(props: DocsProps) {
  return (
    <CallsPage {...props} page={docsPages.import} lead="Name a picture on the web; it is fetched and stored.">
      <p>
        The address must be reachable by everybody: private networks are refused, at most five redirects are
        followed, and a page is no picture. It takes the fields of an{" "}
        <a href={docsPages.upload.path}>upload</a>.
      </p>
    </CallsPage>
  );
}

export function ListPage(props: DocsProps) {
  return (
    <CallsPage {...props} page={docsPages.list} lead="Find images by label, by words or by id, page by page.">
      <p>
        For the next page send <code>pagination.next_cursor</code> as <code>cursor</code> with the same
        filters, until <code>has_more</code> is false. Uploads and deletions show at once, and the hundredth
        page costs what the first does.
      </p>
    </CallsPage>
  );
}

export function ChangePage(props: DocsProps) {
  return (
    <CallsPage
      {...props}
      page={docsPages.change}
      lead="Send what is to change. What you leave out stays as it is."
    >
      <p>
        The picture itself never changes under its address: upload another one for that. The header{" "}
        <code>Purge</code> says whether every city has forgotten what it had cached (<code>done</code>), or
        will within minutes (<code>pending</code>).
      </p>
    </CallsPage>
  );
}

export function DeletePage(props: DocsProps) {
  return (
    <CallsPage
      {...props}
      page={docsPages.delete}
      lead="Gone at once, from lists and from the storage that is counted."
    >
      <p>
        The header <code>Purge</code> says whether every city has forgotten what it had cached (
        <code>done</code>), or will within minutes (<code>pending</code>). Deleting what is gone answers the
        same. What was uploaded without a key is deleted with the <code>Edgepix-Delete-Token</code> that its
        upload was answered with, once: <code>curl -i</code> shows it.
      </p>
    </CallsPage>
  );
}

export function UsagePage(props: DocsProps) {
  return (
    <CallsPage
      {...props}
      page={docsPages.usage}
      lead={
        <>
          What your account has used, and what it may. <a href="/plans">All plans.</a>
        </>
      }
    >
      <p>
        A month is the calendar month in UTC. At a limit uploads are refused with{" "}
        <a href="/docs/errors#quota_exceeded">quota_exceeded</a>; reading and deleting go on. Deleting gives
        storage back at once, and uploads not. Every answer also says in <code>RateLimit</code> how many calls
        are left in this minute.
      </p>
    </CallsPage>
  );
}
