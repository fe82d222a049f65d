// The frame of the operator's pages: tabs, and what the tab is about.
import type { Child } from "hono/jsx";
import type { Visitor } from "../account-links.tsx";
import { DashboardTabs } from "../dashboard/frame.tsx";
import { Layout } from "../layout.tsx";

const tabs = [
  { path: "/operator", name: "Reports" },
  { path: "/operator/accounts", name: "Accounts" },
  { path: "/operator/invitations", name: "Invitations" },
  { path: "/operator/figures", name: "Figures" },
] as const;

interface FrameProps {
  readonly visitor: Visitor;
  /** The tab's address. */
  readonly here: (typeof tabs)[number]["path"];
  readonly title: string;
  /** What was done just now. */
  readonly said?: string | undefined;
  readonly children: Child;
}

export function OperatorFrame({ visitor, here, title, said, children }: FrameProps) {
  return (
    <Layout
      title={`${title} · edgepix`}
      visitor={visitor}
      hasTabs
      head={
        <>
          <link rel="stylesheet" href="/dashboard.css" />
          <link rel="stylesheet" href="/operator.css" />
        </>
      }
    >
      <DashboardTabs visitor={visitor} here="/operator" />
      <nav class="tabs second" aria-label="Operator">
        {tabs.map(({ path, name }) => (
          <a href={path} {...(path === here && { "aria-current": "page" })}>
            {name}
          </a>
        ))}
      </nav>
      <div class="dashboard">
        <h1>{title}</h1>
        {said && (
          <p class="notice" role="status">
            {said}
          </p>
        )}
        {children}
      </div>
    </Layout>
  );
}
