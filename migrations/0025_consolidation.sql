-- Weak units: who was put on the list and why, what is done about it, until they stand by themselves.

CREATE TABLE consolidation_causes (
    key TEXT PRIMARY KEY,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_hi TEXT NOT NULL
);

-- What is known to help against a cause.
CREATE TABLE consolidation_remedies (
    key TEXT PRIMARY KEY,
    cause_key TEXT NOT NULL REFERENCES consolidation_causes (key),
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_hi TEXT NOT NULL
);

CREATE TABLE consolidation_cases (
    id BIGINT PRIMARY KEY,
    unit_id BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'not_put', 'open', 'watched', 'closed')),
    proposed_on TEXT NOT NULL,
    proposed_by BIGINT NOT NULL,
    entered_on TEXT,
    left_on TEXT,
    watch_until TEXT,
    closed_on TEXT,
    relapse_count BIGINT NOT NULL,
    helper_member_id BIGINT,
    group_name TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX consolidation_cases__unit_id_state ON consolidation_cases (unit_id, state, id);
CREATE INDEX consolidation_cases__state_watch_until ON consolidation_cases (state, watch_until);
CREATE INDEX consolidation_cases__helper_member_id ON consolidation_cases (helper_member_id, state);

CREATE TABLE consolidation_case_causes (
    case_id BIGINT NOT NULL REFERENCES consolidation_cases (id),
    cause_key TEXT NOT NULL REFERENCES consolidation_causes (key),
    PRIMARY KEY (case_id, cause_key)
);

-- The figures as they were when the unit was proposed.
CREATE TABLE consolidation_signs (
    case_id BIGINT NOT NULL REFERENCES consolidation_cases (id),
    noted_on TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    figure BIGINT,
    level BIGINT,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (case_id, noted_on, number)
);

CREATE TABLE consolidation_steps (
    case_id BIGINT NOT NULL REFERENCES consolidation_cases (id),
    number BIGINT NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('propose', 'put', 'not_put', 'note', 'urge', 'leave', 'relapse',
                                     'close')),
    text TEXT NOT NULL,
    acted_on TEXT NOT NULL,
    account_id BIGINT,
    by_name TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);
CREATE INDEX consolidation_steps__acted_on ON consolidation_steps (acted_on, act);

CREATE TABLE consolidation_measures (
    id BIGINT PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES consolidation_cases (id),
    text TEXT NOT NULL,
    remedy_key TEXT REFERENCES consolidation_remedies (key),
    owner_name TEXT NOT NULL,
    due_on TEXT NOT NULL,
    done_on TEXT,
    result TEXT NOT NULL
);
CREATE INDEX consolidation_measures__case_id ON consolidation_measures (case_id, due_on, id);

CREATE TABLE consolidation_exit_conditions (
    id BIGINT PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES consolidation_cases (id),
    kind TEXT NOT NULL CHECK (kind IN ('meeting_score', 'meetings_held', 'measures_done',
                                       'no_serious_findings', 'own')),
    target BIGINT NOT NULL,
    months BIGINT NOT NULL,
    text TEXT NOT NULL,
    accepted_on TEXT,
    accepted_by BIGINT,
    accepted_by_name TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX consolidation_exit_conditions__case_id ON consolidation_exit_conditions (case_id, id);

INSERT INTO consolidation_causes (key, name_vi, name_en, name_hi) VALUES
    ('few_members', 'Ít đảng viên', 'Few members', 'कम सदस्य'),
    ('old_age', 'Đảng viên tuổi cao, sức yếu', 'Members are old or frail', 'सदस्य वृद्ध या अशक्त हैं'),
    ('secretary_ability', 'Năng lực bí thư còn hạn chế', 'The secretary''s ability', 'सचिव की क्षमता सीमित'),
    ('disunity', 'Nội bộ mất đoàn kết', 'Internal disunity', 'आंतरिक फूट'),
    ('enterprise_trouble', 'Sản xuất, kinh doanh khó khăn', 'Production or the enterprise is in trouble',
     'उत्पादन या उद्यम संकट में'),
    ('irregular_meetings', 'Sinh hoạt không đều', 'Meetings are irregular', 'बैठकें अनियमित'),
    ('poor_leadership', 'Cấp ủy lãnh đạo yếu', 'The committee leads poorly', 'समिति का कमज़ोर नेतृत्व'),
    ('scattered_members', 'Đảng viên phân tán, đi làm xa', 'Members are scattered or work far away',
     'सदस्य बिखरे हुए या दूर काम करते हैं');

INSERT INTO consolidation_remedies (key, cause_key, name_vi, name_en, name_hi) VALUES
    ('find_candidates', 'few_members', 'Tạo nguồn, bồi dưỡng quần chúng ưu tú', 'Find and prepare candidates',
     'उम्मीदवार खोजना और तैयार करना'),
    ('join_neighbour', 'few_members', 'Ghép với chi bộ liền kề', 'Merge with a neighbouring cell',
     'पड़ोसी प्रकोष्ठ में विलय'),
    ('excuse_frail', 'old_age', 'Miễn sinh hoạt cho đảng viên sức yếu', 'Excuse frail members from meetings',
     'अशक्त सदस्यों को बैठकों से छूट'),
    ('train_secretary', 'secretary_ability', 'Bồi dưỡng nghiệp vụ, kèm cặp bí thư',
     'Train and coach the secretary', 'सचिव का प्रशिक्षण और मार्गदर्शन'),
    ('change_secretary', 'secretary_ability', 'Kiện toàn chức danh bí thư', 'Appoint another secretary',
     'नया सचिव नियुक्त करना'),
    ('mediate', 'disunity', 'Đối thoại, tự phê bình và phê bình dưới sự chủ trì của cấp trên',
     'Talk it out, chaired from above', 'ऊपरी निकाय की अध्यक्षता में संवाद'),
    ('working_rules', 'disunity', 'Xây dựng lại quy chế làm việc', 'Write new working rules',
     'कार्य नियम फिर से बनाना'),
    ('enterprise_plan', 'enterprise_trouble', 'Nghị quyết chuyên đề tháo gỡ khó khăn cho đơn vị',
     'A thematic resolution on the trouble of the enterprise', 'उद्यम की कठिनाई पर विषयगत संकल्प'),
    ('fixed_day', 'irregular_meetings', 'Cố định ngày sinh hoạt hằng tháng', 'Fix a day of the month for meetings',
     'मासिक बैठक का दिन तय करना'),
    ('attend_meetings', 'irregular_meetings', 'Cấp ủy viên phụ trách dự sinh hoạt',
     'A committee member attends the meetings', 'समिति सदस्य बैठकों में भाग ले'),
    ('strengthen_committee', 'poor_leadership', 'Kiện toàn cấp ủy, phân công lại', 'Strengthen the committee',
     'समिति को सुदृढ़ करना'),
    ('call_groups', 'scattered_members', 'Chia tổ đảng, giữ liên lạc với đảng viên đi xa',
     'Party groups that keep in touch with who is away', 'दूर के सदस्यों से संपर्क रखने वाले समूह');

INSERT INTO role_permissions (role_key, permission) VALUES
    ('member', 'consolidation.read'),
    ('secretary', 'consolidation.read'),
    ('secretary', 'consolidation.report'),
    ('commune_office', 'consolidation.read'),
    ('commune_office', 'consolidation.propose'),
    ('commune_office', 'consolidation.help'),
    ('block_office', 'consolidation.read'),
    ('block_office', 'consolidation.propose'),
    ('block_office', 'consolidation.decide'),
    ('block_office', 'consolidation.help'),
    ('block_office', 'consolidation.accept'),
    ('organising_commission', 'consolidation.read'),
    ('organising_commission', 'consolidation.propose'),
    ('organising_commission', 'consolidation.decide'),
    ('organising_commission', 'consolidation.help'),
    ('organising_commission', 'consolidation.accept'),
    ('inspector', 'consolidation.read'),
    ('leader', 'consolidation.read'),
    ('leader', 'consolidation.decide'),
    ('leader', 'consolidation.accept'),
    ('administrator', 'consolidation.read'),
    ('administrator', 'consolidation.propose'),
    ('administrator', 'consolidation.decide'),
    ('administrator', 'consolidation.help'),
    ('administrator', 'consolidation.accept'),
    ('administrator', 'consolidation.report');
