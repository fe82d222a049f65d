// Fills a local D1 with images, a tenth of them in one large account and the rest spread over 999 others.

export const LARGE_ACCOUNT = "acc0";
const ACCOUNTS = 1_000;
const CHUNK = 50_000;

/** What D1 does, as far as the bench needs it. */
export interface D1 {
  prepare(sql: string): { bind(...values: readonly unknown[]): { run(): Promise<unknown> } };
}

const facts = `{"format":"jpg","width":4000,"height":3000,"orientation":1,"frames":1,"animated":false,"plays":null,
  "alpha":false,"bitDepth":8,"colour":"rgb","progressive":false,"chroma":"4:2:0","samplesPerPixel":1.5,"hasIcc":false,
  "mime":"image/jpeg","displayedWidth":4000,"displayedHeight":3000,"megapixels":12}`;

/** Ids are a permutation of the numbers: random-looking, never twice. */
const id = "printf('%08x', (i * 2654435761) & 4294967295)";
const account = `case when i % 10 = 0 then 0 else 1 + i % ${ACCOUNTS - 1} end`;

/** Adds the images numbered `from` up to `to`. */
export async function fill(db: D1, from: number, to: number): Promise<void> {
  if (from === 0) await addAccounts(db);
  for (let first = from; first < to; first += CHUNK) {
    const last = Math.min(first + CHUNK, to) - 1;
    const numbers = `with recursive numbers(i) as (select cast(?1 as integer) union all select i + 1 from numbers where i < ?2)`;
    await db
      .prepare(
        `insert into images (id, account_id, storage, filename, format, width, height, bytes, sha256, transformable,
           facts, public, published_at, created_at, caption, labels)
         ${numbers} select ${id}, 'acc' || (${account}), 'st' || (${account}), 'photo-' || i || '.jpg', 'jpg', 4000, 3000,
           5900000, printf('%064x', i), 1, ?3, i % 20 > 0, 1700000000000 + i * 1000, 1700000000000 + i * 1000,
           'Caption of photo ' || i, json_object('album', 'a' || (i % 50), 'rare', 'r' || (i % 5000)) from numbers`,
      )
      .bind(first, last, facts)
      .run();
    await db
      .prepare(
        `insert into image_labels (account_id, key, value, created_at, image_id)
         ${numbers} select images.account_id, label.key, label.value, images.created_at, images.id
         from numbers, images, json_each(images.labels) as label where images.id = ${id}`,
      )
      .bind(first, last)
      .run();
  }
}

async function addAccounts(db: D1): Promise<void> {
  await db
    .prepare(
      `insert into accounts (id, storage, name, plan, created_at)
       with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < ?1)
       select 'acc' || i, 'st' || i, 'Account ' || i, 'unlimited', 0 from numbers`,
    )
    .bind(ACCOUNTS - 1)
    .run();
}
