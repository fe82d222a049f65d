// The picture that most made files show: small, with a right way up and no two quarters alike.
import sharp, { type Sharp } from "sharp";
import { fixture } from "../fixtures.ts";

const WIDTH = 240;
const HEIGHT = 160;
const rgb = await sharp(fixture("coffee.jpg"))
  .resize(WIDTH, HEIGHT, { fit: "fill" })
  .removeAlpha()
  .raw()
  .toBuffer();
const png = await sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
  .png()
  .toBuffer();

/** Opaque. */
export const scene = (width = WIDTH, height = HEIGHT): Sharp =>
  sharp(png).resize(width, height, { fit: "fill" });

/** Clear towards its right edge. */
export function faded(): Sharp {
  const rgba = Buffer.alloc(WIDTH * HEIGHT * 4);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    rgb.copy(rgba, at * 4, at * 3, at * 3 + 3);
    rgba[at * 4 + 3] = 255 - Math.round((255 * (at % WIDTH)) / WIDTH);
  }
  return sharp(rgba, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
}

/** Three pictures that differ. */
export async function moving(): Promise<Sharp> {
  const frames = [scene(), scene().negate(), scene().flop()].map((frame) => frame.png().toBuffer());
  return sharp(await Promise.all(frames), { join: { animated: true } });
}
