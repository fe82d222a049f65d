// Turnstile: whether the visitor who sends a form is somebody. Asked only where the operator has set its keys.
import * as z from "zod";
import { logError } from "../../shared/log.ts";
import type { Settings } from "../settings.ts";

const VERIFY_URL = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
const TIMEOUT_MILLISECONDS = 10_000;
const MAX_TOKEN_LENGTH = 2_048;

const verdictSchema = z.object({ success: z.boolean() });

/** `half`: one of the two keys is missing or no key, so nobody can be let through. */
export type TurnstileState = "off" | "half" | { readonly siteKey: string; readonly secretKey: string };

export function turnstileOf({ TURNSTILE_SITE_KEY, TURNSTILE_SECRET_KEY }: Settings): TurnstileState {
  if (TURNSTILE_SITE_KEY === undefined && TURNSTILE_SECRET_KEY === undefined) return "off";
  if (!TURNSTILE_SITE_KEY || !TURNSTILE_SECRET_KEY) return "half";
  return { siteKey: TURNSTILE_SITE_KEY, secretKey: TURNSTILE_SECRET_KEY };
}

/** `address`: the visitor's own, whole. false for a token that is spent, forged or old, and where Cloudflare can't be asked. */
export async function isHuman(
  secretKey: string,
  token: string,
  address: string | undefined,
): Promise<boolean> {
  if (token === "" || token.length > MAX_TOKEN_LENGTH) return false;
  try {
    const answer = await fetch(VERIFY_URL, {
      method: "POST",
      body: new URLSearchParams({
        secret: secretKey,
        response: token,
        ...(address && { remoteip: address }),
      }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    return verdictSchema.parse(await answer.json()).success;
  } catch (error) {
    logError("Turnstile could not be asked; the visitor is not let through", error);
    return false;
  }
}
