// Controls for the parameters of a picture's address. A plain form that opens the picture; playground.js shows it beside them.
import type { Image } from "../../../schema/api.ts";
import { outputFormats } from "../../../schema/facts.ts";
import { filterNames } from "../../../schema/looks.ts";
import { neutral } from "../../../schema/transform.ts";
import { bytesInWords, dimensionsOf, kindOf } from "./words.ts";

type Options = readonly (readonly [value: string, words: string])[];

/** What is not touched is not sent: a choice at its neutral value falls out of the address. */
const choices = {
  size: [
    ["", "as it is"],
    ["s", "small: short side 320"],
    ["m", "medium: short side 640"],
    ["l", "large: short side 1080"],
    ["social", "for link previews: 1200 × 630"],
  ],
  fit: [
    ["scale-down", "fit inside"],
    ["contain", "fit inside, enlarge"],
    ["cover", "fill and cut"],
    ["pad", "fit and pad"],
    ["squeeze", "squeeze"],
  ],
  gravity: [
    ["center", "the middle"],
    ["auto", "the subject, found by itself"],
    ...["top", "bottom", "left", "right"].map((side) => [side, `the ${side}`] as const),
  ],
  format: [
    ["", "as it is"],
    ["auto", "best for each browser"],
    ...outputFormats.map((format) => [format, format] as const),
  ],
  auto: [
    ["", "as it is"],
    ["enhance", "enhanced"],
  ],
  rotate: [
    ["", "not"],
    ...["90", "180", "270"].map((degrees) => [degrees, `${degrees}° clockwise`] as const),
  ],
  filter: [["", "none"], ...filterNames.map((name) => [name, name] as const)],
  grayscale: [
    ["", "no"],
    ["true", "yes"],
  ],
  invert: [
    ["", "no"],
    ["true", "yes"],
  ],
  dither: [["", "all"], ...["2", "3", "4", "8"].map((tones) => [tones, `${tones} a channel`] as const)],
  flip: [
    ["", "not"],
    ["h", "left to right"],
    ["v", "top to bottom"],
    ["hv", "both"],
  ],
} as const satisfies Record<string, Options>;

const ranges = [
  { name: "quality", label: "Quality", min: 1, max: 100, step: 1, neutral: 80, unit: "of 100" },
  { name: "brightness", label: "Brightness", max: 2, neutral: neutral.brightness, unit: "×" },
  { name: "contrast", label: "Contrast", max: 2, neutral: neutral.contrast, unit: "×" },
  { name: "gamma", label: "Gamma", min: 0.1, max: 3, neutral: neutral.gamma, unit: "×" },
  { name: "saturation", label: "Saturation", max: 2, neutral: neutral.saturation, unit: "×" },
  { name: "sharp", label: "Sharpness", max: 10, step: 0.5, neutral: neutral.sharp, unit: "of 10" },
  { name: "blur", label: "Blur", max: 100, step: 1, neutral: 0, unit: "of 100" },
] as const;

const percent = { min: -100, max: 100, step: 1, neutral: 0, unit: "of 100" } as const;

interface Group {
  readonly title: string;
  readonly selects?: readonly { readonly name: keyof typeof choices; readonly label: string }[];
  readonly ranges: readonly Omit<RangeProps, "id">[];
}

/** What retouches, in groups that open. */
const retouching: readonly Group[] = [
  {
    title: "Light",
    ranges: [
      { name: "exposure", label: "Exposure", min: -4, max: 4, step: 0.1, neutral: 0, unit: "stops" },
      { name: "highlights", label: "Highlights", ...percent },
      { name: "shadows", label: "Shadows", ...percent },
      { name: "whites", label: "Whites", ...percent },
      { name: "blacks", label: "Blacks", ...percent },
    ],
  },
  {
    title: "Colour",
    ranges: [
      { name: "temp", label: "Temperature", ...percent },
      { name: "tint", label: "Tint", ...percent },
      { name: "vibrance", label: "Vibrance", ...percent },
      { name: "hue", label: "Hue", min: -180, max: 180, step: 1, neutral: 0, unit: "°" },
    ],
  },
  {
    title: "Clarity, noise and grain",
    ranges: [
      { name: "denoise", label: "Noise reduction", ...percent, min: 0 },
      { name: "dehaze", label: "Dehaze", ...percent },
      { name: "clarity", label: "Clarity", ...percent },
      { name: "texture", label: "Texture", ...percent },
      { name: "vignette", label: "Vignette", ...percent },
      { name: "grain", label: "Grain", ...percent, min: 0 },
    ],
  },
  {
    title: "Frame",
    ranges: [
      { name: "border", label: "Border", max: 100, step: 1, neutral: 0, unit: "pixels" },
      { name: "radius", label: "Round corners", max: 400, step: 1, neutral: 0, unit: "pixels" },
    ],
  },
  {
    title: "Looks",
    selects: [
      { name: "filter", label: "Look" },
      { name: "grayscale", label: "Grey" },
      { name: "invert", label: "Negative" },
      { name: "dither", label: "Tones" },
    ],
    ranges: [
      { name: "look", label: "How much of it", max: 1, neutral: 1, unit: "of 1" },
      { name: "sepia", label: "Sepia", ...percent, min: 0 },
      { name: "solarize", label: "Solarized", ...percent, min: 0 },
      { name: "oil", label: "Oil", ...percent, min: 0 },
      { name: "frosted", label: "Frosted glass", ...percent, min: 0 },
      { name: "edges", label: "Outlines", ...percent, min: 0 },
      { name: "emboss", label: "Relief", ...percent, min: 0 },
      { name: "pixelate", label: "Squares", ...percent, min: 0, unit: "pixels" },
      { name: "halftone", label: "Halftone", ...percent, min: 0, max: 40, unit: "pixels" },
    ],
  },
];

/** For the head of a page that has playgrounds, or gets them by upload.js. */
export function PlaygroundHead() {
  return (
    <>
      <link rel="stylesheet" href="/playground.css" />
      <script type="module" src="/playground.js"></script>
    </>
  );
}

interface PlaygroundProps {
  readonly image: Image;
  /** From the beginning? */
  readonly isOpen?: boolean;
}

export function Playground({ image, isOpen = false }: PlaygroundProps) {
  const { url, sizes, width, height, bytes } = image;
  const id = (name: string) => `${name}-${image.id}`;
  const select = (name: keyof typeof choices, label: string) => (
    <Select {...{ id: id(name), name, label, options: choices[name] }} />
  );
  const side = (name: string, label: string) => (
    <Choice id={id(name)} label={label}>
      <input id={id(name)} name={name} type="number" min="1" max="12000" inputmode="numeric" />
    </Choice>
  );
  return (
    <details
      open={isOpen}
      class="playground"
      data-url={url}
      data-whole={sizes.small?.url ?? url}
      data-shown={sizes.medium?.url ?? url}
      data-bytes={bytes}
      data-width={width}
      data-height={height}
    >
      <summary>Try its sizes, formats and effects</summary>
      <form action={url} method="get" target="_blank" rel="noopener">
        {select("size", "Size")}
        {side("w", "Width, pixels")}
        {side("h", "Height, pixels")}
        {select("fit", "Fit")}
        {select("gravity", "A cut keeps")}
        {select("format", "Format")}
        {select("rotate", "Turn")}
        {select("flip", "Mirror")}
        {select("auto", "Light and colour")}
        {ranges.map((range) => (
          <Range id={id(range.name)} {...range} />
        ))}
        {retouching.map(({ title, selects = [], ranges }) => (
          <details class="retouching">
            <summary>{title}</summary>
            <div class="choices">
              {selects.map(({ name, label }) => select(name, label))}
              {ranges.map((range) => (
                <Range id={id(range.name)} {...range} />
              ))}
            </div>
          </details>
        ))}
        <p class="actions">
          <button type="submit">Open the picture</button>
          <button type="reset">Start again</button>
        </p>
      </form>
      <p class="before">
        As it was uploaded: {[dimensionsOf(image), bytesInWords(bytes)].filter(Boolean).join(", ")} of{" "}
        {kindOf(image)}
      </p>
    </details>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
}

function Select(props: ChoiceProps & { readonly name: string; readonly options: Options }) {
  const { id, name, label, options } = props;
  return (
    <Choice id={id} label={label}>
      <select id={id} name={name} data-neutral={options[0]?.[0]}>
        {options.map(([value, words]) => (
          <option value={value}>{words}</option>
        ))}
      </select>
    </Choice>
  );
}

interface RangeProps extends ChoiceProps {
  readonly name: string;
  readonly min?: number;
  readonly max: number;
  readonly step?: number;
  readonly neutral: number;
  /** Stands behind the value. */
  readonly unit: string;
}

function Range({ id, label, name, min = 0, max, step = 0.05, neutral, unit }: RangeProps) {
  const value = String(neutral);
  const bounds = { min: String(min), max: String(max), step: String(step) };
  return (
    <Choice id={id} label={label}>
      <input
        id={id}
        name={name}
        type="range"
        {...bounds}
        value={value}
        data-neutral={value}
        data-unit={unit}
      />
    </Choice>
  );
}

function Choice({ id, label, children }: ChoiceProps & { readonly children?: unknown }) {
  return (
    <div class="choice">
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}
