// The frame of the pages for members: tabs, and what the tab is about.
import type { Child } from "hono/jsx";
import type { Visitor } from "../account-links.tsx";
import { Layout } from "../layout.tsx";

const tabs = [
  { path: "/gallery", name: "Pictures" },
  { path: "/keys", name: "Keys" },
  { path: "/tools", name: "Tools" },
  { path: "/usage", name: "Usage" },
  { path: "/account", name: "Account" },
] as const;
const operatorTab = { path: "/operator", name: "Operator" } as const;

interface TabsProps {
  readonly visitor: Visitor;
  /** The tab's address. */
  readonly here: ((typeof tabs)[number] | typeof operatorTab)["path"];
}

/** Of every page for members; who operates the deployment has one more. */
export function DashboardTabs({ visitor, here }: TabsProps) {
  const shown = visitor.isOperator ? [...tabs, operatorTab] : tabs;
  return (
    <nav class="tabs" aria-label="Dashboard">
      {shown.map(({ path, name }) => (
        <a href={path} {...(path === here && { "aria-current": "page" })}>
          {name}
        </a>
      ))}
    </nav>
  );
}

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
      hasTabs
      head={
        <>
          <link rel="stylesheet" href="/dashboard.css" />
          {head}
        </>
      }
    >
      <DashboardTabs visitor={visitor} here={here} />
      <div class={isWide ? "dashboard wide" : "dashboard"}>{children}</div>
    </Layout>
  );
}
