// What Chromium shows of a file: its size, and a small copy of it on white.
import type { Page } from "playwright-core";

/** Of the small copies that are compared. */
export const EYE_SIDE = 32;

export interface Shown {
  readonly width: number;
  readonly height: number;
  /** RGB, `EYE_SIDE` squared. */
  readonly small: Uint8Array;
}

/** Null where it shows nothing. A file that breaks off is shown as far as it goes. */
export async function showInChromium(page: Page, file: Uint8Array, type: string): Promise<Shown | null> {
  const asked = { base64: Buffer.from(file).toString("base64"), type, side: EYE_SIDE };
  const shown = await page.evaluate(async ({ base64, type, side }) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    const image = new Image();
    const isLoaded = await new Promise<boolean>((resolve) => {
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
      image.src = url;
    });
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!isLoaded || !context || image.naturalWidth === 0) return null;
    context.imageSmoothingQuality = "high";
    context.fillStyle = "white";
    context.fillRect(0, 0, side, side);
    context.drawImage(image, 0, 0, side, side);
    URL.revokeObjectURL(url);
    const { data } = context.getImageData(0, 0, side, side);
    const { naturalWidth: width, naturalHeight: height } = image;
    return { width, height, rgb: Array.from(data.filter((_, at) => at % 4 !== 3)) };
  }, asked);
  return shown && { width: shown.width, height: shown.height, small: Uint8Array.from(shown.rgb) };
}

/** Mean distance of samples, 0..255. */
export function distanceOf(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, sample, at) => sum + Math.abs(sample - (other[at] ?? 0)), 0) / one.length;
}
