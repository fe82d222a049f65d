// What each Worker notes of a request and of a render, where a deployment has an Analytics Engine dataset: one table, which the Workers, the
// queries and the docs are made of. Nothing of it says who asked: no address, no network, no URL, no key, no words of anybody.

interface Column {
  readonly name: string;
  readonly meaning: string;
}

/** Cloudflare samples by it: neither kind drowns the other. */
export const pointIndex = {
  name: "kind",
  meaning: "`request`: an answer of a Worker. `render`: what the cache of renders had to ask for",
} as const satisfies Column;

/** In the order of `blob1`, `blob2` …: what is there stays where it is, as rows of three months read it. */
export const pointBlobs = [
  { name: "worker", meaning: "`api` or `src`" },
  {
    name: "route",
    meaning: "as it is declared, `POST /v1/images`; `picture` for image URLs; empty where nothing answers",
  },
  { name: "code", meaning: "the error's code; empty where there is none" },
  {
    name: "cache",
    meaning:
      "of src's requests `plain`, `variant` or `unchanged` (304); of renders `made`, `kept` (read from the bucket) or `stays` (the original is shorter)",
  },
  { name: "format", meaning: "of the picture that is answered: `jpg`, `webp` …" },
  { name: "source", meaning: "format of the original" },
  { name: "image", meaning: "the image's id, where one was found" },
] as const satisfies readonly Column[];

export const pointDoubles = [
  { name: "status", meaning: "of the answer" },
  {
    name: "ms",
    meaning:
      "milliseconds until the answer began, waiting included; the platform's clock stands still while code computes",
  },
  { name: "bytes", meaning: "of the answer, where its length is told; else 0" },
  { name: "received", meaning: "bytes of the request's body, where its length is told; else 0" },
  {
    name: "cpu_ms",
    meaning: "of a render that was made: milliseconds of processor time that it is predicted to take",
  },
] as const satisfies readonly Column[];

type BlobName = (typeof pointBlobs)[number]["name"];
type DoubleName = (typeof pointDoubles)[number]["name"];
export type PointColumn = typeof pointIndex.name | BlobName | DoubleName;

export type Point = { readonly kind: "request" | "render" } & {
  readonly [Name in BlobName]?: string | undefined;
} & { readonly [Name in DoubleName]?: number | undefined };

/** What the SQL API calls a column: `index1`, `blob3`, `double2`. */
export function columnOf(name: PointColumn): string {
  if (name === pointIndex.name) return "index1";
  const blob = pointBlobs.findIndex((one) => one.name === name);
  if (blob >= 0) return `blob${blob + 1}`;
  return `double${pointDoubles.findIndex((one) => one.name === name) + 1}`;
}
