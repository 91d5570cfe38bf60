-- Papers of meetings: minutes, resolutions, conclusions, score sheets, approved by two people and then frozen.

CREATE TABLE papers (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    meeting_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('minutes', 'resolution', 'conclusion', 'score_sheet')),
    resolution_id BIGINT NOT NULL,
    number_text TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (meeting_id, kind, resolution_id)
);
CREATE INDEX papers__unit_id ON papers (unit_id, created_at);

-- What was approved, as it was composed then: JSON of the document, and its SHA-256.
CREATE TABLE paper_versions (
    paper_id BIGINT NOT NULL REFERENCES papers (id),
    version BIGINT NOT NULL,
    meeting_version BIGINT NOT NULL,
    facts_sha256 TEXT NOT NULL,
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    reason TEXT NOT NULL,
    frozen_at BIGINT NOT NULL,
    PRIMARY KEY (paper_id, version)
);

CREATE TABLE paper_approvals (
    paper_id BIGINT NOT NULL REFERENCES papers (id),
    version BIGINT NOT NULL,
    capacity TEXT NOT NULL CHECK (capacity IN ('chair', 'second')),
    member_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    full_name TEXT NOT NULL,
    facts_sha256 TEXT NOT NULL,
    reason TEXT NOT NULL,
    approved_at BIGINT NOT NULL,
    PRIMARY KEY (paper_id, version, capacity)
);
