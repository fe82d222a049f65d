// The src Worker between two caches, as it is deployed: one before the front door, one before the renders. Counts what a bill would count.
import { env } from "cloudflare:workers";
import Src, { Variants } from "../../../workers/src/index.ts";
import { countRows } from "../../harness/counting-database.ts";
import { FakeEdge } from "./fake-edge.ts";

type Worker = (request: Request) => Promise<Response>;

/** Of one city. `Vary` is not modelled: ask for no `format=auto` here. */
export class FakePlatform {
  readonly front = new CollapsingEdge();
  readonly behind = new CollapsingEdge();
  readonly #counted = countRows(env.DB);
  readonly #env: SrcEnv;

  /** `vars` in place of the deployment's. */
  constructor(vars: Readonly<Record<string, string>> = {}) {
    this.#env = Object.assign({ ...env }, vars, { DB: this.#counted.database });
  }

  /** Rows of D1 that were read so far. */
  get rows(): number {
    return this.#counted.rows.read;
  }

  /** What a visitor gets. */
  view(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.front.answer(url, (request) => {
      const front: Src = Reflect.construct(Src, [this.#context(), this.#env]);
      return front.fetch(new Request(request, { headers }));
    });
  }

  #context() {
    const variants = {
      fetch: (url: string, { headers }: RequestInit) =>
        this.behind.answer(url, (request) => {
          const entrypoint: Variants = Reflect.construct(Variants, [this.behind.edge.context(), this.#env]);
          return entrypoint.fetch(new Request(request, { headers: new Headers(headers) }));
        }),
    };
    const context = this.front.edge.context();
    // The loopback to our own entrypoints is a function with methods.
    const exports = { Variants: Object.assign(() => variants, variants) };
    return Object.defineProperty(context, "exports", { value: exports });
  }
}

/** A cache that lets one request of a crowd through, and has the others wait for its answer. */
class CollapsingEdge {
  readonly edge = new FakeEdge();
  readonly #underWay = new Map<string, Promise<void>>();

  /** How often code of ours ran behind it. */
  get runs(): number {
    return this.edge.runs;
  }

  async answer(url: string, worker: Worker): Promise<Response> {
    for (let first = this.#underWay.get(url); first; first = this.#underWay.get(url)) await first;
    const held = this.edge.hit(url);
    if (held) return held;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#underWay.set(url, promise);
    try {
      const fill = await this.edge.ask(url, worker);
      const copy = fill.response.clone();
      await this.edge.keep(fill);
      return copy;
    } finally {
      this.#underWay.delete(url);
      resolve();
    }
  }
}
