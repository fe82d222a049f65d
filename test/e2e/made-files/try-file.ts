// One made file through the whole product: what became of it, and what of its promises was not kept.
import type { Page } from "playwright-core";
import sharp from "sharp";
import type { Image } from "../../../schema/api.ts";
import { mimeTypes } from "../../../schema/facts.ts";
import { brokenPromises, load, type Product, uploadFile } from "../../harness/product/promises.ts";
import type { MadeFile } from "../../support/made-files/made-file.ts";
import type { MadeRow } from "../../support/made-files/rows.ts";
import { distanceOf, EYE_SIDE, type Shown, showInChromium } from "./chromium-eye.ts";
import { privateFieldsIn } from "./private-fields.ts";

export interface Tried {
  readonly row: MadeRow;
  /** Sentences; empty where all is as promised. */
  readonly findings: readonly string[];
}

/** A picture and its small copy may differ by so much, of 255, before we say that they show different things. */
const MOST_APART = 20;

export async function tryFile(made: MadeFile, product: Product, page: Page): Promise<Tried> {
  const { format, feature } = made;
  const file = await made.make();
  const type = mimeTypes[format];
  const original = await showInChromium(page, file, type);
  const isShown = original !== null;
  const uploaded = await uploadFile(file, product);
  if (uploaded.kind !== "kept") {
    const findings = uploaded.kind === "fault" ? [uploaded.finding] : [];
    const nothing = { plain: null, rendered: false, chromium: null, libvips: null };
    return { row: { format, feature, accepted: "no", ...nothing, isShown }, findings };
  }

  const { image } = uploaded;
  const plain = await load(image.url);
  const plainShown = await showInChromium(page, plain.bytes, plain.type);
  const query = `?w=${EYE_SIDE}&h=${EYE_SIDE}&fit=squeeze&format=png&background=white&anim=false`;
  const rendered = image.transformable ? await smallBySharp((await load(image.url + query)).bytes) : null;
  const findings = [
    ...(await brokenPromises(image)),
    ...(await privateFieldsIn(plain.bytes)).map((name) => `its plain answer tells ${name}`),
    ...disagreements(image, plainShown, rendered),
  ];
  const isDamaged = image.notes.some(({ code }) => code === "damaged");
  const byLibvips = await smallBySharp(file);
  const row: MadeRow = {
    format,
    feature,
    accepted: image.transformable ? (isDamaged ? "damaged" : "yes") : "plain only",
    plain: plain.type === type ? "as it is" : plain.type,
    rendered: rendered !== null,
    chromium: rendered && original ? Math.round(distanceOf(rendered, original.small)) : null,
    libvips: rendered && byLibvips ? Math.round(distanceOf(rendered, byLibvips)) : null,
    isShown,
  };
  return { row, findings };
}

/** Between the object, the plain answer and the renders. */
function disagreements(
  { format, transformable, width, height }: Image,
  plain: Shown | null,
  rendered: Uint8Array | null,
): readonly string[] {
  if (transformable && !rendered) return ["it is transformable, and its renders can't be read"];
  if (!plain) return [];
  const promised = `${width}x${height}`;
  const found = `${plain.width}x${plain.height}`;
  // A drawing has no pixels: only its shape is promised, and may be said by nobody.
  const isAsPromised =
    width === null || height === null || format !== "svg"
      ? width === null || promised === found
      : Math.abs(width / height - plain.width / plain.height) < 0.02;
  const apart = rendered ? distanceOf(rendered, plain.small) : 0;
  return [
    ...(isAsPromised ? [] : [`it promises ${promised}, and its plain answer has ${found}`]),
    ...(apart > MOST_APART ? [`its renders lie ${apart.toFixed(0)} of 255 from its plain answer`] : []),
  ];
}

/** On white. Null where libvips can't read it. */
async function smallBySharp(file: Uint8Array): Promise<Uint8Array | null> {
  return sharp(file, { failOn: "none" })
    .autoOrient()
    .toColourspace("srgb")
    .flatten({ background: "white" })
    .resize(EYE_SIDE, EYE_SIDE, { fit: "fill" })
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer()
    .catch(() => null);
}
