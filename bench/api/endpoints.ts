// The calls that are measured: every endpoint, and lists at both ends.
import { bigAccountId } from "./seed.ts";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly json?: unknown;
  readonly file?: Uint8Array<ArrayBuffer>;
}

export interface Endpoint {
  readonly name: string;
  readonly call: (turn: number) => Call;
  /** How often it is called, if not as often as the others. */
  readonly turns?: number;
}

export interface Scale {
  /** The images of the account that calls. */
  readonly images: number;
  /** Where its page 10,000 begins; in smaller accounts a page behind two thirds of the images. */
  readonly deepCursor: string;
}

const BATCH = 100;
/** Deletions take images off the old end of the account, so that every scale has enough. */
const batchIds = (first: number) =>
  Array.from({ length: BATCH }, (_, position) => bigAccountId(first + position));

/** `fresh` answers where so many images begin that no other call has deleted. */
export function endpointsAt(
  { images, deepCursor }: Scale,
  file: Uint8Array<ArrayBuffer>,
  fresh: (count: number) => number,
): readonly Endpoint[] {
  const id = (turn: number) => bigAccountId(images - 1 - turn * 7);
  const newest = (turn: number) =>
    Array.from({ length: BATCH }, (_, position) => bigAccountId(images - 1 - turn - position));
  const get = (name: string, path: string): Endpoint => ({ name, call: () => ({ method: "GET", path }) });
  return [
    { name: "POST /v1/images", call: () => ({ method: "POST", path: "/v1/images", file }) },
    {
      name: "GET /v1/images/{id}",
      call: (turn) => ({ method: "GET", path: `/v1/images/${id(turn)}` }),
    },
    get("GET /v1/images, page 1", "/v1/images"),
    get("GET /v1/images, page 10,000", `/v1/images?cursor=${deepCursor}`),
    get("GET /v1/images?public=true", "/v1/images?public=true"),
    get("GET /v1/images?label[trip]=…", "/v1/images?label[trip]=t07"),
    get("GET /v1/images?label[trip]=…, as deep", `/v1/images?label[trip]=t07&cursor=${deepCursor}`),
    get("GET /v1/images?label[trip]=a,b,c", "/v1/images?label[trip]=t01,t02,t03"),
    get("GET /v1/images?label[kind]=…&label[trip]=…", "/v1/images?label[kind]=rare&label[trip]=t00"),
    get("GET /v1/images?q=… (found on every image)", "/v1/images?q=jpg"),
    get("GET /v1/images?q=… (found on none)", "/v1/images?q=nowhere"),
    {
      name: "GET /v1/images?ids= of 50",
      call: (turn) => ({ method: "GET", path: `/v1/images?ids=${newest(turn).slice(0, 50)}` }),
    },
    get("GET /v1/usage", "/v1/usage"),
    {
      name: "PATCH /v1/images/{id}",
      call: (turn) => ({
        method: "PATCH",
        path: `/v1/images/${id(turn)}`,
        json: { labels: { seen: "yes" } },
      }),
    },
    {
      name: "PATCH /v1/images/batch of 100",
      call: (turn) => ({
        method: "PATCH",
        path: "/v1/images/batch",
        json: { ids: newest(turn), labels: { seen: "no" } },
      }),
    },
    {
      name: "DELETE /v1/images/{id}",
      call: () => ({ method: "DELETE", path: `/v1/images/${bigAccountId(fresh(1))}` }),
    },
    {
      name: "DELETE /v1/images/batch of 100",
      turns: 2,
      call: () => ({ method: "DELETE", path: "/v1/images/batch", json: { ids: batchIds(fresh(BATCH)) } }),
    },
  ];
}
