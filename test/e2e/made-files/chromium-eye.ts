// What Chromium shows of a file: its size and its pixels.
import type { Page } from "playwright-core";
import type { Seen } from "./distance.ts";

/** Runs in the browser, whose words these tests don't know. */
const look = `async ({ base64, type }) => {
  const url = URL.createObjectURL(new Blob([Uint8Array.fromBase64(base64)], { type }));
  const image = new Image();
  const isLoaded = await new Promise((resolve) => {
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
    image.src = url;
  });
  const { naturalWidth: width, naturalHeight: height } = image;
  if (!isLoaded || width === 0 || height === 0) return null;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  URL.revokeObjectURL(url);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, base64: new Uint8Array(data.buffer).toBase64() };
}`;

interface Answered {
  readonly width: number;
  readonly height: number;
  readonly base64: string;
}

/** Null where it shows nothing. A file that breaks off is shown as far as it goes; of what moves, the first frame. */
export async function showInChromium(page: Page, file: Uint8Array, type: string): Promise<Seen | null> {
  const asked = JSON.stringify({ base64: Buffer.from(file).toString("base64"), type });
  const shown = await page.evaluate<Answered | null>(`(${look})(${asked})`);
  return shown && { width: shown.width, height: shown.height, rgba: Buffer.from(shown.base64, "base64") };
}
