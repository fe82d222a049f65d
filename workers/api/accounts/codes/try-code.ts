// Tries a code that somebody typed.
import { hashSecret } from "../secret.ts";
import { type Asked, macOf } from "./code.ts";
import type { IssuedCode, TryOutcome } from "./codes.ts";

interface Trying {
  readonly codesOf: (email: string) => {
    try(issued: IssuedCode, deviceHash: string, now: number): Promise<TryOutcome>;
  };
  /** By which the address knows this browser once the code was right. */
  readonly device: string;
  readonly now: number;
}

export async function tryCode(
  asked: Asked,
  code: string,
  { codesOf, device, now }: Trying,
): Promise<TryOutcome> {
  const issued = { browserHash: await hashSecret(asked.browserSecret), mac: await macOf(asked, code) };
  return codesOf(asked.email).try(issued, await hashSecret(device), now);
}
