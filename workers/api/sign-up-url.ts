// Where somebody without an account gets one.
import type { Origins } from "./origins.ts";
import type { Settings } from "./settings.ts";

/** null: not by oneself; whoever runs the deployment makes accounts or invites. */
export function signUpUrlOf(
  { SIGNUP_URL, SIGNUPS }: Pick<Settings, "SIGNUP_URL" | "SIGNUPS">,
  { page }: Pick<Origins, "page">,
): string | null {
  return SIGNUP_URL ?? (SIGNUPS === "open" ? `${page}/sign-up` : null);
}
