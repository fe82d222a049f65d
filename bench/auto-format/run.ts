// `npm run bench:auto`: what `format=auto` answers of photographs and drawings, beside what AVIF alone would be; writes docs/auto-format.md.
import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { flatnessOf } from "../../workers/src/render/is-drawing.ts";
import { startSrc } from "../burst/start-src.ts";
import { type Picture, pictures } from "./pictures.ts";

const ACCEPT = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

const head = `<!-- Written by \`npm run bench:auto\`. -->
# What \`format=auto\` answers

\`format=auto\` looks at the finished picture. A photograph goes as AVIF where the browser's \`Accept\` names it, or as WebP; a drawing, in which
most pixels are exactly as the one beside or above, as WebP, without loss where that is not much longer and the original has lost
nothing yet. And where nothing but bytes is asked for, the original stays if it is shorter.

Only \`image/avif\` and \`image/webp\` by name count, with their weights: \`q=0\` means no, \`image/*\` says nothing.

Bytes, for a browser that takes both. "Before" is AVIF for everything, as \`format=avif\` still is. "Flat" is the share of pixels that are as their
neighbour, of the picture as it is.
`;

const told = (bytes: number) => bytes.toLocaleString("en");

const src = await startSrc();
try {
  const rows: string[] = [];
  for (const [index, picture] of (await pictures()).entries()) rows.push(await rowOf(picture, index));
  const table = [
    "| picture | original | before | `format=auto` | | before, 400 wide | `format=auto&w=400` | | flat |",
    "| --- | ---: | ---: | ---: | --- | ---: | ---: | --- | ---: |",
    ...rows,
  ].join("\n");
  await writeFile("docs/auto-format.md", `${head}\n${table}\n`);
  console.log(table);
} finally {
  await src.stop();
}
process.exit(0);

async function rowOf({ name, file }: Picture, index: number): Promise<string> {
  const path = await src.store(`auto${String(index).padStart(4, "0")}`, file);
  const [before, after, smallBefore, small] = [
    await answer(`${path}?format=avif`),
    await answer(`${path}?format=auto`),
    await answer(`${path}?format=avif&w=400`),
    await answer(`${path}?format=auto&w=400`),
  ];
  const { flat } = flatnessOf(await pixelsOf(file));
  const cells = [name, told(file.length), told(before.bytes), told(after.bytes), after.type];
  const more = [told(smallBefore.bytes), told(small.bytes), small.type, `${Math.round(flat * 100)} %`];
  return `| ${[...cells, ...more].join(" | ")} |`;
}

async function answer(path: string): Promise<{ readonly bytes: number; readonly type: string }> {
  const response = await fetch(src.origin + path, { headers: { Accept: ACCEPT } });
  const file = new Uint8Array(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  const type = (response.headers.get("Content-Type") ?? "").replace("image/", "");
  // "VP8L" behind the container's first chunk or as it.
  const isExact = type === "webp" && new TextDecoder("latin1").decode(file.subarray(0, 64)).includes("VP8L");
  return { bytes: file.length, type: isExact ? "webp, exact" : type };
}

async function pixelsOf(file: Uint8Array) {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}
