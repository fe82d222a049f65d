// The two cookies of pages; the API knows keys only, and no cookie.
import { CODE_MILLISECONDS } from "../accounts/codes/codes.ts";
import { SESSION_MILLISECONDS } from "../accounts/sessions.ts";
import { secretCookie } from "./secret-cookie.ts";

/** Of a signed-in browser. */
export const sessionCookie = secretCookie({
  name: "session",
  sameSite: "Lax",
  milliseconds: SESSION_MILLISECONDS,
});

/** Of a browser that waits for a code, or for its passkey: only there the answer counts. */
export const browserCookie = secretCookie({
  name: "browser",
  sameSite: "Strict",
  milliseconds: CODE_MILLISECONDS,
});
