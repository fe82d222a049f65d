// The story of an upload: inspect, reserve, store, look, write the row, commit. What fails is taken back.
import { filenameSchema } from "../../../schema/fields.ts";
import type { PlanLimits } from "../../../schema/plans.ts";
import { ApiError } from "../../shared/api-error.ts";
import { logError } from "../../shared/log.ts";
import { originalKey } from "../../shared/object-keys.ts";
import type { Account } from "../accounts/account.ts";
import type { LedgerStub } from "../accounts/accounting.ts";
import type { Database } from "../database.ts";
import { removeMade } from "../upkeep/remove-objects.ts";
import { type Inspected, Inspector } from "../upload/inspect.ts";
import type { Hold } from "../upload/memory.ts";
import { inParts, type Part } from "../upload/parts.ts";
import { refuseOver } from "../upload/refuse-over.ts";
import { Sanitised } from "../upload/sanitised.ts";
import type { Upload } from "../upload/upload.ts";
import { type Looking, lookFirst } from "./first-look.ts";
import { newImageRow } from "./new-image-row.ts";
import { type HourBudget, reserveRoom } from "./reserve-room.ts";
import { deleteImageRow, type ImageRow, insertImage, isBlockedFile } from "./store/index.ts";
import { putOriginal, putOriginalInParts } from "./store-original.ts";
import { Undo } from "./undo.ts";

export interface CreateImage {
  /** The fresh id that the image gets. */
  readonly id: string;
  readonly account: Account;
  readonly limits: PlanLimits;
  readonly db: Database;
  readonly originals: R2Bucket;
  /** The ledger in which the image counts. */
  readonly ledger: Pick<LedgerStub, "reserve" | "release" | "beginParts" | "commit" | "cancel">;
  /** For callers without a key. */
  readonly hour: HourBudget | undefined;
  /** What they may delete the image by. */
  readonly deleteTokenHash: string | null;
  /** Asked before memory is taken for the file. */
  readonly hold: Hold;
  /** Called when the whole file is known and just before its row is written; what it throws undoes everything. */
  readonly beforeRow?: (inspected: Inspected) => Promise<void>;
  readonly looking: Looking;
  /** How its row is written and taken back; without it the row and its labels are all there is. */
  readonly rows?: ImageRows;
  /** A slow upload lasts: each step is dated when it is done. Unix milliseconds. */
  readonly clock: () => number;
}

export interface ImageRows {
  /** In one transaction; false where its file is blocked by then. */
  readonly write: (row: ImageRow) => Promise<boolean>;
  /** Safe where it was never written. */
  readonly takeBack: (id: string) => Promise<void>;
}

/** Stores the upload and answers its row. Throws an ApiError after taking everything back. */
export async function createImage(upload: Upload, context: CreateImage): Promise<ImageRow> {
  const {
    id,
    account,
    limits,
    deleteTokenHash,
    db,
    originals,
    ledger,
    hour,
    hold,
    beforeRow,
    looking,
    clock,
    rows = plainRows(db, account),
  } = context;
  upload.fields();

  const undo = new Undo();
  const room = { account, limits, ledger, hour, undo, clock };
  const reservation = { imageId: id, storage: account.storage };
  const target = { originals, key: originalKey(account.storage, id), undo };
  const inspector = new Inspector(limits.maxFileBytes);
  /** Nobody is asked for a picture that there is no room for. */
  const isFetched = "url" in upload.identity;

  /** Once the whole file has been seen: is it sound, are the fields, may anybody upload it, is there room for exactly this size? */
  const judge = async (isReserved: boolean) => {
    const inspected = await inspector.finish();
    upload.fields();
    if (await isBlockedFile(db, inspected.sha256)) throw new ApiError("file_blocked");
    await reserveRoom(room, { ...reservation, bytes: inspected.bytes, isReserved });
    return inspected;
  };
  let parts: AsyncGenerator<Part> | undefined;
  try {
    if (isFetched) await reserveRoom(room, { ...reservation, bytes: 1, isReserved: false });
    const file = await upload.open();
    refuseOver(file.declaredBytes ?? 0, limits.maxFileBytes);
    const safe = new Sanitised(file.chunks, { maxBytes: limits.maxFileBytes, hold });
    parts = inParts(inspector.watch(safe), hold, file);
    const first = await nextOf(parts);
    let inspected: Inspected;
    if (first.isLast) {
      inspected = await judge(isFetched);
      await putOriginal(target, first.bytes, inspected.sha256);
    } else {
      const atLeast = file.declaredBytes ?? inspector.bytes;
      await reserveRoom(room, { ...reservation, bytes: atLeast, isReserved: isFetched });
      inspected = await putOriginalInParts({ ...target, ledger, imageId: id }, first, parts, () =>
        judge(true),
      );
    }
    // Its memory is others' while src looks.
    await parts.return(undefined);
    const filename = file.filename && filenameSchema.parse(file.filename);
    const fields = upload.fields();
    const made = { id, account, limits, inspected, fields, filename, deleteTokenHash };
    const drawn = newImageRow({ ...made, now: clock() });
    undo.add(() => removeMade(originals, [{ storage: account.storage, id }]));
    const { row, follow } = await lookFirst(drawn, inspected.facts, looking, clock());
    await beforeRow?.(inspected);
    undo.add(() => rows.takeBack(id));
    if (!(await rows.write(row))) throw new ApiError("file_blocked");
    undo.add(() => ledger.cancel(id));
    await ledger.commit(id, row.bytes, clock());
    follow(db);
    return row;
  } catch (cause) {
    await undo.run().catch((error) => logError("an upload could not be undone; its alarm will", error));
    throw cause instanceof ApiError ? cause : new ApiError(upload.failure, { cause });
  } finally {
    await parts?.return(undefined);
  }
}

const plainRows = (db: Database, account: Account): ImageRows => ({
  write: (row) => insertImage(db, row),
  takeBack: (id) => deleteImageRow(db, id, account.id),
});

async function nextOf<T>(items: AsyncGenerator<T>): Promise<T> {
  const { value, done } = await items.next();
  if (done) throw new Error("inParts ended without a part");
  return value;
}
