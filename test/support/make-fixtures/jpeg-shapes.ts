// Writes test/fixtures/jpeg-shapes.json: small JPEGs of shapes that sharp doesn't write, by libjpeg-turbo's `cjpeg`.
// Run by hand: npx node test/support/make-fixtures/jpeg-shapes.ts (Debian: libjpeg-turbo-progs).

import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";

const fixtures = new URL("../../fixtures/", import.meta.url);
const scripts = mkdtempSync(join(tmpdir(), "scans-"));

/** A scan script in cjpeg's own words, as a file. */
function scans(name: string, text: string): string {
  const path = join(scripts, name);
  writeFileSync(path, text);
  return path;
}

const separate = scans("separate", "0;\n1;\n2;\n");
const paired = scans("paired", "1 2;\n0;\n");
const refined = scans(
  "refined",
  "0 1 2: 0-0, 0, 2;\n0: 1-9, 0, 2;\n0: 10-63, 0, 1;\n1: 1-63, 0, 1;\n2: 1-63, 0, 1;\n" +
    "0: 1-9, 2, 1;\n0 1 2: 0-0, 2, 1;\n0: 1-63, 1, 0;\n1: 1-63, 1, 0;\n2: 1-63, 1, 0;\n0 1 2: 0-0, 1, 0;\n",
);

const sizes = ["1x1", "7x9", "16x16", "33x31", "60x5", "63x64"];
const ways: Record<string, readonly string[]> = {
  plain: [],
  fine: ["-quality", "98", "-optimize"],
  rows: ["-restart", "1"],
  blocks: ["-restart", "1B"],
  progressive: ["-progressive"],
};

const shapes = new Map<string, readonly string[]>();
for (const sampling of ["1x1", "2x1", "1x2", "2x2", "4x1", "1x4", "4x2"])
  for (const [way, options] of Object.entries(ways))
    shapes.set(`${sampling} ${way}`, ["-sample", sampling, ...options]);
shapes.set("gray plain", ["-grayscale"]);
shapes.set("gray progressive", ["-grayscale", "-progressive"]);
shapes.set("rgb plain", ["-rgb"]);
shapes.set("2x2 separate-scans", ["-sample", "2x2", "-scans", separate]);
shapes.set("2x1 paired-scans", ["-sample", "2x1", "-scans", paired, "-restart", "2B"]);
shapes.set("2x2 refined", ["-sample", "2x2", "-scans", refined, "-restart", "3B"]);
shapes.set("2x2 wide-quantisers", ["-sample", "2x2", "-quality", "4"]);

const files: Record<string, string> = {};
for (const size of sizes) {
  const [width = 0, height = 0] = size.split("x").map(Number);
  const part = sharp(new URL("cat.jpg", fixtures).pathname).extract({ left: 120, top: 60, width, height });
  const ppm = Buffer.concat([
    Buffer.from(`P6\n${size.replace("x", " ")}\n255\n`),
    await part.raw().toBuffer(),
  ]);
  for (const [name, options] of shapes)
    files[`${name} ${size}`] = execFileSync("cjpeg", options, { input: ppm }).toString("base64");
  if (size === "16x16")
    files["arithmetic 16x16"] = execFileSync("cjpeg", ["-arithmetic"], { input: ppm }).toString("base64");
}
writeFileSync(new URL("jpeg-shapes.json", fixtures), `${JSON.stringify(files, null, 1)}\n`);
