ALTER TABLE `images` ADD `notes` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `images` ADD `sizes` text;--> statement-breakpoint
ALTER TABLE `images` ADD `looked_by` integer;--> statement-breakpoint
ALTER TABLE `images` ADD `look_due_at` integer;--> statement-breakpoint
ALTER TABLE `images` ADD `look_attempts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `images_look_due` ON `images` (`look_due_at`) WHERE "images"."look_due_at" is not null;