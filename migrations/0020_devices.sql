-- Devices: what a lost one is told when it makes contact, and how its holder locks what it keeps.

-- Tokens of sessions that a person ended, as hashes. Whoever still comes with one is told to forget what it holds; a
-- session that only ran out is not among them.
CREATE TABLE ended_sessions (
    token_hash TEXT PRIMARY KEY,
    ended_at BIGINT NOT NULL
);
CREATE INDEX ended_sessions__ended_at ON ended_sessions (ended_at);

-- Opens what a device keeps under a PIN when the PIN is forgotten. Given out for the password only.
CREATE TABLE recovery_keys (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id),
    recovery_key TEXT NOT NULL
);

-- Units that want a PIN on the devices of their people, and of all units below.
CREATE TABLE pin_rules (
    unit_id BIGINT PRIMARY KEY REFERENCES units (id),
    wanted_since BIGINT NOT NULL
);

INSERT INTO role_permissions (role_key, permission) VALUES
    ('secretary', 'accounts.require_pin'),
    ('commune_office', 'accounts.require_pin'),
    ('block_office', 'accounts.require_pin'),
    ('administrator', 'accounts.require_pin');
