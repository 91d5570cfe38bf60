-- Files that belong to a meeting, a task, a directive, a finding or an inspection. The bytes lie beside the database, by their checksum.

CREATE TABLE attachments (
    id BIGINT PRIMARY KEY,
    thing_kind TEXT NOT NULL CHECK (thing_kind IN ('meeting', 'task', 'directive', 'finding', 'inspection')),
    thing_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('document', 'photo', 'evidence')),
    name TEXT NOT NULL,
    caption TEXT NOT NULL,
    media_type TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    width BIGINT,
    height BIGINT,
    sha256 TEXT NOT NULL,
    given_sha256 TEXT NOT NULL,
    thumbnail_sha256 TEXT,
    added_by BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE INDEX attachments__thing_id ON attachments (thing_id, thing_kind);
CREATE INDEX attachments__given_sha256 ON attachments (given_sha256);
