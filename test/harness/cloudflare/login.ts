// Who asks the fake Cloudflare, and what they may see.
import type { FakeAccount } from "./account.ts";
import { Page, type Route } from "./answer.ts";

export function loginRoutes(account: FakeAccount): readonly Route[] {
  const { id, name } = account;
  return [
    ["GET", /^\/user\/tokens\/verify$/, () => ({ id, status: "active" })],
    ["GET", /^\/user$/, () => ({ id, email: "ann@example.com" })],
    ["GET", /^\/accounts$/, () => new Page([{ id, name, type: "standard" }])],
    ["GET", /^\/memberships$/, () => new Page([{ id, account: { id, name }, status: "accepted" }])],
    [
      "GET",
      /\/subscriptions$/,
      () => {
        const rate_plan = { id: "workers_paid", public_name: "Workers Paid", currency: "USD" };
        return account.plan === "paid" ? [{ id, state: "Paid", rate_plan, price: 5 }] : [];
      },
    ],
  ];
}
