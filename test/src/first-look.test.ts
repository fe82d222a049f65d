// What src sees of an original before its row is written.
import { env, exports } from "cloudflare:workers";
import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from "thumbhash";
import { describe, expect, test, vi } from "vitest";
import { ANONYMOUS_STORAGE } from "../../schema/ids.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import type { Looked, LookQuestion } from "../../workers/shared/looked.ts";
import { originalKey } from "../../workers/shared/object-keys.ts";
import { shownAs } from "../../workers/shared/shown-as.ts";
import { namedSize } from "../../workers/shared/size.ts";
import { firstLook } from "../../workers/src/door/first-look.ts";
import { quadrants } from "../support/drawing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { pngOf } from "./src-request.ts";

function factsOf(file: Uint8Array) {
  const reader = createFactsReader();
  reader.push(file);
  const read = reader.end();
  if (read.kind !== "image") throw new Error(`The test's file is no image: ${read.kind}`);
  return read.facts;
}

/** Looks at `stored`, of which the header said what `file`'s says. */
async function lookAt(file: Uint8Array, stored = file, changes = {}): Promise<Looked> {
  const place = { storage: "7c1", id: "firstlok" };
  await env.ORIGINALS.put(originalKey(place.storage, place.id), stored);
  const facts = { ...factsOf(file), ...changes };
  const question = {
    ...place,
    bytes: stored.length,
    format: shownAs(facts.format),
    facts: JSON.stringify(facts),
  };
  return exports.default.look(question);
}

async function shown(file: Uint8Array) {
  const looked = await lookAt(file);
  if (looked.outcome !== "shown") throw new Error(`It was ${looked.outcome}.`);
  return looked;
}

describe("the placeholder of a picture", () => {
  test.each([
    ["photo.jpg", 4 / 3],
    ["photo-portrait.jpg", 3 / 4],
    ["photo.webp", 4 / 3],
    ["photo.heic", 3 / 4],
    ["animation.gif", 4 / 3],
  ] as const)("%s has its shape and its colours", async (name, aspect) => {
    const { placeholder } = await shown(await fixtureBytes(name));
    const hash = Uint8Array.fromBase64(placeholder.thumbhash);
    expect(Math.abs(thumbHashToApproximateAspectRatio(hash) - aspect)).toBeLessThan(0.25);
    const { b, r } = thumbHashToAverageRGBA(hash);
    // The lake scene is blue and green.
    if (name !== "animation.gif") expect(b).toBeGreaterThan(r * 0.9);
    expect(placeholder.color).toMatch(/^#[0-9a-f]{6}$/);
  });

  test("names the colour that most of it is of", async () => {
    const teal = quadrants(40, 40, [
      [0, 128, 128, 255],
      [0, 128, 128, 255],
      [0, 130, 126, 255],
      [250, 250, 250, 255],
    ]);
    expect((await shown(await pngOf(teal))).placeholder.color).toMatch(/^#008[0-2][78]/);
  });
});

describe("the sizes of a picture", () => {
  test("are those of the object's arithmetic where no limit bends them", async () => {
    const size = { width: 4000, height: 3000 };
    const { sizes } = await shown(await fixtureBytes("photo.jpg"));
    expect(sizes).toEqual({
      plain: size,
      small: namedSize(size, "s"),
      medium: namedSize(size, "m"),
      large: namedSize(size, "l"),
    });
  });
});

describe("a look at a stranger's upload", () => {
  /** Over strangers' budget as soon as anything is asked of it. */
  const spent = { ...env, ANONYMOUS_CPU_SECONDS_PER_HOUR: "0" };
  const look = async (question: Partial<LookQuestion>) => {
    const file = await fixtureBytes("photo.jpg");
    const place = { storage: ANONYMOUS_STORAGE, id: "stranger", ...question };
    await env.ORIGINALS.put(originalKey(place.storage, place.id), file);
    return firstLook(spent, {
      ...{ bytes: file.length, format: "jpg", facts: JSON.stringify(factsOf(file)) },
      ...place,
    });
  };

  test("waits for the next hour where strangers' processor time is spent, whatever address it came from", async () => {
    const looked = await look({});
    expect(looked).toEqual({ outcome: "later", afterSeconds: expect.any(Number) });
    expect("afterSeconds" in looked && looked.afterSeconds).toBeLessThanOrEqual(3_600);
  });

  test("keeps nobody with a key from being looked at, nor the operator", async () => {
    expect(await look({ storage: "7c1" })).toMatchObject({ outcome: "shown" });
    expect(await look({ isOperators: true })).toMatchObject({ outcome: "shown" });
  });
});

describe("what can't be decoded", () => {
  test("is unreadable where only its kind is strange", async () => {
    expect(await lookAt(await fixtureBytes("drawing.svg"))).toMatchObject({ outcome: "unreadable" });
  });

  test("is unreadable where its header asks for more memory than a job may have", async () => {
    const file = await fixtureBytes("photo.avif");
    const large = { width: 16_000, height: 12_000, coded: { width: 16_000, height: 12_000, pixels: 192e6 } };
    expect(await lookAt(file, file, large)).toEqual({
      outcome: "unreadable",
      engine: expect.any(Number),
      reason: "The picture needs more memory than there is for one job.",
    });
  });

  test.each([
    ["photo.jpg", "garbage"],
    ["logo.png", "garbage"],
    ["photo.webp", "garbage"],
    ["animation.gif", "garbage"],
    // Their decoders can't tell what is broken from what they don't know.
    ["photo.avif", "unreadable"],
    ["photo.heic", "unreadable"],
    ["scan.tiff", "unreadable"],
    ["sample.bmp", "unreadable"],
  ] as const)("%s is %s where nothing of its pixels is there", async (name, outcome) => {
    const file = await fixtureBytes(name);
    expect((await lookAt(file)).outcome).toBe("shown");
    const looked = await lookAt(file, file.slice(0, name === "sample.bmp" ? 60 : 300));
    expect(looked).toMatchObject({ outcome, reason: expect.stringMatching(/^The picture can't be .*\.$/) });
  });

  test("is not judged by a bucket that has lost it", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const facts = JSON.stringify(factsOf(await fixtureBytes("photo.jpg")));
    const question = { storage: "7c1", id: "nothing0", bytes: 1, format: "jpg", facts };
    expect(await exports.default.look(question)).toEqual({ outcome: "failed" });
  });
});

test("A JPEG that is cut in its middle is shown, and damaged", async () => {
  const file = await fixtureBytes("photo.jpg");
  expect(await lookAt(file, file.slice(0, file.length / 2))).toMatchObject({
    outcome: "shown",
    isDamaged: true,
  });
  expect(await lookAt(file)).toMatchObject({ outcome: "shown", isDamaged: false });
});
