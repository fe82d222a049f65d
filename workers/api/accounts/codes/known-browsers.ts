// Browsers that an address knows: what strangers ask for takes nothing from them. Being known lets nobody in, it only lets ask for a code.

/** Of a browser that signed in: begun anew by each sign-in. */
export const DEVICE_MILLISECONDS = 180 * 86_400_000;
/** Of a link in a mail. */
export const PASS_MILLISECONDS = 86_400_000;
/** Enough for a person's browsers; the one that signed in longest ago makes room. */
const MOST = 10;

export interface KnownBrowser {
  readonly expiresAt: number;
}

export class KnownBrowsers {
  readonly #kv: SyncKvStorage;

  constructor(kv: SyncKvStorage) {
    this.#kv = kv;
  }

  knows(hash: string, now: number): boolean {
    return [`device ${hash}`, `pass ${hash}`].some(
      (key) => (this.#kv.get<KnownBrowser>(key)?.expiresAt ?? 0) > now,
    );
  }

  /** A browser in which somebody typed a code that had come to the address. */
  remember(hash: string, now: number): void {
    this.#kv.put<KnownBrowser>(`device ${hash}`, { expiresAt: now + DEVICE_MILLISECONDS });
    const devices = [...this.#kv.list<KnownBrowser>({ prefix: "device " })];
    const newestFirst = devices.sort(([, one], [, other]) => other.expiresAt - one.expiresAt);
    for (const [key] of newestFirst.slice(MOST)) this.#kv.delete(key);
  }

  /** Whichever browser brings this secret; there are as many as there are last mails in a day. */
  pass(hash: string, now: number): void {
    this.#kv.put<KnownBrowser>(`pass ${hash}`, { expiresAt: now + PASS_MILLISECONDS });
  }

  forget(): void {
    for (const prefix of ["device ", "pass "])
      for (const [key] of this.#kv.list({ prefix })) this.#kv.delete(key);
  }
}
