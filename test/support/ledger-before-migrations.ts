// A ledger as it was filled before it had migrations: the tables of that day, word for word.

const tables = [
  `create table if not exists holdings (
    image_id text primary key, bytes integer not null, month text not null) without rowid`,
  `create table if not exists totals (
    one integer primary key check (one = 1), images integer not null, bytes integer not null)`,
  `insert or ignore into totals values (1, 0, 0)`,
  `create table if not exists uploads (month text primary key, used integer not null)`,
  `create table if not exists reservations (
    image_id text primary key, storage text not null, bytes integer not null, month text not null,
    due_at integer not null, upload_id text)`,
  `create table if not exists departures (
    image_id text primary key, forget_at integer not null) without rowid`,
  `create table if not exists idempotency (
    key text primary key, attempt text not null, image_id text not null, fingerprint text,
    held_until integer, expires_at integer not null)`,
  `create index if not exists idempotency_expires on idempotency (expires_at)`,
  `create table if not exists spendings (
    image_id text primary key, network text not null, bytes integer not null, at integer not null) without rowid`,
  `create index if not exists spendings_at on spendings (at)`,
  `create table if not exists rate_windows (
    name text primary key, used integer not null, ends_at integer not null) without rowid`,
];

/** Empties the object and gives it the old tables, with two images, an upload under way and everything else that a ledger keeps. */
export async function fillAsBefore({ storage }: DurableObjectState, month: string, now: number) {
  await storage.deleteAll();
  for (const statement of tables) storage.sql.exec(statement);
  const later = now + 600_000;
  storage.sql.exec(
    "insert into holdings values ('held0001', 100, ?), ('held0002', 23, ?)",
    ...[month, "2001-01"],
  );
  storage.sql.exec("update totals set images = 2, bytes = 123");
  storage.sql.exec("insert into uploads values (?, 7), ('2001-01', 9)", month);
  storage.sql.exec(
    "insert into reservations values ('wait0001', '7c1', 50, ?, ?, 'part-upload')",
    month,
    later,
  );
  storage.sql.exec("insert into departures values ('gone0001', ?)", later);
  storage.sql.exec(
    `insert into idempotency values ('done', 'a1', 'held0001', 'print', null, ?), ('runs', 'a2', 'wait0001', null, ?, ?)`,
    ...[later, later, later],
  );
  storage.sql.exec("insert into spendings values ('held0001', '192.0.2.0/24', 100, ?)", now);
  storage.sql.exec("insert into rate_windows values ('address hour', 3, ?)", later);
}
