// The colours that a cube is made for: from black to white, blue running fastest.
import { CUBE_SIDE } from "../../kernel/host/retouch.ts";
import type { Colour } from "./colours.ts";

/** The one of that number, 0..1. */
export function place(point: number, colour: Colour): void {
  const last = CUBE_SIDE - 1;
  colour[0] = Math.floor(point / CUBE_SIDE ** 2) / last;
  colour[1] = (Math.floor(point / CUBE_SIDE) % CUBE_SIDE) / last;
  colour[2] = (point % CUBE_SIDE) / last;
}
