-- What people are told in the app and by e-mail, invitations to meetings, and calendars that programs read.

-- One row per recipient. The sentence is made when it is read: kind and values say what it tells.
CREATE TABLE notices (
    id BIGINT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    member_id BIGINT,
    kind TEXT NOT NULL,
    unit_id BIGINT NOT NULL,
    thing_id BIGINT NOT NULL,
    link TEXT NOT NULL,
    told_values TEXT NOT NULL,
    told_by TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX notices__account_id ON notices (account_id, id);
CREATE INDEX notices__unread ON notices (account_id, id) WHERE read_at IS NULL;
CREATE INDEX notices__thing_id ON notices (thing_id, id);

-- The e-mail of a notice, while it waits and what came of it.
CREATE TABLE notice_mails (
    notice_id BIGINT PRIMARY KEY REFERENCES notices (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts BIGINT NOT NULL,
    fault TEXT NOT NULL,
    ended_at BIGINT,
    stop_hash TEXT
);
CREATE UNIQUE INDEX notice_mails__stop_hash ON notice_mails (stop_hash);

-- Where an account's mail goes. Only a confirmed address gets anything but the code that confirms it.
CREATE TABLE notice_addresses (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id),
    address TEXT NOT NULL,
    code_hash TEXT,
    code_made_at BIGINT,
    codes_sent BIGINT NOT NULL,
    wrong_codes BIGINT NOT NULL,
    confirmed_at BIGINT,
    stopped_at BIGINT,
    fault TEXT NOT NULL
);

-- Kinds an account does not want by e-mail.
CREATE TABLE notice_refusals (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    PRIMARY KEY (account_id, kind)
);

-- What members were last told of a meeting.
CREATE TABLE notice_invitations (
    meeting_id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    first_sent_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    sent_by TEXT NOT NULL,
    subject TEXT NOT NULL,
    planned_for BIGINT NOT NULL,
    place TEXT NOT NULL,
    agenda TEXT NOT NULL,
    is_cancelled BIGINT NOT NULL CHECK (is_cancelled IN (0, 1))
);

-- The private address of a person's calendar, of which only a hash is kept.
CREATE TABLE notice_calendars (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id),
    secret_hash TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX notice_calendars__secret_hash ON notice_calendars (secret_hash);

-- How far the audit trail was followed; one row.
CREATE TABLE notice_trail (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    position BIGINT NOT NULL
);
