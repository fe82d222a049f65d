// Written by `npm run db:generate` from the SQL files beside it: change those.

export const ledgerMigrations = {
  "journal": {
    "entries": [
      {
        "idx": 0,
        "when": 1795658819875,
        "tag": "0000_first_ledger",
        "breakpoints": true
      }
    ]
  },
  "migrations": {
    "m0000": "-- Edited by hand: ledgers that were filled before there were migrations have these tables, so here they must be as those are.\n-- Each part of a migration is one statement.\nCREATE TABLE IF NOT EXISTS `holdings` (\n\t`image_id` text PRIMARY KEY,\n\t`bytes` integer NOT NULL,\n\t`month` text NOT NULL\n) WITHOUT ROWID;\n--> statement-breakpoint\nCREATE TABLE IF NOT EXISTS `totals` (\n\t`one` integer PRIMARY KEY CHECK (`one` = 1),\n\t`images` integer NOT NULL,\n\t`bytes` integer NOT NULL\n);\n--> statement-breakpoint\nINSERT OR IGNORE INTO `totals` (`one`, `images`, `bytes`) VALUES (1, 0, 0);\n--> statement-breakpoint\nCREATE TABLE IF NOT EXISTS `uploads` (\n\t`month` text PRIMARY KEY,\n\t`used` integer NOT NULL\n);\n--> statement-breakpoint\nCREATE TABLE IF NOT EXISTS `reservations` (\n\t`image_id` text PRIMARY KEY,\n\t`storage` text NOT NULL,\n\t`bytes` integer NOT NULL,\n\t`month` text NOT NULL,\n\t`due_at` integer NOT NULL,\n\t`upload_id` text\n);\n--> statement-breakpoint\nCREATE TABLE IF NOT EXISTS `departures` (\n\t`image_id` text PRIMARY KEY,\n\t`forget_at` integer NOT NULL\n) WITHOUT ROWID;\n--> statement-breakpoint\nCREATE TABLE IF NOT EXISTS `idempotency` (\n\t`key` text PRIMARY KEY,\n\t`attempt` text NOT NULL,\n\t`image_id` text NOT NULL,\n\t`fingerprint` text,\n\t`held_until` integer,\n\t`expires_at` integer NOT NULL\n);\n--> statement-breakpoint\nCREATE INDEX IF NOT EXISTS `idempotency_expires` ON `idempotency` (`expires_at`);\n--> statement-breakpoint\nCREATE TABLE IF NOT EXISTS `spendings` (\n\t`image_id` text PRIMARY KEY,\n\t`network` text NOT NULL,\n\t`bytes` integer NOT NULL,\n\t`at` integer NOT NULL\n) WITHOUT ROWID;\n--> statement-breakpoint\nCREATE INDEX IF NOT EXISTS `spendings_at` ON `spendings` (`at`);\n--> statement-breakpoint\nCREATE TABLE IF NOT EXISTS `rate_windows` (\n\t`name` text PRIMARY KEY,\n\t`used` integer NOT NULL,\n\t`ends_at` integer NOT NULL\n) WITHOUT ROWID;\n"
  }
};
