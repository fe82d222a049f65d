// The parameters of image URLs: one table that parses them and writes their documentation.
import * as z from "zod";
import { outputFormats } from "./facts.ts";
import { frameParameters } from "./frame.ts";
import { metadataWishes } from "./hidden-metadata.ts";
import { lookParameters } from "./looks.ts";
import { color, decimal, docs, no, type ParameterDoc, parameter, whole, yes } from "./parameter.ts";
import { retouchParameters } from "./retouch.ts";

/** The longest side and the largest area of a rendered picture. */
export const MAX_OUTPUT_SIDE = 12_000;

/** An original of more pixels is stored, but not rendered. */
export const MAX_ORIGINAL_PIXELS = 300_000_000;

/** What `size=social` gives, as link previews want it. */
export const SOCIAL_SIZE = { width: 1200, height: 630 } as const;
export const MAX_OUTPUT_PIXELS = 50_000_000;

const degrees = z
  .enum(["90", "180", "270"])
  .transform((text) => (text === "90" ? 90 : text === "180" ? 180 : 270));

const formatName = z.preprocess(
  (text) => (text === "jpeg" ? "jpg" : text),
  z.enum([...outputFormats, "auto"]),
);

/** Named points of a picture, as fractions of its width and height. */
const namedPoints = new Map([
  ["top-left", "0x0"],
  ["top", "0.5x0"],
  ["top-right", "1x0"],
  ["left", "0x0.5"],
  ["center", "0.5x0.5"],
  ["right", "1x0.5"],
  ["bottom-left", "0x1"],
  ["bottom", "0.5x1"],
  ["bottom-right", "1x1"],
]);

const fraction = z.number().min(0).max(1);

const point = z
  .string()
  .transform((text) => namedPoints.get(text) ?? text)
  .pipe(z.string().regex(/^(\d|\d?\.\d{1,4})x(\d|\d?\.\d{1,4})$/))
  .transform((text) => {
    const [x, y] = text.split("x");
    return { x: Number(x), y: Number(y) };
  })
  .pipe(z.object({ x: fraction, y: fraction }));

const gravity = z.union([z.literal("auto"), point]);

/** The values at which an effect changes nothing, which are its default. */
export const neutral = { brightness: 1, contrast: 1, gamma: 1, saturation: 1, sharp: 0 } as const;

/** Every parameter of image URLs, in the order in which the documentation shows them. */
export const transformSchema = z.object({
  size: parameter(z.enum(["s", "m", "l", "social"]), {
    values: "`s` `m` `l` `social`",
    effect:
      "Short side 320, 640 or 1080 pixels, aspect kept, long side rounded down, never enlarged. `social` is exactly 1200x630 with the whole picture in it, over a blurred copy of itself or over `background`.",
  }),
  w: parameter(whole(1, MAX_OUTPUT_SIDE), {
    aliases: ["width"],
    values: "1..12000",
    effect: "Width of the box in pixels. Wins over `size`.",
  }),
  h: parameter(whole(1, MAX_OUTPUT_SIDE), {
    aliases: ["height"],
    values: "1..12000",
    effect: "Height of the box in pixels. Wins over `size`.",
  }),
  fit: parameter(z.enum(["scale-down", "contain", "cover", "crop", "pad", "squeeze"]), {
    values: "`scale-down` `contain` `cover` `crop` `pad` `squeeze`",
    byDefault: "scale-down",
    effect:
      "How the picture meets the box: `scale-down` fits and never enlarges, `contain` fits and may enlarge, `cover` and `crop` fill the box and cut the rest, `pad` fits and fills what stays empty, `squeeze` ignores the aspect. What keeps its scale is copied pixel by pixel, and less than a pixel is not cut away.",
  }),
  gravity: parameter(gravity, {
    aliases: ["g"],
    values:
      "`center` `top` `bottom` `left` `right` `top-left` `top-right` `bottom-left` `bottom-right` `auto` `0.3x0.7`",
    byDefault: "center",
    effect:
      "What a cut keeps: a side, a point given as fractions of width and height, or with `auto` the most salient part.",
  }),
  dpr: parameter(decimal(1, 4), {
    values: "1..4",
    byDefault: "1",
    effect: "Multiplies `w` and `h`, for dense screens.",
  }),
  format: parameter(formatName, {
    aliases: ["f"],
    values: "`jpg` `png` `webp` `avif` `gif` `auto`",
    byDefault: "the URL's extension",
    effect:
      "Converts. `auto` answers what is shortest of what the browser's `Accept` names: photographs as AVIF or WebP, drawings as WebP, exactly where that packs well, and the original where nothing shorter comes out.",
  }),
  quality: parameter(whole(1, 100), {
    aliases: ["q"],
    values: "1..100",
    byDefault: "80",
    effect: "Lossy quality; the same number looks alike in jpg, webp and avif.",
  }),
  lossless: parameter(yes, {
    values: "`true`",
    effect: "Lossless webp. A png always is.",
  }),
  background: parameter(color, {
    aliases: ["bg"],
    values: "CSS hex or name, `transparent`",
    byDefault: "white for jpg",
    effect: "The colour of padding, and of what lies behind a transparent picture.",
  }),
  brightness: parameter(decimal(0, 10), {
    values: "0..10",
    byDefault: String(neutral.brightness),
    effect: "Multiplies every channel.",
  }),
  contrast: parameter(decimal(0, 10), {
    values: "0..10",
    byDefault: String(neutral.contrast),
    effect: "Multiplies the distance from middle grey.",
  }),
  gamma: parameter(decimal(0, 10), {
    values: "0..10",
    byDefault: String(neutral.gamma),
    effect: "Exponent of the tone curve: below 1 lightens, above 1 darkens.",
  }),
  saturation: parameter(decimal(0, 10), {
    values: "0..10",
    byDefault: String(neutral.saturation),
    effect: "Multiplies the distance from grey; 0 is a grey picture.",
  }),
  blur: parameter(decimal(1, 250), {
    values: "1..250",
    effect: "Gaussian blur with a sigma of half the value, in output pixels.",
  }),
  sharp: parameter(decimal(0, 10), {
    aliases: ["sharpen"],
    values: "0..10",
    byDefault: String(neutral.sharp),
    effect: "Unsharp mask.",
  }),
  ...retouchParameters,
  ...lookParameters,
  ...frameParameters,
  rotate: parameter(degrees, {
    values: "90 180 270",
    byDefault: "0",
    effect: "Turns clockwise before the resize, so `w` and `h` are of the turned picture.",
  }),
  flip: parameter(
    z.preprocess((text) => (text === "vh" ? "hv" : text), z.enum(["h", "v", "hv"])),
    {
      values: "`h` `v` `hv`",
      effect: "Mirrors left to right, top to bottom, or both, before `rotate`.",
    },
  ),
  trim: parameter(z.union([z.literal("true").transform(() => 10), decimal(0, 100)]), {
    values: "`true` or 0..100",
    effect: "Cuts uniform borders; the number is how far a border's colours may lie apart (`true` is 10).",
  }),
  metadata: parameter(z.enum(metadataWishes), {
    values: "`none` `copyright` `keep`",
    byDefault: "none",
    effect:
      "What hidden metadata the answer carries: nothing, artist and copyright, or as much as the uploader allowed (`hidden_metadata`), which is nothing unless they said otherwise, and where it was taken only with `keep_with_location`. A rendered jpg, png or webp carries EXIF only, and never its old orientation.",
  }),
  anim: parameter(z.union([yes, no]), {
    values: "`true` `false`",
    byDefault: "true",
    effect: "`false` keeps only the first frame.",
  }),
  download: parameter(z.string().min(1).max(255), {
    values: "`1` or a filename",
    effect: "Makes the browser save the picture instead of showing it.",
  }),
});

/** What a URL asks for. Absent = not asked for. */
export type Transform = {
  readonly [Name in keyof z.infer<typeof transformSchema>]?: z.infer<typeof transformSchema>[Name];
};

const documented = Object.entries(transformSchema.shape).flatMap(([name, schema]) => {
  const doc = docs.get(schema);
  return doc ? [{ name, schema, ...doc }] : [];
});

/** The documentation of every parameter, in order. */
export const parameterDocs: readonly (ParameterDoc & { readonly name: string })[] = documented.map(
  ({ schema: _, ...doc }) => doc,
);

/** A value is looked at so often: a query of thousands of them costs the view that asks no more than an honest one. */
const MOST_REPEATS = 16;

/** Reads the parameters of a query. Aliases count; of repeated values the first that makes sense wins, of the first 16 different ones. */
export function parseTransform(query: URLSearchParams): Transform {
  const asked = documented.map(({ name, schema, aliases = [] }) => {
    // A `+` in a query is a space: `w=+400` and `w=400+` mean 400.
    const spellings = [name, ...aliases]
      .flatMap((spelling) => query.getAll(spelling))
      .map((text) => text.trim());
    const looked = [...new Set(spellings)].slice(0, MOST_REPEATS);
    return [name, looked.find((text) => schema.parse(text) !== undefined)];
  });
  return transformSchema.parse(Object.fromEntries(asked));
}

/** Writes parameters as a query that `parseTransform` reads back to the same values. */
export function printTransform(transform: Transform): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(transform)) {
    if (value === undefined) continue;
    query.set(name, typeof value === "object" ? `${value.x}x${value.y}` : String(value));
  }
  return query;
}
