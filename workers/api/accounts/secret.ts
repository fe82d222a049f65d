// Random secrets that are shown once and kept as a hash.
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Unbiased: 5.95 bits a character. */
export function randomBase62(length: number): string {
  const unbiased = 256 - (256 % BASE62.length);
  let random = "";
  while (random.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < unbiased && random.length < length) random += BASE62.charAt(byte % BASE62.length);
    }
  }
  return random;
}

/** 256 bits: what cookies and links carry. */
export const newSecret = (): string => randomBase62(43);

/** Whether `newSecret` could have made it. */
export const isShapedLikeSecret = (text: string): boolean => /^[0-9A-Za-z]{43}$/.test(text);

/** A number in so many places, the highest first. */
export function inBase62(value: number, places: number): string {
  let rest = value;
  let encoded = "";
  for (let place = 0; place < places; place++) {
    encoded = BASE62.charAt(rest % BASE62.length) + encoded;
    rest = Math.floor(rest / BASE62.length);
  }
  return encoded;
}

/** SHA-256 as hex. A plain hash is enough: what is random can't be guessed from it. */
export async function hashSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  // Operators make keys in Node, which has no `toHex` yet.
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
