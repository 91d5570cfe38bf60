-- Units plan meetings, hold them, call the roll, note who said what, and score them.

CREATE TABLE meetings (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('regular', 'thematic', 'committee', 'joint', 'other')),
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
    documents_sent_at BIGINT,
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
CREATE INDEX meetings__meets_on ON meetings (meets_on, id, unit_id, state, kind, score_class, score_milli);

CREATE TABLE contributions (
    id BIGINT PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    member_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    about TEXT NOT NULL,
    UNIQUE (meeting_id, number)
);

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

-- What came by itself and one meeting leaves out.
CREATE TABLE agenda_set_asides (
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    source_kind TEXT NOT NULL,
    source_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (meeting_id, source_kind, source_id)
);

-- The units of a joint meeting beside the one that holds it.
CREATE TABLE meeting_units (
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    unit_id BIGINT NOT NULL,
    PRIMARY KEY (meeting_id, unit_id)
);
CREATE INDEX meeting_units__unit_id ON meeting_units (unit_id, meeting_id);

-- A planned meeting was moved or cancelled, or taken up again.
CREATE TABLE meeting_plan_changes (
    id BIGINT PRIMARY KEY,
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    kind TEXT NOT NULL CHECK (kind IN ('moved', 'cancelled', 'restored')),
    planned_before BIGINT NOT NULL,
    planned_after BIGINT NOT NULL,
    place_before TEXT NOT NULL,
    place_after TEXT NOT NULL,
    reason TEXT NOT NULL,
    told TEXT NOT NULL,
    told_count BIGINT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_by_name TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX meeting_plan_changes__meeting_id ON meeting_plan_changes (meeting_id, id);

-- A unit meets by a rule; the days on which a meeting was due are kept with the meeting planned for each.
CREATE TABLE meeting_series (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('regular', 'thematic', 'committee', 'other')),
    subject TEXT NOT NULL,
    place TEXT NOT NULL,
    has_thematic_part BIGINT NOT NULL,
    every_months BIGINT NOT NULL,
    day_of_month BIGINT,
    week BIGINT,
    weekday BIGINT,
    minute_of_day BIGINT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    follows_id BIGINT REFERENCES meeting_series (id),
    reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CHECK ((day_of_month IS NULL) = (week IS NOT NULL)),
    CHECK ((week IS NULL) = (weekday IS NULL))
);
CREATE INDEX meeting_series__unit_id ON meeting_series (unit_id, id);

CREATE TABLE meeting_series_days (
    series_id BIGINT NOT NULL REFERENCES meeting_series (id),
    due_on TEXT NOT NULL,
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    PRIMARY KEY (series_id, due_on)
);
CREATE UNIQUE INDEX meeting_series_days__meeting_id ON meeting_series_days (meeting_id);
