// GIFs and WebPs that are odd or broken somewhere, as Chromium shows them.
import type { OddFile } from "../../make-fixtures/odd-file.ts";
import { oddGifs } from "../../make-fixtures/odd-gifs.ts";
import { oddWebps } from "../../make-fixtures/odd-webps.ts";
import type { MadeFile } from "../made-file.ts";

const listed = (format: "gif" | "webp", odd: readonly OddFile[]) =>
  odd.map(
    ({ name, bytes, shown }): MadeFile => ({
      format,
      feature: `by hand: ${name}`,
      make: () => bytes,
      expected: shown ? (shown.isDamaged ? "damaged" : "yes") : "no",
    }),
  );

export const files = [...listed("gif", oddGifs), ...listed("webp", oddWebps)];
