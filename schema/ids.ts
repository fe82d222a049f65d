// Identifiers: what they look like and how fresh ones are drawn.
import * as z from "zod";

const ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
const ID_LENGTH = 8;

/** An image id: 8 lowercase letters or digits. It is also the viewer page's path. */
export const imageIdSchema = z.string().regex(/^[a-z0-9]{8}$/);

/** The token of the account that owns an image; the first segment of its image URLs. */
export const storageSchema = z.string().regex(/^[a-z0-9]{3,12}$/);

/** Images uploaded without a key live under this storage token, in one pool. */
export const ANONYMOUS_STORAGE = "anon";
export const ANONYMOUS_ACCOUNT = "anonymous";

/** First path segments that belong to pages; an image id never equals one of them. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  "settings",
  "register",
  "password",
  "overview",
  "llmsfull",
]);

/** Draws a random string over [a-z0-9] without modulo bias (bytes from 252 up are drawn again). */
export function randomToken(length: number): string {
  const unbiased = 256 - (256 % ID_ALPHABET.length);
  let token = "";
  while (token.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < unbiased && token.length < length) token += ID_ALPHABET.charAt(byte % ID_ALPHABET.length);
    }
  }
  return token;
}

/** A fresh image id; collisions with stored ids are found by the table's primary key. */
export function newImageId(): string {
  for (;;) {
    const id = randomToken(ID_LENGTH);
    if (!RESERVED_SLUGS.has(id)) return id;
  }
}
