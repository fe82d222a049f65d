// API keys: `img_live_` + 36 random base62 characters + a 6-character checksum. Stored only as SHA-256.
import { crc32 } from "../../formats/bytes/crc32.ts";

const PREFIX = "img_live_";
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH = 36;
const CHECKSUM_LENGTH = 6;

/** A fresh key: 214 bits of randomness. It can't be shown again, because only its hash is kept. */
export function newApiKey(): string {
  const unbiased = 256 - (256 % BASE62.length);
  let random = "";
  while (random.length < RANDOM_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(RANDOM_LENGTH))) {
      if (byte < unbiased && random.length < RANDOM_LENGTH) random += BASE62.charAt(byte % BASE62.length);
    }
  }
  return `${PREFIX}${random}${checksum(random)}`;
}

/** Whether a string can be a key at all: guesses and typos are refused without asking the database. */
export function isWellFormedKey(key: string): boolean {
  const match = /^img_live_([0-9A-Za-z]{32,64})([0-9A-Za-z]{6})$/.exec(key);
  return match !== null && checksum(match[1] ?? "") === match[2];
}

/** What is stored of a key. A plain hash is enough: a random key can't be guessed from it. */
export async function hashApiKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  // Operators make keys in Node, which has no `toHex` yet.
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** CRC-32 (ISO 3309) as base62: secret scanners can tell a real key from a look-alike. */
function checksum(text: string): string {
  let rest = crc32(new TextEncoder().encode(text));
  let encoded = "";
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    encoded = BASE62.charAt(rest % BASE62.length) + encoded;
    rest = Math.floor(rest / BASE62.length);
  }
  return encoded;
}
