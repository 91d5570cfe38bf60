-- Orders of working groups: who visits which units from when until when.

CREATE TABLE visit_orders (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    number_text TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('survey', 'attend_meeting', 'check_consolidation', 'guide_directive')),
    subject TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    plan_seed BIGINT,
    ended_at BIGINT,
    end_reason TEXT NOT NULL,
    ordered_by BIGINT NOT NULL,
    ordered_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CHECK (until_on >= from_on)
);
CREATE INDEX visit_orders__unit_id_until_on ON visit_orders (unit_id, until_on, id);

CREATE TABLE visit_order_units (
    order_id BIGINT NOT NULL REFERENCES visit_orders (id),
    unit_id BIGINT NOT NULL,
    PRIMARY KEY (order_id, unit_id)
);
CREATE INDEX visit_order_units__unit_id ON visit_order_units (unit_id);

CREATE TABLE visit_order_members (
    order_id BIGINT NOT NULL REFERENCES visit_orders (id),
    account_id BIGINT NOT NULL,
    is_leader BIGINT NOT NULL,
    PRIMARY KEY (order_id, account_id)
);
CREATE INDEX visit_order_members__account_id ON visit_order_members (account_id);

-- A visit may be made under an order.
ALTER TABLE visits ADD COLUMN order_id BIGINT;
CREATE INDEX visits__order_id ON visits (order_id);

INSERT INTO role_permissions (role_key, permission) VALUES
    ('commune_office', 'visits.order'),
    ('block_office', 'visits.order'),
    ('organising_commission', 'visits.order'),
    ('administrator', 'visits.order'),
    ('secretary', 'visits.report'),
    ('commune_office', 'visits.report'),
    ('block_office', 'visits.report'),
    ('administrator', 'visits.report');
