// A bucket that holds pictures already, and the operator who adopts them, for tests within the Worker.
import { env } from "cloudflare:workers";
import {
  type Adoption,
  adoptionSchema,
  type BucketName,
  foundObjectsSchema,
  lookedAtSchema,
} from "../../schema/adopt.ts";
import { call } from "./api.ts";
import { fixtureBytes } from "./fixture-bytes.ts";

const TOKEN = "an-operators-long-secret";
export const bucketName = "old-pictures";
/** The second bucket. */
export const otherBucket: R2Bucket = Reflect.get(env, "ADOPT");
const photo = await fixtureBytes("gray.jpg");

/** No two have the same bytes: what follows a JPEG's end is kept. */
export function pictureBytes(text: string): Uint8Array<ArrayBuffer> {
  const tail = new TextEncoder().encode(text);
  const bytes = new Uint8Array(photo.length + tail.length);
  bytes.set(photo);
  bytes.set(tail, photo.length);
  return bytes;
}

export async function emptyBucket(bucket: R2Bucket): Promise<void> {
  for (let { objects } = await bucket.list(); objects.length > 0; { objects } = await bucket.list())
    await bucket.delete(objects.map(({ key }) => key));
}

/** The whole answer of the operator's route. */
export const operate = (
  path: string,
  body: object,
  bindings: Readonly<Record<string, unknown>> = {},
  token = TOKEN,
): Promise<Response> =>
  call(
    `/v1/admin/adopt${path}`,
    {
      method: "POST",
      body: JSON.stringify(body),
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    },
    { ADMIN_TOKEN: TOKEN, ADOPT_BUCKET: bucketName, ...bindings },
  );

/** Every object of the bucket, its state by its key. */
export async function statesOf(bucket: BucketName, prefix = ""): Promise<Readonly<Record<string, string>>> {
  const states: [string, string][] = [];
  for (let after: string | null = ""; after !== null; ) {
    const answer = await operate("/objects", { bucket, prefix, after });
    const found: ReturnType<typeof foundObjectsSchema.parse> = foundObjectsSchema.parse(await answer.json());
    states.push(...found.objects.map(({ key, state }): [string, string] => [key, state]));
    after = found.next;
  }
  return Object.fromEntries(states);
}

export async function adopt(
  account: string,
  key: string,
  fields: object = {},
  { bucket = "other", bindings = {} }: { bucket?: BucketName; bindings?: object } = {},
): Promise<Adoption["outcome"]> {
  const answer = await operate("", { bucket, account, key, fields }, { ...bindings });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return adoptionSchema.parse(await answer.json()).outcome;
}

export async function lookAt(account: string, keys: readonly string[], bucket: BucketName = "other") {
  const answer = await operate("/look", { bucket, account, keys });
  return lookedAtSchema.parse(await answer.json()).looks;
}
