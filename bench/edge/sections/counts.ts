// Worker runs, rows and renders by the fake platform's count: the tests that CI runs, with as many spellings as asked for.
import { spawn } from "node:child_process";
import { z } from "zod";
import { atMost, type Row } from "../section.ts";

const figuresSchema = z.record(z.string(), z.number());

export async function counts(spellings: number): Promise<Row[]> {
  const said = await testsSay({ VITE_SPELLINGS: String(spellings) });
  const lines = [...said.matchAll(/^FIGURES (\{.*\})$/gm)].map(([, line = ""]) =>
    figuresSchema.parse(JSON.parse(line)),
  );
  const worst = (name: string) => {
    const values = lines.flatMap((figures) => figures[name] ?? []);
    if (values.length === 0) throw new Error(`the tests told no ${name}`);
    return Math.max(...values);
  };
  return [
    atMost("Worker runs for a view that the cache holds", worst("heldViewRuns"), 0),
    atMost("rows of D1 for a view that the cache holds", worst("heldViewRows"), 0),
    atMost(
      `renders caused by ${worst("spellings").toLocaleString("en")} spellings of one picture`,
      worst("rendersOfSpellings"),
      1,
    ),
    atMost(`renders caused by ${worst("clients")} clients at once`, worst("rendersOfCrowd"), 1),
  ];
}

function testsSay(more: Readonly<Record<string, string>>): Promise<string> {
  const words = ["node_modules/vitest/vitest.mjs", "run", "--project", "src", "test/src/edge-costs.test.ts"];
  const child = spawn(process.execPath, words, { env: { ...process.env, NO_COLOR: "1", ...more } });
  let said = "";
  child.stdout.on("data", (text: Buffer) => {
    said += text;
  });
  return new Promise((resolve, reject) =>
    child.on("close", (code) =>
      code === 0 ? resolve(said) : reject(new Error(`the tests of what a view costs fail:\n${said}`)),
    ),
  );
}
