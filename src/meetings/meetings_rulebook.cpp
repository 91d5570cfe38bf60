#include "meetings/meetings_rulebook.h"

#include <algorithm>
#include <unordered_map>

#include "meetings/meetings_parts.h"
#include "meetings/scores_store.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::meetings {

namespace {

// The rulebooks that judge meetings and are in force on a day, each once.
std::vector<OfferedRulebook> offered_on(const rulebooks::Library& library, Date day,
                                        std::string_view language) {
    std::vector<OfferedRulebook> offered;
    const std::string text = to_text(day);
    const auto by_default = default_edition(library, day);
    for (const auto& edition : library.editions()) {
        if (!judges_meetings(*edition) || !edition->is_in_force(text)) continue;
        const evaluation::Rulebook& book = edition->rulebook();
        const evaluation::Subject& subject = *book.find_subject(score_subject);
        OfferedRulebook& one = offered.emplace_back();
        one.rulebook = book.id;
        one.name = book.title.in(language);
        one.edition = book.edition;
        one.is_default = edition == by_default;
        one.lines = static_cast<std::int64_t>(subject.criteria.size());
        one.maximum_milli = milli(subject.maximum, book.score_scale);
        for (const auto& [key, source] : book.sources) one.sources.push_back(source);
    }
    return offered;
}

}  // namespace

CountingEdition counting_edition(const Call& call, const rulebooks::Library& library, UnitId unit_id,
                                 Date day) {
    const std::vector<RulebookChoice> choices = choices_until(call.db, day);
    if (const auto position = choices.empty() ? std::nullopt : call.tree->find(unit_id)) {
        std::unordered_map<UnitId, const RulebookChoice*> last;
        for (const RulebookChoice& choice : choices) last[choice.unit_id] = &choice;
        const std::string text = to_text(day);
        for (int at = *position; at >= 0; at = call.tree->at(at).parent) {
            const auto found = last.find(call.tree->at(at).id);
            if (found == last.end() || found->second->rulebook.empty()) continue;
            if (auto edition = library.find_on(found->second->rulebook, text))
                return {std::move(edition), *found->second};
        }
    }
    return {default_edition(library, day), std::nullopt};
}

UnitRulebook rulebook_of_unit(const Call& call, const UnitSheetKey& request, const Setting& setting) {
    call.tree->get(request.unit_id);
    if (!call.actor.may("meetings.choose_rulebook", request.unit_id))
        call.require("meetings.read", request.unit_id);
    const Date day = request.day.value_or(call.today);
    const CountingEdition counting = counting_edition(call, setting.library, request.unit_id, day);
    UnitRulebook answer;
    answer.unit_id = request.unit_id;
    answer.day = day;
    if (counting.edition) {
        const evaluation::Rulebook& book = counting.edition->rulebook();
        answer.rulebook = book.id;
        answer.edition = book.edition;
        answer.name = book.title.in(call.language);
    }
    if (counting.choice) {
        answer.chosen_by_unit_id = counting.choice->unit_id;
        answer.chosen_by_unit_name = unit_name(call, counting.choice->unit_id);
        answer.from_on = counting.choice->from_on;
        answer.reason = counting.choice->reason;
    }
    answer.choices = choices_of(call.db, request.unit_id);
    answer.offered = offered_on(setting.library, day, call.language);
    return answer;
}

UnitRulebook choose_rulebook(const Call& call, const ChooseRulebook& request, const Setting& setting) {
    call.tree->get(request.unit_id);
    call.require("meetings.choose_rulebook", request.unit_id);
    Problems problems;
    check_day(problems, "from_on", request.from_on);
    if (request.from_on < call.today) problems.push_back({"from_on", "meetings.rule_not_backwards"});
    check_text(problems, "reason", request.reason);
    if (!request.rulebook.empty()) {
        const auto edition = setting.library.find_on(request.rulebook, to_text(request.from_on));
        if (!edition || !judges_meetings(*edition))
            problems.push_back({"rulebook", "meetings.rulebook_not_in_force"});
    }
    refuse_if(problems);
    const std::vector<RulebookChoice> choices = choices_of(call.db, request.unit_id);
    const auto last = std::find_if(choices.begin(), choices.end(), [&](const RulebookChoice& choice) {
        return choice.from_on == request.from_on;
    });
    if (last != choices.end() && last->rulebook == request.rulebook)
        return rulebook_of_unit(call, {request.unit_id, std::nullopt}, setting);

    const RulebookChoice choice{
        call.new_id<RulebookChoiceId>(), request.unit_id, request.from_on, request.rulebook, request.reason,
        call.actor.account_id,           call.now};
    call.db.insert("meeting_rulebook_choices", choice);
    call.record("meeting_rulebook.chosen", choice.id, choice.unit_id, to_json(request));
    call.announce("meetings", choice.unit_id);
    return rulebook_of_unit(call, {request.unit_id, std::nullopt}, setting);
}

}  // namespace gw::meetings
