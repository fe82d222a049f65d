// What an upload asks for, as one hash: two requests with the same fingerprint are the same request.
import type { UploadFields } from "../../../schema/fields.ts";
import { Inspector } from "../upload/inspect.ts";
import type { Hold } from "../upload/memory.ts";
import { Sanitised } from "../upload/sanitised.ts";
import type { Upload } from "../upload/upload.ts";

/** Over parsed content: neither the boundary of a form nor the order of its fields counts. */
export async function fingerprintOf(upload: Upload, fileSha256: string | undefined): Promise<string> {
  const content = { identity: upload.identity, file: fileSha256, fields: sorted(upload.fields()) };
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(content)));
  return new Uint8Array(digest).toHex();
}

/** Reads an upload to its end only to know its fingerprint. An import is known by its address and not fetched again. */
export async function readFingerprint(
  upload: Upload,
  context: { readonly maxBytes: number; readonly hold: Hold },
): Promise<string> {
  upload.fields();
  if ("url" in upload.identity) return fingerprintOf(upload, undefined);
  const inspector = new Inspector(context.maxBytes);
  const { chunks } = await upload.open();
  for await (const _ of inspector.watch(new Sanitised(chunks, context)));
  return fingerprintOf(upload, (await inspector.finish()).sha256);
}

function sorted(fields: UploadFields) {
  return { ...fields, labels: sortedPairs(fields.labels), metadata: sortedPairs(fields.metadata) };
}

function sortedPairs(pairs: Readonly<Record<string, string>>) {
  return Object.entries(pairs).sort(([one], [other]) => (one < other ? -1 : 1));
}
