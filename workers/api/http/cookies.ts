// The cookies of pages; the API knows keys only, and no cookie.
import { CODE_MILLISECONDS } from "../accounts/codes/codes.ts";
import { DEVICE_MILLISECONDS, PASS_MILLISECONDS } from "../accounts/codes/known-browsers.ts";
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

/** Of a browser that signed in with a code before: its address knows it. It stays when the session ends, and lets nobody in. */
export const deviceCookie = secretCookie({
  name: "device",
  sameSite: "Strict",
  milliseconds: DEVICE_MILLISECONDS,
});

/** Of a browser that opened the link in a mail: its address knows it for a day. */
export const passCookie = secretCookie({
  name: "pass",
  sameSite: "Strict",
  milliseconds: PASS_MILLISECONDS,
});
