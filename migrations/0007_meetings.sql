-- Units plan meetings, hold them, call the roll, note who said what, and score them.

CREATE TABLE meetings (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('regular', 'thematic', 'committee', 'other')),
    subject TEXT NOT NULL,
    planned_for BIGINT NOT NULL,
    meets_on TEXT NOT NULL,
    place TEXT NOT NULL,
    has_thematic_part BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
    started_at BIGINT,
    ended_at BIGINT,
    clock_started_at BIGINT,
    clock_ended_at BIGINT,
    times_reason TEXT NOT NULL,
    documents_sent_on TEXT,
    chair_id BIGINT,
    minute_taker_id BIGINT,
    unit_members BIGINT NOT NULL,
    has_committee BIGINT NOT NULL,
    members_expected BIGINT NOT NULL,
    members_present BIGINT NOT NULL,
    excused_count BIGINT NOT NULL,
    unexcused_count BIGINT NOT NULL,
    speaker_count BIGINT NOT NULL,
    running_excused_count BIGINT NOT NULL,
    results_total BIGINT,
    results_done BIGINT,
    summary TEXT NOT NULL,
    published_on TEXT,
    cancel_reason TEXT NOT NULL,
    score_milli BIGINT,
    maximum_milli BIGINT,
    score_class TEXT,
    score_rulebook TEXT,
    recorded_by BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CHECK (state <> 'held' OR (started_at IS NOT NULL AND ended_at IS NOT NULL)),
    CHECK (members_expected = members_present + excused_count + unexcused_count)
);
CREATE INDEX meetings__unit_id_meets_on ON meetings (unit_id, meets_on, id);
CREATE INDEX meetings__meets_on ON meetings (meets_on, id);

CREATE TABLE contributions (
    id BIGINT PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    member_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    about TEXT NOT NULL,
    UNIQUE (meeting_id, number)
);
CREATE INDEX contributions__member_id ON contributions (member_id, id);

CREATE TABLE agenda_items (
    id BIGINT PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('own', 'open_item', 'advice', 'directive', 'recognition', 'reminder')),
    source_id BIGINT,
    UNIQUE (meeting_id, number)
);
-- Who carried a reminder of the level above; open items and advice are many and nobody asks for them so.
CREATE INDEX agenda_items__source_id ON agenda_items (source_id) WHERE source_kind = 'reminder';

-- What a unit says of its own meeting: "fact=value" pairs with commas between, facts of the meeting rulebook.
CREATE TABLE meeting_self_marks (
    meeting_id BIGINT PRIMARY KEY,
    marks TEXT NOT NULL,
    scored_by BIGINT NOT NULL,
    scored_at BIGINT NOT NULL
);
