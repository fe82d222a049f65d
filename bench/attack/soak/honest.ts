// What people do meanwhile: look at pictures, put some up, and list them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer } from "../attack.ts";
import type { World } from "../world.ts";

export type Service = "served" | "turned away" | "error";

const photo = readFileSync(join(import.meta.dirname, "../../../test/fixtures/coffee.jpg"));
/** People pause. */
const PAUSE_MS = 250;

const deeds: readonly ((world: World, random: () => number) => Promise<Answer>)[] = [
  (world, random) => world.view(`${world.imagePath}?w=${100 + Math.floor(random() * 1_500)}`),
  (world, random) => world.view(`${world.imagePath}?w=${100 + Math.floor(random() * 900)}&format=webp`),
  (world) => world.view(world.imagePath),
  (world) => world.upload(photo),
  (world) => world.ask(`/v1/images/${world.imageId}`, { key: true }),
  (world) => world.ask("/v1/images?limit=20", { key: true }),
];

/** One request, and what became of it: whoever is told to come back in a moment is turned away. */
export async function askHonestly(world: World, random: () => number): Promise<Service> {
  const deed = deeds[Math.floor(random() * deeds.length)];
  if (!deed) throw new Error("nothing to do");
  const { status, headers, isCut } = await deed(world, random);
  await new Promise((go) => setTimeout(go, PAUSE_MS));
  if (!isCut && (status === 200 || status === 201)) return "served";
  return (status === 503 || status === 429) && headers.has("Retry-After") ? "turned away" : "error";
}
