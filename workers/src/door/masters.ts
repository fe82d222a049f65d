// Masters in the bucket, beside their originals: written once by the first look, read by renders.
import { mimeTypes } from "../../../schema/facts.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { logError } from "../../shared/log.ts";
import { masterKey, type Owner } from "../../shared/object-keys.ts";
import type { Master, MasterPlan } from "../plan/master.ts";
import { type MasterFile, streamOfMaster } from "../render/master-file.ts";
import { gate } from "./gate.ts";
import { objectBytes } from "./original.ts";
import { ENGINE } from "./version.ts";

/** `off`: none are made, and none are used. */
export const areMastersOn = ({ MASTERS }: Pick<SrcEnv, "MASTERS">): boolean => String(MASTERS) !== "off";

/** The row tells of a master, and the bucket has none. Whoever asked starts from the original, under the name of that. */
export class MasterLost extends Error {
  override readonly name = "MasterLost";
}

export function bytesOfMaster(bucket: R2Bucket, owner: Owner, { engine, bytes }: Master): Bytes {
  return objectBytes(bucket, masterKey(owner, engine), bytes, () => new MasterLost());
}

/** What the row is to say of it; undefined where the bucket fails, which costs nobody the picture. */
export async function storeMaster(
  bucket: R2Bucket,
  owner: Owner,
  { format, size }: Pick<MasterPlan, "format" | "size">,
  file: MasterFile,
): Promise<Master | undefined> {
  const { bytes } = file;
  const watch = gate.hold(bytes);
  try {
    const body = streamOfMaster(file).pipeThrough(new FixedLengthStream(bytes));
    await bucket.put(masterKey(owner, ENGINE), body, { httpMetadata: { contentType: mimeTypes[format] } });
    return { engine: ENGINE, format, width: size.width, height: size.height, bytes };
  } catch (error) {
    logError("a master could not be stored", error, { image: owner.id });
    return undefined;
  } finally {
    watch.ended();
  }
}
