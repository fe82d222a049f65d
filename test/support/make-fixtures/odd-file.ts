// A file as the world's writers, cameras and broken downloads leave it behind, and what browsers and libvips make of it.

export interface OddFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** As Chromium shows it. Null: there is nothing of it to be shown. */
  readonly shown: {
    readonly width: number;
    readonly height: number;
    readonly frames: number;
    /** Some of it is missing. */
    readonly isDamaged?: true;
  } | null;
}
