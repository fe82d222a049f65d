// An XMP packet as it is written anew, to the letter: which names, attributes and texts stay, and which go with all that is in them.
import { describe, expect, test } from "vitest";
import { keptXmp, MAX_XMP_BYTES } from "../../../workers/formats/xmp/kept.ts";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const namespaces = {
  dc: "http://purl.org/dc/elements/1.1/",
  xmp: "http://ns.adobe.com/xap/1.0/",
  photoshop: "http://ns.adobe.com/photoshop/1.0/",
  own: "http://own.example/",
  r: RDF,
};
const declared = Object.entries(namespaces)
  .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  .join("");
const packet = (inside: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"${declared}><r:RDF>${inside}</r:RDF></x:xmpmeta>`;
const kept = (text: string, level: "keep" | "keep_with_location" = "keep") => {
  const bytes = keptXmp(new TextEncoder().encode(text), level);
  return bytes && new TextDecoder().decode(bytes);
};
/** What is left within the packet's RDF; the prefixes that it declares. */
function inside(text: string, level?: "keep_with_location") {
  const whole = kept(packet(text), level);
  const found = /^<x:xmpmeta xmlns:x="adobe:ns:meta\/"><rdf:RDF (.*?)>(.*)<\/rdf:RDF><\/x:xmpmeta>$/s.exec(
    whole ?? "",
  );
  return (
    found && {
      left: found[2],
      declared: [...(found[1] ?? "").matchAll(/xmlns:(\w+)=/g)].map(([, name]) => name),
    }
  );
}
const said = "<dc:title>t</dc:title>";

describe("of a packet", () => {
  test.each<[text: string, left: string, prefixes: readonly string[]]>([
    [
      `<r:Description r:about="u">${said}</r:Description>`,
      `<rdf:Description rdf:about="">${said}</rdf:Description>`,
      ["dc"],
    ],
    [
      '<r:Description dc:title="a &amp; &lt;b&gt; &quot;c"/>',
      '<rdf:Description dc:title="a &amp; &lt;b&gt; &quot;c"></rdf:Description>',
      ["dc"],
    ],
    ['<dc:title>a &amp; &lt;b&gt; "c</dc:title>', "<dc:title>a &amp; &lt;b&gt; &quot;c</dc:title>", ["dc"]],
    ["<dc:title><![CDATA[<b>]]></dc:title>", "<dc:title>&lt;b&gt;</dc:title>", ["dc"]],
    [
      '<dc:title><r:Alt><r:li xml:lang="de" xml:space="x">t</r:li></r:Alt></dc:title>',
      '<dc:title><rdf:Alt><rdf:li xml:lang="de">t</rdf:li></rdf:Alt></dc:title>',
      ["dc"],
    ],
    [
      '<dc:title r:resource="a&amp;b" r:nodeID="n" r:parseType="Resource">t</dc:title>',
      '<dc:title rdf:resource="a&amp;b" rdf:parseType="Resource">t</dc:title>',
      ["dc"],
    ],
    ['<dc:title r:parseType="Literal">t</dc:title>', "<dc:title>t</dc:title>", ["dc"]],
    [
      "<dc:a><r:Bag/><r:Seq/><r:value>t</r:value><r:type>u</r:type></dc:a>",
      "<dc:a><rdf:Bag></rdf:Bag><rdf:Seq></rdf:Seq><rdf:value>t</rdf:value></dc:a>",
      ["dc"],
    ],
    [` \n ${said} \n `, said, ["dc"]],
    [`text${said}text`, said, ["dc"]],
    [`<own:a>gone<dc:title>gone, too</dc:title></own:a>${said}`, said, ["dc"]],
    [`<dc:a own:b="gone" c="gone" xmp:d="e">t</dc:a>`, '<dc:a xmp:d="e">t</dc:a>', ["dc", "xmp"]],
    [`<xmp:Thumbnails><r:Alt><r:li>gone</r:li></r:Alt></xmp:Thumbnails>${said}`, said, ["dc"]],
    [
      `<photoshop:TextLayers>gone</photoshop:TextLayers><photoshop:State>gone</photoshop:State>${said}`,
      said,
      ["dc"],
    ],
    [
      "<photoshop:Statement>t</photoshop:Statement>",
      "<photoshop:Statement>t</photoshop:Statement>",
      ["photoshop"],
    ],
    [
      `<dc:coverage>gone</dc:coverage><r:Description dc:coverage="gone"/>${said}`,
      `<rdf:Description></rdf:Description>${said}`,
      ["dc"],
    ],
    [`<r:RDF>gone</r:RDF>${said}`, said, ["dc"]],
    [`<dc:a>${"t".repeat(4_096)}</dc:a>`, `<dc:a>${"t".repeat(4_096)}</dc:a>`, ["dc"]],
    [`<dc:a>${"t".repeat(4_097)}</dc:a>${said}`, `<dc:a></dc:a>${said}`, ["dc"]],
    [`<dc:a xmp:b="${"t".repeat(4_096)}"/>`, `<dc:a xmp:b="${"t".repeat(4_096)}"></dc:a>`, ["dc", "xmp"]],
    [`<dc:a xmp:b="${"t".repeat(4_097)}"/>${said}`, `<dc:a></dc:a>${said}`, ["dc"]],
  ])("%.60s is left as %.60s", (text, left, prefixes) => {
    expect(inside(text)).toEqual({ left, declared: ["rdf", ...prefixes] });
  });

  test("a place stays where that is asked for", () => {
    const place = '<photoshop:City>Wien</photoshop:City><dc:a xmp:Region="x">t</dc:a>';
    expect(inside(place)).toMatchObject({ left: "<dc:a>t</dc:a>" });
    expect(inside(place, "keep_with_location")).toMatchObject({ left: place });
  });

  test.each([
    ["white space", "<dc:a> \n </dc:a>"],
    ["empty elements", '<r:Description r:about=""/><dc:a/>'],
    ["what is not known", "<own:a>t</own:a>"],
    ["what is too long", `<dc:a>${"t".repeat(4_097)}</dc:a>`],
    ["text outside of elements", "t"],
    ["languages alone", '<dc:a xml:lang="de"/>'],
  ])("that says nothing but %s nothing stays", (_, text) => expect(kept(packet(text))).toBeNull());
});

test("nothing is read in front of RDF or behind it, and a second one counts", () => {
  const rdf = (text: string) => `<r:RDF><dc:a>${text}</dc:a></r:RDF>`;
  const all = `<x${declared}><dc:a>gone</dc:a>${rdf("one")}<dc:a>gone</dc:a>gone${rdf("two")}</x>`;
  expect(kept(all)).toMatch(/<rdf:RDF [^>]*><dc:a>one<\/dc:a><dc:a>two<\/dc:a><\/rdf:RDF>/);
  expect(kept(`<r:RDF${declared}>${said}</r:RDF>`)).toContain(said);
});

test("zeros and white space may stand around it, and 64 KB are the most", () => {
  const short = packet(said);
  expect(kept(`\ufeff \n${short}\n \0\0`)).toBe(kept(short));
  expect(kept(short.padEnd(MAX_XMP_BYTES, " "))).toBe(kept(short));
  expect(kept(short.padEnd(MAX_XMP_BYTES + 1, " "))).toBeNull();
  expect(keptXmp(Uint8Array.of(0x3c, 0x61, 0xff, 0x2f, 0x3e), "keep")).toBeNull();
  for (const level of ["none", "copyright"] as const)
    expect(keptXmp(new TextEncoder().encode(short), level)).toBeNull();
});
