// SVGs: what the sanitiser must bear, and what must never come out of it.

import * as svg from "../../../test/harness/hostile/files/svg.ts";
import type { Answer, Attack } from "../attack.ts";
import { file } from "../attack.ts";
import type { World } from "../world.ts";

const quick = true;
const views = ["", "w=320"];
const MB = 1_000_000;

/** A script may be refused or taken out, but never come back. */
const script = (
  name: string,
  text: string,
  send?: (world: World, bytes: Uint8Array) => Promise<Answer>,
): Attack => ({
  name,
  quick,
  make: () => Buffer.from(text),
  async run(world, bytes) {
    const upload = await (send ?? ((to, body) => to.upload(body)))(world, bytes);
    const path = world.pathOf(upload);
    if (path === undefined) return [upload];
    const shown = await world.view(path);
    const runs = /<script|onload|javascript:|foreignObject|@import|file:/i.test(
      Buffer.from(shown.body).toString(),
    );
    return [upload, runs ? { ...shown, status: 0, problem: "what can run was served" } : shown];
  },
});

const evil =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"><script>alert(1)</script></svg>';

/** The body in pieces, with a pause between. */
const inPieces = (first: number) => async (world: World, bytes: Uint8Array) => {
  const pieces = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(bytes.subarray(0, first));
      await new Promise((go) => setTimeout(go, 150));
      controller.enqueue(bytes.subarray(first));
      controller.close();
    },
  });
  return world.ask("/v1/images", {
    key: true,
    method: "POST",
    body: pieces,
    duplex: "half",
    headers: { "Content-Type": "image/svg+xml" },
  });
};

export const svgRows: readonly Attack[] = [
  file("SVG of 2.4 million empty groups", () => svg.svg("<g/>".repeat(2_400_000)), { quick, views }),
  file("SVG 700,000 groups deep", () => svg.nested(700_000), { views }),
  file("SVG with a billion laughs", () => svg.laughs(20), { quick, views }),
  file("SVG whose uses multiply", () => svg.uses(9), { views }),
  file("SVG with an attribute of 9 MB", () => svg.svg(`<text x="${"a".repeat(9 * MB)}"/>`), { quick, views }),
  file(
    "SVG with a million attributes in one element",
    () => svg.svg(`<g ${Array.from({ length: 700_000 }, (_, at) => `a${at}="1"`).join(" ")}/>`),
    { views },
  ),
  file("SVG with a comment of 9 MB", () => svg.svg(`<!--${"a".repeat(9 * MB)}-->`), { views }),
  file("SVG with a CDATA of 9 MB", () => svg.svg(`<text><![CDATA[${"<".repeat(9 * MB)}]]></text>`), {
    views,
  }),
  file("SVG with 9 MB of quotes that swell", () => svg.swelling(9 * MB), { quick, views }),
  file(
    "SVG with a style sheet of 9 MB",
    () => svg.svg(`<style>${"a{fill:url(http://x/)}".repeat(400_000)}</style>`),
    { views },
  ),
  file(
    "SVG with a style of 9 MB of opening braces",
    () => svg.svg(`<style>${"a{".repeat(4_500_000)}</style>`),
    { views },
  ),
  file(
    "SVG with a million entities of one character",
    () => svg.svg(`<text>${"&#60;".repeat(1_800_000)}</text>`),
    { views },
  ),
  file("SVG with an entity without end", () => svg.svg(`<text>&${"a".repeat(5 * MB)}</text>`), { views }),
  file("SVG with a name of 5 MB", () => svg.svg(`<${"a".repeat(5 * MB)}/>`), { views }),
  file(
    "SVG with a namespace for each of 200,000 elements",
    () =>
      svg.svg(Array.from({ length: 150_000 }, (_, at) => `<n${at}:g xmlns:n${at}="urn:${at}"/>`).join("")),
    { views },
  ),
  file("SVG of 11 MB", () => svg.svg(" ".repeat(11 * MB)), { views }),
  file("SVG in UTF-16", () => Buffer.from(`\ufeff${svg.svg("<g/>").toString()}`, "utf16le"), { views }),
  file(
    "SVG of 1e9 x 1e9 with turbulence",
    () => svg.svg('<filter id="f"><feTurbulence numOctaves="99999"/></filter>', ' viewBox="0 0 1e9 1e9"'),
    { views },
  ),
  file("SVG that never ends", () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><g><g>'), { views }),
  script("SVG with a script", evil),
  script("SVG with a script behind 60 spaces", " ".repeat(60) + evil),
  script("SVG with a script, a newline sent first", `\n${evil}`, inPieces(1)),
  script("SVG with a script, a byte order mark sent first", `\ufeff${evil}`, inPieces(3)),
  script("SVG with a script, 60 spaces sent first", " ".repeat(60) + evil, inPieces(60)),
  script("SVG with a script, cut in its first tag", evil, inPieces(3)),
  script(
    "SVG with a page inside",
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>1</script></body></foreignObject></svg>',
  ),
  script(
    "SVG that links to a script",
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><a xlink:href="java&#x73;cript:alert(1)"><rect width="9" height="9"/></a></svg>',
  ),
  script(
    "SVG that reads a file",
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>',
  ),
];
