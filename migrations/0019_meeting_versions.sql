-- What a correction replaced: the record of a meeting as it stood under each earlier version, as JSON.

CREATE TABLE meeting_record_versions (
    meeting_id BIGINT NOT NULL REFERENCES meetings (id),
    version BIGINT NOT NULL,
    happening TEXT NOT NULL,
    recorded_by BIGINT NOT NULL,
    reason TEXT NOT NULL,
    replaced_by BIGINT NOT NULL,
    replaced_by_name TEXT NOT NULL,
    replaced_at BIGINT NOT NULL,
    PRIMARY KEY (meeting_id, version)
);
