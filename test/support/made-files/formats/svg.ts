// SVG.
import { fixture } from "../../fixtures.ts";
import { madeFiles } from "../made-file.ts";

const svg = (attributes: string, content: string) => () =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`);
const circle = '<circle cx="30" cy="20" r="15" fill="#d8412f"/>';

export const files = madeFiles("svg", {
  "width and height": () => fixture("drawing.svg"),
  "a viewBox alone": svg('viewBox="0 0 60 40"', circle),
  "with a script": svg('width="60" height="40"', `${circle}<script>alert(1)</script>`),
  "with an event handler": svg('width="60" height="40" onload="alert(1)"', circle),
  "a link that moves and paints what it holds": svg(
    'width="60" height="40"',
    `<a href="https://example.com" transform="translate(9 5)" fill="#27a">${circle.replace(' fill="#d8412f"', "")}</a>`,
  ),
  "a style with an entity": svg(
    'width="60" height="40"',
    `<style>g &gt; circle { stroke: #27a }</style><g>${circle}</g>`,
  ),
  "an entity of mark-up": () =>
    Buffer.from(
      `<!DOCTYPE svg [<!ENTITY dot "<circle r='9'/>">]><svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">&dot;</svg>`,
    ),
  "metadata of an editor": svg(
    'width="60" height="40"',
    `<metadata>Ada Example, SERIAL-0042-PRIVATE</metadata><!-- Secretville -->${circle}`,
  ),
  "cut in the middle": () => fixture("drawing.svg").subarray(0, 200),
});
