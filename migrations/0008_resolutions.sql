-- What meetings decide, item by item, and the sentences the items come from.

CREATE TABLE resolutions (
    id BIGINT PRIMARY KEY,
    meeting_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    term_begins_on TEXT NOT NULL,
    number BIGINT NOT NULL,
    number_text TEXT NOT NULL,
    title TEXT NOT NULL,
    adopted_on TEXT NOT NULL,
    votes_for BIGINT NOT NULL,
    votes_called BIGINT NOT NULL,
    needs_two_thirds BIGINT NOT NULL,
    adopted_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (unit_id, term_begins_on, number)
);
CREATE INDEX resolutions__unit_id_adopted_on ON resolutions (unit_id, adopted_on, id);
CREATE INDEX resolutions__meeting_id ON resolutions (meeting_id);

CREATE TABLE resolution_items (
    id BIGINT PRIMARY KEY,
    resolution_id BIGINT NOT NULL REFERENCES resolutions (id),
    unit_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    task_count BIGINT NOT NULL,
    carried_over BIGINT NOT NULL,
    closed_as TEXT NOT NULL CHECK (closed_as IN ('open', 'done', 'dropped')),
    closed_on TEXT,
    close_reason TEXT NOT NULL,
    closed_by_resolution_id BIGINT,
    votes_for BIGINT,
    votes_called BIGINT NOT NULL,
    needs_two_thirds BIGINT NOT NULL,
    ledger_outcome TEXT NOT NULL CHECK (ledger_outcome IN ('none', 'carried_over', 'done', 'dropped')),
    UNIQUE (resolution_id, number)
);
CREATE INDEX resolution_items__unit_id_closed_as ON resolution_items (unit_id, closed_as);

-- How the items of earlier resolutions stood when a meeting began and what came of them, frozen with the
-- resolution the meeting adopted.
CREATE TABLE ledger_lines (
    resolution_id BIGINT NOT NULL REFERENCES resolutions (id),
    number BIGINT NOT NULL,
    resolution_item_id BIGINT NOT NULL,
    item_number_text TEXT NOT NULL,
    item_text TEXT NOT NULL,
    carried_over BIGINT NOT NULL,
    task_id BIGINT,
    task_title TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    due_on TEXT,
    start_state TEXT NOT NULL,
    start_progress BIGINT NOT NULL,
    result TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('carried_over', 'done', 'dropped')),
    reason TEXT NOT NULL,
    PRIMARY KEY (resolution_id, number)
);

-- What a correction replaced: the wording of a resolution under each earlier version, as JSON.
CREATE TABLE resolution_versions (
    resolution_id BIGINT NOT NULL REFERENCES resolutions (id),
    version BIGINT NOT NULL,
    wording TEXT NOT NULL,
    PRIMARY KEY (resolution_id, version)
);

CREATE TABLE citations (
    resolution_item_id BIGINT NOT NULL REFERENCES resolution_items (id),
    kind TEXT NOT NULL CHECK (kind IN ('contribution', 'advice', 'directive', 'resolution_item')),
    cited_id BIGINT NOT NULL,
    PRIMARY KEY (resolution_item_id, kind, cited_id)
);
CREATE INDEX citations__cited_id ON citations (cited_id);
