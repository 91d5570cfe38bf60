#include "classification/classes.h"

#include <algorithm>
#include <unordered_map>

#include "organisation/tree.h"
#include "platform/checks.h"

namespace gw::classification {

namespace {

using evaluation::Rulebook;
using evaluation::State;

ClassLine line_of(const KeptReview& kept, const evaluation::Scores& scores, std::size_t row,
                  std::string_view language) {
    const Rulebook& rulebook = kept.rulebook();
    return {state_of(scores.state[row]), milli(scores.score[row], rulebook),
            milli(scores.maximum[row], rulebook), numbered_class(rulebook, scores.final_class[row], language),
            numbered_class(rulebook, scores.pre_class[row], language)};
}

ClassMix mix_of(const ClassCounts& counts, const Rulebook& rulebook, std::string_view language) {
    ClassMix mix{counts.total, counts.exempt, counts.not_evaluated, counts.evaluated, {}};
    std::vector<evaluation::Named> classes = rulebook.classes;
    std::sort(classes.begin(), classes.end(),
              [](const auto& a, const auto& b) { return a.number > b.number; });
    for (const evaluation::Named& one : classes) {
        const auto place = static_cast<std::size_t>(one.number);
        mix.classes.push_back({{one.number, one.key, one.text.in(language)},
                               place < counts.by_class.size() ? counts.by_class[place] : 0});
    }
    return mix;
}

bool is_judged(const KeptReview& kept, std::int32_t position) {
    return static_cast<State>(kept.result().units.state[static_cast<std::size_t>(position)]) !=
           State::no_subject;
}

void add_weak_reasons(const Call& call, const KeptReview& kept, std::int32_t position, UnitClassPage& page) {
    const auto at = static_cast<std::size_t>(position);
    page.is_weak = kept.result().units.is_weak[at] != 0;
    const std::int64_t kind = kept.facts().tree.kind[at];
    for (const evaluation::Subject& subject : kept.rulebook().subjects) {
        if (std::find(subject.kinds.begin(), subject.kinds.end(), kind) == subject.kinds.end()) continue;
        for (const evaluation::WeakReason& reason : subject.weak_reasons)
            if (kept.result().units.weak_bits[at] & reason.bit)
                page.weak_reasons.push_back(
                    {reason.key, reason.text.in(call.language), rule_origin(kept.rulebook(), reason.origin)});
    }
}

// Caps of the children of the unit and of the members grouped under it; those over the whole stand with the
// root.
void add_caps(const Call& call, const KeptReview& kept, std::int32_t position, UnitClassPage& page) {
    const bool is_root = kept.facts().tree.parent[static_cast<std::size_t>(position)] < 0;
    for (const evaluation::CapOutcome& outcome : kept.result().caps) {
        if (outcome.group != position && !(outcome.group < 0 && is_root)) continue;
        const evaluation::Subject& subject = kept.rulebook().subjects[outcome.subject];
        const evaluation::Cap& cap = *subject.cap;
        CapLine line;
        line.subject = subject.key;
        line.subject_name = subject.text.in(call.language);
        for (const evaluation::Named& kind : kept.rulebook().kinds)
            if (kind.number == outcome.kind) line.kind = kind.key;
        line.name = cap.text.in(call.language);
        line.origin = rule_origin(kept.rulebook(), cap.origin);
        line.of_class = numbered_class(kept.rulebook(), cap.class_number, call.language);
        line.percent = cap.percent;
        line.base = word_of(cap.base);
        line.rounding = word_of(cap.rounding);
        line.base_count = outcome.base_count;
        line.allowed = outcome.allowed;
        line.candidates = outcome.candidates;
        line.lowered = std::max<std::int64_t>(0, outcome.candidates - outcome.allowed);
        page.caps.push_back(std::move(line));
    }
}

void add_mixes(const Call& call, const KeptReview& kept, std::int32_t position, UnitClassPage& page) {
    const Rulebook& rulebook = kept.rulebook();
    page.members = mix_of(kept.members_within(position), rulebook, call.language);
    for (const evaluation::Named& kind : rulebook.kinds) {
        const ClassCounts counts = kept.units_below(position, kind.number);
        if (counts.total == 0) continue;
        page.units_below.push_back(
            {kind.key, kind.text.in(call.language), mix_of(counts, rulebook, call.language)});
    }
}

std::shared_ptr<const KeptReview> get_classes(const Call& call, std::int64_t year,
                                              const std::optional<Basis>& basis, Setting& setting) {
    auto kept = find_classes(call, year, basis, setting);
    if (!kept)
        throw Refusal(Reason::not_found,
                      Problem{"year", "classification.not_reviewed", {{"year", std::to_string(year)}}});
    return kept;
}

// The facts that units of this kind say of themselves hold one whole level, if any.
const evaluation::Column* self_level_column(const KeptReview& kept) {
    for (const evaluation::Fact& fact : kept.rulebook().facts)
        if (fact.domain == evaluation::Domain::unit && fact.is_self) return kept.facts().units.find(fact.key);
    return nullptr;
}

UnitClassLine unit_line(const Call& call, const KeptReview* kept, const evaluation::Column* self_level,
                        int position) {
    const organisation::TreeUnit& unit = call.tree->at(position);
    UnitClassLine line{unit.id, unit.code, unit.name, call.tree->kind_of(position).key, {}, {}, false};
    const auto found = kept ? kept->find_unit(unit.id) : std::nullopt;
    if (!found || !is_judged(*kept, *found)) return line;
    const auto at = static_cast<std::size_t>(*found);
    line.outcome = line_of(*kept, kept->result().units, at, call.language);
    line.is_weak = kept->result().units.is_weak[at] != 0;
    if (self_level && self_level->given[at]) line.self_level = self_level->values[at];
    return line;
}

std::int64_t class_number_of(const UnitClassLine& line) {
    return line.outcome ? line.outcome->final_class.number : 0;
}

void sort_lines(std::vector<UnitClassLine>& lines, ClassSort sort) {
    if (sort == ClassSort::place) return;
    const auto rank = [](const UnitClassLine& line) {
        return std::pair(class_number_of(line), line.outcome ? line.outcome->score_milli : -1);
    };
    std::stable_sort(lines.begin(), lines.end(), [&](const UnitClassLine& a, const UnitClassLine& b) {
        if (sort == ClassSort::name) return folded(a.name) < folded(b.name);
        if (sort == ClassSort::best_first) return rank(a) > rank(b);
        // Those without a class are neither best nor worst: they come last.
        const bool a_has = class_number_of(a) > 0, b_has = class_number_of(b) > 0;
        return a_has != b_has ? a_has : rank(a) < rank(b);
    });
}

bool is_own(const Call& call, MemberId member_id) {
    return call.actor.member_id && call.actor.member_id == member_id;
}

}  // namespace

std::int64_t year_asked(const Call& call, const std::optional<std::int64_t>& year) {
    if (!year) return static_cast<int>(call.today.year());
    Problems problems;
    check_year(problems, "year", *year);
    refuse_if(problems);
    return *year;
}

std::shared_ptr<const KeptReview> find_classes(const Call& call, std::int64_t year,
                                               const std::optional<Basis>& basis, Setting& setting) {
    if (basis != Basis::today) return setting.reviews.find(call.db, year);
    if (year != static_cast<int>(call.today.year()))
        throw Refusal(Reason::invalid, Problem{"year", "classification.not_this_year"});
    return setting.todays_classes.find(call);
}

UnitClassPage unit_class(const Call& call, const AskUnitClass& request, Setting& setting) {
    const int in_tree = call.tree->get(request.unit_id);
    call.require("classification.read", request.unit_id);
    UnitClassPage page;
    page.unit_id = request.unit_id;
    page.unit_name = call.tree->at(in_tree).name;
    page.kind = call.tree->kind_of(in_tree).key;
    page.year = year_asked(call, request.year);
    page.has_rulebook = setting.library.find("vn.classification", page.year) != nullptr;
    page.self_levels =
        self_lines(call, SubjectKind::unit, request.unit_id.number, page.year, setting.library);
    const auto kept = find_classes(call, page.year, request.basis, setting);
    if (!kept) return page;
    page.review = head_of(*kept, call.language);
    const auto position = kept->find_unit(request.unit_id);
    if (!position) return page;
    if (is_judged(*kept, *position))
        page.outcome =
            line_of(*kept, kept->result().units, static_cast<std::size_t>(*position), call.language);
    add_weak_reasons(call, *kept, *position, page);
    add_caps(call, *kept, *position, page);
    add_mixes(call, *kept, *position, page);
    return page;
}

UnitClassList list_classes(const Call& call, const ListClasses& request, Setting& setting) {
    const int above = call.tree->get(request.unit_id);
    call.require("classification.read", request.unit_id);
    const std::size_t size = page_size(request.limit);
    if (request.after && *request.after < 0)
        throw Refusal(Reason::invalid, Problem{"after", "platform.not_valid"});
    const auto& kinds = call.tree->kinds();
    if (request.kind &&
        std::none_of(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.key == *request.kind; }))
        throw Refusal(Reason::invalid, Problem{"kind", "platform.not_valid"});
    UnitClassList list;
    list.year = year_asked(call, request.year);
    const auto kept = find_classes(call, list.year, request.basis, setting);
    const evaluation::Column* self_level = kept ? self_level_column(*kept) : nullptr;
    std::vector<UnitClassLine> lines;
    for (int position = above + 1; position < call.tree->at(above).end; ++position) {
        const bool is_wanted = request.kind ? call.tree->kind_of(position).key == *request.kind
                                            : call.tree->at(position).parent == above;
        if (!is_wanted || !call.tree->kind_of(position).is_judged) continue;
        UnitClassLine line = unit_line(call, kept.get(), self_level, position);
        if (request.class_number && class_number_of(line) != *request.class_number) continue;
        if (request.weak && line.is_weak != *request.weak) continue;
        lines.push_back(std::move(line));
    }
    sort_lines(lines, request.sort.value_or(ClassSort::place));
    list.total = static_cast<std::int64_t>(lines.size());
    const auto first = static_cast<std::size_t>(std::min(request.after.value_or(0), list.total));
    const std::size_t end = std::min(first + size, lines.size());
    for (std::size_t at = first; at < end; ++at) list.rows.push_back(std::move(lines[at]));
    if (end < lines.size()) list.next_after = static_cast<std::int64_t>(end);
    return list;
}

MemberClassList member_classes(const Call& call, const AskUnitClass& request, Setting& setting) {
    call.tree->get(request.unit_id);
    call.require("classification.read", request.unit_id);
    MemberClassList list{request.unit_id, year_asked(call, request.year), {}};
    const auto kept = find_classes(call, list.year, request.basis, setting);
    const auto position = kept ? kept->find_unit(request.unit_id) : std::nullopt;
    if (!position) return list;
    std::unordered_map<MemberId, std::string> names;
    const bool may_name = call.actor.may("members.read", request.unit_id);
    if (may_name)
        for (auto& member : members::members_of(call.db, request.unit_id, call.today))
            names.emplace(member.id, std::move(member.full_name));
    for (std::size_t row = 0; row < kept->facts().member_units.size(); ++row) {
        if (kept->facts().member_units[row] != *position) continue;
        const MemberId member_id{kept->facts().members.ids[row]};
        MemberClassLine line{member_id, "", line_of(*kept, kept->result().members, row, call.language)};
        if (const auto name = names.find(member_id); name != names.end()) line.full_name = name->second;
        else if (may_name)  // somebody who has left the unit since
            if (const auto member = members::find_member(call.db, member_id))
                line.full_name = member->full_name;
        list.rows.push_back(std::move(line));
    }
    std::stable_sort(list.rows.begin(), list.rows.end(),
                     [](const MemberClassLine& a, const MemberClassLine& b) {
                         return std::pair(a.outcome.final_class.number, a.outcome.score_milli) >
                                std::pair(b.outcome.final_class.number, b.outcome.score_milli);
                     });
    return list;
}

MemberClassPage member_class(const Call& call, const AskMemberClass& request, Setting& setting) {
    const members::Member member = members::get_member(call.db, request.member_id);
    if (!is_own(call, member.id)) call.require("classification.read", member.unit_id);
    MemberClassPage page;
    page.member_id = member.id;
    page.year = year_asked(call, request.year);
    page.has_rulebook = setting.library.find("vn.classification", page.year) != nullptr;
    page.self_levels = self_lines(call, SubjectKind::member, member.id.number, page.year, setting.library);
    const auto kept = find_classes(call, page.year, request.basis, setting);
    if (!kept) return page;
    page.review = head_of(*kept, call.language);
    if (const auto row = kept->find_member(member.id))
        page.outcome = line_of(*kept, kept->result().members, *row, call.language);
    return page;
}

Proof unit_proof(const Call& call, const AskUnitClass& request, Setting& setting) {
    call.tree->get(request.unit_id);
    call.require("classification.read", request.unit_id);
    const auto kept = get_classes(call, year_asked(call, request.year), request.basis, setting);
    const auto position = kept->find_unit(request.unit_id);
    if (!position || !is_judged(*kept, *position))
        throw Refusal(Reason::not_found, Problem{"unit_id", "classification.not_in_review"});
    return prove_unit(call, *kept, *position);
}

Proof member_proof(const Call& call, const AskMemberClass& request, Setting& setting) {
    const members::Member member = members::get_member(call.db, request.member_id);
    if (!is_own(call, member.id)) call.require("members.read_file", member.unit_id);
    const auto kept = get_classes(call, year_asked(call, request.year), request.basis, setting);
    const auto row = kept->find_member(member.id);
    if (!row) throw Refusal(Reason::not_found, Problem{"member_id", "classification.not_in_review"});
    setting.readings.note(call, member, members::Part::class_proof);
    return prove_member(call, *kept, *row, member.full_name);
}

std::vector<resolutions::StoryEntry> story_of_classes(const Call& call, UnitId unit_id, std::int64_t year) {
    if (!call.actor.may("classification.read", unit_id)) return {};
    const auto unit_class = find_unit_class(call.db, unit_id, year);
    const auto review = find_last_review(call.db, year);
    if (!unit_class || !review) return {};
    resolutions::StoryEntry entry;
    entry.day = review->as_of;
    entry.kind = resolutions::StoryKind::unit_class;
    entry.id = resolutions::LinkId{unit_id.number};
    entry.title = std::to_string(year);
    entry.who = review->made_by_name;
    entry.score_milli = unit_class->score_milli;
    entry.maximum_milli = unit_class->maximum_milli;
    entry.state = unit_class->class_key.empty() ? to_text(unit_class->state) : unit_class->class_key;
    return {entry};
}

}  // namespace gw::classification
