-- The table of an auth collection as PocketBase 0.23 and later make it.
CREATE TABLE `users` (`avatar` TEXT DEFAULT '' NOT NULL, `created` TEXT DEFAULT '' NOT NULL, `email` TEXT DEFAULT '' NOT NULL,
`emailVisibility` BOOLEAN DEFAULT FALSE NOT NULL, `id` TEXT PRIMARY KEY NOT NULL, `name` TEXT DEFAULT '' NOT NULL,
`password` TEXT DEFAULT '' NOT NULL, `tokenKey` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL,
`verified` BOOLEAN DEFAULT FALSE NOT NULL);
INSERT INTO users (id, email, password, tokenKey, created, updated, verified) VALUES ('4q1xlclmfloku33', 'anna@example.com', '$2a$04$VKOEr4PB6Vu1oDEVUCLAUOUEMZPs3Df5aHmIyC07McgXJppW9IzDC', 'k4q1xlclmfloku33', '2024-05-01 10:00:00.123Z', '2024-05-01 10:00:00.123Z', TRUE);
INSERT INTO users (id, email, password, tokenKey, created, updated, verified) VALUES ('9v2kdk3jd81ks02', 'bert@example.com', '$2a$04$W7XFt2vEkyva3qYm7W2gAujySK5DTyFUwIHcuktoIyqFz71yK0YV6', 'k9v2kdk3jd81ks02', '2024-05-01 10:00:00.123Z', '2024-05-01 10:00:00.123Z', TRUE);
INSERT INTO users (id, email, password, tokenKey, created, updated, verified) VALUES ('0000000000oauth', 'oauth@example.com', '', 'k0000000000oauth', '2024-05-01 10:00:00.123Z', '2024-05-01 10:00:00.123Z', TRUE);
