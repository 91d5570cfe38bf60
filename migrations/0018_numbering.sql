-- Numbers of papers: continuous per unit, kind and term.

-- On begins_on a term of the unit begins, and of all units below it that have no term of their own.
CREATE TABLE terms (
    unit_id BIGINT NOT NULL,
    begins_on TEXT NOT NULL,
    PRIMARY KEY (unit_id, begins_on)
);

CREATE TABLE number_series (
    unit_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('minutes', 'resolution', 'conclusion', 'score_sheet')),
    term_begins_on TEXT NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (unit_id, kind, term_begins_on)
);
