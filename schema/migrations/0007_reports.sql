CREATE TABLE `tallies` (
	`name` text PRIMARY KEY NOT NULL,
	`counting` text NOT NULL,
	`counted` text,
	`counted_at` integer
);
--> statement-breakpoint
DROP INDEX `reports_image`;--> statement-breakpoint
ALTER TABLE `reports` ADD `email` text;--> statement-breakpoint
CREATE INDEX `reports_image_open` ON `reports` (`image_id`,`created_at`,`id`) WHERE "reports"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX `reports_resolved` ON `reports` (`resolved_at`) WHERE "reports"."resolved_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `reports_image` ON `reports` (`image_id`,`reporter_hash`);--> statement-breakpoint
CREATE INDEX `accounts_created` ON `accounts` (`created_at`,`id`);