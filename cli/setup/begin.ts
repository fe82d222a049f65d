// From the words of the command to a deployment: a second run finds the answers of the first in its file.
import { existsSync } from "node:fs";
import type { Account } from "../cloudflare/login.ts";
import type { Deployment } from "../deploy/deployment.ts";
import { deploymentPath, findDeployment, parseDeployment } from "../deploy/deployment-file.ts";
import { answer, type Given } from "./answers.ts";
import type { Asker } from "./ask.ts";

interface Begin {
  readonly given: Given;
  readonly name: string;
  readonly account: Account;
  readonly asker: Asker;
  say(line: string): void;
}

export interface Begun {
  readonly deployment: Deployment;
  /** Of its file; undefined where that is there already. */
  readonly text: string | undefined;
}

export async function begin({ given, name, account, asker, say }: Begin): Promise<Begun> {
  const path = deploymentPath(name);
  if (existsSync(path)) {
    say(`The answers are those of ${path}; other ones belong there.`);
    return { deployment: findDeployment(name), text: undefined };
  }
  const text = await answer(given, account.id, asker);
  return { deployment: { name, ...parseDeployment(text, path) }, text };
}
