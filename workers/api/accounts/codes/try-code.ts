// Tries a code that somebody typed.
import { hashSecret } from "../secret.ts";
import { type Asked, macOf } from "./code.ts";
import type { Codes, TryOutcome } from "./codes.ts";

export async function tryCode(
  asked: Asked,
  code: string,
  codesOf: (email: string) => { try(issued: Parameters<Codes["try"]>[0], now: number): Promise<TryOutcome> },
  now: number,
): Promise<TryOutcome> {
  const issued = { browserHash: await hashSecret(asked.browserSecret), mac: await macOf(asked, code) };
  return codesOf(asked.email).try(issued, now);
}
