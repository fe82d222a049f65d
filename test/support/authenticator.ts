// A security key in software, for tests that no browser would play along with: it signs whatever it is told to.
const base64url = { alphabet: "base64url", omitPadding: true } as const;
export const toBase64 = (bytes: Uint8Array): string => bytes.toBase64(base64url);
const utf8 = (text: string) => Uint8Array.from(new TextEncoder().encode(text));
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** Present and verified; without 4 nobody showed who they are. */
const UP_AND_UV = 0x05;
const WITH_CREDENTIAL = 0x40;

interface Signing {
  readonly challenge: string;
  readonly origin: string;
  readonly type?: "webauthn.create" | "webauthn.get";
  readonly flags?: number;
}

export class Authenticator {
  readonly id = toBase64(crypto.getRandomValues(new Uint8Array(16)));
  readonly #keys: CryptoKeyPair;
  #counter = 0;

  private constructor(keys: CryptoKeyPair) {
    this.#keys = keys;
  }

  static async make(): Promise<Authenticator> {
    const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
    if (!("privateKey" in keys)) throw new Error("no key pair");
    return new Authenticator(keys);
  }

  /** What `navigator.credentials.create` answers, as JSON. */
  async create({ challenge, origin, type = "webauthn.create", flags = UP_AND_UV }: Signing) {
    const id = Uint8Array.fromBase64(this.id, base64url);
    const credential = [new Uint8Array(16), Uint8Array.of(0, id.length), id, await this.#cose()];
    const data = await this.#data(origin, flags | WITH_CREDENTIAL, credential);
    // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
    const head = [utf8("\u0063fmt\u0064none\u0067attStmt"), Uint8Array.of(0xa0), utf8("\u0068authData")];
    const attestation = joined([Uint8Array.of(0xa3), ...head, Uint8Array.of(0x58, data.length), data]);
    const said = { clientDataJSON: toBase64(clientData(type, challenge, origin)) };
    return this.#credential({ ...said, attestationObject: toBase64(attestation), transports: ["internal"] });
  }

  /** What `navigator.credentials.get` answers, as JSON. */
  async get({ challenge, origin, type = "webauthn.get", flags = UP_AND_UV }: Signing) {
    const data = await this.#data(origin, flags, []);
    const client = clientData(type, challenge, origin);
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const signed = joined([data, await sha256(client)]);
    const signature = new Uint8Array(await crypto.subtle.sign(algorithm, this.#keys.privateKey, signed));
    const response = { authenticatorData: toBase64(data), signature: toBase64(inDer(signature)) };
    return this.#credential({ ...response, clientDataJSON: toBase64(client) });
  }

  #credential<T>(response: T) {
    return { id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {}, response };
  }

  async #data(origin: string, flags: number, credential: readonly Uint8Array[]) {
    const counter = new Uint8Array(4);
    new DataView(counter.buffer).setUint32(0, ++this.#counter);
    const rpIdHash = await sha256(utf8(new URL(origin).hostname));
    return joined([rpIdHash, Uint8Array.of(flags), counter, ...credential]);
  }

  /** {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR. */
  async #cose(): Promise<Uint8Array> {
    const point = await crypto.subtle.exportKey("raw", this.#keys.publicKey);
    if (!(point instanceof ArrayBuffer)) throw new Error("no point");
    const [x, y] = [new Uint8Array(point, 1, 32), new Uint8Array(point, 33, 32)];
    const head = Uint8Array.of(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32);
    return joined([head, x, Uint8Array.of(0x22, 0x58, 32), y]);
  }
}

const clientData = (type: string, challenge: string, origin: string) =>
  utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** A signature of two numbers as X.690 writes them; WebCrypto has them side by side. */
function inDer(signature: Uint8Array): Uint8Array {
  const numbers = [signature.subarray(0, 32), signature.subarray(32)].map((number) => {
    const first = number.findIndex((byte) => byte !== 0);
    const short = number.subarray(first);
    const digits = (short[0] ?? 0) >= 0x80 ? joined([Uint8Array.of(0), short]) : short;
    return joined([Uint8Array.of(2, digits.length), digits]);
  });
  const body = joined(numbers);
  return joined([Uint8Array.of(0x30, body.length), body]);
}
