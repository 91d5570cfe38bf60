-- What visits and inspections found, until somebody from outside looked whether the remedy works.

CREATE TABLE findings (
    id BIGINT PRIMARY KEY,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('visit', 'inspection')),
    source_id BIGINT NOT NULL,
    source_name TEXT NOT NULL,
    unit_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    gravity TEXT NOT NULL CHECK (gravity IN ('minor', 'moderate', 'serious')),
    text TEXT NOT NULL,
    about_member_id BIGINT,
    rule_directive_id BIGINT,
    rule_edition TEXT NOT NULL,
    rule_criterion TEXT NOT NULL,
    rule_text TEXT NOT NULL,
    cause TEXT NOT NULL,
    remedy TEXT NOT NULL,
    owner_member_id BIGINT,
    due_on TEXT NOT NULL,
    noted_on TEXT NOT NULL,
    reopened_on TEXT,
    told_on TEXT,
    deciding_unit_id BIGINT,
    came_back_count BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'remedied', 'closed')),
    remedied_how TEXT NOT NULL,
    remedied_on TEXT,
    closing_note TEXT NOT NULL,
    closed_by BIGINT,
    closed_on TEXT,
    UNIQUE (source_id, source_kind, number)
);
CREATE INDEX findings__unit_id_state ON findings (unit_id, state);
CREATE INDEX findings__due_on ON findings (due_on, id);
CREATE INDEX findings__about_member_id ON findings (about_member_id);
CREATE INDEX findings__owner_member_id ON findings (owner_member_id);

CREATE TABLE finding_steps (
    id BIGINT PRIMARY KEY,
    finding_id BIGINT NOT NULL REFERENCES findings (id),
    kind TEXT NOT NULL CHECK (kind IN ('noted', 'remedied', 'not_effective', 'closed', 'came_back', 'answered')),
    day TEXT NOT NULL,
    text TEXT NOT NULL,
    source_kind TEXT,
    source_id BIGINT,
    said_by BIGINT NOT NULL,
    said_by_name TEXT NOT NULL,
    said_at BIGINT NOT NULL
);
CREATE INDEX finding_steps__finding_id ON finding_steps (finding_id, said_at);
CREATE INDEX finding_steps__source_id ON finding_steps (source_id);

-- Who noted the findings of a source, and may see those about a member.
CREATE TABLE finding_inspectors (
    source_kind TEXT NOT NULL,
    source_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    PRIMARY KEY (source_id, source_kind, account_id)
);

-- What the dashboard may read of them.
CREATE VIEW report_findings AS
    SELECT unit_id, state, due_on FROM findings;

INSERT INTO role_permissions (role_key, permission) VALUES
    ('member', 'findings.read'),
    ('secretary', 'findings.read'),
    ('secretary', 'findings.report'),
    ('commune_office', 'findings.read'),
    ('commune_office', 'findings.report'),
    ('commune_office', 'findings.check'),
    ('commune_office', 'findings.decide'),
    ('block_office', 'findings.read'),
    ('block_office', 'findings.report'),
    ('block_office', 'findings.check'),
    ('block_office', 'findings.decide'),
    ('organising_commission', 'findings.read'),
    ('organising_commission', 'findings.check'),
    ('inspector', 'findings.read'),
    ('inspector', 'findings.check'),
    ('leader', 'findings.read'),
    ('leader', 'findings.decide'),
    ('administrator', 'findings.read'),
    ('administrator', 'findings.check'),
    ('administrator', 'findings.report');
