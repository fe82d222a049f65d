// Who asks, and for which of their accounts: the login of wrangler, or the token in CLOUDFLARE_API_TOKEN.
import * as z from "zod";
import { Stop } from "../stop.ts";
import type { Wrangler } from "../wrangler.ts";
import { Cloudflare, CloudflareError, type Login } from "./client.ts";

const tokenSchema = z.union([
  z.object({ type: z.enum(["oauth", "api_token"]), token: z.string() }),
  z.object({ type: z.literal("api_key"), key: z.string(), email: z.string() }),
]);
const accountsSchema = z.array(z.object({ id: z.string(), name: z.string() }));

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly cloudflare: Cloudflare;
}

/** `wanted` is an account's id, where the deployment names one. */
export async function logIn(wrangler: Wrangler, wanted: string | undefined): Promise<Account> {
  const cloudflare = new Cloudflare(await loginOf(wrangler));
  const id = wanted ?? process.env.CLOUDFLARE_ACCOUNT_ID;
  const accounts = await accountsOf(cloudflare, id);
  const [only] = accounts;
  if (!only) throw new Stop("This login reaches no Cloudflare account.", "Log in again: npx wrangler login");
  if (id === undefined && accounts.length > 1) {
    const list = accounts.map((one) => `  ${one.id}  ${one.name}`).join("\n");
    throw new Stop(
      `This login reaches several accounts:\n${list}`,
      "Say which one: account_id in the deployment's file, or --account.",
    );
  }
  const found = id === undefined ? only : accounts.find((one) => one.id === id);
  if (!found)
    throw new Stop(
      `This login does not reach the account ${id}.`,
      `It reaches ${accounts.map((one) => `${one.id} (${one.name})`).join(", ")}. Log in as somebody who may: npx wrangler login`,
    );
  return { ...found, cloudflare };
}

async function loginOf(wrangler: Wrangler): Promise<Login> {
  const run = await wrangler.run(["auth", "token", "--json"]);
  const json = /\{[\s\S]*\}/.exec(run.stdout)?.[0];
  if (!run.isOk || json === undefined)
    throw new Stop(
      "Nobody is logged in to Cloudflare.",
      "npx wrangler login (it opens a browser), or set CLOUDFLARE_API_TOKEN to a token made from the template “Edit Cloudflare Workers”.",
    );
  return tokenSchema.parse(JSON.parse(json));
}

/** A token may be good for one account and not for the list of them: `known` stands for itself then, if Cloudflare says what it has. */
async function accountsOf(cloudflare: Cloudflare, known: string | undefined) {
  try {
    return await cloudflare.get("/accounts?per_page=50", accountsSchema);
  } catch (problem) {
    if (!(problem instanceof CloudflareError)) throw problem;
    if (known !== undefined && (await reaches(cloudflare, known))) return [{ id: known, name: known }];
    throw new Stop(
      `Cloudflare does not take this login. ${problem.message}`,
      "Log in again with npx wrangler login, or make a new token from the template “Edit Cloudflare Workers” and set CLOUDFLARE_API_TOKEN to it.",
      { cause: problem },
    );
  }
}

async function reaches(cloudflare: Cloudflare, account: string): Promise<boolean> {
  return cloudflare.get(`/accounts/${account}/workers/scripts`, z.unknown()).then(
    () => true,
    () => false,
  );
}
