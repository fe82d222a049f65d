// Rows as they are sent: as many together as a deployment takes, by their number and by their bytes.
import { type CopiedRow, MAX_RESTORED_BYTES, MAX_RESTORED_ROWS } from "../../schema/backup.ts";

export async function* batches(
  rows: AsyncIterable<CopiedRow> | Iterable<CopiedRow>,
): AsyncGenerator<readonly CopiedRow[]> {
  let [batch, bytes]: [CopiedRow[], number] = [[], 0];
  for await (const row of rows) {
    const more = Buffer.byteLength(JSON.stringify(row));
    if (batch.length > 0 && (batch.length === MAX_RESTORED_ROWS || bytes + more > MAX_RESTORED_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(row);
    bytes += more;
  }
  if (batch.length > 0) yield batch;
}
