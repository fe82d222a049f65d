// What the ledger remembers, in the SQLite of one account's Durable Object.

/** Creates what is missing; runs once each time the object wakes. */
export function createLedgerTables(sql: SqlStorage): void {
  // One row an image whose bytes count: so that a repeated commit or removal changes nothing.
  sql.exec(`create table if not exists holdings (
    image_id text primary key, bytes integer not null, month text not null) without rowid`);
  // The sums of holdings, kept so that no answer has to add them up.
  sql.exec(`create table if not exists totals (
    one integer primary key check (one = 1), images integer not null, bytes integer not null)`);
  sql.exec(`insert or ignore into totals values (1, 0, 0)`);
  sql.exec(`create table if not exists uploads (month text primary key, used integer not null)`);
  // Uploads under way. After due_at the alarm asks D1 how they ended.
  sql.exec(`create table if not exists reservations (
    image_id text primary key, storage text not null, bytes integer not null, month text not null,
    due_at integer not null, upload_id text)`);
  // Images that were deleted while their upload was still under way: a commit that comes later counts nothing.
  sql.exec(`create table if not exists departures (
    image_id text primary key, forget_at integer not null) without rowid`);
  // held_until: null once the request has ended well and the image exists.
  sql.exec(`create table if not exists idempotency (
    key text primary key, attempt text not null, image_id text not null, fingerprint text,
    held_until integer, expires_at integer not null)`);
  sql.exec(`create index if not exists idempotency_expires on idempotency (expires_at)`);
  // Only in the ledger of all who have no key: what was stored in the last hour, and from which network.
  sql.exec(`create table if not exists spendings (
    image_id text primary key, network text not null, bytes integer not null, at integer not null) without rowid`);
  sql.exec(`create index if not exists spendings_at on spendings (at)`);
  sql.exec(`create table if not exists rate_windows (
    name text primary key, used integer not null, ends_at integer not null) without rowid`);
}
