// Mails by a provider's HTTP interface, in the JSON that Resend, Cloudflare's own REST interface and others take.
import type { Mail } from "./mailer.ts";

const TIMEOUT_MILLISECONDS = 10_000;

/** POSTs `{from, to, subject, text}` with `Authorization: Bearer …`. Throws on everything but a 2xx. */
export function httpMailer(url: string, token: string, from: string): (mail: Mail) => Promise<void> {
  return async ({ to, subject, text }) => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ from, to, subject, text }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    // What the provider says may name the address: the log gets the status only.
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the mail provider answered ${answer.status}`);
  };
}
