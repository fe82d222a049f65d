// One part of docs/benchmarks.md between two markers, so that two benches can write into one page.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const page = join(import.meta.dirname, "../docs/benchmarks.md");

/** The part as it stands, markers included; empty when there is none. */
export async function readSection(name: string): Promise<string> {
  const text = await readFile(page, "utf8").catch(() => "");
  return sectionIn(text, name) ?? "";
}

/** Puts the part in the place of the old one, or at the end. */
export async function writeSection(name: string, content: string): Promise<void> {
  const text = await readFile(page, "utf8").catch(() => "# Benchmarks\n");
  const section = `<!-- ${name} begins -->\n${content}\n<!-- ${name} ends -->`;
  const old = sectionIn(text, name);
  await writeFile(
    page,
    old === undefined ? `${text.trimEnd()}\n\n${section}\n` : text.replace(old, () => section),
  );
}

function sectionIn(text: string, name: string): string | undefined {
  return new RegExp(`<!-- ${name} begins -->[^]*<!-- ${name} ends -->`).exec(text)?.[0];
}
