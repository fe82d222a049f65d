// The objects of a bucket, as the deployment sees them; what would and what does become of them.
import {
  type Adoption,
  adoptionSchema,
  type BucketName,
  type FoundObject,
  type FoundObjects,
  foundObjectsSchema,
  lookedAtSchema,
  MAX_LOOKED_AT,
} from "../../schema/adopt.ts";
import { nextOf, type Operator, post } from "../backup/operator.ts";
import { entryOf } from "../import/entry.ts";

export interface Source {
  readonly bucket: BucketName;
  readonly prefix: string;
}

/** Page by page, so that a bucket of any size fits. */
export async function* pagesOf(operator: Operator, source: Source): AsyncGenerator<FoundObjects> {
  for (let after: string | null = ""; after !== null; ) {
    const page: FoundObjects = await operator.json(
      "adopt/objects",
      foundObjectsSchema,
      post({ ...source, after }),
    );
    yield page;
    after = nextOf(after, page.next);
  }
}

/** Those that nobody has adopted yet, with the name of their bucket. */
export async function* newObjects(operator: Operator, source: Source) {
  for await (const { objects, bucket } of pagesOf(operator, source))
    for (const object of objects) if (object.state === "new") yield { ...object, bucketName: bucket };
}

export type NewObject = FoundObject & { readonly bucketName: string };

/** As many as one look takes. */
export async function* inLooks(objects: AsyncIterable<NewObject>): AsyncGenerator<readonly NewObject[]> {
  let some: NewObject[] = [];
  for await (const object of objects) {
    some.push(object);
    if (some.length < MAX_LOOKED_AT) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

interface Into extends Source {
  /** The account's id. */
  readonly account: string;
}

export async function lookAt(operator: Operator, { bucket, account }: Into, keys: readonly string[]) {
  const { looks } = await operator.json("adopt/look", lookedAtSchema, post({ bucket, account, keys }));
  return looks;
}

export async function adopt(
  operator: Operator,
  { bucket, account, isPublic }: Into & { readonly isPublic: boolean },
  object: NewObject,
): Promise<Adoption["outcome"]> {
  const question = { bucket, account, key: object.key, fields: fieldsOf(object, isPublic) };
  return (await operator.json("adopt", adoptionSchema, post(question))).outcome;
}

/** Its folders become a label, its last part the file's name, and the whole of it `source`. */
export function fieldsOf({ key, bucketName, uploaded_at }: NewObject, isPublic: boolean) {
  const end = key.lastIndexOf("/");
  const entry = entryOf(
    { kind: "file", path: key },
    {
      filename: key.slice(end + 1),
      labels: { folder: key.slice(0, Math.max(0, end)), import: bucketName },
      metadata: { source: key, uploaded: uploaded_at },
    },
  );
  const { labels, metadata } = entry;
  // An object's name that is an address is still a name.
  return { filename: key.slice(end + 1), labels, metadata, public: isPublic };
}
