// What becomes of a report: one row for each reporter of an image.

import type { ReportForm } from "../../../schema/reports.ts";
import { newSecret } from "../accounts/secret.ts";
import type { Database } from "../database.ts";
import { insertReport } from "../images/store/index.ts";

/** Of SHA-256: tells the hundred reporters of one image apart, and leads back to nobody: of all IPv4 addresses, 256 share it. */
const HASH_BYTES = 3;

interface Reporting {
  readonly imageId: string;
  /** The network address that stands for whoever reports. */
  readonly address: string;
  readonly form: ReportForm;
  readonly now: number;
}

/** Notes it, or passes over it where this reporter has reported the image before: who reports learns of neither. */
export async function reportImage(db: Database, { imageId, address, form, now }: Reporting): Promise<void> {
  const reporterHash = await reporterOf(imageId, address);
  await insertReport(db, { id: newSecret().slice(0, 12), imageId, ...form, createdAt: now, reporterHash });
}

async function reporterOf(imageId: string, address: string): Promise<string> {
  const text = new TextEncoder().encode(`${imageId} ${address}`);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", text)).slice(0, HASH_BYTES).toHex();
}
