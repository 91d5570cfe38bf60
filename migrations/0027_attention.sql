-- What the page of attention may read of obstacles and of consolidation.

CREATE VIEW report_obstacles AS
    SELECT holder_id, state, due_on FROM obstacles;

CREATE VIEW report_consolidation AS
    SELECT unit_id, state FROM consolidation_cases;

-- Units that came on the list of weak units, left it, or came back.
CREATE VIEW report_consolidation_moves AS
    SELECT cases.unit_id, steps.act, steps.acted_on
    FROM consolidation_steps steps JOIN consolidation_cases cases ON cases.id = steps.case_id
    WHERE steps.act IN ('put', 'leave', 'relapse');
