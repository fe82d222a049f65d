// Whose the adopted images shall be: found by what an operator knows of an account.
import * as z from "zod";
import { ANONYMOUS_ACCOUNT } from "../../schema/ids.ts";
import type { Operator } from "../backup/operator.ts";
import { shown } from "../refused.ts";
import { Stop } from "../stop.ts";

const accountSchema = z.object({
  id: z.string(),
  storage: z.string(),
  name: z.string(),
  email: z.string().nullable(),
});
export type AdoptingAccount = z.infer<typeof accountSchema>;

const MOST_LISTED = 20;

/** `asked`: an id, an e-mail address or the first part of its image URLs; undefined takes the only account there is. */
export async function findAccount(operator: Operator, asked: string | undefined): Promise<AdoptingAccount> {
  const found: AdoptingAccount[] = [];
  for await (const row of operator.rows("accounts")) {
    const account = accountSchema.parse(row);
    const names = [account.id, account.email, account.storage];
    if (account.id !== ANONYMOUS_ACCOUNT && (asked === undefined || names.includes(asked)))
      found.push(account);
  }
  const [first, ...others] = found;
  if (first && others.length === 0) return first;
  if (!first)
    throw new Stop(
      asked === undefined ? "Nobody has an account yet." : `There is no account ${shown(asked)}.`,
      asked === undefined
        ? "Open the link of `npm run setup` first."
        : "--account takes an id, an e-mail address or the first part of image URLs.",
    );
  const listed = found.slice(0, MOST_LISTED).map((account) => `  ${nameOf(account)}`);
  throw new Stop(
    `There are several accounts:\n${listed.join("\n")}${found.length > MOST_LISTED ? "\n  …" : ""}`,
    "Say with --account whose the images shall be.",
  );
}

export const nameOf = ({ id, email, name }: AdoptingAccount): string => shown(`${email ?? name} (${id})`);
