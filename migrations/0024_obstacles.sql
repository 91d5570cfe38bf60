-- What units cannot solve themselves, until it is gone.

CREATE TABLE obstacle_cases (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    opened_by BIGINT NOT NULL
);

CREATE TABLE obstacles (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    raised_by_unit_id BIGINT NOT NULL,
    raised_by_unit_name TEXT NOT NULL,
    holder_id BIGINT NOT NULL,
    above TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('owed', 'answered', 'gone', 'accepted', 'lapsed', 'withdrawn')),
    text TEXT NOT NULL,
    since_on TEXT NOT NULL,
    tried TEXT NOT NULL,
    asked TEXT NOT NULL,
    raised_on TEXT NOT NULL,
    raised_by BIGINT NOT NULL,
    owed_since TEXT NOT NULL,
    due_on TEXT NOT NULL,
    done_by TEXT,
    answered_by BIGINT,
    is_reopened BIGINT NOT NULL,
    step_count BIGINT NOT NULL,
    case_id BIGINT REFERENCES obstacle_cases (id),
    ended_on TEXT
);
CREATE INDEX obstacles__due_on ON obstacles (due_on, id);
CREATE INDEX obstacles__unit_id_due_on ON obstacles (unit_id, due_on, id);
CREATE INDEX obstacles__holder_id_state ON obstacles (holder_id, state, due_on, id);
CREATE INDEX obstacles__case_id ON obstacles (case_id);
CREATE INDEX obstacles__state ON obstacles (state, id);

-- The story of each, act after act; whose silence it was too.
CREATE TABLE obstacle_steps (
    obstacle_id BIGINT NOT NULL REFERENCES obstacles (id),
    number BIGINT NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('raise', 'solve', 'answer', 'pass_up', 'silence', 'confirm', 'accept',
                                     'no_word', 'reopen', 'withdraw', 'hand_over')),
    unit_id BIGINT NOT NULL,
    to_unit_id BIGINT,
    text TEXT NOT NULL,
    done_by TEXT,
    acted_on TEXT NOT NULL,
    owed_since TEXT NOT NULL,
    due_on TEXT NOT NULL,
    account_id BIGINT,
    by_name TEXT NOT NULL,
    PRIMARY KEY (obstacle_id, number)
);
CREATE INDEX obstacle_steps__acted_on ON obstacle_steps (acted_on, act, unit_id);

INSERT INTO role_permissions (role_key, permission) VALUES
    ('member', 'obstacles.read'),
    ('secretary', 'obstacles.read'),
    ('secretary', 'obstacles.raise'),
    ('secretary', 'obstacles.answer'),
    ('group_speaker', 'obstacles.read'),
    ('group_speaker', 'obstacles.raise'),
    ('commune_office', 'obstacles.read'),
    ('commune_office', 'obstacles.raise'),
    ('commune_office', 'obstacles.answer'),
    ('block_office', 'obstacles.read'),
    ('block_office', 'obstacles.raise'),
    ('block_office', 'obstacles.answer'),
    ('organising_commission', 'obstacles.read'),
    ('organising_commission', 'obstacles.answer'),
    ('inspector', 'obstacles.read'),
    ('leader', 'obstacles.read'),
    ('administrator', 'obstacles.read'),
    ('administrator', 'obstacles.raise'),
    ('administrator', 'obstacles.answer');
