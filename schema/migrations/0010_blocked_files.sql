CREATE TABLE `blocked_files` (
	`sha256` text PRIMARY KEY NOT NULL,
	`image_id` text,
	`note` text DEFAULT '' NOT NULL,
	`blocked_at` integer NOT NULL,
	`blocked_by` text,
	`lifted_at` integer,
	`lifted_by` text
);
--> statement-breakpoint
CREATE INDEX `blocked_files_newest` ON `blocked_files` (`blocked_at`,`sha256`);