// The frame of the pages for members: tabs, and what the tab is about.
import type { Child } from "hono/jsx";
import type { Visitor } from "../account-links.tsx";
import { Layout } from "../layout.tsx";
import { Tabs } from "./tabs.tsx";

const tabs = [
  { path: "/gallery", name: "Pictures" },
  { path: "/keys", name: "Keys" },
  { path: "/tools", name: "Tools" },
  { path: "/usage", name: "Usage" },
  { path: "/account", name: "Account" },
] as const;
/** Who operates the deployment has one more. */
const operatorTabs = [...tabs, { path: "/operator", name: "Operator" }] as const;

interface FrameProps {
  readonly visitor: Visitor;
  /** The tab's address. */
  readonly here: (typeof operatorTabs)[number]["path"];
  readonly title: string;
  readonly head?: Child;
  /** Tabs of the tab's own. */
  readonly second?: Child;
  /** Takes the window's width: for pictures, not for words. */
  readonly isWide?: boolean;
  readonly children: Child;
}

export function DashboardFrame({ visitor, here, title, head, second, isWide, children }: FrameProps) {
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
      <Tabs label="Dashboard" tabs={visitor.isOperator ? operatorTabs : tabs} here={here} />
      {second}
      <div class={isWide ? "dashboard wide" : "dashboard"}>{children}</div>
    </Layout>
  );
}
