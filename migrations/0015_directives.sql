-- What a body asks of the units below it, and what each of them made of it.

CREATE TABLE directives (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('resolution', 'programme', 'plan', 'regulation', 'reminder')),
    number_text TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    sent_on TEXT NOT NULL,
    concrete_by TEXT NOT NULL,
    expires_on TEXT,
    ended_on TEXT,
    end_reason TEXT NOT NULL,
    superseded_by_id BIGINT,
    sent_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX directives__unit_id_sent_on ON directives (unit_id, sent_on, id);

-- The units a directive goes down to, each with everything below it.
CREATE TABLE directive_scopes (
    directive_id BIGINT NOT NULL REFERENCES directives (id),
    unit_id BIGINT NOT NULL,
    PRIMARY KEY (directive_id, unit_id)
);
CREATE INDEX directive_scopes__unit_id ON directive_scopes (unit_id, directive_id);

CREATE TABLE directive_answers (
    directive_id BIGINT NOT NULL REFERENCES directives (id),
    unit_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('concrete', 'planned', 'refused')),
    resolution_item_id BIGINT,
    reason TEXT NOT NULL,
    answered_on TEXT NOT NULL,
    answered_by BIGINT NOT NULL,
    PRIMARY KEY (directive_id, unit_id)
);

-- Reminders of late units; those of one act carry its id.
CREATE TABLE directive_urges (
    id BIGINT PRIMARY KEY,
    urging_id BIGINT NOT NULL,
    directive_id BIGINT NOT NULL REFERENCES directives (id),
    unit_id BIGINT NOT NULL,
    urged_on TEXT NOT NULL,
    urged_at BIGINT NOT NULL,
    urged_by BIGINT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX directive_urges__directive_id ON directive_urges (directive_id, unit_id, urged_on);
CREATE INDEX directive_urges__urging_id ON directive_urges (urging_id);

INSERT INTO role_permissions (role_key, permission) VALUES
    ('member', 'directives.read'),
    ('secretary', 'directives.read'),
    ('secretary', 'directives.answer'),
    ('commune_office', 'directives.read'),
    ('commune_office', 'directives.send'),
    ('block_office', 'directives.read'),
    ('block_office', 'directives.send'),
    ('organising_commission', 'directives.read'),
    ('organising_commission', 'directives.send'),
    ('inspector', 'directives.read'),
    ('leader', 'directives.read'),
    ('administrator', 'directives.read'),
    ('administrator', 'directives.send'),
    ('administrator', 'directives.answer');

-- Whoever speaks for an affiliated group: sees its tasks and reports for it.
INSERT INTO roles (key, name_vi, name_en, name_hi) VALUES
    ('group_speaker', 'Người phụ trách đoàn thể', 'Speaker of a group', 'समूह का प्रवक्ता');
INSERT INTO role_permissions (role_key, permission) VALUES
    ('group_speaker', 'organisation.read'),
    ('group_speaker', 'tasks.read'),
    ('group_speaker', 'tasks.report');
INSERT INTO role_given_roles (role_key, given_role_key) VALUES
    ('commune_office', 'group_speaker'),
    ('block_office', 'group_speaker'),
    ('administrator', 'group_speaker');
