CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`storage` text NOT NULL,
	`name` text NOT NULL,
	`plan` text DEFAULT 'free' NOT NULL,
	`status` text DEFAULT 'active' NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_storage` ON `accounts` (`storage`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`hash` text NOT NULL,
	`name` text NOT NULL,
	`abilities` text NOT NULL,
	`hint` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`last_used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_account` ON `api_keys` (`account_id`);--> statement-breakpoint
CREATE TABLE `image_labels` (
	`account_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`created_at` integer NOT NULL,
	`image_id` text NOT NULL,
	PRIMARY KEY(`account_id`, `key`, `value`, `created_at`, `image_id`),
	FOREIGN KEY (`image_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `image_labels_image` ON `image_labels` (`image_id`);--> statement-breakpoint
CREATE TABLE `images` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`storage` text NOT NULL,
	`status` text DEFAULT 'ready' NOT NULL,
	`filename` text NOT NULL,
	`format` text NOT NULL,
	`width` integer,
	`height` integer,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`transformable` integer NOT NULL,
	`facts` text NOT NULL,
	`public` integer DEFAULT true NOT NULL,
	`published_at` integer,
	`expires_at` integer,
	`created_at` integer NOT NULL,
	`caption` text,
	`labels` text DEFAULT '{}' NOT NULL,
	`metadata` text DEFAULT '{}' NOT NULL,
	`nsfw` integer DEFAULT false NOT NULL,
	`thumbhash` text,
	`color` text,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `images_account_created` ON `images` (`account_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `images_expires` ON `images` (`expires_at`) WHERE "images"."expires_at" is not null;