// BMP in: rows as they stream by. Most files lie from the bottom to the top: those are read as their own reflection, and turned back
// when they are small. What is packed by runs is Photon's.
import { type BmpPicture, bmpFrontBytes, bmpPicture } from "../../../formats/bmp/picture.ts";
import { Seeking } from "../../../formats/bytes/seeking.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import { Damage } from "../../../formats/damage.ts";
import { thenTurn } from "../../geometry/orientation.ts";
import { breathe } from "../../kernel/host/breath.ts";
import { noPlan } from "../../plan/caps.ts";
import { paintOf } from "../bmp/paint.ts";
import type { Reader } from "./codec.ts";
import { renderWanted, shapeFrame } from "./kernel.ts";
import { withPhoton } from "./photon.ts";

/** Upside down, as orientations have it. */
const REFLECTED = 4;

export const bmpReader: Reader = {
  async decode(bytes, wanted, { reader } = noPlan) {
    const picture = bmpPicture(await bytes.range(0, bmpFrontBytes));
    if (!picture) {
      const file = await bytes.whole();
      return shapeFrame(await withPhoton(reader, (photon) => photon.decode(file)), wanted);
    }
    if (picture.width !== wanted.stored.width || picture.height !== wanted.stored.height)
      throw new Damage("its size is not the one that its header claims");
    const hasAlpha = await isAnythingSeen(picture, bytes);
    let isDamaged = false;
    const rows = pixelRows(picture, bytes, hasAlpha, () => {
      isDamaged = true;
    });
    const turn = picture.isTopDown ? wanted.turn : thenTurn(REFLECTED, wanted.turn);
    const source = { kind: "rows", rows, hasAlpha, isDamaged: () => isDamaged } as const;
    return renderWanted(source, { ...wanted, turn });
  },
};

/** Many files have a mask for alpha and nothing behind it: those are opaque, as browsers show them. */
async function isAnythingSeen(picture: BmpPicture, bytes: Bytes): Promise<boolean> {
  if (picture.masks[3] === 0) return false;
  const pixels = new Uint32Array(picture.width);
  const paint = paintOf(picture, true);
  for await (const row of storedRows(picture, bytes)) {
    paint(row, pixels, 0);
    if (pixels.some((pixel) => pixel > 0xff_ffff)) return true;
  }
  return false;
}

const BLACK = 0xff00_0000;

/** `cut` is told that the file breaks off: what is missing is clear, black where nothing of the picture is. */
async function* pixelRows(
  picture: BmpPicture,
  bytes: Bytes,
  hasAlpha: boolean,
  cut: () => void,
): AsyncGenerator<Uint8ClampedArray, void> {
  const pixels = new Uint32Array(picture.width);
  const shown = new Uint8ClampedArray(pixels.buffer);
  const paint = paintOf(picture, hasAlpha);
  let count = 0;
  for await (const row of storedRows(picture, bytes)) {
    paint(row, pixels, 0);
    count++;
    yield shown;
  }
  if (count === 0) throw new Damage("its bytes end too early", { code: "truncated" });
  if (count === picture.height) return;
  cut();
  pixels.fill(hasAlpha ? 0 : BLACK);
  for (; count < picture.height; count++) {
    const pause = breathe(picture.rowBytes / 100_000);
    if (pause) await pause;
    yield shown;
  }
}

/** As they lie in the file, those that are there as a whole; each is written over by the next. */
async function* storedRows(
  { height, rowBytes, pixelsAt }: BmpPicture,
  bytes: Bytes,
): AsyncGenerator<Uint8Array, void> {
  const file = new Seeking(bytes);
  const row = new Uint8Array(rowBytes);
  try {
    await file.seek(pixelsAt);
    for (let y = 0; y < height; y++) {
      for (let at = 0; at < rowBytes; ) {
        const part = await file.next(rowBytes - at);
        if (!part) return;
        row.set(part, at);
        at += part.length;
      }
      const pause = breathe(rowBytes / 100_000);
      if (pause) await pause;
      yield row;
    }
  } finally {
    await file.close();
  }
}
