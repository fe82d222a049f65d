// Gaussian weights, and the sum of a plane's neighbours by them, for steps that need a soft copy.

/** Standard deviations along both sides, in pixels. */
export interface Sigma {
  readonly x: number;
  readonly y: number;
}

/** Half of a symmetric kernel: the middle first. Cut where less than a thousandth is left. */
export function gaussianWeights(sigma: number): Float32Array {
  const reach = Math.max(1, Math.ceil(sigma * 3));
  const half = Float32Array.from({ length: reach + 1 }, (_, x) => Math.exp(-(x * x) / (2 * sigma * sigma)));
  const sum = half.reduce((total, weight, x) => total + (x === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum);
}

/**
 * Blurs interleaved float samples: `channels` values a pixel, edges repeated. Vertical sums first, a row at a time,
 * so that memory is walked in order; `put` gets each finished row, which is reused.
 */
export function blurRows(
  samples: Float32Array | Uint8ClampedArray,
  width: number,
  height: number,
  channels: number,
  sigma: Sigma,
  put: (row: Float32Array, y: number) => void,
): void {
  const downWeights = gaussianWeights(sigma.y);
  const acrossWeights = gaussianWeights(sigma.x);
  const stride = width * channels;
  // The row with its ends repeated, so that the inner loop asks no questions.
  const margin = (acrossWeights.length - 1) * channels;
  const summed = new Float32Array(stride + 2 * margin);
  const row = new Float32Array(stride);
  for (let y = 0; y < height; y++) {
    sumColumns(samples, stride, height, y, downWeights, summed, margin);
    repeatEnds(summed, margin, stride, channels);
    sumRow(summed, acrossWeights, channels, margin, row);
    put(row, y);
  }
}

function sumColumns(
  samples: Float32Array | Uint8ClampedArray,
  stride: number,
  height: number,
  y: number,
  weights: Float32Array,
  summed: Float32Array,
  margin: number,
): void {
  const middle = weights[0] ?? 0;
  for (let x = 0, at = y * stride; x < stride; x++) summed[margin + x] = (samples[at++] ?? 0) * middle;
  for (let step = 1; step < weights.length; step++) {
    const weight = weights[step] ?? 0;
    let above = Math.max(0, y - step) * stride;
    let below = Math.min(height - 1, y + step) * stride;
    for (let x = margin; x < margin + stride; x++) {
      summed[x] = (summed[x] ?? 0) + ((samples[above++] ?? 0) + (samples[below++] ?? 0)) * weight;
    }
  }
}

function repeatEnds(summed: Float32Array, margin: number, stride: number, channels: number): void {
  for (let at = 0; at < margin; at++) {
    summed[at] = summed[margin + (at % channels)] ?? 0;
    summed[margin + stride + at] = summed[margin + stride - channels + (at % channels)] ?? 0;
  }
}

function sumRow(
  summed: Float32Array,
  weights: Float32Array,
  channels: number,
  margin: number,
  row: Float32Array,
): void {
  const middle = weights[0] ?? 0;
  for (let x = 0; x < row.length; x++) row[x] = (summed[margin + x] ?? 0) * middle;
  for (let step = 1; step < weights.length; step++) {
    const weight = weights[step] ?? 0;
    let left = margin - step * channels;
    let right = margin + step * channels;
    for (let x = 0; x < row.length; x++) {
      row[x] = (row[x] ?? 0) + ((summed[left++] ?? 0) + (summed[right++] ?? 0)) * weight;
    }
  }
}
