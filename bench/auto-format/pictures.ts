// Photographs, and drawings made by code: files as people upload them.
import { readFile } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import { seededRandom } from "../../test/harness/seeded-random.ts";
import { scanPng } from "../../test/support/scan.ts";
import { paintScene } from "../photos/paint.ts";
import { type SceneName, scenes } from "../photos/scenes.ts";

export interface Picture {
  readonly name: string;
  readonly file: Uint8Array;
}

const random = seededRandom(12);
const within = (most: number) => Math.round(random() * most);
const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join("");

const vocabulary =
  "the quick brown fox jumps over a lazy dog and then runs home across fields of barley under grey skies".split(
    " ",
  );
const words = (count: number) => times(count, () => `${vocabulary[within(vocabulary.length - 1)]} `);

function svg(width: number, height: number, body: string): Sharp {
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
  return sharp(Buffer.from(text));
}

const paper = (width: number, height: number, colour = "#fff") =>
  `<rect width="${width}" height="${height}" fill="${colour}"/>`;

const drawings: Readonly<Record<string, () => Sharp>> = {
  "page of text": () =>
    svg(
      1000,
      1400,
      paper(1000, 1400) +
        times(
          40,
          (i) => `<text x="60" y="${(i + 2) * 32}" font-family="serif" font-size="20">${words(15)}</text>`,
        ),
    ).flatten(),
  chart: () =>
    svg(
      900,
      600,
      paper(900, 600) +
        times(
          12,
          (i) =>
            `<rect x="${40 + i * 70}" y="${100 + within(400)}" width="50" height="500" fill="hsl(${i * 30},60%,55%)"/>`,
        ) +
        `<polyline fill="none" stroke="#333" stroke-width="2" points="${times(30, (i) => `${i * 30},${200 + Math.round(150 * Math.sin(i / 3))} `)}"/>`,
    ).flatten(),
  "line art": () =>
    svg(
      1200,
      900,
      paper(1200, 900) +
        times(
          120,
          () =>
            `<path d="M${within(1200)} ${within(900)}C${times(6, () => `${within(1100)} `)}" fill="none" stroke="#000" stroke-width="2"/>`,
        ),
    ).flatten(),
  screenshot: () =>
    svg(
      1280,
      800,
      paper(1280, 800, "#f6f8fa") +
        '<rect width="1280" height="56" fill="#24292f"/><rect x="40" y="90" width="260" height="660" fill="#fff" stroke="#d0d7de"/>' +
        times(
          24,
          (i) =>
            `<text x="60" y="${120 + i * 26}" font-family="sans-serif" font-size="14" fill="#0969da">${words(4)}</text>`,
        ) +
        times(
          20,
          (i) =>
            `<text x="340" y="${120 + i * 30}" font-family="sans-serif" font-size="15" fill="#24292f">${words(18)}</text>`,
        ),
    ).flatten(),
  "flat illustration": () =>
    svg(
      1200,
      800,
      times(
        80,
        () =>
          `<circle cx="${within(1200)}" cy="${within(800)}" r="${within(200)}" fill="hsl(${within(360)},70%,60%)"/>`,
      ),
    ),
  gradients: () =>
    svg(
      1200,
      800,
      times(
        20,
        (i) =>
          `<radialGradient id="g${i}"><stop offset="0" stop-color="hsl(${i * 18},80%,70%)"/><stop offset="1" stop-color="hsl(${i * 18 + 60},80%,40%)"/></radialGradient>`,
      ) +
        '<rect width="1200" height="800" fill="url(#g0)"/>' +
        times(
          40,
          (i) =>
            `<circle cx="${within(1200)}" cy="${within(800)}" r="${within(200)}" fill="url(#g${i % 20})"/>`,
        ),
    ).flatten(),
  "code of squares": () =>
    svg(
      656,
      656,
      paper(656, 656) +
        times(1681, (i) =>
          random() < 0.5
            ? `<rect x="${(i % 41) * 16}" y="${Math.floor(i / 41) * 16}" width="16" height="16"/>`
            : "",
        ),
    ).flatten(),
};

/** 12 photographs, as JPEGs, and what is no photograph. */
export async function pictures(): Promise<readonly Picture[]> {
  return [...(await photographs()), ...(await graphics())];
}

async function photographs(): Promise<readonly Picture[]> {
  const fixtures = ["photo-portrait.jpg", "coffee.jpg", "cat.jpg", "gray.jpg", "p3.jpg", "progressive.jpg"];
  const known = fixtures.map(async (name) => ({ name, file: await readFile(`test/fixtures/${name}`) }));
  const names = Object.keys(scenes).filter((name): name is SceneName => name in scenes);
  const painted = names.map(async (name) => ({ name: `${name}, painted`, file: await developed(name) }));
  return Promise.all([...known, ...painted]);
}

async function developed(name: SceneName): Promise<Uint8Array> {
  const { width, height, rgb } = await paintScene(name, 1200, 900);
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
}

async function graphics(): Promise<readonly Picture[]> {
  const drawn = Object.entries(drawings).map(async ([name, draw]) => ({
    name: `${name}, PNG`,
    file: await draw().png({ compressionLevel: 9 }).toBuffer(),
  }));
  const screenshot = drawings.screenshot?.();
  const illustration = drawings["flat illustration"]?.();
  if (!screenshot || !illustration) return Promise.all(drawn);
  return [
    { name: "scan of 1 bit, PNG", file: scanPng(1000, 1400) },
    ...(await Promise.all(drawn)),
    { name: "logo with alpha, PNG", file: await readFile("test/fixtures/logo.png") },
    { name: "screenshot, JPEG", file: await screenshot.clone().jpeg({ quality: 80 }).toBuffer() },
    { name: "illustration, GIF", file: await illustration.gif({ dither: 0 }).toBuffer() },
    {
      name: "photograph, dithered GIF",
      file: await sharp("test/fixtures/coffee.jpg").gif({ dither: 1 }).toBuffer(),
    },
    { name: "photograph, PNG", file: await sharp("test/fixtures/coffee.jpg").png().toBuffer() },
    {
      name: "screenshot with a photograph, PNG",
      file: await screenshot
        .composite([
          { input: await sharp("test/fixtures/coffee.jpg").resize(500, 330).toBuffer(), left: 700, top: 300 },
        ])
        .png({ compressionLevel: 9 })
        .toBuffer(),
    },
  ];
}
