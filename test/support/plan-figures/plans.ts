// Whole plans, as a person reads them: an original, a question, and what the plan makes of both.
import type { Size } from "../../../schema/facts.ts";
import { parseTransform } from "../../../schema/transform.ts";
import { answeredSizes } from "../../../workers/src/plan/answered-sizes.ts";
import { defaultLimits, makePlan, type Plan, type PlannedOriginal } from "../../../workers/src/plan/plan.ts";
import type { OriginalFacts } from "../../../workers/src/plan/stored-facts.ts";
import type { Seen } from "../../../workers/src/plan/wish.ts";
import { planned } from "../planned-original.ts";

const originals: Readonly<Record<string, readonly [bytes: number, facts: Partial<OriginalFacts> & Size]>> = {
  photo: [5_600_000, { format: "jpg", width: 4000, height: 3000, samplesPerPixel: 1.5 }],
  portrait: [900_000, { format: "jpg", width: 1600, height: 1200, orientation: 6, samplesPerPixel: 1.5 }],
  logo: [40_000, { format: "png", width: 640, height: 200, alpha: true, samplesPerPixel: 4 }],
  film: [800_000, { format: "gif", width: 480, height: 360, animated: true, frames: 60, alpha: true }],
  "long film": [2_000_000, { format: "webp", width: 900, height: 600, animated: true, frames: 900 }],
  phone: [1_500_000, { format: "heic", width: 4032, height: 3024, orientation: 6 }],
  scan: [9_000_000, { format: "tiff", width: 2100, height: 1480 }],
  panorama: [4_000_000, { format: "jpg", width: 14_000, height: 900, samplesPerPixel: 1.5 }],
  ink: [60_000, { format: "bmp", width: 301, height: 203, samplesPerPixel: 3 }],
  cutout: [300_000, { format: "webp", width: 1200, height: 901, alpha: true, samplesPerPixel: 4 }],
  strip: [9_000, { format: "png", width: 7, height: 9_000 }],
  "small film": [40_000, { format: "png", width: 60, height: 40, animated: true, frames: 12 }],
  atlas: [90_000_000, { format: "jpg", width: 20_001, height: 15_000, samplesPerPixel: 1.5 }],
};

const queries = [
  "",
  "w=853",
  "h=100",
  "w=300&h=300",
  "w=300&h=300&fit=contain",
  "w=300&h=300&fit=cover",
  "w=300&h=200&fit=crop&gravity=0.9x0.1",
  // Of the logo a copy, of the photograph all but a pixel that nobody would see.
  "w=640&h=199&fit=cover",
  "w=4000&h=2999&fit=cover",
  "w=300&h=200&fit=cover&gravity=auto",
  // A window that begins between two pixels, at either side of the half.
  "w=299&h=200&fit=crop&gravity=0.25x0.75",
  "w=640&h=199&fit=crop&gravity=0.5x0.7",
  "w=301&h=101&fit=cover&gravity=0.3x0.6",
  "w=300&h=300&fit=pad",
  "w=300&h=300&fit=pad&background=%23ff000080&format=jpg",
  "w=300&h=100&fit=squeeze",
  "w=12000&h=12000&fit=contain",
  "w=12000&h=12000&fit=squeeze&format=avif",
  "w=200&h=100&dpr=2.5",
  "size=s",
  "size=l",
  "size=social",
  "size=social&background=teal",
  "format=auto",
  "format=auto&w=1001&fit=contain",
  "format=auto&quality=100",
  "format=auto&w=3000&h=3000&fit=contain",
  "format=auto&lossless=true",
  "format=webp&lossless=true",
  "format=webp&quality=100&w=1000",
  "format=png&anim=false",
  "format=gif&w=600",
  "rotate=90&flip=h&w=400",
  "trim=true&w=400",
  "brightness=1.2&contrast=2&gamma=0.5&saturation=0",
  "brightness=1&contrast=1&gamma=1&saturation=1&sharp=0",
  "exposure=1&temp=20&curve=0,0;128,90;255,255",
  "exposure=0&hue=360&curve=0,0;255,255&grade=0000,fff0",
  "shadows=40&w=800",
  "auto=enhance&w=800",
  "texture=40&grain=20&w=800",
  "denoise=40&w=800",
  "dehaze=40&clarity=20&vignette=30",
  "filter=vintage&duotone=navy,gold&w=800",
  "oil=50&halftone=6&sepia=30&look=0.5&w=800",
  "border=8,white&radius=20&w=800",
  "border=0&radius=0",
  "look=0&oil=50&dither=2",
  "blur=40&w=800",
  "sharp=1.5&w=800",
  "metadata=keep",
];

/** Originals that are not what they seem: of most of them the plain bytes are not what there is to see. */
const odd: Readonly<
  Record<string, readonly [facts: Partial<OriginalFacts> & Size, more: Partial<PlannedOriginal>]>
> = {
  "a cut PNG": [{ format: "png", width: 640, height: 480, damaged: true }, { isDamaged: true }],
  "a cut JPEG": [{ format: "jpg", width: 640, height: 480, damaged: true }, { isDamaged: true }],
  "a cut JPEG in scans": [{ format: "jpg", width: 640, height: 480, separate: true }, { isDamaged: true }],
  "a JPEG in scans": [{ format: "jpg", width: 640, height: 480, separate: true }, {}],
  "an endless JPEG": [{ format: "jpg", width: 640, height: 480, endless: true }, {}],
  "an endless progressive JPEG": [
    { format: "jpg", width: 640, height: 480, endless: true, progressive: true },
    {},
  ],
  "an endless JPEG in scans": [
    { format: "jpg", width: 640, height: 480, endless: true, progressive: true, separate: true },
    {},
  ],
  "a cropped AVIF": [
    { format: "avif", width: 640, height: 480, crop: { x: 10, y: 20, width: 600, height: 400 } },
    {},
  ],
  "a drawing": [{ format: "svg", width: 640, height: 480 }, { transformable: false }],
  "a drawing that says it can be rendered": [{ format: "svg", width: 640, height: 480 }, {}],
  "a cropped AVIF that can't be rendered": [
    { format: "avif", width: 640, height: 480, crop: { x: 0, y: 0, width: 600, height: 400 } },
    { transformable: false },
  ],
  "a chart of few bytes": [{ format: "png", width: 2_000, height: 1_500 }, { bytes: 9_000 }],
  "a phone's picture, shown as JPEG": [{ format: "heic", width: 640, height: 480 }, { format: "jpg" }],
  "a film in a still format's name": [
    { format: "gif", width: 640, height: 480, animated: true, frames: 9 },
    { format: "jpg" },
  ],
};
const askings = [
  "",
  "w=100",
  "format=auto",
  "format=webp",
  "quality=50",
  "metadata=copyright",
  "brightness=2",
];
const askedOf = [
  ["jpg", "image/avif,image/webp"],
  ["png", "image/webp"],
  ["gif", ""],
  [null, "image/webp;q=0.9,image/avif;q=0.5"],
] as const;

/** Every field of the plan, nulls left out. */
function told(plan: Plan): string {
  return JSON.stringify(plan, (_name, value) => value ?? undefined).replaceAll('"', "");
}

/** What the small render of a question would find. */
function seenOf(query: string, { width, height }: OriginalFacts): Seen {
  return {
    ...(query.includes("trim") ? { trimmed: { x: 7, y: 9, width: width - 20, height: height - 30 } } : {}),
    ...(query.includes("auto") ? { focus: { x: 0.2, y: 0.8 } } : {}),
  };
}

function oddPlans(): Record<string, string> {
  const plans: Record<string, string> = {};
  for (const [name, [facts, more]] of Object.entries(odd)) {
    for (const [index, query] of askings.entries()) {
      const own: PlannedOriginal = { ...planned(facts, facts), ...more };
      const transform = parseTransform(new URLSearchParams(query));
      for (const [extension, accept] of [
        [own.format, ""],
        askedOf[index % askedOf.length] ?? askedOf[0],
      ] as const)
        plans[`${name}.${extension}?${query} for ${accept || "anybody"}`] = told(
          makePlan({ transform, extension, accept }, own, defaultLimits),
        );
    }
  }
  return plans;
}

export function plansInWords(): Record<string, string> {
  const plans: Record<string, string> = oddPlans();
  for (const [name, [bytes, facts]] of Object.entries(originals)) {
    const original: PlannedOriginal = { ...planned(facts, facts), bytes, hiddenMetadata: "keep" };
    for (const query of queries) {
      const transform = parseTransform(new URLSearchParams(query));
      const asked = { transform, extension: original.format, accept: "image/avif,image/webp" };
      plans[`${name}?${query}`] = told(makePlan(asked, original, defaultLimits));
      const seen = seenOf(query, original.facts);
      if (Object.keys(seen).length > 0)
        plans[`${name}?${query} looked at`] = told(makePlan(asked, original, defaultLimits, seen));
    }
    // What the sizes answer, and which of them is refused first where there is less room.
    for (let share = 1; share > 0.01; share *= 0.8) {
      const { memoryBytes, cpuMilliseconds } = defaultLimits;
      const limits = {
        ...defaultLimits,
        memoryBytes: memoryBytes * share,
        cpuMilliseconds: cpuMilliseconds * share,
      };
      const sizes = answeredSizes(original, limits);
      plans[`${name}, answered with ${share.toFixed(3)} of the limits`] = JSON.stringify(sizes).replaceAll(
        '"',
        "",
      );
    }
  }
  return plans;
}
