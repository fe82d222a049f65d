// Sets the content into the middle of its canvas.
import { parseColour } from "../colour.ts";
import type { Pixels } from "../pixels.ts";
import type { Step } from "./step.ts";

export const pad: Step = (content, { canvas, fill }) => {
  if (fill === null) return content;
  const picture = filled(canvas.width, canvas.height, fill === "blurred" ? "ffffffff" : fill);
  const left = (canvas.width - content.width) >> 1;
  const top = (canvas.height - content.height) >> 1;
  for (let y = 0; y < content.height; y++) {
    const row = content.data.subarray(y * content.width * 4, (y + 1) * content.width * 4);
    picture.data.set(row, ((top + y) * canvas.width + left) * 4);
  }
  return picture;
};

function filled(width: number, height: number, hex: string): Pixels {
  const { red, green, blue, alpha } = parseColour(hex);
  const data = new Uint8ClampedArray(width * height * 4);
  // One pixel, then doubled: copying is faster than a loop over pixels.
  data.set([red, green, blue, alpha]);
  for (let done = 4; done < data.length; done *= 2)
    data.copyWithin(done, 0, Math.min(done, data.length - done));
  return { width, height, data };
}
