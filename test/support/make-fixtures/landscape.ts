// Renders a lake with hills, clouds and a meadow: many scales of detail and grain, so that codecs meet a photograph.

import sharp, { type Sharp } from "sharp";

const lattice = new Float32Array(65_536).map((_, index) => {
  const mixed = Math.imul(index ^ 0x9e37, 0x85ebca6b) ^ (index << 7);
  return ((Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 8) & 0xffff) / 65_535;
});

const corner = (x: number, y: number) => lattice[((x * 73) ^ (y * 12_007)) & 65_535] ?? 0;

function noise(x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = smooth(x - column);
  const down = smooth(y - row);
  const upper = mix(corner(column, row), corner(column + 1, row), across);
  const lower = mix(corner(column, row + 1), corner(column + 1, row + 1), across);
  return mix(upper, lower, down);
}

/** Octaves of noise, each half as tall and twice as fine: about 0..1, mean 0.5. */
function octaves(x: number, y: number, count: number): number {
  let sum = 0;
  let height = 0.5;
  for (let octave = 0; octave < count; octave++) {
    sum += noise(x * 2 ** octave + octave * 17.3, y * 2 ** octave + octave * 5.1) * height;
    height /= 2;
  }
  return sum;
}

const smooth = (t: number) => t * t * (3 - 2 * t);
const mix = (a: number, b: number, t: number) => a + (b - a) * t;
const clamp = (t: number) => Math.min(1, Math.max(0, t));

type Colour = readonly [number, number, number];
const blend = (a: Colour, b: Colour, t: number): Colour => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
];
const shade = (colour: Colour, factor: number): Colour => [
  colour[0] * factor,
  colour[1] * factor,
  colour[2] * factor,
];

const ridges = [
  { base: 0.36, rise: 0.17, scale: 3.1, colour: [122, 140, 165], haze: 0.55 },
  { base: 0.44, rise: 0.13, scale: 5.3, colour: [82, 104, 108], haze: 0.3 },
  { base: 0.5, rise: 0.1, scale: 8.7, colour: [44, 70, 48], haze: 0.08 },
] as const;
const shoreline = 0.54;
const haze: Colour = [205, 214, 226];

/** x, y in 0..1 (x is stretched by the aspect); above the water. */
function land(x: number, y: number): Colour {
  let colour = sky(x, y);
  for (const [index, ridge] of ridges.entries()) {
    const crest = ridge.base - ridge.rise * (octaves(x * ridge.scale, index * 31.7, 7) - 0.35);
    if (y < crest) continue;
    const light = 0.55 + 0.9 * octaves(x * 34 + index * 9, y * 70, 9);
    const depth = clamp((y - crest) * 9);
    colour = blend(shade(ridge.colour, light), haze, clamp(ridge.haze + depth * 0.12));
  }
  return colour;
}

function sky(x: number, y: number): Colour {
  const clear = blend([52, 110, 190], [214, 224, 235], clamp(y * 2.1));
  const cloud = clamp((octaves(x * 2.6 + 3, y * 6.5 + 1, 7) - 0.47) * 3.4);
  const glow = clamp(1 - Math.hypot(x - 1.02, (y - 0.2) * 1.1) * 2.2);
  return blend(blend(clear, [250, 248, 244], cloud * 0.85), [255, 236, 196], glow * glow * 0.7);
}

function water(x: number, y: number): Colour {
  const depth = (y - shoreline) / (1 - shoreline);
  const ripple = octaves(x * 12, y * 190 * (1.15 - depth), 5) - 0.48;
  const mirrored = land(x + ripple * 0.025, shoreline - (y - shoreline) * 0.9 + ripple * 0.05);
  const glint = clamp((noise(x * 420, y * 900) - 0.93) * 10) * clamp(1 - Math.abs(x - 1.02) * 2.4);
  return blend(blend(mirrored, [24, 58, 74], 0.3 + depth * 0.35), [255, 246, 220], glint);
}

function meadow(x: number, y: number, edge: number): Colour {
  const near = (y - edge) / (1 - edge);
  const blades = octaves(x * mix(160, 70, near), y * mix(60, 20, near), 6);
  const tuft = octaves(x * 9, y * 16, 4);
  const grass = blend([46, 62, 22], [150, 152, 66], clamp(blades * 1.5 - 0.25 + (tuft - 0.5) * 0.5));
  const flower = noise(x * 260, y * 230) > 0.955 && tuft > 0.42;
  return flower ? [236, 196 - near * 120, 70] : shade(grass, 0.6 + 0.45 * near);
}

/** Raw RGB, rows top down. The same size always gives the same bytes. */
export function renderLandscape(width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  const aspect = width / height;
  for (let row = 0, at = 0; row < height; row++) {
    const y = row / height;
    for (let column = 0; column < width; column++) {
      const x = (column / width) * aspect;
      const edge = 0.86 - 0.16 * clamp(x - 0.15) * octaves(x * 2.2, 4.4, 5) + 0.02 * noise(x * 60, 1);
      const colour = y > edge ? meadow(x, y, edge) : y > shoreline ? water(x, y) : land(x, y);
      const corners = 1 - 0.28 * ((x / aspect - 0.5) ** 2 + (y - 0.5) ** 2);
      for (const channel of colour) rgb[at++] = Math.max(0, Math.min(255, channel * corners));
    }
  }
  return rgb;
}

/** Things people make, with hard edges, saturated colours and soft shadows. Coordinates for 4000 x 3000. */
const made = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4000 3000" width="W" height="H">
<defs><filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="18"/></filter>
<linearGradient id="hull" x2="0" y2="1"><stop stop-color="#d8412f"/><stop offset="1" stop-color="#7c1712"/></linearGradient>
<linearGradient id="wall"><stop stop-color="#efe6d5"/><stop offset="1" stop-color="#a89c86"/></linearGradient></defs>
<ellipse cx="1420" cy="2085" rx="330" ry="34" fill="#04131a" opacity=".55" filter="url(#soft)"/>
<path d="M1120 1960 L1720 1960 Q1690 2080 1560 2085 L1260 2085 Q1150 2075 1120 1960Z" fill="url(#hull)"/>
<path d="M1118 1960 L1722 1960 L1716 1982 L1124 1982Z" fill="#f7f1e3"/>
<path d="M1400 1955 L1400 1360" stroke="#4b3a28" stroke-width="15"/>
<path d="M1414 1380 Q1640 1650 1690 1900 L1414 1920Z" fill="#fdfaf1"/><path d="M1386 1440 Q1250 1700 1170 1890 L1386 1915Z" fill="#e2dccb"/>
<path d="M1414 1500 L1500 1500 L1530 1560 L1414 1560Z" fill="#2456a8"/>
<ellipse cx="3190" cy="1640" rx="330" ry="26" fill="#0a140a" opacity=".6" filter="url(#soft)"/>
<path d="M2960 1390 h420 v240 h-420Z" fill="url(#wall)"/><path d="M2910 1400 L3165 1210 L3430 1400Z" fill="#8d3b26"/>
<path d="M3010 1450 h80 v90 h-80Z M3250 1450 h80 v90 h-80Z" fill="#26384a"/><path d="M3130 1480 h80 v150 h-80Z" fill="#5a3a22"/>
<g stroke="#5d4a35" stroke-width="30">FENCE</g></svg>`;

/** What a sensor adds: noise of its own in every sample. */
function addGrain(rgb: Uint8Array, strength: number): void {
  let seed = 12_345;
  for (let at = 0; at < rgb.length; at++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const grain = ((seed >>> 24) + ((seed >>> 16) & 255) - 255) * strength;
    rgb[at] = Math.max(0, Math.min(255, Math.round((rgb[at] ?? 0) + grain)));
  }
}

/** The whole scene, ready to be resized and encoded. */
export async function paintScene(width: number, height: number): Promise<Sharp> {
  const posts = Array.from({ length: 11 }, (_, index) => {
    const x = 2200 + index * 175;
    const y = 2700 - index * 22;
    return `<path d="M${x} ${y} v-250"/><path stroke-width="16" d="M${x} ${y - 190} l175 -22 M${x} ${y - 90} l175 -22"/>`;
  });
  const overlay = made
    .replace("FENCE", posts.join(""))
    .replace('"W"', `"${width}"`)
    .replace('"H"', `"${height}"`);
  const raw = { width, height, channels: 3 } as const;
  const rgb = await sharp(renderLandscape(width, height), { raw })
    .composite([{ input: Buffer.from(overlay) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  addGrain(rgb, 0.066);
  return sharp(rgb, { raw });
}
