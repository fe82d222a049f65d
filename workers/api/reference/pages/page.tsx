// The frame of every page of the reference: the side navigation, a way past it, and the text.
import type { Child } from "hono/jsx";
import { Layout } from "../../pages/layout.tsx";
import { type DocsPageEntry, docsPageList } from "./navigation.ts";
import type { Reader } from "./props.ts";

interface DocsPageProps {
  readonly page: DocsPageEntry;
  readonly reader: Reader | null;
  readonly lead?: Child;
  /** Scripts of this page only. */
  readonly head?: Child;
  readonly children?: Child;
}

export function DocsPage({ page, reader, lead, head, children }: DocsPageProps) {
  const at = docsPageList.indexOf(page);
  const next = docsPageList[at + 1];
  return (
    <Layout
      title={`${page.title} · edgepix reference`}
      visitor={reader?.visitor ?? null}
      head={
        <>
          <link rel="stylesheet" href="/docs.css" />
          <script type="module" src="/docs.js"></script>
          {head}
        </>
      }
      aside={<SideNavigation current={page} />}
    >
      <article class="docs">
        <h1>{page.title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
        {next && (
          <p class="next">
            Next: <a href={next.path}>{next.title}</a>
          </p>
        )}
        <p class="said" role="status"></p>
      </article>
    </Layout>
  );
}

function SideNavigation({ current }: { readonly current: DocsPageEntry }) {
  return (
    <nav class="docs-nav" aria-label="Reference">
      <ul>
        {docsPageList.map((page) => (
          <li>
            <a href={page.path} aria-current={page === current ? "page" : undefined}>
              {page.title}
            </a>
          </li>
        ))}
      </ul>
      <p class="machines">
        For machines: <a href="/openapi.json">OpenAPI</a>, <a href="/llms.txt">llms.txt</a>,{" "}
        <a href="/llms-full.txt">llms-full.txt</a>
      </p>
    </nav>
  );
}
