#include "directives/directives_store.h"

#include "platform/db/dialect.h"

namespace gw::directives {

std::optional<Directive> find_directive(Db& db, DirectiveId directive_id) {
    return db.one<Directive>("SELECT * FROM directives WHERE id = :id", {{"id", directive_id}});
}

std::vector<Scope> scopes_of(Db& db, DirectiveId directive_id) {
    return db.list<Scope>("SELECT * FROM directive_scopes WHERE directive_id = :id ORDER BY unit_id",
                          {{"id", directive_id}});
}

std::vector<Directive> directives_to(Db& db, std::span<const UnitId> unit_ids, std::int64_t count) {
    return db.list<Directive>(
        "SELECT * FROM directives WHERE id IN (SELECT directive_id FROM directive_scopes WHERE unit_id IN " +
            id_list(db.dialect(), "units") + ") ORDER BY sent_on DESC, id DESC LIMIT :count",
        {{"units", id_list_text(unit_ids)}, {"count", count}});
}

std::vector<AskedDirective> unanswered_directives(Db& db, std::span<const UnitId> unit_ids, UnitId unit_id,
                                                  Date day) {
    return db.list<AskedDirective>(
        "SELECT d.id, d.kind, d.number_text, d.title, CASE WHEN EXISTS (SELECT 1 FROM directive_answers p "
        "WHERE p.directive_id = d.id AND p.unit_id = :unit_id) THEN 1 ELSE 0 END AS is_planned FROM "
        "directives d WHERE d.id IN (SELECT directive_id FROM directive_scopes WHERE unit_id "
        "IN " +
            id_list(db.dialect(), "units") +
            ") AND d.ended_on IS NULL AND (d.expires_on IS NULL OR d.expires_on >= :day) AND d.sent_on <= "
            ":day "
            "AND NOT EXISTS (SELECT 1 FROM directive_answers a WHERE a.directive_id = d.id AND a.unit_id = "
            ":unit_id AND a.kind <> 'planned') ORDER BY d.concrete_by, d.id",
        {{"units", id_list_text(unit_ids)}, {"day", day}, {"unit_id", unit_id}});
}

std::vector<Directive> directives_from(Db& db, UnitId unit_id, std::int64_t count) {
    return db.list<Directive>(
        "SELECT * FROM directives WHERE unit_id = :unit_id ORDER BY sent_on DESC, id DESC LIMIT :count",
        {{"unit_id", unit_id}, {"count", count}});
}

std::vector<Answer> answers_to(Db& db, DirectiveId directive_id) {
    return db.list<Answer>("SELECT * FROM directive_answers WHERE directive_id = :id ORDER BY unit_id",
                           {{"id", directive_id}});
}

std::optional<Answer> find_answer(Db& db, DirectiveId directive_id, UnitId unit_id) {
    return db.one<Answer>("SELECT * FROM directive_answers WHERE directive_id = :id AND unit_id = :unit_id",
                          {{"id", directive_id}, {"unit_id", unit_id}});
}

void keep_answer(Db& db, const Answer& answer) {
    db.run("DELETE FROM directive_answers WHERE directive_id = :id AND unit_id = :unit_id",
           {{"id", answer.directive_id}, {"unit_id", answer.unit_id}});
    db.insert("directive_answers", answer);
}

std::vector<DirectiveUrge> urges_of_act(Db& db, DirectiveUrgeId urging_id) {
    return db.list<DirectiveUrge>("SELECT * FROM directive_urges WHERE urging_id = :urging_id ORDER BY id",
                                  {{"urging_id", urging_id}});
}

std::unordered_map<UnitId, Date> last_urges(Db& db, DirectiveId directive_id) {
    std::unordered_map<UnitId, Date> last;
    db.each(
        "SELECT unit_id, MAX(urged_on) FROM directive_urges WHERE directive_id = :directive_id GROUP BY "
        "unit_id",
        {{"directive_id", directive_id}},
        [&](const Row& row) { last.emplace(row.get<UnitId>(0), row.get<Date>(1)); });
    return last;
}

}  // namespace gw::directives
