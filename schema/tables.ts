// The D1 tables. Times are Unix milliseconds; the wire shows them to the second.
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { hiddenMetadataLevels } from "./hidden-metadata.ts";
import { planNames } from "./plans.ts";
import { reportReasons, resolutions } from "./reports.ts";

/** Who owns images. `storage` is the first segment of every image URL of the account and never changes. */
export const accounts = sqliteTable(
  "accounts",
  {
    id: text("id").primaryKey(),
    storage: text("storage").notNull(),
    name: text("name").notNull(),
    plan: text("plan", { enum: planNames }).notNull().default("free"),
    status: text("status", { enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    createdAt: integer("created_at").notNull(),
    /** As `normalEmail` writes it; null for accounts that only have keys. */
    email: text("email"),
    /** May see what only operators see. */
    operator: integer("operator", { mode: "boolean" }).notNull().default(false),
    /** When its owner had it deleted: the cron is on it, and nobody acts for it any more. */
    deletingAt: integer("deleting_at"),
  },
  (table) => [
    uniqueIndex("accounts_storage").on(table.storage),
    uniqueIndex("accounts_email").on(table.email),
    index("accounts_created").on(table.createdAt, table.id),
    index("accounts_deleting").on(table.deletingAt).where(sql`${table.deletingAt} is not null`),
  ],
);

/** API keys, stored only as SHA-256 of the whole key. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    hash: text("hash").notNull(),
    name: text("name").notNull(),
    /** Comma-separated: `read,write`. */
    abilities: text("abilities").notNull(),
    /** The key's last four characters, so that its owner can tell keys apart. */
    hint: text("hint").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
    revokedAt: integer("revoked_at"),
    lastUsedAt: integer("last_used_at"),
  },
  (table) => [uniqueIndex("api_keys_hash").on(table.hash), index("api_keys_account").on(table.accountId)],
);

/** Who is signed in: a browser each. Stored only as SHA-256 of what its cookie holds. */
export const sessions = sqliteTable(
  "sessions",
  {
    /** Names the session on the account's page. */
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    hash: text("hash").notNull(),
    /** The browser in words: "Firefox on Linux". */
    agent: text("agent").notNull(),
    createdAt: integer("created_at").notNull(),
    /** Written at most once a day. */
    seenAt: integer("seen_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    uniqueIndex("sessions_hash").on(table.hash),
    index("sessions_account").on(table.accountId, table.seenAt),
    index("sessions_expires").on(table.expiresAt),
  ],
);

/** Public keys of WebAuthn credentials. */
export const passkeys = sqliteTable(
  "passkeys",
  {
    /** The credential's id, base64url. */
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** COSE, base64url. */
    publicKey: text("public_key").notNull(),
    counter: integer("counter").notNull(),
    /** Comma-separated: `internal,hybrid`. */
    transports: text("transports").notNull(),
    name: text("name").notNull(),
    createdAt: integer("created_at").notNull(),
    lastUsedAt: integer("last_used_at"),
  },
  (table) => [index("passkeys_account").on(table.accountId, table.createdAt)],
);

/** What a passkey was asked to sign: each is taken out once. */
export const passkeyChallenges = sqliteTable(
  "passkey_challenges",
  {
    challenge: text("challenge").primaryKey(),
    /** SHA-256 of the secret of the browser that asked. */
    browserHash: text("browser_hash").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [index("passkey_challenges_expires").on(table.expiresAt)],
);

/** Links by which an operator lets people sign up. Stored only as SHA-256 of the link's token. */
export const invitations = sqliteTable(
  "invitations",
  {
    id: text("id").primaryKey(),
    hash: text("hash").notNull(),
    /** Whom it is for, in the operator's words. */
    note: text("note").notNull(),
    plan: text("plan", { enum: planNames }).notNull().default("free"),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    revokedAt: integer("revoked_at"),
    usedAt: integer("used_at"),
    /** The account that it became. */
    usedBy: text("used_by"),
  },
  (table) => [
    uniqueIndex("invitations_hash").on(table.hash),
    index("invitations_created").on(table.createdAt, table.id),
  ],
);

/** Setup tokens that were used, as SHA-256: each claims the deployment once. */
export const claims = sqliteTable("claims", {
  tokenHash: text("token_hash").primaryKey(),
  accountId: text("account_id").notNull(),
  claimedAt: integer("claimed_at").notNull(),
});

/** What people said of an image to the operator. While nothing was done, it goes with its image. */
export const reports = sqliteTable(
  "reports",
  {
    id: text("id").primaryKey(),
    imageId: text("image_id").notNull(),
    reason: text("reason", { enum: reportReasons }).notNull(),
    /** The reporter's own. */
    words: text("words").notNull().default(""),
    createdAt: integer("created_at").notNull(),
    /** Where the reporter wants to be answered; null where nobody asked for that. */
    email: text("email"),
    /** Tells reporters apart without saying who they are. */
    reporterHash: text("reporter_hash").notNull(),
    resolvedAt: integer("resolved_at"),
    /** What the operator did. */
    resolution: text("resolution", { enum: resolutions }),
  },
  (table) => [
    index("reports_open").on(table.createdAt, table.id).where(sql`${table.resolvedAt} is null`),
    index("reports_image_open")
      .on(table.imageId, table.createdAt, table.id)
      .where(sql`${table.resolvedAt} is null`),
    uniqueIndex("reports_image").on(table.imageId, table.reporterHash),
    index("reports_resolved").on(table.resolvedAt).where(sql`${table.resolvedAt} is not null`),
  ],
);

/** Files that nobody may upload, by their SHA-256. Never deleted: what was let go again says since when. */
export const blockedFiles = sqliteTable(
  "blocked_files",
  {
    /** Hex, of the file as it would be stored: an SVG is made safe first. */
    sha256: text("sha256").primaryKey(),
    /** The image that it was blocked with, which may be gone. */
    imageId: text("image_id"),
    /** The operator's own words. */
    note: text("note").notNull().default(""),
    blockedAt: integer("blocked_at").notNull(),
    /** The operator's account; null for who had the operator's token, or the database. */
    blockedBy: text("blocked_by"),
    liftedAt: integer("lifted_at"),
    liftedBy: text("lifted_by"),
  },
  (table) => [index("blocked_files_newest").on(table.blockedAt, table.sha256)],
);

/** One row an image. The original lies in R2 under `{storage}/{id}`. */
export const images = sqliteTable(
  "images",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    storage: text("storage").notNull(),
    status: text("status", { enum: ["processing", "ready", "failed", "blocked"] })
      .notNull()
      .default("ready"),
    filename: text("filename").notNull(),
    /** What the plain URL serves; its extension. */
    format: text("format").notNull(),
    /** Size as displayed (orientation applied); null while unknown. */
    width: integer("width"),
    height: integer("height"),
    bytes: integer("bytes").notNull(),
    /** SHA-256 of the original, hex: the version in ETags and cache keys. */
    sha256: text("sha256").notNull(),
    transformable: integer("transformable", { mode: "boolean" }).notNull(),
    /** ImageFacts of the original as JSON (source format, stored size, orientation, frames, alpha …). */
    facts: text("facts").notNull(),
    public: integer("public", { mode: "boolean" }).notNull().default(true),
    publishedAt: integer("published_at"),
    expiresAt: integer("expires_at"),
    createdAt: integer("created_at").notNull(),
    caption: text("caption"),
    labels: text("labels").notNull().default("{}"),
    metadata: text("metadata").notNull().default("{}"),
    nsfw: integer("nsfw", { mode: "boolean" }).notNull().default(false),
    thumbhash: text("thumbhash"),
    color: text("color"),
    /** What was found at upload and by the look at the pixels: JSON, a list of `{code, message}`. */
    notes: text("notes").notNull().default("[]"),
    /** What the named sizes answer, as JSON, where a limit makes that other than the arithmetic says. */
    sizes: text("sizes"),
    /** The engine's number at the last look; null where none has come to an end. */
    lookedBy: integer("looked_by"),
    /** When the cron looks, where a look is owed. */
    lookDueAt: integer("look_due_at"),
    /** Looks that were begun and of which nobody heard again. */
    lookAttempts: integer("look_attempts").notNull().default(0),
    /** What answers may carry of the original's hidden metadata at most. */
    hiddenMetadata: text("hidden_metadata", { enum: hiddenMetadataLevels }).notNull().default("strip"),
    /** The master that renders start from instead of the original, as JSON; null where there is none. */
    master: text("master"),
    /** SHA-256 as hex of what whoever uploaded it without a key may delete it by; null where it has an owner. */
    deleteTokenHash: text("delete_token_hash"),
  },
  (table) => [
    // The keyset of lists: newest first, ties broken by id.
    index("images_account_created").on(table.accountId, table.createdAt, table.id),
    // The same for `public=true|false`.
    index("images_account_public").on(table.accountId, table.public, table.createdAt, table.id),
    // The order of R2's keys: the sweeper compares both page by page.
    index("images_storage").on(table.storage, table.id),
    index("images_expires").on(table.expiresAt).where(sql`${table.expiresAt} is not null`),
    index("images_look_due").on(table.lookDueAt).where(sql`${table.lookDueAt} is not null`),
  ],
);

/** Labels once more, a row each, so that a label filter is an index range and not a scan. */
export const imageLabels = sqliteTable(
  "image_labels",
  {
    accountId: text("account_id").notNull(),
    key: text("key").notNull(),
    value: text("value").notNull(),
    createdAt: integer("created_at").notNull(),
    imageId: text("image_id")
      .notNull()
      .references(() => images.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.key, table.value, table.createdAt, table.imageId] }),
    index("image_labels_image").on(table.imageId),
  ],
);

/** Objects of a bucket of which `npm run adopt` made an image: each once, also where the image is gone since. */
export const adoptions = sqliteTable(
  "adoptions",
  {
    /** SHA-256 as hex of the bucket's name and the object's key: names may say what their owner has deleted. */
    objectHash: text("object_hash").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    imageId: text("image_id").notNull(),
    /** The object's, as it was read. */
    etag: text("etag").notNull(),
    adoptedAt: integer("adopted_at").notNull(),
  },
  (table) => [index("adoptions_account").on(table.accountId)],
);

/** Work that must happen after an answer was given: the cron finishes what a crash or a refusal left. */
export const outbox = sqliteTable(
  "outbox",
  {
    imageId: text("image_id").notNull(),
    /** `delete`: ledger and object. `purge`: cached answers. `purge-again`: those that were under way when they were purged. */
    kind: text("kind", { enum: ["delete", "purge", "purge-again"] }).notNull(),
    accountId: text("account_id").notNull(),
    storage: text("storage").notNull(),
    dueAt: integer("due_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.imageId, table.kind] }), index("outbox_due").on(table.dueAt)],
);

/** How far a walk over everything has come; the next run goes on from there. */
export const walks = sqliteTable("walks", {
  name: text("name").primaryKey(),
  cursor: text("cursor").notNull(),
});

/** What the sweeper counts on its way over all images: told when it came to the end, and begun anew. */
export const tallies = sqliteTable("tallies", {
  name: text("name").primaryKey(),
  /** So far on this walk: JSON. */
  counting: text("counting").notNull(),
  /** Of the last whole walk: JSON; null before its end. */
  counted: text("counted"),
  countedAt: integer("counted_at"),
});
