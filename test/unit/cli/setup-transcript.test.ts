// docs/deploy.md shows a whole run of `npm run setup`, as it is: VITE_WRITE_TRANSCRIPT=1 writes it there anew.
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { numberOf, ownMigrations } from "../../../cli/deploy/release.ts";
import type { Asker } from "../../../cli/setup/ask.ts";
import { openSetupDesk, type SetupDesk } from "../../support/setup-desk.ts";

const PAGE = "docs/deploy.md";
const [BEGIN, END] = ["<!-- setup: begin -->\n", "<!-- setup: end -->"];

/** What another commit or another migration would show differently is not worth a new page. */
function evened(text: string): string {
  return text
    .replaceAll(process.env.EDGEPIX_DEPLOYMENTS ?? "", "deployments")
    .replaceAll(/edgepix (\d[\d.]*)( [0-9a-f]{7,})?, tables \d{4}/g, "edgepix $1 1a2b3c4, tables 0008")
    .replaceAll(`to ${numberOf(ownMigrations().at(-1))}.`, "to 0008.");
}

/** Types `example.com` where a domain is asked for, and takes the default elsewhere. */
const typist = ({ said }: SetupDesk): Asker => ({
  async ask(question, byDefault) {
    const answer = question.startsWith("Which domain") ? "example.com" : "";
    said.push(`${question} [${byDefault}] ${answer}`.trimEnd());
    return answer || byDefault;
  },
});

async function transcript(): Promise<string> {
  const desk = await openSetupDesk();
  try {
    const asker = typist(desk);
    const name = await asker.ask("A name for this deployment, for you alone?", "photos");
    desk.said.push(`Logged in to ${desk.tools.account.name}.`);
    await desk.setUp({ name }, { asker });
    return `\`\`\`text\n$ npm run setup\n${evened(desk.said.join("\n"))}\n\`\`\`\n`;
  } finally {
    await desk.leave();
  }
}

test("the transcript in docs/deploy.md is what the command says", async () => {
  const page = readFileSync(PAGE, "utf8");
  const [before = "", rest = ""] = page.split(BEGIN);
  const [shown, after = ""] = rest.split(END);
  const said = await transcript();
  if (process.env.VITE_WRITE_TRANSCRIPT) writeFileSync(PAGE, `${before}${BEGIN}${said}${END}${after}`);
  else
    expect(shown, "VITE_WRITE_TRANSCRIPT=1 npx vitest run test/unit/cli/setup-transcript.test.ts").toBe(said);
});
