-- Which meeting rulebook counts where, and what units and visitors score line by line.

-- A unit chooses for itself and everything below it, from a day on. An empty rulebook: as decided above.
CREATE TABLE meeting_rulebook_choices (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    from_on TEXT NOT NULL,
    rulebook TEXT NOT NULL,
    reason TEXT NOT NULL,
    chosen_by BIGINT NOT NULL,
    chosen_at BIGINT NOT NULL
);
CREATE INDEX meeting_rulebook_choices__from_on ON meeting_rulebook_choices (from_on, id);
CREATE INDEX meeting_rulebook_choices__unit_id ON meeting_rulebook_choices (unit_id, from_on, id);

-- The sheet of a visitor; everybody who attended has at most one for a meeting.
CREATE TABLE meeting_visitor_sheets (
    id BIGINT PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    unit_id BIGINT NOT NULL,
    group_name TEXT NOT NULL,
    note TEXT NOT NULL,
    scored_by BIGINT NOT NULL,
    scored_at BIGINT NOT NULL,
    UNIQUE (meeting_id, scored_by)
);

-- Points somebody gives a criterion. sheet_id 0: the unit itself, where it sees more or less than the record.
CREATE TABLE meeting_figures (
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    sheet_id BIGINT NOT NULL,
    criterion TEXT NOT NULL,
    points_milli BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (meeting_id, sheet_id, criterion)
);
