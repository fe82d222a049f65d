// What pages make of an image: escaping in every language they speak, and the sizes they offer to browsers.
import { expect, test } from "vitest";
import { Picture, pictureCss } from "../../../workers/api/pages/picture.tsx";
import { snippetsOf } from "../../../workers/api/pages/snippets.ts";
import { ViewerPage } from "../../../workers/api/pages/viewer-page.tsx";
import { bytesInWords, titleOf } from "../../../workers/api/pages/words.ts";
import { sampleImage } from "../../support/sample-image.ts";

const hostile = `"><script>alert(1)</script>' onerror=alert(2) ](javascript:alert(3)) \`x\``;
const page = (caption: string, filename = "photo.jpg") =>
  String(
    ViewerPage({
      image: { ...sampleImage, caption, filename },
      inlineCss: "",
      indexed: false,
      isGated: false,
    }),
  );
const snippet = (id: string, caption: string) =>
  snippetsOf({ ...sampleImage, caption }).find((one) => one.id === id)?.text;

test.each([
  ["a short caption", hostile, "photo.jpg"],
  ["a long caption", hostile.repeat(20), "photo.jpg"],
  ["a filename", "", hostile],
])("the viewer page shows a hostile %s as text, everywhere it stands", (_, caption, filename) => {
  const markup = page(caption, filename);
  expect(markup).not.toContain("<script>alert");
  // An attribute that a quote had ended would show up as one of the tag's own.
  expect(markup.replace(/"[^"]*"/g, "")).not.toMatch(/<[^>]*\sonerror=/);
});

test("the HTML snippet keeps a hostile caption inside its alt text", () => {
  expect(snippet("html", hostile)).toContain(
    'alt="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39; onerror=alert(2) ](javascript:alert(3)) `x`">',
  );
});

test("the Markdown snippet keeps brackets of a caption from ending its alt text", () => {
  expect(snippet("markdown", "a](javascript:x) [b\n# c")).toBe(
    `[![a\\](javascript:x) \\[b # c](${sampleImage.sizes.medium?.url})](${sampleImage.page_url})`,
  );
});

test("the BBCode snippet holds addresses only", () => {
  expect(snippet("bbcode", "[/img][url=javascript:x]")).toBe(
    `[url=${sampleImage.page_url}][img]${sampleImage.sizes.medium?.url}[/img][/url]`,
  );
});

test("srcset offers every size once, smallest first, and the original last", () => {
  const { url } = sampleImage;
  const sized = (size: string) => `${url}?size=${size}&amp;format=auto`;
  expect(String(Picture({ image: sampleImage }))).toContain(
    `srcset="${sized("s")} 426w, ${sized("m")} 853w, ${sized("l")} 1440w, ${url} 4000w"`,
  );
});

test("a picture smaller than every size has no srcset", () => {
  const size = { url: `${sampleImage.url}?size=s`, width: 100, height: 80 };
  const tiny = { ...sampleImage, width: 100, height: 80, sizes: { small: size, medium: size, large: size } };
  expect(String(Picture({ image: tiny }))).not.toContain("srcset");
});

test("the placeholder colour stands only behind pictures that can't be seen through", () => {
  const placeholder = (thumbhash: string) => ({
    ...sampleImage,
    placeholder: { thumbhash, color: "#7a8c99" },
  });
  expect(pictureCss(placeholder("1QcSHQRnh493V4dIh4eXh1h4kJUI"))).toContain("background:#7a8c99");
  expect(pictureCss(placeholder("1QeSHQRnh493V4dIh4eXh1h4kJUI"))).not.toContain("background");
});

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_000, "1 kB"],
  [812_345, "812 kB"],
  [5_912_345, "5.9 MB"],
])("%d bytes read as %s", (bytes, words) => expect(bytesInWords(bytes)).toBe(words));

test("a long caption does not become the title", () => {
  expect(titleOf({ ...sampleImage, caption: "long ".repeat(50) })).toBe("harbour.jpg");
});
