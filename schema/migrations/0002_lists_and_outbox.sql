CREATE TABLE `outbox` (
	`image_id` text NOT NULL,
	`kind` text NOT NULL,
	`account_id` text NOT NULL,
	`storage` text NOT NULL,
	`due_at` integer NOT NULL,
	PRIMARY KEY(`image_id`, `kind`)
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`);--> statement-breakpoint
CREATE TABLE `walks` (
	`name` text PRIMARY KEY NOT NULL,
	`cursor` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `images_account_public` ON `images` (`account_id`,`public`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `images_storage` ON `images` (`storage`,`id`);