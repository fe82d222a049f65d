// The picture that every deployment has: the reference shows each parameter on it, and its examples upload it.

/** Its address on the image origin. */
export const SAMPLE = { storage: "sample", id: "k3f9x0qa", extension: "jpg" } as const;

/** What it is called where somebody uploads it. */
export const SAMPLE_FILENAME = "lake.jpg";
