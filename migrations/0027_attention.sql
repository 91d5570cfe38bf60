-- What the page of attention may read of obstacles.

CREATE VIEW report_obstacles AS
    SELECT holder_id, state, due_on FROM obstacles;
