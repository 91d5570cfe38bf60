-- Who may sign in, and what they may do where. Of passwords and session tokens only hashes are kept.

CREATE TABLE accounts (
    id BIGINT PRIMARY KEY,
    user_name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    member_id BIGINT,
    home_unit_id BIGINT NOT NULL REFERENCES units (id),
    language TEXT NOT NULL CHECK (language IN ('vi', 'en', 'hi')),
    is_locked BIGINT NOT NULL CHECK (is_locked IN (0, 1)),
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX accounts__user_name ON accounts (user_name);
CREATE INDEX accounts__home_unit_id ON accounts (home_unit_id, folded_name, id);
CREATE INDEX accounts__folded_name ON accounts (folded_name, id);
CREATE INDEX accounts__member_id ON accounts (member_id);

CREATE TABLE sessions (
    id BIGINT PRIMARY KEY,
    token_hash TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    remote_address TEXT NOT NULL,
    device TEXT NOT NULL
);
CREATE UNIQUE INDEX sessions__token_hash ON sessions (token_hash);
CREATE INDEX sessions__account_id ON sessions (account_id);

CREATE TABLE roles (
    key TEXT PRIMARY KEY,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_hi TEXT NOT NULL
);

CREATE TABLE role_permissions (
    role_key TEXT NOT NULL REFERENCES roles (key),
    permission TEXT NOT NULL,
    PRIMARY KEY (role_key, permission)
);

-- The roles that whoever holds a role may give, over the units and for the days they hold it.
CREATE TABLE role_given_roles (
    role_key TEXT NOT NULL REFERENCES roles (key),
    given_role_key TEXT NOT NULL REFERENCES roles (key),
    PRIMARY KEY (role_key, given_role_key)
);

-- until_on is the first day a grant no longer holds.
CREATE TABLE grants (
    id BIGINT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    role_key TEXT NOT NULL REFERENCES roles (key),
    unit_id BIGINT NOT NULL REFERENCES units (id),
    from_on TEXT NOT NULL,
    until_on TEXT,
    CHECK (until_on IS NULL OR until_on > from_on)
);
CREATE INDEX grants__account_id ON grants (account_id);
CREATE INDEX grants__unit_id ON grants (unit_id);

-- The roles to begin with; an installation may change them and add others.
INSERT INTO roles (key, name_vi, name_en, name_hi) VALUES
    ('member', 'Đảng viên', 'Member', 'सदस्य'),
    ('secretary', 'Bí thư chi bộ', 'Cell secretary', 'प्रकोष्ठ सचिव'),
    ('commune_office', 'Văn phòng đảng ủy cơ sở', 'Office of a grassroots organisation', 'जमीनी संगठन का कार्यालय'),
    ('block_office', 'Cơ quan đảng ủy cấp trên cơ sở', 'Office of a district or block committee', 'ज़िला या ब्लॉक समिति का कार्यालय'),
    ('organising_commission', 'Ban tổ chức', 'Organising commission', 'आयोजन समिति'),
    ('inspector', 'Đoàn công tác, kiểm tra', 'Inspector or working group', 'निरीक्षक या कार्य समूह'),
    ('leader', 'Lãnh đạo', 'Leader', 'नेतृत्व'),
    ('administrator', 'Quản trị hệ thống', 'Administrator', 'प्रशासक');

INSERT INTO role_permissions (role_key, permission) VALUES
    ('member', 'organisation.read'),
    ('member', 'members.read'),
    ('member', 'meetings.read'),
    ('member', 'resolutions.read'),
    ('member', 'tasks.read'),
    ('member', 'visits.read'),
    ('member', 'classification.read'),
    ('member', 'dashboard.read');

INSERT INTO role_permissions (role_key, permission) VALUES
    ('secretary', 'organisation.read'),
    ('secretary', 'members.read'),
    ('secretary', 'meetings.read'),
    ('secretary', 'resolutions.read'),
    ('secretary', 'tasks.read'),
    ('secretary', 'visits.read'),
    ('secretary', 'classification.read'),
    ('secretary', 'dashboard.read'),
    ('secretary', 'members.read_file'),
    ('secretary', 'meetings.plan'),
    ('secretary', 'meetings.record'),
    ('secretary', 'resolutions.adopt'),
    ('secretary', 'tasks.assign'),
    ('secretary', 'tasks.report'),
    ('secretary', 'tasks.check'),
    ('secretary', 'classification.self_assess');

INSERT INTO role_permissions (role_key, permission) VALUES
    ('commune_office', 'organisation.read'),
    ('commune_office', 'members.read'),
    ('commune_office', 'meetings.choose_rulebook'),
    ('commune_office', 'meetings.read'),
    ('commune_office', 'resolutions.read'),
    ('commune_office', 'tasks.read'),
    ('commune_office', 'visits.read'),
    ('commune_office', 'classification.read'),
    ('commune_office', 'dashboard.read'),
    ('commune_office', 'members.read_file'),
    ('commune_office', 'members.change'),
    ('commune_office', 'tasks.assign'),
    ('commune_office', 'tasks.report'),
    ('commune_office', 'tasks.check'),
    ('commune_office', 'meetings.plan'),
    ('commune_office', 'visits.record'),
    ('commune_office', 'visits.confirm'),
    ('commune_office', 'classification.self_assess'),
    ('commune_office', 'classification.propose'),
    ('commune_office', 'exchange.import'),
    ('commune_office', 'accounts.read'),
    ('commune_office', 'accounts.change'),
    ('commune_office', 'audit.read');

INSERT INTO role_permissions (role_key, permission) VALUES
    ('block_office', 'organisation.read'),
    ('block_office', 'members.read'),
    ('block_office', 'meetings.choose_rulebook'),
    ('block_office', 'meetings.read'),
    ('block_office', 'resolutions.read'),
    ('block_office', 'tasks.read'),
    ('block_office', 'visits.read'),
    ('block_office', 'classification.read'),
    ('block_office', 'dashboard.read'),
    ('block_office', 'organisation.change'),
    ('block_office', 'members.read_file'),
    ('block_office', 'members.change'),
    ('block_office', 'tasks.assign'),
    ('block_office', 'tasks.report'),
    ('block_office', 'tasks.check'),
    ('block_office', 'meetings.plan'),
    ('block_office', 'visits.record'),
    ('block_office', 'visits.confirm'),
    ('block_office', 'classification.self_assess'),
    ('block_office', 'classification.propose'),
    ('block_office', 'exchange.import'),
    ('block_office', 'accounts.read'),
    ('block_office', 'accounts.change'),
    ('block_office', 'audit.read');

INSERT INTO role_permissions (role_key, permission) VALUES
    ('organising_commission', 'organisation.read'),
    ('organising_commission', 'members.read'),
    ('organising_commission', 'meetings.choose_rulebook'),
    ('organising_commission', 'meetings.read'),
    ('organising_commission', 'resolutions.read'),
    ('organising_commission', 'tasks.read'),
    ('organising_commission', 'visits.read'),
    ('organising_commission', 'classification.read'),
    ('organising_commission', 'dashboard.read'),
    ('organising_commission', 'organisation.change'),
    ('organising_commission', 'members.read_file'),
    ('organising_commission', 'members.change'),
    ('organising_commission', 'tasks.assign'),
    ('organising_commission', 'tasks.check'),
    ('organising_commission', 'visits.record'),
    ('organising_commission', 'visits.confirm'),
    ('organising_commission', 'classification.propose'),
    ('organising_commission', 'exchange.import'),
    ('organising_commission', 'accounts.read'),
    ('organising_commission', 'audit.read'),
    ('organising_commission', 'jobs.read');

INSERT INTO role_permissions (role_key, permission) VALUES
    ('inspector', 'organisation.read'),
    ('inspector', 'members.read'),
    ('inspector', 'meetings.read'),
    ('inspector', 'resolutions.read'),
    ('inspector', 'tasks.read'),
    ('inspector', 'visits.read'),
    ('inspector', 'visits.record'),
    ('inspector', 'visits.confirm'),
    ('inspector', 'classification.read'),
    ('inspector', 'dashboard.read');

INSERT INTO role_permissions (role_key, permission) VALUES
    ('leader', 'organisation.read'),
    ('leader', 'members.read'),
    ('leader', 'meetings.read'),
    ('leader', 'resolutions.read'),
    ('leader', 'tasks.read'),
    ('leader', 'visits.read'),
    ('leader', 'classification.read'),
    ('leader', 'dashboard.read');

INSERT INTO role_permissions (role_key, permission) VALUES
    ('administrator', 'accounts.change'),
    ('administrator', 'accounts.change_roles'),
    ('administrator', 'accounts.read'),
    ('administrator', 'audit.read'),
    ('administrator', 'classification.propose'),
    ('administrator', 'classification.read'),
    ('administrator', 'classification.self_assess'),
    ('administrator', 'dashboard.read'),
    ('administrator', 'exchange.import'),
    ('administrator', 'jobs.read'),
    ('administrator', 'meetings.plan'),
    ('administrator', 'meetings.choose_rulebook'),
    ('administrator', 'meetings.read'),
    ('administrator', 'meetings.record'),
    ('administrator', 'members.change'),
    ('administrator', 'members.read'),
    ('administrator', 'members.read_file'),
    ('administrator', 'organisation.change'),
    ('administrator', 'organisation.read'),
    ('administrator', 'resolutions.adopt'),
    ('administrator', 'resolutions.read'),
    ('administrator', 'tasks.assign'),
    ('administrator', 'tasks.check'),
    ('administrator', 'tasks.read'),
    ('administrator', 'tasks.report'),
    ('administrator', 'visits.confirm'),
    ('administrator', 'visits.read'),
    ('administrator', 'visits.record');

INSERT INTO role_given_roles (role_key, given_role_key) VALUES
    ('commune_office', 'member'),
    ('commune_office', 'secretary'),
    ('commune_office', 'commune_office'),
    ('commune_office', 'inspector'),
    ('commune_office', 'leader');

INSERT INTO role_given_roles (role_key, given_role_key) VALUES
    ('block_office', 'member'),
    ('block_office', 'secretary'),
    ('block_office', 'commune_office'),
    ('block_office', 'block_office'),
    ('block_office', 'inspector'),
    ('block_office', 'leader');

INSERT INTO role_given_roles (role_key, given_role_key) VALUES
    ('administrator', 'member'),
    ('administrator', 'secretary'),
    ('administrator', 'commune_office'),
    ('administrator', 'block_office'),
    ('administrator', 'organising_commission'),
    ('administrator', 'inspector'),
    ('administrator', 'leader'),
    ('administrator', 'administrator');
