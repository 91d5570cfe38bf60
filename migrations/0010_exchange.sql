-- Files brought in: what a preview found, and what became of it.

CREATE TABLE imports (
    id BIGINT PRIMARY KEY,
    subject TEXT NOT NULL CHECK (subject IN ('members', 'units')),
    state TEXT NOT NULL CHECK (state IN ('ready', 'faulty', 'committing', 'committed')),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    sheet TEXT NOT NULL,
    account_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    new_count BIGINT NOT NULL,
    changed_count BIGINT NOT NULL,
    unchanged_count BIGINT NOT NULL,
    mistake_row_count BIGINT NOT NULL,
    mistake_count BIGINT NOT NULL,
    ignored_columns TEXT NOT NULL,
    sample TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    job_id BIGINT,
    created_at BIGINT NOT NULL,
    committed_at BIGINT
);
CREATE INDEX imports__account_id_created_at ON imports (account_id, created_at);

CREATE TABLE import_mistakes (
    import_id BIGINT NOT NULL REFERENCES imports (id),
    position BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    column_letter TEXT NOT NULL,
    column_header TEXT NOT NULL,
    value TEXT NOT NULL,
    message_key TEXT NOT NULL,
    arguments TEXT NOT NULL,
    PRIMARY KEY (import_id, position)
);
