// What pages show of whoever is signed in.
import type { Member } from "../accounts/sessions.ts";
import type { Visitor } from "../pages/account-links.tsx";

/** For `Layout`: `visitorOf(c.var)` behind `requireMember`. */
export function visitorOf(context: { readonly member: Member; readonly formToken: string }): Visitor {
  const { member, formToken } = context;
  return { name: member.name, isOperator: member.isOperator, formToken };
}

/** The same where perhaps nobody is signed in: behind `readMember`. */
export function anyVisitorOf({
  member,
  formToken,
}: {
  readonly member: Member | null;
  readonly formToken: string;
}): Visitor | null {
  return member ? visitorOf({ member, formToken }) : null;
}
