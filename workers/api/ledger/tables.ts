// What the ledger remembers, in the SQLite of one account's Durable Object. After a change here: `npm run db:generate`.
//
// Read by drizzle-kit, which writes the migrations; the ledger itself speaks SQL, without an await between question and answer.
import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row an image whose bytes count: so that a repeated commit or removal changes nothing. */
export const holdings = sqliteTable("holdings", {
  imageId: text("image_id").primaryKey(),
  bytes: integer().notNull(),
  /** In which the upload counted: `2026-05`. */
  month: text().notNull(),
});

/** The sums of holdings, in one row, kept so that no answer has to add them up. */
export const totals = sqliteTable(
  "totals",
  {
    one: integer().primaryKey(),
    images: integer().notNull(),
    bytes: integer().notNull(),
  },
  ({ one }) => [check("totals_one", sql`${one} = 1`)],
);

export const uploads = sqliteTable("uploads", {
  month: text().primaryKey(),
  used: integer().notNull(),
});

/** Uploads under way. */
export const reservations = sqliteTable("reservations", {
  imageId: text("image_id").primaryKey(),
  storage: text().notNull(),
  bytes: integer().notNull(),
  month: text().notNull(),
  /** After this the alarm asks D1 how the upload ended. Unix milliseconds, as all times here. */
  dueAt: integer("due_at").notNull(),
  /** Of R2's multipart upload. */
  uploadId: text("upload_id"),
});

/** Images that were deleted while their upload was still under way: a commit that comes later counts nothing. */
export const departures = sqliteTable("departures", {
  imageId: text("image_id").primaryKey(),
  forgetAt: integer("forget_at").notNull(),
});

export const idempotency = sqliteTable(
  "idempotency",
  {
    key: text().primaryKey(),
    attempt: text().notNull(),
    imageId: text("image_id").notNull(),
    fingerprint: text(),
    /** Null once the request has ended well and the image exists. */
    heldUntil: integer("held_until"),
    expiresAt: integer("expires_at").notNull(),
  },
  ({ expiresAt }) => [index("idempotency_expires").on(expiresAt)],
);

/** Only in the ledger of all who have no key: what was stored in the last hour, and from which network. */
export const spendings = sqliteTable(
  "spendings",
  {
    imageId: text("image_id").primaryKey(),
    network: text().notNull(),
    bytes: integer().notNull(),
    at: integer().notNull(),
  },
  ({ at }) => [index("spendings_at").on(at)],
);

export const rateWindows = sqliteTable("rate_windows", {
  name: text().primaryKey(),
  used: integer().notNull(),
  endsAt: integer("ends_at").notNull(),
});
