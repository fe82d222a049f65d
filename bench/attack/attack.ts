// One attack: what a stranger sends, and what may come back. The rows are in rows/.

import type { World } from "./world.ts";

/** What came back of one request. */
export interface Answer {
  /** 0: the connection was closed, or nothing came at all. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The answer had begun and then broke off. */
  readonly isCut: boolean;
  /** The server had heard enough and closed the connection, while the body was still being sent. */
  readonly isClosedEarly?: boolean;
  /** Why there is no whole answer. */
  readonly problem: string;
  /** Undefined where any picture and any refusal of the contract will do. */
  readonly may?: readonly number[];
}

export interface Attack {
  readonly name: string;
  /** Also with `--quick`. */
  readonly quick?: boolean;
  /** Some attacks are a crowd already: they are not run eight times at once. */
  readonly alone?: boolean;
  /** A file that is made once, before anything is measured. */
  readonly make?: () => Uint8Array | Promise<Uint8Array>;
  readonly run: (world: World, file: Uint8Array) => Promise<readonly Answer[]>;
}

export interface FileAttack {
  readonly quick?: boolean;
  /** What is asked of the file once it is stored; without the `?`. An empty one is the plain address. */
  readonly views?: readonly string[];
}

/** The views that each hostile picture has to stand. */
const usualViews = ["w=320&format=jpg", "", "size=l&format=webp"];

/** A hostile file: sent to the API, and viewed if it is taken. */
export const file = (
  name: string,
  make: () => Uint8Array | Promise<Uint8Array>,
  { quick = false, views = usualViews }: FileAttack = {},
): Attack => ({
  name,
  quick,
  make,
  async run(world, bytes) {
    const upload = await world.upload(bytes);
    const path = world.pathOf(upload);
    if (path === undefined) return [upload];
    const answers: Answer[] = [upload];
    for (const query of views) answers.push(await world.view(`${path}${query === "" ? "" : "?"}${query}`));
    return answers;
  },
});

export interface AskAttack extends RequestInit {
  readonly quick?: boolean;
  /** Statuses that may come back; without them any picture and any refusal of the contract. */
  readonly may?: readonly number[];
  /** As the owner of a key. */
  readonly key?: boolean;
}

/** A hostile request to the API. `path` may hold `{id}`: an ordinary image of the key's owner. */
export const ask = (
  name: string,
  path: string,
  { quick = false, may, key = true, ...init }: AskAttack = {},
): Attack => ({
  name,
  quick,
  run: async (world) => [await world.ask(path.replaceAll("{id}", world.imageId), { ...init, key, may })],
});

/** A hostile query on an ordinary photograph. */
export const view = (name: string, query: string, { quick = false, ...init }: AskAttack = {}): Attack => ({
  name,
  quick,
  run: async (world) => [await world.view(`${world.imagePath}${query}`, init)],
});
