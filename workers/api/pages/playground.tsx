// Controls for the parameters of a picture's address. A plain form that opens the picture; playground.js shows it beside them.
import type { Image } from "../../../schema/api.ts";
import { outputFormats } from "../../../schema/facts.ts";
import { neutral } from "../../../schema/transform.ts";
import { bytesInWords, dimensionsOf } from "./words.ts";

const fits = [
  ["scale-down", "fit inside"],
  ["contain", "fit inside, enlarge"],
  ["cover", "fill and cut"],
  ["pad", "fit and pad"],
  ["squeeze", "squeeze"],
] as const;

/** What is not touched is not sent: a range at its neutral value falls out of the address. */
const tones = [
  { name: "brightness", label: "Brightness", max: 2, neutral: neutral.brightness },
  { name: "contrast", label: "Contrast", max: 2, neutral: neutral.contrast },
  { name: "saturation", label: "Saturation", max: 2, neutral: neutral.saturation },
  { name: "sharp", label: "Sharpness", max: 10, neutral: neutral.sharp },
] as const;

interface PlaygroundProps {
  readonly image: Image;
  /** From the beginning? */
  readonly isOpen?: boolean;
}

export function Playground({ image, isOpen = false }: PlaygroundProps) {
  const id = (name: string) => `${name}-${image.id}`;
  return (
    <details
      open={isOpen}
      class="playground"
      data-url={image.url}
      data-whole={image.sizes.small?.url ?? image.url}
    >
      <summary>Try its sizes, formats and effects</summary>
      <form action={image.url} method="get" target="_blank" rel="noopener">
        <Choice id={id("w")} label="Width, pixels">
          <input id={id("w")} name="w" type="number" min="1" max="12000" inputmode="numeric" />
        </Choice>
        <Choice id={id("h")} label="Height, pixels">
          <input id={id("h")} name="h" type="number" min="1" max="12000" inputmode="numeric" />
        </Choice>
        <Choice id={id("fit")} label="Fit">
          <select id={id("fit")} name="fit" data-neutral="scale-down">
            {fits.map(([value, words]) => (
              <option value={value}>{words}</option>
            ))}
          </select>
        </Choice>
        <Choice id={id("gravity")} label="A cut keeps">
          <select id={id("gravity")} name="gravity" data-neutral="center">
            <option value="center">the middle</option>
            <option value="auto">the subject, found by itself</option>
            {["top", "bottom", "left", "right"].map((side) => (
              <option value={side}>the {side}</option>
            ))}
          </select>
        </Choice>
        <Choice id={id("format")} label="Format">
          <select id={id("format")} name="format">
            <option value="">as it is</option>
            <option value="auto">best for each browser</option>
            {outputFormats.map((format) => (
              <option value={format}>{format}</option>
            ))}
          </select>
        </Choice>
        <Choice id={id("quality")} label="Quality">
          <input
            id={id("quality")}
            name="quality"
            type="range"
            min="1"
            max="100"
            value="80"
            data-neutral="80"
          />
        </Choice>
        {tones.map((tone) => (
          <Choice id={id(tone.name)} label={tone.label}>
            <input
              id={id(tone.name)}
              name={tone.name}
              type="range"
              min="0"
              max={String(tone.max)}
              step="0.05"
              value={String(tone.neutral)}
              data-neutral={String(tone.neutral)}
            />
          </Choice>
        ))}
        <Choice id={id("rotate")} label="Turn">
          <select id={id("rotate")} name="rotate">
            <option value="">not</option>
            {["90", "180", "270"].map((degrees) => (
              <option value={degrees}>{degrees}°</option>
            ))}
          </select>
        </Choice>
        <button type="submit">Open the picture</button>
      </form>
      <p class="before">
        As it was uploaded: {[dimensionsOf(image), bytesInWords(image.bytes)].filter(Boolean).join(", ")}
      </p>
    </details>
  );
}

function Choice({
  id,
  label,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly children?: unknown;
}) {
  return (
    <div class="choice">
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}
