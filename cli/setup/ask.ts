// Asks whoever sits at the terminal; or takes every default, where nobody does.
import { createInterface } from "node:readline/promises";
import { Stop } from "../stop.ts";

export interface Asker {
  /** An empty answer is the default. */
  ask(question: string, byDefault: string): Promise<string>;
}

/** `--yes`. */
export const takesDefaults: Asker = { ask: async (_, byDefault) => byDefault };

export const terminal: Asker = {
  async ask(question, byDefault) {
    if (!process.stdin.isTTY)
      throw new Stop(
        "There is no terminal to ask at.",
        "Say --yes, and answer by flags: npm run setup -- --help",
      );
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return (await lines.question(`${question}${byDefault && ` [${byDefault}]`} `)).trim() || byDefault;
    } finally {
      lines.close();
    }
  },
};

export const isYes = (answer: string) => /^y(es)?$/i.test(answer);
