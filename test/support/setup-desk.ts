// A setup at the fake Cloudflare's desk: its answers given, its visits answered by what is deployed there, its secrets the same in every run.

import type { Given } from "../../cli/setup/answers.ts";
import type { Asker } from "../../cli/setup/ask.ts";
import { takesDefaults } from "../../cli/setup/ask.ts";
import { begin } from "../../cli/setup/begin.ts";
import type { SetupTools } from "../../cli/setup/context.ts";
import { runSetup } from "../../cli/setup/run.ts";
import { type Desk, openDesk } from "./cloudflare-account.ts";

export interface SetupDesk extends Desk {
  readonly setupTools: SetupTools;
  /** One run of the command. */
  setUp(
    given?: Given,
    options?: { readonly isDry?: boolean; readonly setsBrowserCache?: boolean; readonly asker?: Asker },
  ): Promise<void>;
  /** Keys that the probe was given. */
  readonly probed: string[];
  /** Whether the probe finds all well. */
  isWell: boolean;
  /** How many visits find nobody yet. */
  silent: number;
  /** Whether the project was cloned, and not made by `npm create edgepix`. */
  isClone: boolean;
}

export async function openSetupDesk(): Promise<SetupDesk> {
  const desk = await openDesk();
  const { account } = desk.cloudflare;
  let secrets = 0;
  const probed: string[] = [];
  const setupTools: SetupTools = {
    ...desk.tools,
    asker: takesDefaults,
    secret: () => `secret-${++secrets}-0123456789abcdef`,
    async visit(url) {
      const { hostname } = new URL(url);
      const worker = account.domains.get(hostname) ?? hostname.replace(/\.ann\.workers\.dev$/, "");
      if (open.silent > 0) open.silent--;
      else if (account.running(worker)) return 200;
      return undefined;
    },
    async probe(_, key, isPassedOn) {
      probed.push(isPassedOn ? "passed on" : key);
      return open.isWell ? { isOk: true, said: "All is well." } : { isOk: false, said: "WRONG a deletion" };
    },
    canPull: () => open.isClone,
    wait: async () => {},
  };
  const open: SetupDesk = {
    ...desk,
    setupTools,
    probed,
    isWell: true,
    silent: 0,
    isClone: true,
    async setUp(given = {}, { isDry = false, setsBrowserCache = false, asker = takesDefaults } = {}) {
      const tools = { ...setupTools, asker };
      const name = given.name ?? "desk";
      const begun = await begin({ given, name, account: tools.account, asker, say: tools.say });
      await runSetup({ ...begun, tools, isDry, setsBrowserCache });
    },
  };
  return open;
}
