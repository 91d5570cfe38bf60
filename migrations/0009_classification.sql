-- The yearly review: the class of every unit and member, what they say of themselves, and all that a proof needs.

CREATE TABLE unit_classes (
    unit_id BIGINT NOT NULL,
    year BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('evaluated', 'exempt', 'not_evaluated')),
    score_milli BIGINT NOT NULL,
    maximum_milli BIGINT NOT NULL,
    pre_class BIGINT NOT NULL,
    class_number BIGINT NOT NULL,
    class_key TEXT NOT NULL,
    is_weak BIGINT NOT NULL CHECK (is_weak IN (0, 1)),
    weak_bits BIGINT NOT NULL,
    PRIMARY KEY (unit_id, year)
);
CREATE INDEX unit_classes__year ON unit_classes (year);

CREATE TABLE member_classes (
    member_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    year BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('evaluated', 'exempt', 'not_evaluated')),
    score_milli BIGINT NOT NULL,
    maximum_milli BIGINT NOT NULL,
    pre_class BIGINT NOT NULL,
    class_number BIGINT NOT NULL,
    class_key TEXT NOT NULL,
    PRIMARY KEY (member_id, year)
);
CREATE INDEX member_classes__year ON member_classes (year);

-- What a member or unit says of itself, by the keys of the rulebook of the year.
CREATE TABLE self_levels (
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('member', 'unit')),
    subject_id BIGINT NOT NULL,
    year BIGINT NOT NULL,
    key TEXT NOT NULL,
    level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 4),
    said_by BIGINT NOT NULL,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (subject_kind, subject_id, year, key)
);
CREATE INDEX self_levels__year ON self_levels (year);

-- Every review that was made; the one with the highest id counts for its year. caps is a JSON text of the settings of
-- each cap. audit_position is the last entry of the audit trail that the review had seen.
CREATE TABLE reviews (
    id BIGINT PRIMARY KEY,
    year BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    made_by_name TEXT NOT NULL,
    rulebook_id TEXT NOT NULL,
    edition TEXT NOT NULL,
    checksum TEXT NOT NULL,
    caps TEXT NOT NULL,
    member_count BIGINT NOT NULL,
    unit_count BIGINT NOT NULL,
    weak_count BIGINT NOT NULL,
    members_left_out BIGINT NOT NULL,
    audit_position BIGINT NOT NULL
);
CREATE INDEX reviews__year ON reviews (year, id);

-- The facts that the last review of a year was made from, a column in each row: numbers with spaces between, "-" where
-- nothing is known. Parts: tree, unit, member_place, member.
CREATE TABLE review_columns (
    review_id BIGINT NOT NULL REFERENCES reviews (id),
    part TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    entries TEXT NOT NULL,
    PRIMARY KEY (review_id, part, number)
);

-- The rulebooks that reviews were made by, word for word.
CREATE TABLE review_rulebooks (
    checksum TEXT PRIMARY KEY,
    rulebook_text TEXT NOT NULL
);
