// The setup token of `npm run dev`: made once for a local database, and kept beside it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newSecret } from "../workers/api/accounts/secret.ts";
import { localState } from "./wrangler.ts";

const keptIn = join(localState, "setup-token");

export function localSetupToken(): string {
  if (existsSync(keptIn)) return readFileSync(keptIn, "utf8").trim();
  const token = newSecret();
  mkdirSync(localState, { recursive: true });
  writeFileSync(keptIn, `${token}\n`, { mode: 0o600 });
  return token;
}
