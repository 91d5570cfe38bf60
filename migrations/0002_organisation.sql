-- Units in a dated tree. What a unit is called, of which kind it is and where it stands is kept per period, so that
-- the tree of any day can be asked for.

CREATE TABLE unit_kinds (
    key TEXT PRIMARY KEY,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_hi TEXT NOT NULL,
    level BIGINT NOT NULL,
    is_judged BIGINT NOT NULL CHECK (is_judged IN (0, 1)),
    has_members BIGINT NOT NULL CHECK (has_members IN (0, 1))
);

-- Which kinds may stand below which.
CREATE TABLE unit_kind_parents (
    kind TEXT NOT NULL REFERENCES unit_kinds (key),
    parent_kind TEXT NOT NULL REFERENCES unit_kinds (key),
    PRIMARY KEY (kind, parent_kind)
);

CREATE TABLE units (
    id BIGINT PRIMARY KEY,
    code TEXT NOT NULL,
    established_on TEXT NOT NULL,
    dissolved_on TEXT
);
CREATE UNIQUE INDEX units__code ON units (code);

-- until_on is the first day the period no longer holds; the last period of a unit that stands has none.
CREATE TABLE unit_periods (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES units (id),
    from_on TEXT NOT NULL,
    until_on TEXT,
    parent_id BIGINT REFERENCES units (id),
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    kind TEXT NOT NULL REFERENCES unit_kinds (key),
    decision_number TEXT NOT NULL,
    CHECK (until_on IS NULL OR until_on > from_on)
);
CREATE UNIQUE INDEX unit_periods__unit_id_from_on ON unit_periods (unit_id, from_on);
CREATE INDEX unit_periods__parent_id ON unit_periods (parent_id);
CREATE INDEX unit_periods__from_on ON unit_periods (from_on);

-- Counts the changes, so that a tree in memory knows whether a newer one exists.
CREATE TABLE unit_changes (
    count BIGINT NOT NULL
);
INSERT INTO unit_changes (count) VALUES (0);
