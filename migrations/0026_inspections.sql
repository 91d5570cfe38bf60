-- Inspections and supervisions: what a body has planned for the year, each inspection with its team, its papers and
-- what those inspected answered.

CREATE TABLE inspection_programme_lines (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    year BIGINT NOT NULL,
    month BIGINT NOT NULL CHECK (month BETWEEN 1 AND 12),
    kind TEXT NOT NULL,
    object_unit_id BIGINT NOT NULL,
    object_member_id BIGINT,
    theme TEXT NOT NULL,
    planned_by BIGINT NOT NULL,
    planned_at BIGINT NOT NULL
);
CREATE INDEX inspection_programme_lines__unit_id ON inspection_programme_lines (unit_id, year, month);

CREATE TABLE inspections (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    line_id BIGINT,
    kind TEXT NOT NULL,
    object_unit_id BIGINT NOT NULL,
    object_member_id BIGINT,
    theme TEXT NOT NULL,
    content TEXT NOT NULL,
    method TEXT NOT NULL,
    period_from TEXT NOT NULL,
    period_until TEXT NOT NULL,
    decision_number TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    prepare_by TEXT NOT NULL,
    conduct_by TEXT NOT NULL,
    close_by TEXT NOT NULL,
    told_on TEXT,
    closed_on TEXT,
    cancelled_on TEXT,
    cancel_reason TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL
);
CREATE INDEX inspections__unit_id ON inspections (unit_id, decided_on, id);
CREATE INDEX inspections__object_unit_id ON inspections (object_unit_id, id);
CREATE INDEX inspections__object_member_id ON inspections (object_member_id);

CREATE TABLE inspection_team (
    inspection_id BIGINT NOT NULL REFERENCES inspections (id),
    account_id BIGINT NOT NULL,
    full_name TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('leader', 'secretary', 'member')),
    duty TEXT NOT NULL,
    PRIMARY KEY (inspection_id, account_id)
);
CREATE INDEX inspection_team__account_id ON inspection_team (account_id);

CREATE TABLE inspection_papers (
    id BIGINT PRIMARY KEY,
    inspection_id BIGINT NOT NULL REFERENCES inspections (id),
    number BIGINT NOT NULL CHECK (number BETWEEN 1 AND 12),
    text TEXT NOT NULL,
    day TEXT NOT NULL,
    delivered_on TEXT,
    written_by BIGINT NOT NULL,
    written_by_name TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    UNIQUE (inspection_id, number)
);

CREATE TABLE inspection_answers (
    id BIGINT PRIMARY KEY,
    inspection_id BIGINT NOT NULL REFERENCES inspections (id),
    paper_number BIGINT NOT NULL,
    text TEXT NOT NULL,
    said_by BIGINT NOT NULL,
    said_by_name TEXT NOT NULL,
    said_at BIGINT NOT NULL
);
CREATE INDEX inspection_answers__inspection_id ON inspection_answers (inspection_id, said_at);

-- Each late phase is urged once.
CREATE TABLE inspection_urges (
    inspection_id BIGINT NOT NULL REFERENCES inspections (id),
    phase TEXT NOT NULL,
    urged_on TEXT NOT NULL,
    PRIMARY KEY (inspection_id, phase)
);

INSERT INTO role_permissions (role_key, permission) VALUES
    ('member', 'inspections.read'),
    ('secretary', 'inspections.read'),
    ('commune_office', 'inspections.read'),
    ('commune_office', 'inspections.decide'),
    ('block_office', 'inspections.read'),
    ('block_office', 'inspections.decide'),
    ('organising_commission', 'inspections.read'),
    ('inspector', 'inspections.read'),
    ('leader', 'inspections.read'),
    ('leader', 'inspections.decide'),
    ('administrator', 'inspections.read');
