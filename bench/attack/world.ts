// The whole product as an attacker finds it: both Workers, limited, an ordinary image in them, and ways to send things.

import type { Answer } from "./attack.ts";
import type { Product } from "./host/product.ts";
import { rawExchange } from "./raw.ts";

export interface Sending extends RequestInit {
  /** As the owner of a key; else as a stranger. */
  readonly key?: boolean;
  readonly may?: readonly number[] | undefined;
  /** The caller's address; without one each request has its own, so that no budget of an address is in the way. */
  readonly address?: string;
  readonly timeoutMs?: number;
  /** For a body that is a stream. */
  readonly duplex?: "half";
}

/** Runs a request and tells what it cost, in milliseconds of processor time. */
export type Measure = (
  work: () => Promise<Answer>,
) => Promise<{ readonly result: Answer; readonly cpuMs: number }>;

/** Longer than anything may take: who waits as long is hanging. */
const PATIENCE_MS = 240_000;

interface Running {
  /** The most requests that were under way at one time while this one was. */
  most: number;
}

export class World {
  readonly #product: Product;
  #addresses = 0;
  #ports: Product["ports"];
  /** Set while a row runs alone: what each of its requests cost. */
  #measure: Measure | undefined;
  #most = 0;

  constructor(product: Product) {
    this.#product = product;
    this.#ports = product.ports;
  }

  get imageId(): string {
    return this.#product.image.id;
  }

  get imagePath(): string {
    return this.#product.image.path;
  }

  /** As an upload of the bare body, by the owner of a key. */
  upload(bytes: Uint8Array, sending: Sending = {}): Promise<Answer> {
    const headers = { "Content-Type": "application/octet-stream", ...toRecord(sending.headers) };
    return this.ask("/v1/images", {
      key: true,
      method: "POST",
      body: Buffer.from(bytes),
      ...sending,
      headers,
    });
  }

  /** The path of the image that an upload made; undefined when it was refused. */
  pathOf({ status, body }: Answer): string | undefined {
    if (status !== 201) return undefined;
    return /"url":"https?:\/\/[^/]+(\/[^"?]+)"/.exec(Buffer.from(body).toString())?.[1];
  }

  readonly #running = new Set<Running>();

  /** A request to the API Worker. */
  ask(path: string, sending: Sending = {}): Promise<Answer> {
    return this.#send(this.#ports.api, path, sending);
  }

  /** A request to the src Worker. */
  view(path: string, sending: Sending = {}): Promise<Answer> {
    return this.#send(this.#ports.src, path, sending);
  }

  /** Bytes as they are, to a Worker's socket: for what no HTTP client would send. */
  raw(text: string | Uint8Array, may?: readonly number[], worker: "api" | "src" = "api"): Promise<Answer> {
    return this.#counted(() => rawExchange(this.#ports[worker], text, may));
  }

  /** Where the API Worker listens, for connections that are an attack themselves. */
  get apiPort(): number {
    return this.#ports.api;
  }

  get key(): string {
    return this.#product.key;
  }

  /** From now on each request is measured by `measure`; `stop` tells what the costliest one cost, in milliseconds. */
  countCosts(measure: Measure): { readonly stop: () => number } {
    this.#measure = measure;
    this.#most = 0;
    return {
      stop: () => {
        this.#measure = undefined;
        return this.#most;
      },
    };
  }

  async #counted(work: () => Promise<Answer>): Promise<Answer> {
    if (!this.#measure) return work();
    const one: Running = { most: 0 };
    this.#running.add(one);
    // The process's clock runs for all that are under way: each is charged its share.
    for (const other of this.#running) other.most = Math.max(other.most, this.#running.size);
    const { result, cpuMs } = await this.#measure(work).finally(() => this.#running.delete(one));
    this.#most = Math.max(this.#most, (cpuMs || 0) / one.most);
    return result;
  }

  newAddress(): string {
    const number = ++this.#addresses;
    return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  }

  #send(port: number, path: string, sending: Sending): Promise<Answer> {
    return this.#counted(() => this.#exchange(port, path, sending));
  }

  async #exchange(port: number, path: string, sending: Sending): Promise<Answer> {
    const { key, may, address = this.newAddress(), timeoutMs = PATIENCE_MS, ...init } = sending;
    const headers = new Headers(init.headers);
    headers.set("CF-Connecting-IP", address);
    // As on Cloudflare, where the stand-in for the edge never runs: what it holds would count against the Worker.
    headers.set("CF-Ray", "8f0000000000aaaa-FRA");
    if (key && !headers.has("Authorization")) headers.set("Authorization", `Bearer ${this.key}`);
    const allowed = may === undefined ? {} : { may };
    let begun: Response | undefined;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      begun = await fetch(`http://127.0.0.1:${port}${path}`, {
        redirect: "manual",
        signal,
        ...init,
        headers,
      });
      const body = new Uint8Array(await begun.arrayBuffer());
      return { status: begun.status, headers: begun.headers, body, isCut: false, problem: "", ...allowed };
    } catch (error) {
      const problem = describe(error);
      const { status, headers: answered } = begun ?? { status: 0, headers: new Headers() };
      return {
        status: problem.includes("TimeoutError") ? 0 : status,
        headers: answered,
        body: new Uint8Array(),
        isCut: true,
        isClosedEarly: isLarge(init.body) && /EPIPE|ECONNRESET|other side closed/.test(problem),
        problem,
        ...allowed,
      };
    }
  }
}

/** Its answer can be out, and the connection closed, before all of it was sent: then the client sees no answer. */
const isLarge = (body: RequestInit["body"]) => body instanceof Uint8Array && body.length > 100_000;

const describe = (error: unknown) =>
  error instanceof Error ? `${error.name} ${error.message} ${String(error.cause ?? "")}` : String(error);

function toRecord(headers: RequestInit["headers"]): Record<string, string> {
  return Object.fromEntries(new Headers(headers));
}
