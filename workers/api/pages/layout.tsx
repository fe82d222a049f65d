// The frame of every page: head, the way home, and the room for what the page is about.
import type { Child } from "hono/jsx";
import { AccountLinks, type Visitor } from "./account-links.tsx";

interface LayoutProps {
  readonly title: string;
  /** What search engines show below the title. */
  readonly description?: string;
  /** Tags that belong to this page only: canonical link, social tags. */
  readonly head?: Child;
  /** Who looks: null = nobody who is signed in. Pages that are the same for all leave it out. */
  readonly visitor?: Visitor | null;
  /** Whether the page has the tabs of members: what leads to them is left out of its head. */
  readonly hasTabs?: boolean;
  /** A navigation of its own, beside the page; whoever comes by keyboard may skip it. */
  readonly aside?: Child;
  readonly children: Child;
}

const IN_GENERAL = "Upload a picture, and get a link to share and addresses for every size and format.";

export function Layout(props: LayoutProps) {
  const { title, description = IN_GENERAL, head, visitor, hasTabs = false, aside, children } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="description" content={description} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/page.css" />
        {head}
      </head>
      <body class={aside ? "with-aside" : undefined}>
        {aside && (
          <a class="skip" href="#main">
            Skip to the text
          </a>
        )}
        <header>
          <a class="home" href="/">
            <img src="/favicon.svg" alt="" width="24" height="24" />
            edgepix
          </a>
          <nav aria-label="Site">
            <a href="/plans">Plans</a>
            <a href="/docs">Docs</a>
          </nav>
          {visitor !== undefined && <AccountLinks visitor={visitor} isBrief={hasTabs} />}
        </header>
        {aside}
        <main id="main">{children}</main>
      </body>
    </html>
  );
}
