// Codes of six digits, and what is kept of one.

const DIGITS = 6;
const CODES = 10 ** DIGITS;

/** Unbiased: numbers that would make some codes likelier are drawn again. */
export function newCode(): string {
  const unbiased = 2 ** 32 - (2 ** 32 % CODES);
  for (;;) {
    const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (number < unbiased) return String(number % CODES).padStart(DIGITS, "0");
  }
}

/** What people type for a code: blanks and dashes between the digits are theirs. undefined for what can be no code. */
export function readCode(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

export interface Asked {
  /** Known to the browser that asked for the code, and to nobody else: it is not stored. */
  readonly browserSecret: string;
  /** What the code is good for: `sign in`, or an account's new address. */
  readonly purpose: string;
  readonly email: string;
}

/** HMAC-SHA256 as hex, under the browser's secret: a million codes can't be tried on what is stored. */
export async function macOf({ browserSecret, purpose, email }: Asked, code: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(browserSecret), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign(algorithm, key, bytes(JSON.stringify([purpose, email, code])));
  return new Uint8Array(mac).toHex();
}
