// `npm run bench:pages`: what Lighthouse says of the pages, in the Chromium of the tests, as of a phone on a slow line.
//
//   --write      put the table into docs/benchmarks.md
//   --only WORD  one page
//
// Lighthouse is no dependency: it is fetched from the registry when this runs.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { z } from "zod";
import { freePort } from "../../test/harness/host/ports.ts";
import { uploadFile } from "../../test/harness/product/promises.ts";
import { startProduct } from "../../test/harness/product/start.ts";
import { startBrowser } from "../../test/support/browser.ts";
import { writeSection } from "../section.ts";

const LIGHTHOUSE = "lighthouse@13.5.0";
const LOWEST = 95;
const categories = ["performance", "accessibility", "best-practices", "seo"] as const;

const { values: asked } = parseArgs({
  options: { write: { type: "boolean", default: false }, only: { type: "string", default: "" } },
});

const reportSchema = z.object({
  categories: z.record(z.enum(categories), z.object({ score: z.number().nullable() })),
  audits: z.record(
    z.string(),
    z.object({ title: z.string(), score: z.number().nullable(), displayValue: z.string().optional() }),
  ),
});
type Report = z.infer<typeof reportSchema>;

const product = await startProduct();
const port = await freePort();
const browser = await startBrowser([`--remote-debugging-port=${port}`]);
const directory = await mkdtemp(join(tmpdir(), "edgepix-lighthouse-"));
try {
  const photo = await uploadFile(await readFile("test/fixtures/photo.jpg"), {
    ...product,
    key: product.keys[0],
  });
  if (photo.kind !== "kept") throw new Error("The photo was not kept.");
  const pages: readonly (readonly [name: string, path: string])[] = [
    ["front page", "/"],
    ["viewer", `/${photo.image.id}`],
    ["gallery", "/gallery"],
    ["docs", "/docs"],
    ["plans", "/plans"],
  ];
  const rows: string[] = [];
  let tooLow = false;
  for (const [name, path] of pages.filter(([page]) => page.includes(asked.only))) {
    const report = await lighthouse(product.origin + path);
    const scores = categories.map((category) => Math.round((report.categories[category].score ?? 0) * 100));
    if (Math.min(...scores) < LOWEST) {
      tooLow = true;
      complain(name, report);
    }
    rows.push(`| ${[name, ...scores, ...paintsOf(report)].join(" | ")} |`);
  }
  const table = `| page | ${categories.join(" | ")} | largest paint | shift | blocked |
| --- | --: | --: | --: | --: | --: | --: | --: |
${rows.join("\n")}`;
  console.log(table);
  if (asked.write) {
    await writeSection(
      "pages",
      `<!-- Written by \`npm run bench:pages -- --write\`; don't edit. -->
## Pages

What ${LIGHTHOUSE.replace("@", " ")} says of a phone on a slow line (its default), of both Workers in \`wrangler dev\`; the bar is ${LOWEST} in each.

${table}`,
    );
  }
  if (tooLow) process.exitCode = 1;
} finally {
  await browser.close();
  await product.close();
  await rm(directory, { recursive: true });
}

async function lighthouse(url: string): Promise<Report> {
  const file = join(directory, "report.json");
  const cookie = `__Host-edgepix-session=${product.operator}`;
  const words = ["exec", "--yes", `--package=${LIGHTHOUSE}`, "--", "lighthouse", url, `--port=${port}`];
  const output = ["--output=json", `--output-path=${file}`, "--quiet"];
  const what = [
    `--only-categories=${categories.join(",")}`,
    `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
  ];
  await promisify(execFile)("npm", [...words, ...output, ...what], { maxBuffer: 20_000_000 });
  return reportSchema.parse(JSON.parse(await readFile(file, "utf8")));
}

function paintsOf({ audits }: Report): readonly string[] {
  const names = ["largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time"];
  return names.map((name) => audits[name]?.displayValue ?? "");
}

function complain(page: string, { audits }: Report): void {
  console.error(`${page} is under ${LOWEST}:`);
  for (const { title, score, displayValue = "" } of Object.values(audits)) {
    if (score !== null && score < 0.9) console.error(`  ${score.toFixed(2)}  ${title}  ${displayValue}`);
  }
}
