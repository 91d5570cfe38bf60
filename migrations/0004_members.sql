-- The people of the units, and who looked into whose file.

CREATE TABLE members (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    full_name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('not_given', 'female', 'male')),
    born_on TEXT,
    stage TEXT NOT NULL CHECK (stage IN ('candidate', 'probationary', 'full')),
    office TEXT NOT NULL CHECK (office IN ('none', 'secretary', 'deputy_secretary', 'committee_member')),
    phone TEXT NOT NULL,
    joined_on TEXT NOT NULL,
    admitted_on TEXT,
    full_on TEXT,
    is_excused BIGINT NOT NULL CHECK (is_excused IN (0, 1)),
    is_suspended BIGINT NOT NULL CHECK (is_suspended IN (0, 1)),
    discipline BIGINT NOT NULL CHECK (discipline BETWEEN 0 AND 3),
    left_on TEXT,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL DEFAULT 0,
    changed_by TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX members__code ON members (code);
-- These two hold all a list shows and a roll call needs, so that neither touches the table.
CREATE INDEX members__unit_id_folded_name ON members (unit_id, folded_name, id, stage, office, full_name, joined_on, left_on, is_excused, is_suspended);
CREATE INDEX members__folded_name ON members (folded_name, id, unit_id, stage, office, full_name, joined_on, left_on, is_excused);
CREATE INDEX members__probationary ON members (unit_id) WHERE stage = 'probationary';

-- Who looked at what is kept of a unit's people: one row per reader, member, part and day. A list is about no single
-- member (member_id 0) and stands with the unit it was taken of.
CREATE TABLE member_readings (
    unit_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('file', 'class_proof', 'list', 'list_with_below')),
    day TEXT NOT NULL,
    reader_account_id BIGINT NOT NULL,
    reader_name TEXT NOT NULL,
    reader_member_id BIGINT NOT NULL,
    reader_unit_id BIGINT NOT NULL,
    role_key TEXT NOT NULL,
    because TEXT NOT NULL,
    ground_unit_id BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (unit_id, day, reader_account_id, member_id, part)
);
CREATE INDEX member_readings__member_id ON member_readings (member_id, day);

INSERT INTO role_permissions (role_key, permission) VALUES
    ('secretary', 'members.read_readings'),
    ('commune_office', 'members.read_readings'),
    ('block_office', 'members.read_readings'),
    ('organising_commission', 'members.read_readings'),
    ('administrator', 'members.read_readings');

-- Stays that have ended by a transfer; the present one stands in the member's row.
CREATE TABLE member_stays (
    member_id BIGINT NOT NULL REFERENCES members (id),
    unit_id BIGINT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    office TEXT NOT NULL,
    PRIMARY KEY (member_id, from_on)
);
CREATE INDEX member_stays__unit_id ON member_stays (unit_id, until_on);
