// Rows and time of each endpoint's statements at growing numbers of images.
import { asc, desc, eq } from "drizzle-orm";
import { images } from "../../schema/tables.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { type Endpoint, endpointsFor, type Sample } from "./endpoints.ts";
import { fill, LARGE_ACCOUNT } from "./fill.ts";
import { metered } from "./metered.ts";
import { addKey, openEmptyStore } from "./store.ts";

const REPEATS = 15;

export interface Measured {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly milliseconds: number;
}

/** Endpoint -> what it costs at each number of images. */
export async function measureCosts(
  sizes: readonly number[],
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const store = await openEmptyStore();
  const table = new Map<string, Measured[]>();
  try {
    let filled = 0;
    let key = "";
    for (const size of sizes) {
      await fill(store.db, filled, size);
      if (filled === 0) key = await addKey(store.db);
      filled = size;
      for (const endpoint of endpointsFor(await sampleOf(store.db, key), store.db)) {
        const measured = await measure(endpoint, store.db);
        table.set(endpoint.name, [...(table.get(endpoint.name) ?? []), measured]);
      }
      console.error(`measured ${size.toLocaleString("en")} images`);
    }
  } finally {
    await store.close();
  }
  return table;
}

async function measure({ ask }: Endpoint, d1: D1Database): Promise<Measured> {
  const meter = metered(d1);
  await ask(openDatabase(meter.db));
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    await ask(openDatabase(d1));
    times.push(performance.now() - start);
  }
  const median = times.toSorted((one, other) => one - other)[Math.floor(REPEATS / 2)] ?? 0;
  return { ...meter.cost, milliseconds: median };
}

/** The newest image, the one behind which the last page begins (page 10,000 where there are so many), and fifty ids. */
async function sampleOf(d1: D1Database, key: string): Promise<Sample> {
  const db = openDatabase(d1);
  const own = db.select().from(images).where(eq(images.accountId, LARGE_ACCOUNT));
  const newest = await own.orderBy(desc(images.createdAt), desc(images.id)).limit(50);
  const [deep] = await db
    .select()
    .from(images)
    .where(eq(images.accountId, LARGE_ACCOUNT))
    .orderBy(asc(images.createdAt), asc(images.id))
    .limit(1)
    .offset(10);
  const [first] = newest;
  if (!first || !deep) throw new Error("the large account is empty");
  return { key, newest: first, deep, ids: newest.map(({ id }) => id) };
}
