-- Edited by hand: ledgers that were filled before there were migrations have these tables, so here they must be as those are.
-- Each part of a migration is one statement.
CREATE TABLE IF NOT EXISTS `holdings` (
	`image_id` text PRIMARY KEY,
	`bytes` integer NOT NULL,
	`month` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `totals` (
	`one` integer PRIMARY KEY CHECK (`one` = 1),
	`images` integer NOT NULL,
	`bytes` integer NOT NULL
);
--> statement-breakpoint
INSERT OR IGNORE INTO `totals` (`one`, `images`, `bytes`) VALUES (1, 0, 0);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `uploads` (
	`month` text PRIMARY KEY,
	`used` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `reservations` (
	`image_id` text PRIMARY KEY,
	`storage` text NOT NULL,
	`bytes` integer NOT NULL,
	`month` text NOT NULL,
	`due_at` integer NOT NULL,
	`upload_id` text
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `departures` (
	`image_id` text PRIMARY KEY,
	`forget_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `idempotency` (
	`key` text PRIMARY KEY,
	`attempt` text NOT NULL,
	`image_id` text NOT NULL,
	`fingerprint` text,
	`held_until` integer,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS `idempotency_expires` ON `idempotency` (`expires_at`);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `spendings` (
	`image_id` text PRIMARY KEY,
	`network` text NOT NULL,
	`bytes` integer NOT NULL,
	`at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS `spendings_at` ON `spendings` (`at`);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `rate_windows` (
	`name` text PRIMARY KEY,
	`used` integer NOT NULL,
	`ends_at` integer NOT NULL
) WITHOUT ROWID;
