// API keys: `img_live_` + 36 random base62 characters + a 6-character checksum. Stored only as SHA-256.
import { crc32 } from "../../formats/bytes/crc32.ts";
import { inBase62, randomBase62 } from "./secret.ts";

const PREFIX = "img_live_";
const RANDOM_LENGTH = 36;
const CHECKSUM_LENGTH = 6;

/** A fresh key: 214 bits of randomness. It can't be shown again, because only its hash is kept. */
export function newApiKey(): string {
  const random = randomBase62(RANDOM_LENGTH);
  return `${PREFIX}${random}${checksum(random)}`;
}

/** Whether a string can be a key at all: guesses and typos are refused without asking the database. */
export function isWellFormedKey(key: string): boolean {
  const match = /^img_live_([0-9A-Za-z]{32,64})([0-9A-Za-z]{6})$/.exec(key);
  return match !== null && checksum(match[1] ?? "") === match[2];
}

/** CRC-32 (ISO 3309) as base62: secret scanners can tell a real key from a look-alike. */
const checksum = (text: string): string => inBase62(crc32(new TextEncoder().encode(text)), CHECKSUM_LENGTH);

export { hashSecret as hashApiKey } from "./secret.ts";
