-- Working groups visit units, note what they find, and leave advice that stays open until it is answered.

CREATE TABLE visits (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    visited_on TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('survey', 'meeting_attended', 'consolidation_check', 'directive_guided')),
    group_name TEXT NOT NULL,
    visitors TEXT NOT NULL,
    meeting_id BIGINT,
    score BIGINT CHECK (score BETWEEN 0 AND 100),
    strengths TEXT NOT NULL,
    limits TEXT NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL
);
CREATE INDEX visits__unit_id_visited_on ON visits (unit_id, visited_on, id);
CREATE INDEX visits__meeting_id ON visits (meeting_id);

CREATE TABLE advice_items (
    id BIGINT PRIMARY KEY,
    visit_id BIGINT NOT NULL REFERENCES visits (id),
    unit_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    expected_change TEXT NOT NULL,
    check_on TEXT NOT NULL,
    weight TEXT NOT NULL CHECK (weight IN ('light', 'medium', 'heavy')),
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'refused', 'refusal_accepted', 'confirmed', 'withdrawn')),
    answered_by_item_id BIGINT,
    answered_on TEXT,
    confirmed_by BIGINT,
    confirmed_on TEXT,
    effect TEXT NOT NULL,
    refusal_reason TEXT NOT NULL,
    refused_by BIGINT,
    refused_on TEXT,
    refusal_reply TEXT NOT NULL,
    replied_by BIGINT,
    replied_on TEXT,
    UNIQUE (visit_id, number)
);
CREATE INDEX advice_items__unit_id_state ON advice_items (unit_id, state);
CREATE INDEX advice_items__check_on ON advice_items (check_on, id);
