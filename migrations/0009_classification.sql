-- The class of every unit and member for a year, as the last review proposed it.

CREATE TABLE unit_classes (
    unit_id BIGINT NOT NULL,
    year BIGINT NOT NULL,
    state TEXT NOT NULL,
    score_milli BIGINT NOT NULL,
    class_number BIGINT NOT NULL,
    class_key TEXT NOT NULL,
    is_weak BIGINT NOT NULL,
    PRIMARY KEY (unit_id, year)
);
CREATE INDEX unit_classes__year ON unit_classes (year);
