// Who asks the fake Cloudflare, and what they may see.
import type { FakeAccount } from "./account.ts";
import { Page, type Route } from "./answer.ts";

export function loginRoutes({ id, name }: FakeAccount): readonly Route[] {
  return [
    ["GET", /^\/user\/tokens\/verify$/, () => ({ id, status: "active" })],
    ["GET", /^\/user$/, () => ({ id, email: "ann@example.com" })],
    ["GET", /^\/accounts$/, () => new Page([{ id, name, type: "standard" }])],
    ["GET", /^\/memberships$/, () => new Page([{ id, account: { id, name }, status: "accepted" }])],
  ];
}
