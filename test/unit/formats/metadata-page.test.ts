// docs/metadata.md says by name what goes without the place: each name is tried.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hiddenMetadataLevels, metadataKept, metadataWishes } from "../../../schema/hidden-metadata.ts";
import { keptIptc } from "../../../workers/formats/jpeg/iptc.ts";
import { keptXmp } from "../../../workers/formats/xmp/kept.ts";

const page = readFileSync("docs/metadata.md", "utf8");
const [, listed = ""] = /names a place \(([^)]+)\)/.exec(page) ?? [];
/** `exif:GPS…` stands for all that begin so. */
const places = [...listed.matchAll(/`(\w+:\w+)…?`/g)].map(([, name = ""]) => name);

const namespaces: Readonly<Record<string, string>> = {
  exif: "http://ns.adobe.com/exif/1.0/",
  photoshop: "http://ns.adobe.com/photoshop/1.0/",
  Iptc4xmpCore: "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
  Iptc4xmpExt: "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
  dc: "http://purl.org/dc/elements/1.1/",
};
const packet = (inside: string) => {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
  return new TextEncoder().encode(
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"${declared.join("")}><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description>${inside}</r:Description></r:RDF></x:xmpmeta>`,
  );
};
const textOf = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? new Uint8Array());

test("the page names places", () => expect(places.length).toBeGreaterThan(4));

test.each(places)("XMP loses %s, and keeps it with the place", (name) => {
  const bytes = packet(`<dc:title>Harbour</dc:title><${name}>Bergen</${name}>`);
  const without = textOf(keptXmp(bytes, "keep"));
  expect([without.includes("Harbour"), without.includes("Bergen")]).toEqual([true, false]);
  expect(textOf(keptXmp(bytes, "keep_with_location"))).toContain("Bergen");
});

test("XMP over 64 KB goes, and one that is no sound XML", () => {
  const long = packet(`<dc:title>${"x".repeat(100)}</dc:title>${" ".repeat(65_536)}`);
  expect(keptXmp(long, "keep_with_location")).toBeNull();
  expect(keptXmp(packet("<dc:title>open"), "keep_with_location")).toBeNull();
});

/** IIM 4.2: record 2, by number; the page's words for each. */
const datasets: Readonly<Record<string, number>> = {
  city: 90,
  state: 95,
  country: 101,
  sublocation: 92,
  "content location": 27,
};

function segment(dataset: number): Uint8Array {
  const sets = [120, dataset].flatMap((number) => [
    0x1c,
    2,
    number,
    0,
    6,
    ...Buffer.from(number === 120 ? "Sunset" : "Bergen"),
  ]);
  const head = [...Buffer.from("Photoshop 3.0\0"), ...Buffer.from("8BIM"), 4, 4, 0, 0, 0, 0, 0, sets.length];
  return Uint8Array.from([...head, ...sets]);
}

test("the page names each place of IPTC", () => {
  const [, words = ""] = /^- IPTC: (.+)\.$/m.exec(page) ?? [];
  expect(words.split(", ").sort()).toEqual(Object.keys(datasets).sort());
});

test.each(Object.entries(datasets))("IPTC loses the %s, and keeps it with the place", (_, dataset) => {
  const without = textOf(keptIptc(segment(dataset), "keep"));
  expect([without.includes("Sunset"), without.includes("Bergen")]).toEqual([true, false]);
  expect(textOf(keptIptc(segment(dataset), "keep_with_location"))).toContain("Bergen");
});

test("the page's words for what is allowed and asked for are those that are taken", () => {
  const [, table = "", asked = ""] = page.split(/^## What you allow.*$|^## What a URL asks for.*$/m);
  const allowed = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, level]) => level);
  expect(allowed).toEqual(["hidden_metadata", ...hiddenMetadataLevels]);
  for (const wish of metadataWishes) expect(asked).toContain(`\`${wish}\``);
  // As much as was allowed, never more.
  expect(hiddenMetadataLevels.map((level) => metadataKept("keep", level))).toEqual([
    "none",
    "copyright",
    "keep",
    "keep_with_location",
  ]);
});
