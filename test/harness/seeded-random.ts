// Random numbers that a failing test can draw again: those that grain is drawn with, too.
export { seededRandom } from "../../workers/src/render/retouch/chance.ts";

/** Draws 0 <= n < 1. */
export type Random = () => number;
