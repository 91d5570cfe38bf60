#include "consolidation/consolidation_store.h"

namespace gw::consolidation {

namespace {

struct SignRow {
    ConsolidationId case_id;
    Date noted_on{};
    std::int64_t number = 1;
    SignKind kind = SignKind::class_not_completed;
    std::optional<std::int64_t> figure, level;
    std::string name, source;
};
BOOST_DESCRIBE_STRUCT(SignRow, (), (case_id, noted_on, number, kind, figure, level, name, source))

}  // namespace

std::optional<Case> find_case(Db& db, ConsolidationId case_id) {
    return db.one<Case>("SELECT * FROM consolidation_cases WHERE id = :id", {{"id", case_id}});
}

std::optional<Case> find_running(Db& db, UnitId unit_id) {
    return db.one<Case>(
        "SELECT * FROM consolidation_cases WHERE unit_id = :unit_id AND state IN ('proposed', 'open', "
        "'watched')",
        {{"unit_id", unit_id}});
}

std::vector<Case> running_cases(Db& db) {
    return db.list<Case>(
        "SELECT * FROM consolidation_cases WHERE state IN ('proposed', 'open', 'watched') ORDER BY id");
}

std::vector<Case> open_cases(Db& db) {
    return db.list<Case>("SELECT * FROM consolidation_cases WHERE state = 'open' ORDER BY id");
}

std::vector<Case> open_cases_of_helper(Db& db, MemberId member_id) {
    return db.list<Case>(
        "SELECT * FROM consolidation_cases WHERE helper_member_id = :member_id AND state = 'open' ORDER BY "
        "id",
        {{"member_id", member_id}});
}

std::vector<Case> entered_cases(Db& db) {
    return db.list<Case>("SELECT * FROM consolidation_cases WHERE entered_on IS NOT NULL ORDER BY id");
}

std::vector<Case> watches_over(Db& db, Date day) {
    return db.list<Case>(
        "SELECT * FROM consolidation_cases WHERE state = 'watched' AND watch_until < :day ORDER BY id",
        {{"day", day}});
}

std::vector<CaseCounts> counts_of_running(Db& db) {
    return db.list<CaseCounts>(
        "SELECT c.id AS case_id, (SELECT COUNT(*) FROM consolidation_measures m WHERE m.case_id = c.id) AS "
        "measures, (SELECT COUNT(*) FROM consolidation_measures m WHERE m.case_id = c.id AND m.done_on IS "
        "NOT "
        "NULL) AS measures_done, (SELECT COUNT(*) FROM consolidation_exit_conditions e WHERE e.case_id = "
        "c.id) AS exit_conditions, (SELECT COUNT(*) FROM consolidation_exit_conditions e WHERE e.case_id = "
        "c.id AND e.accepted_on IS NOT NULL) AS accepted FROM consolidation_cases c WHERE c.state IN "
        "('proposed', 'open', 'watched')");
}

std::vector<Step> steps_of(Db& db, ConsolidationId case_id) {
    return db.list<Step>("SELECT * FROM consolidation_steps WHERE case_id = :id ORDER BY number",
                         {{"id", case_id}});
}

std::vector<Step> moves(Db& db) {
    return db.list<Step>(
        "SELECT * FROM consolidation_steps WHERE act IN ('put', 'leave', 'relapse') ORDER BY acted_on, "
        "case_id, number");
}

std::vector<Sign> signs_of(Db& db, ConsolidationId case_id, Date noted_on) {
    std::vector<Sign> signs;
    for (SignRow& row : db.list<SignRow>(
             "SELECT * FROM consolidation_signs WHERE case_id = :id AND noted_on = :noted_on ORDER BY number",
             {{"id", case_id}, {"noted_on", noted_on}}))
        signs.push_back({row.kind, row.figure, row.level, std::move(row.name), std::move(row.source)});
    return signs;
}

void add_signs(Db& db, ConsolidationId case_id, Date noted_on, std::span<const Sign> signs) {
    db.run("DELETE FROM consolidation_signs WHERE case_id = :id AND noted_on = :noted_on",
           {{"id", case_id}, {"noted_on", noted_on}});
    std::vector<SignRow> rows;
    for (const Sign& sign : signs)
        rows.push_back({case_id, noted_on, static_cast<std::int64_t>(rows.size()) + 1, sign.kind, sign.figure,
                        sign.level, sign.name, sign.source});
    db.insert_all("consolidation_signs", std::span<const SignRow>(rows));
}

std::vector<Measure> measures_of(Db& db, ConsolidationId case_id) {
    return db.list<Measure>("SELECT * FROM consolidation_measures WHERE case_id = :id ORDER BY due_on, id",
                            {{"id", case_id}});
}

std::vector<Measure> measures_with_remedy(Db& db) {
    return db.list<Measure>(
        "SELECT * FROM consolidation_measures WHERE remedy_key IS NOT NULL ORDER BY case_id, id");
}

void remove_open_measures(Db& db, ConsolidationId case_id) {
    db.run("DELETE FROM consolidation_measures WHERE case_id = :id AND done_on IS NULL", {{"id", case_id}});
}

std::vector<ExitCondition> exit_conditions_of(Db& db, ConsolidationId case_id) {
    return db.list<ExitCondition>(
        "SELECT * FROM consolidation_exit_conditions WHERE case_id = :id ORDER BY id", {{"id", case_id}});
}

std::vector<std::string> causes_of(Db& db, ConsolidationId case_id) {
    std::vector<std::string> keys;
    for (CaseCause& row :
         db.list<CaseCause>("SELECT * FROM consolidation_case_causes WHERE case_id = :id ORDER BY cause_key",
                            {{"id", case_id}}))
        keys.push_back(std::move(row.cause_key));
    return keys;
}

std::vector<CaseCause> cases_with(Db& db, const std::string& cause_key) {
    return db.list<CaseCause>("SELECT * FROM consolidation_case_causes WHERE cause_key = :key",
                              {{"key", cause_key}});
}

void keep_causes(Db& db, ConsolidationId case_id, std::span<const std::string> cause_keys) {
    db.run("DELETE FROM consolidation_case_causes WHERE case_id = :id", {{"id", case_id}});
    std::vector<CaseCause> rows;
    for (const std::string& key : cause_keys) rows.push_back({case_id, key});
    db.insert_all("consolidation_case_causes", std::span<const CaseCause>(rows));
}

std::vector<Cause> all_causes(Db& db) {
    return db.list<Cause>("SELECT * FROM consolidation_causes ORDER BY key");
}

std::vector<Remedy> all_remedies(Db& db) {
    return db.list<Remedy>("SELECT * FROM consolidation_remedies ORDER BY cause_key, key");
}

}  // namespace gw::consolidation
