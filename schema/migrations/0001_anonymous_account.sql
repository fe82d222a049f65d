-- The account that owns every image uploaded without a key.
INSERT INTO `accounts` (`id`, `storage`, `name`, `plan`, `status`, `created_at`)
VALUES ('anonymous', 'anon', 'Without a key', 'anonymous', 'active', 0);
