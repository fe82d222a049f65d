// Looks, low, middle and high, on the pictures that retouching is looked at on: what is shown of each, by sheet.
import { filterNames } from "../../schema/looks.ts";

const of = (name: string, ...values: readonly string[]) => values.map((value) => `${name}=${value}`);

export const lookSheets: Readonly<Record<string, readonly string[]>> = {
  filters: ["", ...of("filter", ...filterNames)],
  inks: [
    "",
    "grayscale=true",
    ...of("sepia", "30", "70", "100"),
    ...of("monochrome", "1e6fb8", "8a2f2f80", "2e8b57"),
    ...of("duotone", "1e1e5a,ffd9a0", "midnightblue,coral", "000,f00"),
    "invert=true",
    ...of("solarize", "20", "50", "80"),
    "filter=vintage&look=0.5",
  ],
  screens: [
    "",
    ...of("pixelate", "4", "10", "24"),
    ...of("threshold", "25", "50", "75"),
    ...of("halftone", "3", "5", "10"),
    "halftone=4&duotone=1e1e5a,ffd9a0",
    ...of("dither", "2", "4", "8"),
    "dither=2&grayscale=true",
    "halftone=5&look=0.4",
  ],
  frame: [
    "",
    ...of("border", "2", "8,white", "24,1e6fb880"),
    ...of("radius", "8", "30", "max"),
    "radius=30&border=6,gold",
    "radius=max&border=10,white&fit=pad&background=teal",
    "radius=max&background=midnightblue",
  ],
  paint: [
    "",
    ...of("oil", "10", "50", "100"),
    ...of("frosted", "10", "40", "100"),
    ...of("edges", "30", "60", "100"),
    ...of("emboss", "20", "50", "100"),
    "edges=100&invert=true",
  ],
};
