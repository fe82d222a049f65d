// The bucket that pictures are adopted from.
import type { BucketName } from "../../../schema/adopt.ts";
import { ApiError } from "../../shared/api-error.ts";

export interface SourceBucket {
  readonly which: BucketName;
  /** What its images are labelled with. */
  readonly name: string;
  readonly objects: Pick<R2Bucket, "list" | "get">;
}

interface Bound {
  readonly own: SourceBucket["objects"];
  /** Undefined where none is bound. */
  readonly other: SourceBucket["objects"] | undefined;
  readonly otherName: string | undefined;
}

/** Throws a 422 where there is no such bucket. */
export function bucketOf(which: BucketName, { own, other, otherName }: Bound): SourceBucket {
  if (which === "own") return { which, name: "originals", objects: own };
  // By its name objects are told from those of the bucket that is bound next.
  if (other && otherName) return { which, name: otherName, objects: other };
  throw new ApiError("validation_error", {
    message: "No second bucket is bound. Name it in the deployment's file ([names] adopt) and deploy.",
  });
}

/** Says of an object which it is, without its name. Hex. */
export async function objectHash({ which, name }: SourceBucket, key: string): Promise<string> {
  const named = new TextEncoder().encode(`${which}\0${name}\0${key}`);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", named)).toHex();
}
