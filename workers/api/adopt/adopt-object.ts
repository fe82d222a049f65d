// Makes an image of an object that lies in a bucket already: a copy under our own key, by the same story as an upload.
import type { Adoption } from "../../../schema/adopt.ts";
import type { UploadFields } from "../../../schema/fields.ts";
import { ApiError } from "../../shared/api-error.ts";
import { ownerOf } from "../../shared/object-keys.ts";
import { knownStorages } from "../accounts/known-storages.ts";
import { type CreateImage, createImage } from "../images/create-image.ts";
import { deleteAdopted, findAdoptions, insertAdopted } from "../images/store/index.ts";
import { answered } from "../upload/arriving.ts";
import type { Upload } from "../upload/upload.ts";
import { objectHash, type SourceBucket } from "./bucket.ts";
import { sentenceOf } from "./refusal.ts";

/** Refusals of this object; what else is refused would be refused of every other, or comes right by itself. */
const ofTheObject: ReadonlySet<string> = new Set(["validation_error", "not_found", "file_blocked"]);

/** However often and by how many it is called: one image. Throws an ApiError where no other object would fare better, too. */
export async function adoptObject(
  bucket: SourceBucket,
  { key, fields }: { readonly key: string; readonly fields: UploadFields },
  context: Omit<CreateImage, "rows">,
): Promise<Adoption["outcome"]> {
  const { db, account } = context;
  const owner = bucket.which === "own" ? ownerOf(key) : undefined;
  if (owner && (await knownStorages(db, [owner.storage])).size > 0)
    return { kind: "refused", code: "validation_error", message: "It is called as only edgepix's own are." };
  const hash = await objectHash(bucket, key);
  const there = async () => (await findAdoptions(db, [hash])).get(hash);
  const before = await there();
  if (before) return { kind: "there", image_id: before.imageId };

  let etag = "";
  const upload: Upload = {
    failure: "upload_failed",
    fields: () => fields,
    identity: { filename: fields.filename ?? "", claimedType: "" },
    open: async () => {
      const object = await bucket.objects.get(key);
      if (!object) throw new ApiError("not_found", { message: "It is gone." });
      etag = object.etag;
      const { size } = object;
      const chunks = answered(object.body);
      return { filename: undefined, declaredBytes: size, atMostBytes: size, chunks };
    },
  };
  try {
    const row = await createImage(upload, {
      ...context,
      rows: {
        write: (made) => insertAdopted(db, made, { objectHash: hash, etag }),
        takeBack: (id) => deleteAdopted(db, { id, accountId: account.id }, hash),
      },
    });
    return { kind: "adopted", image_id: row.id };
  } catch (problem) {
    // Another call was faster: its image stays, and ours has been taken back.
    const other = await there();
    if (other) return { kind: "there", image_id: other.imageId };
    if (problem instanceof ApiError && ofTheObject.has(problem.code))
      return { kind: "refused", code: problem.code, message: sentenceOf(problem) };
    throw problem;
  }
}
