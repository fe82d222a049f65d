// The docs name commands, files, vars, codes and each other: whatever they name is there.
import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  anchorsOf,
  code,
  currentPages,
  fencesOf,
  found,
  inBackticks,
  isThere,
  linksOf,
  namesPath,
  pages,
  read,
} from "../../support/docs.ts";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read("package.json")));
const words = new Set(
  [...code, ...globSync(".github/workflows/*")].flatMap((path) => read(path).match(/\w+/g) ?? []),
);
/** Wrangler's own, and what the plan for several databases would be called. */
const namesOfOthers = new Set(["database_id", "DB_1", "DB_2", "shardOf"]);
/** What operators write for themselves, under names of their own. */
const filesOfOperators = /^deployments\//;

function leadsNowhere(page: string, href: string): boolean {
  const [path = "", anchor] = href.split("#");
  const target = path ? join(dirname(page), path) : page;
  return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
}

/** `npm run x -- --a 1 --b`: the command, and its flags. */
const commandsIn = (text: string) =>
  [...text.matchAll(/npm run ([\w:-]+)((?:\\?\n? [^\s`|)\]#;]+)*)/g)].map(([, name = "", rest = ""]) => ({
    name,
    flags: found(rest, /--([a-z][\w-]*)/g),
  }));

/** `npm run admin -- block <id>`: the words that its usage must know. */
const ordersIn = (text: string) =>
  [...text.matchAll(/npm\s+run (admin|keys) --\s+([a-z-]+)/g)].map(([, name = "", order = ""]) => ({
    name,
    order,
  }));

/** What a command runs, and what lies in the room beside it. */
function sourceOf(name: string): string {
  const [, file = ""] = /node ((?:cli|scripts|bench)\/\S+)/.exec(scripts[name] ?? "") ?? [];
  const room = dirname(file) === "scripts" || dirname(file) === "cli" ? file : dirname(file);
  return code
    .filter((path) => path.startsWith(room))
    .map(read)
    .join("\n");
}

test("the pages are found", () => expect(pages.length).toBeGreaterThan(90));

test.each(pages)("%s links to what is there", (page) => {
  expect(linksOf(page).filter((href) => leadsNowhere(page, href))).toEqual([]);
});

test("every command that docs and code name is in package.json", () => {
  const named = [...currentPages, ...code].flatMap((path) => commandsIn(read(path)).map(({ name }) => name));
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("every command for a new key names the key: without a name it only tells how it is used", () => {
  const orders = [...currentPages, ...code].flatMap(
    (path) => read(path).match(/npm run keys -- create\b[^|].*/g) ?? [],
  );
  expect(orders.length).toBeGreaterThan(5);
  expect(orders.filter((order) => !order.includes("--name "))).toEqual([]);
});

test("every file of docs and tests that a comment names is there", () => {
  const named = code.flatMap((path) => found(read(path), /\b((?:docs|test)\/[\w/.-]+\.(?:md|ts))\b/g));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

describe.each(currentPages)("%s", (page) => {
  test("names orders and flags that their commands take", () => {
    const unknown = ordersIn(read(page)).filter(({ name, order }) => !read(`cli/${name}.ts`).includes(order));
    expect(unknown).toEqual([]);
    const wrong = commandsIn(read(page)).flatMap(({ name, flags }) => {
      const taken = new Set(found(sourceOf(name), /["'-]*\b([a-z][\w-]*)\b["']?/g));
      return flags.filter((flag) => !taken.has(flag)).map((flag) => `${name} --${flag}`);
    });
    expect(wrong).toEqual([]);
  });

  test("names files and folders that are there", () => {
    const maps = fencesOf(page).filter((fence) => /^schema\/ /m.test(fence));
    const drawn = maps.flatMap((map) => found(map, /(?:^|\s)([\w/-]+\/)(?=\s)/gm));
    const named = [...drawn, ...inBackticks(page).filter(namesPath)];
    expect(named.filter((path) => !isThere(path) && !filesOfOperators.test(path))).toEqual([]);
  });

  test("names vars, constants, codes and functions that the code has", () => {
    const set = found(fencesOf(page).join("\n"), /(?:^|\s)([A-Z][A-Z0-9]*_[A-Z0-9_]+)\s?=/gm);
    const names = [...set, ...inBackticks(page).map((name) => name.replace(/[=(].*$/, ""))];
    const spelled = names.filter((name) =>
      /^([A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[a-z]+(_[a-z0-9]+)+|[a-z]+([A-Z][a-z0-9]+)+)$/.test(name),
    );
    expect(spelled.filter((name) => !words.has(name) && !namesOfOthers.has(name))).toEqual([]);
  });
});
