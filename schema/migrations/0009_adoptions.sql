CREATE TABLE `adoptions` (
	`object_hash` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`image_id` text NOT NULL,
	`etag` text NOT NULL,
	`adopted_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `adoptions_account` ON `adoptions` (`account_id`);