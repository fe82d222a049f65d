// The frame of the pages for members: tabs, and what the tab is about.
import type { Child } from "hono/jsx";
import type { Visitor } from "../account-links.tsx";
import { Layout } from "../layout.tsx";

const tabs = [
  { path: "/gallery", name: "Pictures" },
  { path: "/keys", name: "Keys" },
  { path: "/usage", name: "Usage" },
  { path: "/account", name: "Account" },
] as const;

interface FrameProps {
  readonly visitor: Visitor;
  /** The tab's address. */
  readonly here: (typeof tabs)[number]["path"];
  readonly title: string;
  readonly head?: Child;
  /** Takes the window's width: for pictures, not for words. */
  readonly isWide?: boolean;
  readonly children: Child;
}

export function DashboardFrame({ visitor, here, title, head, isWide = false, children }: FrameProps) {
  return (
    <Layout
      title={`${title} · edgepix`}
      visitor={visitor}
      head={
        <>
          <link rel="stylesheet" href="/dashboard.css" />
          {head}
        </>
      }
    >
      <nav class="tabs" aria-label="Dashboard">
        {tabs.map(({ path, name }) => (
          <a href={path} {...(path === here && { "aria-current": "page" })}>
            {name}
          </a>
        ))}
      </nav>
      <div class={isWide ? "dashboard wide" : "dashboard"}>{children}</div>
    </Layout>
  );
}
