-- What the dashboard may read of other capabilities' tables.

CREATE VIEW report_members AS
    SELECT unit_id, stage FROM members WHERE left_on IS NULL;

CREATE VIEW report_meetings AS
    SELECT unit_id, meets_on, score_milli, score_class, members_present, members_expected FROM meetings WHERE state = 'held';

CREATE VIEW report_tasks AS
    SELECT unit_id, state, due_on, done_on FROM tasks;

CREATE VIEW report_advice AS
    SELECT unit_id, state, check_on FROM advice_items;

CREATE VIEW report_unit_classes AS
    SELECT unit_id, year, class_number, is_weak FROM unit_classes;

CREATE VIEW report_visits AS
    SELECT unit_id, visited_on FROM visits;
