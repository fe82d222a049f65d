// Crowds: honest pictures, hostile numbers. Nobody may fall over, and who comes by must be served.

import { readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import type { Attack } from "../attack.ts";
import type { World } from "../world.ts";

const fixture = (name: string) => readFileSync(joinPath(import.meta.dirname, "../../../test/fixtures", name));
const served = [200, 429, 503];

interface Crowd {
  readonly quick?: boolean;
}

/** `count` different renders of one picture at once. */
const renders = (
  name: string,
  picture: string,
  count: number,
  query: (number: number) => string,
  { quick = false }: Crowd = {},
): Attack => ({
  name,
  quick,
  alone: true,
  make: () => fixture(picture),
  async run(world, bytes) {
    const path = world.pathOf(await world.upload(bytes));
    if (path === undefined) return [];
    return Promise.all(
      Array.from({ length: count }, (_, number) => world.view(`${path}?${query(number)}`, { may: served })),
    );
  },
});

const uploads = (name: string, picture: string, count: number, { quick = false }: Crowd = {}): Attack => ({
  name,
  quick,
  alone: true,
  make: () => fixture(picture),
  run: (world, bytes) =>
    Promise.all(Array.from({ length: count }, () => world.upload(bytes, { may: [201, 429, 503] }))),
});

/** From one address, more than it may. */
const budget = (
  name: string,
  run: (world: World, address: string, number: number) => ReturnType<World["view"]>,
  count: number,
): Attack => ({
  name,
  alone: true,
  async run(world) {
    const address = world.newAddress();
    return Promise.all(Array.from({ length: count }, (_, number) => run(world, address, number)));
  },
});

export const crowdRows: readonly Attack[] = [
  renders("32 renders of a 12 MP JPEG at once", "photo.jpg", 32, (number) => `w=${800 + number}`, {
    quick: true,
  }),
  renders(
    "32 renders of a 12 MP JPEG to AVIF at once",
    "photo.jpg",
    32,
    (number) => `w=${800 + number}&format=avif`,
  ),
  renders("32 renders of a WebP at once", "photo.webp", 32, (number) => `w=${600 + number}`, { quick: true }),
  renders("32 renders of an AVIF at once", "photo.avif", 32, (number) => `w=${600 + number}`),
  renders("32 renders of a HEIC at once", "photo.heic", 32, (number) => `w=${600 + number}`),
  renders("32 renders of an animation at once", "animation.gif", 32, (number) => `w=${100 + number}`),
  renders("16 renders of a TIFF at once", "scan.tiff", 16, (number) => `w=${100 + number}`),
  renders(
    "100 renders of 4000 px to PNG at once",
    "photo.jpg",
    100,
    (number) => `w=${3_900 + number}&format=png`,
  ),
  uploads("40 uploads of a photograph at once", "photo.jpg", 40, { quick: true }),
  uploads("100 uploads of a small picture at once", "cat.jpg", 100),
  budget(
    "400 renders from one address",
    (world, address, number) => world.view(`${world.imagePath}?w=${number + 1}`, { address, may: served }),
    400,
  ),
  budget(
    "40 anonymous uploads from one address",
    (world, address) => world.upload(fixture("icon.ico"), { key: false, address, may: [201, 429] }),
    40,
  ),
];
