-- The month's board of the level above: who was urged, and what was said of a pattern worth a look.

CREATE TABLE urges (
    id BIGINT PRIMARY KEY,
    urging_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    from_unit_id BIGINT NOT NULL,
    month_on TEXT NOT NULL,
    urged_on TEXT NOT NULL,
    urged_at BIGINT NOT NULL,
    urged_by BIGINT NOT NULL,
    urged_by_name TEXT NOT NULL,
    note TEXT NOT NULL,
    UNIQUE (unit_id, urged_on)
);
CREATE INDEX urges__urged_on ON urges (urged_on, unit_id);
CREATE INDEX urges__urging_id ON urges (urging_id);

-- What the unit answers and what the level above found, the newest row of a unit, kind and year last.
CREATE TABLE pattern_remarks (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    said_as TEXT NOT NULL CHECK (said_as IN ('answer', 'fine')),
    text TEXT NOT NULL,
    said_on TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    said_by BIGINT NOT NULL,
    said_by_name TEXT NOT NULL
);
CREATE INDEX pattern_remarks__unit_id ON pattern_remarks (unit_id, year);

-- What the board may read of other capabilities' tables.
CREATE VIEW board_meetings AS
    SELECT id, unit_id, kind, meets_on, state, has_thematic_part, members_expected, members_present, summary, published_on,
           score_milli, maximum_milli, score_class
    FROM meetings;

CREATE VIEW board_resolutions AS
    SELECT id, meeting_id, unit_id, number_text, title, adopted_on FROM resolutions;

CREATE VIEW board_resolution_items AS
    SELECT resolution_id, unit_id, number, text, task_count FROM resolution_items;

CREATE VIEW board_contributions AS
    SELECT meeting_id, number, text FROM contributions;

CREATE VIEW board_item_tasks AS
    SELECT unit_id, state, due_on, done_on FROM tasks WHERE origin = 'resolution_item';

INSERT INTO role_permissions (role_key, permission) VALUES
    ('commune_office', 'month_board.read'),
    ('commune_office', 'month_board.urge'),
    ('commune_office', 'month_board.review'),
    ('block_office', 'month_board.read'),
    ('block_office', 'month_board.urge'),
    ('block_office', 'month_board.review'),
    ('organising_commission', 'month_board.read'),
    ('organising_commission', 'month_board.urge'),
    ('organising_commission', 'month_board.review'),
    ('inspector', 'month_board.read'),
    ('leader', 'month_board.read'),
    ('administrator', 'month_board.read'),
    ('administrator', 'month_board.urge'),
    ('administrator', 'month_board.review');
