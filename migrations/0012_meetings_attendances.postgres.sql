-- One row for each member expected at a meeting: the largest table, so it has one index only.
CREATE TABLE attendances (
    meeting_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    mark TEXT NOT NULL CHECK (mark IN ('present', 'excused', 'absent')),
    reason TEXT NOT NULL,
    PRIMARY KEY (meeting_id, member_id)
);
