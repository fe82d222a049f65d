// How alike two pictures are: SSIM as Wang, Bovik, Sheikh and Simoncelli gave it (2004), on luma, and PSNR on RGB.

export interface RawPicture {
  readonly width: number;
  readonly height: number;
  /** RGB, rows top down. */
  readonly rgb: Uint8Array;
}

const radius = 5;
const deviation = 1.5;
const window = (() => {
  const weights = Array.from({ length: radius * 2 + 1 }, (_, at) =>
    Math.exp(-((at - radius) ** 2) / (2 * deviation ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();
const c1 = (0.01 * 255) ** 2;
const c2 = (0.03 * 255) ** 2;

/** Mean SSIM over every place where the whole 11 x 11 window fits; 1 for equal pictures. */
export function ssim(a: RawPicture, b: RawPicture): number {
  const size = sameSize(a, b);
  if (size.width <= radius * 2 || size.height <= radius * 2)
    throw new Error("SSIM needs more than 10 x 10 pixels");
  const [x, y] = [luma(a), luma(b)];
  const meanX = blurred(x, size);
  const meanY = blurred(y, size);
  const squareX = blurred(
    x.map((value) => value * value),
    size,
  );
  const squareY = blurred(
    y.map((value) => value * value),
    size,
  );
  const product = blurred(
    x.map((value, at) => value * (y[at] ?? 0)),
    size,
  );
  let sum = 0;
  for (const [at, mx] of meanX.entries()) {
    const my = meanY[at] ?? 0;
    const spreadX = (squareX[at] ?? 0) - mx * mx;
    const spreadY = (squareY[at] ?? 0) - my * my;
    const shared = (product[at] ?? 0) - mx * my;
    sum += ((2 * mx * my + c1) * (2 * shared + c2)) / ((mx * mx + my * my + c1) * (spreadX + spreadY + c2));
  }
  return sum / meanX.length;
}

/** Decibels over all three channels; infinite for equal pictures. */
export function psnr(a: RawPicture, b: RawPicture): number {
  sameSize(a, b);
  let squares = 0;
  for (let at = 0; at < a.rgb.length; at++) squares += ((a.rgb[at] ?? 0) - (b.rgb[at] ?? 0)) ** 2;
  return 10 * Math.log10((255 * 255 * a.rgb.length) / squares);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sameSize(a: RawPicture, b: RawPicture): Size {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`${a.width}x${a.height} can't be compared with ${b.width}x${b.height}`);
  }
  return { width: a.width, height: a.height };
}

/** BT.601, as JPEG defines Y. */
function luma({ rgb, width, height }: RawPicture): Float64Array {
  const out = new Float64Array(width * height);
  for (let at = 0, from = 0; at < out.length; at++, from += 3) {
    out[at] = 0.299 * (rgb[from] ?? 0) + 0.587 * (rgb[from + 1] ?? 0) + 0.114 * (rgb[from + 2] ?? 0);
  }
  return out;
}

/** Gaussian means where the window fits: smaller by 10 in both directions. */
function blurred(plane: Float64Array, { width, height }: Size): Float64Array {
  const columns = width - radius * 2;
  const rows = height - radius * 2;
  const across = new Float64Array(columns * height);
  for (let row = 0; row < height; row++) {
    for (const [tap, weight] of window.entries()) {
      const from = row * width + tap;
      const to = row * columns;
      for (let column = 0; column < columns; column++) {
        across[to + column] = (across[to + column] ?? 0) + (plane[from + column] ?? 0) * weight;
      }
    }
  }
  const out = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (const [tap, weight] of window.entries()) {
      const from = (row + tap) * columns;
      const to = row * columns;
      for (let column = 0; column < columns; column++) {
        out[to + column] = (out[to + column] ?? 0) + (across[from + column] ?? 0) * weight;
      }
    }
  }
  return out;
}
