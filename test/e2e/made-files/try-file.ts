// One made file through the whole product: what became of it, and what of its promises was not kept.
import type { Page } from "playwright-core";
import sharp from "sharp";
import type { Image } from "../../../schema/api.ts";
import { mimeTypes } from "../../../schema/facts.ts";
import { brokenPromises, load, type Product, uploadFile } from "../../harness/product/promises.ts";
import type { MadeFile } from "../../support/made-files/made-file.ts";
import type { Accepted, Outcome } from "../../support/made-files/rows.ts";
import { showInChromium } from "./chromium-eye.ts";
import { distanceFromAfar, distanceOf, isClear, type Seen } from "./distance.ts";
import { privateFieldsIn } from "./private-fields.ts";

export interface Tried {
  readonly outcome: Outcome;
  /** Sentences; empty where all is as promised. */
  readonly findings: readonly string[];
  /** Null where nothing was kept. */
  readonly image: Image | null;
}

/** Mean Delta E between a plain answer and a render of one picture, seen from afar; another picture, or the same turned, is farther. */
const MOST_APART = 15;

/** `file` is what `made` makes. */
export async function tryFile(
  made: MadeFile,
  file: Uint8Array,
  product: Product,
  page: Page,
): Promise<Tried> {
  const uploaded = await uploadFile(file, product);
  if (uploaded.kind !== "kept") {
    const findings = uploaded.kind === "fault" ? [uploaded.finding] : unexpected(made, "no");
    return { outcome: { accepted: "no", plain: null, rendered: false }, findings, image: null };
  }
  const { image } = uploaded;
  const accepted = acceptedAs(image);
  const plain = await load(image.url);
  const isAsItIs = plain.type === mimeTypes[made.format];
  const shown = await showInChromium(page, plain.bytes, plain.type);
  // What JPEG does to a picture of hard dots is not held against a plain answer that was made into one.
  const rendered = image.transformable ? await renderOf(image, isAsItIs ? "png" : "jpg") : null;
  const findings = [
    ...unexpected(made, accepted),
    ...(await brokenPromises(image, plain)),
    ...(await privateFieldsIn(plain.bytes)).map((name) => `its plain answer tells ${name}`),
    ...(await disagreements(image, shown, rendered)),
  ];
  const outcome = { accepted, plain: isAsItIs ? "as it is" : plain.type, rendered: rendered !== null };
  return { outcome, findings, image };
}

/** Asked for in a mirror, so that it is no copy of the original, and looked at in another one. */
export async function renderOf({ url }: Image, format: "png" | "jpg"): Promise<Seen | null> {
  const { ok, bytes } = await load(`${url}?format=${format}&flip=h&anim=false`);
  return ok ? pixelsOf(bytes, true) : null;
}

function acceptedAs({ transformable, notes }: Image): Accepted {
  if (!transformable) return "plain only";
  return notes.some(({ code }) => code === "damaged") ? "damaged" : "yes";
}

const unexpected = ({ expected }: MadeFile, accepted: Accepted): readonly string[] =>
  expected === undefined || expected === accepted ? [] : [`it is to become "${expected}", not "${accepted}"`];

/** Between the object, the plain answer and the render. */
async function disagreements(
  { format, transformable, width, height, notes }: Image,
  plain: Seen | null,
  rendered: Seen | null,
): Promise<readonly string[]> {
  if (transformable && !rendered) return ["it is transformable, and its renders can't be read"];
  const promised = `${width}x${height}`;
  const findings: string[] = [];
  if (rendered && promised !== `${rendered.width}x${rendered.height}`)
    findings.push(`it promises ${promised}, and its render has ${rendered.width}x${rendered.height}`);
  // What Chromium gives up on is loaded, and clear.
  if (!plain || (isClear(plain) && rendered && !isClear(rendered)))
    return [...findings, "Chromium shows nothing of its plain answer"];
  // A drawing has no pixels: only its shape is promised, and may be said by nobody.
  const isAsPromised =
    width === null || height === null || format !== "svg"
      ? width === null || promised === `${plain.width}x${plain.height}`
      : Math.abs(width / height - plain.width / plain.height) < 0.02;
  if (!isAsPromised)
    findings.push(`it promises ${promised}, and its plain answer has ${plain.width}x${plain.height}`);
  if (!rendered) return findings;
  const isDamaged = notes.some(({ code }) => code === "damaged");
  const apart = isDamaged ? distanceOf(rendered, plain, true) : await distanceFromAfar(rendered, plain);
  if ((apart ?? 0) > MOST_APART)
    findings.push(`its render lies a Delta E of ${apart?.toFixed(1)} from its plain answer`);
  return findings;
}

/** As libvips reads it, upright; null where it can't. */
export async function pixelsOf(file: Uint8Array, isMirrored = false): Promise<Seen | null> {
  const read = await sharp(file, { failOn: "none", limitInputPixels: false })
    .autoOrient()
    .flop(isMirrored)
    .toColourspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
    .catch(() => null);
  return read && { width: read.info.width, height: read.info.height, rgba: read.data };
}
