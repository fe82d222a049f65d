// A thousand accounts and as many images as asked for, made inside the database by counting.

/** What the bench needs of D1. */
export interface Database {
  prepare(sql: string): {
    bind(...values: readonly unknown[]): {
      run(): Promise<unknown>;
      first<Row>(): Promise<Row | null>;
    };
  };
}

/** Owns three of four images; the other accounts share the rest. */
export const BIG_ACCOUNT = "acc0000";
const ACCOUNTS = 1_000;
const IMAGES_A_STATEMENT = 50_000;

/** The id of the big account's image at a position, the oldest first. In order, because random ones take long to insert. */
export function bigAccountId(position: number): string {
  const number = Math.floor(position / 3) * 4 + (position % 3);
  return `b${number.toString(16).padStart(7, "0")}`;
}

export async function seedAccounts(db: Database): Promise<void> {
  await db
    .prepare(
      `with recursive n(i) as (values (?) union all select i + 1 from n where i < ${ACCOUNTS - 1})
       insert into accounts (id, storage, name, plan, created_at)
       select printf('acc%04d', i), printf('s%04d', i), 'bench', 'unlimited', 0 from n`,
    )
    .bind(0)
    .run();
}

/** Images `from` up to `to`, a second apart, with what is written of every picture copied from the image `pattern`. */
export async function seedImages(db: Database, from: number, to: number, pattern: string): Promise<void> {
  for (let first = from; first < to; first += IMAGES_A_STATEMENT) {
    const numbers = `with recursive
      n(i) as (values (${first}) union all select i + 1 from n where i < ${Math.min(to, first + IMAGES_A_STATEMENT) - 1}),
      image(id, account, storage, created_at, trip, kind) as materialized (
        select printf('b%07x', i), printf('acc%04d', owner), printf('s%04d', owner),
          1700000000000 + i * 1000, printf('t%02d', (i / 4) % 20), iif((i / 4) % 500 = 0, 'rare', 'common')
        from (select i, iif(i % 4 < 3, 0, 1 + (i / 4) % ${ACCOUNTS - 1}) as owner from n))`;
    await db
      .prepare(
        `${numbers} insert into images (id, account_id, storage, filename, format, width, height, bytes, sha256,
           transformable, facts, created_at, labels)
         select image.id, account, image.storage, image.id || '.jpg', format, width, height, bytes, sha256,
           transformable, facts, image.created_at, json_object('trip', trip, 'kind', kind)
         from image, images as pattern where pattern.id = ?`,
      )
      .bind(pattern)
      .run();
    for (const key of ["trip", "kind"]) {
      await db
        .prepare(
          `${numbers} insert into image_labels (account_id, key, value, created_at, image_id)
           select account, ?, ${key}, created_at, id from image`,
        )
        .bind(key)
        .run();
    }
  }
}
