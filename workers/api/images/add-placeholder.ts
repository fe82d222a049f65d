// What stands for a fresh image until it has loaded: asked of src, and stored with its row.
import { logError } from "../../shared/log.ts";
import type { Database } from "../database.ts";
import { type ImageRow, setPlaceholder } from "./store/index.ts";

/** An ordinary photo takes a tenth of it. An upload is not held up for longer. */
const PATIENCE_MILLISECONDS = 1_500;

interface AddPlaceholder {
  readonly db: Database;
  readonly ask: (storage: string, id: string) => Promise<{ thumbhash: string; color: string } | null>;
  /** Lets work go on after the answer. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** The row with its placeholder, or as it is where that takes too long or fails: it only decorates. */
export async function addPlaceholder(row: ImageRow, context: AddPlaceholder): Promise<ImageRow> {
  if (!row.transformable) return row;
  const finding = findAndStore(row, context).catch((error) => {
    logError("an image stays without placeholder", error, { image: row.id });
    return row;
  });
  context.waitUntil(finding);
  const clock = Promise.withResolvers<ImageRow>();
  const timer = setTimeout(() => clock.resolve(row), PATIENCE_MILLISECONDS);
  try {
    return await Promise.race([finding, clock.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function findAndStore(row: ImageRow, { db, ask }: AddPlaceholder): Promise<ImageRow> {
  const placeholder = await ask(row.storage, row.id);
  if (!placeholder) return row;
  await setPlaceholder(db, row.id, placeholder);
  return { ...row, ...placeholder };
}
