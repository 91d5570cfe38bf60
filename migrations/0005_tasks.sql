-- Who does what until when, where it comes from, and what came of it.

CREATE TABLE tasks (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('member', 'unit')),
    owner_member_id BIGINT,
    owner_unit_id BIGINT,
    answerable_name TEXT NOT NULL,
    due_on TEXT NOT NULL,
    origin TEXT NOT NULL,
    origin_id BIGINT,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    progress BIGINT NOT NULL CHECK (progress BETWEEN 0 AND 100),
    result TEXT NOT NULL,
    is_exceeded BIGINT NOT NULL,
    done_on TEXT,
    done_by BIGINT,
    done_by_member_id BIGINT,
    checked_by BIGINT,
    checked_on TEXT,
    dropped_on TEXT,
    drop_reason TEXT NOT NULL,
    return_reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CHECK ((owner_kind = 'member') = (owner_member_id IS NOT NULL)),
    CHECK ((owner_kind = 'unit') = (owner_unit_id IS NOT NULL))
);
CREATE INDEX tasks__unit_id_due_on ON tasks (unit_id, due_on, id);
CREATE INDEX tasks__due_on ON tasks (due_on, id);
CREATE INDEX tasks__state_due_on ON tasks (state, due_on, id);
CREATE INDEX tasks__owner_member_id_due_on ON tasks (owner_member_id, due_on, id);
CREATE INDEX tasks__owner_unit_id_due_on ON tasks (owner_unit_id, due_on, id);
CREATE INDEX tasks__origin_id ON tasks (origin_id);
CREATE INDEX tasks__unit_id_origin ON tasks (unit_id, origin, origin_id, state);

-- What happened to a task, step by step, in the order of ids.
CREATE TABLE task_steps (
    id BIGINT PRIMARY KEY,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    text TEXT NOT NULL,
    progress BIGINT NOT NULL,
    due_on TEXT NOT NULL
);
CREATE INDEX task_steps__task_id ON task_steps (task_id, id);
