// How a picture is written: what every writer is told, and what the kernel makes of it.

export interface WriteOptions {
  /** 1..100, alike in every format; null = nothing may be lost. */
  readonly quality: number | null;
}

export type Encoding =
  | {
      readonly kind: "jpeg";
      readonly quality: number;
      readonly chroma: "4:4:4" | "4:2:0";
    }
  | { readonly kind: "png" };

/** From here on colours are worth their own full resolution: red text on a dark ground shows it first. */
const FULL_CHROMA_QUALITY = 90;

/** How a JPEG of a quality is written. */
export function jpegEncoding({ quality }: WriteOptions): Extract<Encoding, { kind: "jpeg" }> {
  const asked = quality ?? 100;
  return { kind: "jpeg", quality: asked, chroma: asked >= FULL_CHROMA_QUALITY ? "4:4:4" : "4:2:0" };
}
