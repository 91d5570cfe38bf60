// The tables of directives. What others may ask of them stands in directives.h.
#pragma once
#include <unordered_map>

#include "directives/directives.h"

namespace gw::directives {

std::vector<Scope> scopes_of(Db& db, DirectiveId directive_id);
// Directives that go down to one of the units, the newest first.
std::vector<Directive> directives_to(Db& db, std::span<const UnitId> unit_ids, std::int64_t count);
// The same, but only those in force on a day and not answered by the unit with a resolution item or a
// refusal.
// What an agenda needs of a directive in force that the unit neither answered nor refused.
struct AskedDirective {
    DirectiveId id;
    Kind kind = Kind::plan;
    std::string number_text;
    std::string title;
    bool is_planned = false;  // the unit made a plan, which counts while one of its tasks stands
};
BOOST_DESCRIBE_STRUCT(AskedDirective, (), (id, kind, number_text, title, is_planned))
std::vector<AskedDirective> unanswered_directives(Db& db, std::span<const UnitId> unit_ids, UnitId unit_id,
                                                  Date day);
std::vector<Directive> directives_from(Db& db, UnitId unit_id, std::int64_t count);
std::vector<Answer> answers_to(Db& db, DirectiveId directive_id);
std::optional<Answer> find_answer(Db& db, DirectiveId directive_id, UnitId unit_id);
// Keeps an answer in the place of the one the unit gave before.
void keep_answer(Db& db, const Answer& answer);
std::vector<DirectiveUrge> urges_of_act(Db& db, DirectiveUrgeId urging_id);
// When each unit was last urged about a directive.
std::unordered_map<UnitId, Date> last_urges(Db& db, DirectiveId directive_id);

}  // namespace gw::directives
