// The frame of the operator's pages: tabs, and what the tab is about.
import type { Child } from "hono/jsx";
import type { Visitor } from "../account-links.tsx";
import { DashboardFrame } from "../dashboard/frame.tsx";
import { Tabs } from "../dashboard/tabs.tsx";

const tabs = [
  { path: "/operator", name: "Reports" },
  { path: "/operator/accounts", name: "Accounts" },
  { path: "/operator/invitations", name: "Invitations" },
  { path: "/operator/files", name: "Refused files" },
  { path: "/operator/figures", name: "Figures" },
] as const;

interface FrameProps {
  readonly visitor: Visitor;
  /** The tab's address. */
  readonly here: (typeof tabs)[number]["path"];
  readonly title: string;
  /** What was done just now. */
  readonly said?: Child;
  readonly children: Child;
}

export function OperatorFrame({ visitor, here, title, said, children }: FrameProps) {
  return (
    <DashboardFrame
      visitor={visitor}
      here="/operator"
      title={title}
      head={<link rel="stylesheet" href="/operator.css" />}
      second={<Tabs label="Operator" tabs={tabs} here={here} isSecond />}
    >
      <h1>{title}</h1>
      {said && (
        <p class="notice" role="status">
          {said}
        </p>
      )}
      {children}
    </DashboardFrame>
  );
}
