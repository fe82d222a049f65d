// How mails leave this deployment: by Cloudflare, by another provider over HTTP, or, on one's own machine, not at all.
import type { Settings } from "../../settings.ts";
import { httpMailer } from "./http-mailer.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

export interface Mailer {
  /** Whether pages show what was sent: only where nobody but the developer can see them. */
  readonly showsCodes: boolean;
  /** Throws when the mail was not taken. */
  readonly send: (mail: Mail) => Promise<void>;
}

/** The `send_email` binding, as far as it is used. */
interface EmailBinding {
  send(mail: Mail & { readonly from: string }): Promise<unknown>;
}

interface Surroundings {
  readonly env: object;
  readonly settings: Settings;
  /** Of the request that wants the mail. */
  readonly url: string;
}

/** The first that is set up; null where none is. */
export function mailerOf({ env, settings, url }: Surroundings): Mailer | null {
  const { MAIL_FROM, MAIL_URL, MAIL_TOKEN, DEV_SHOW_CODES } = settings;
  const binding: EmailBinding | undefined = Reflect.get(env, "EMAIL");
  if (binding && MAIL_FROM) {
    const send = async (mail: Mail) => void (await binding.send({ from: MAIL_FROM, ...mail }));
    return { showsCodes: false, send };
  }
  if (MAIL_URL && MAIL_TOKEN && MAIL_FROM)
    return { showsCodes: false, send: httpMailer(MAIL_URL, MAIL_TOKEN, MAIL_FROM) };
  if (DEV_SHOW_CODES && isOnThisMachine(url)) return { showsCodes: true, send: printMail };
  return null;
}

/** Cloudflare finds a Worker by its host, so a deployed one is never asked under such a name. */
function isOnThisMachine(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

async function printMail({ to, subject }: Mail): Promise<void> {
  console.warn(`LOCAL DEVELOPMENT, no mail was sent. To ${to}: ${subject}`);
}
