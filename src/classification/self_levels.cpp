#include <set>

#include "classification/classes.h"
#include "organisation/tree.h"
#include "platform/json/json.h"

namespace gw::classification {

namespace {

evaluation::Domain domain_of(SubjectKind subject_kind) {
    return subject_kind == SubjectKind::member ? evaluation::Domain::member : evaluation::Domain::unit;
}

struct Assessment {
    SubjectKind subject_kind = SubjectKind::unit;
    std::int64_t subject_id = 0;
    UnitId unit_id;
    std::int64_t year = 0;
};

Problems problems_in(const std::vector<GivenLevel>& levels, const evaluation::Rulebook& rulebook,
                     SubjectKind subject_kind) {
    Problems problems;
    if (levels.empty()) problems.push_back({"levels", "platform.required"});
    std::set<std::string> keys;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const std::string place = "levels/" + std::to_string(i) + "/";
        const evaluation::Fact* asked = nullptr;
        for (const evaluation::Fact& fact : rulebook.facts)
            if (fact.key == levels[i].key && fact.is_self && fact.domain == domain_of(subject_kind))
                asked = &fact;
        if (!asked) problems.push_back({place + "key", "classification.not_asked"});
        else if (!keys.insert(levels[i].key).second)
            problems.push_back({place + "key", "classification.said_twice"});
        if (levels[i].level < 1 || levels[i].level > 4)
            problems.push_back({place + "level", "classification.no_level"});
    }
    return problems;
}

SelfLevels assess(const Call& call, const Assessment& assessment, const std::vector<GivenLevel>& levels,
                  const rulebooks::Library& library) {
    const auto edition = library.find("vn.classification", assessment.year);
    if (!edition)
        throw Refusal(
            Reason::not_found,
            Problem{"year", "classification.no_rulebook", {{"year", std::to_string(assessment.year)}}});
    if (assessment.year > static_cast<int>(call.today.year()))
        throw Refusal(Reason::invalid, Problem{"year", "classification.year_not_begun"});
    refuse_if(problems_in(levels, edition->rulebook(), assessment.subject_kind));
    const Id<struct SubjectThing> subject_id{assessment.subject_id};
    for (const GivenLevel& given : levels)
        put_self_level(call, {assessment.subject_kind, subject_id, assessment.year, given.key, given.level});
    call.record("self_level.given", subject_id, assessment.unit_id, to_json(levels));
    call.announce("classification", assessment.unit_id);
    return {assessment.year,
            self_lines(call, assessment.subject_kind, assessment.subject_id, assessment.year, library)};
}

}  // namespace

std::vector<SelfLine> self_lines(const Call& call, SubjectKind subject_kind, std::int64_t subject_id,
                                 std::int64_t year, const rulebooks::Library& library) {
    std::vector<SelfLine> lines;
    const auto edition = library.find("vn.classification", year);
    if (!edition) return lines;
    const auto said = self_levels_of(call.db, subject_kind, subject_id, year);
    for (const evaluation::Fact& fact : edition->rulebook().facts) {
        if (!fact.is_self || fact.domain != domain_of(subject_kind)) continue;
        SelfLine line{fact.key, fact.text.in(call.language), {}, ""};
        for (const SelfLevel& one : said)
            if (one.key == fact.key) line.level = one.level;
        for (const evaluation::Named& level : edition->rulebook().levels)
            if (level.number == line.level) line.level_name = level.text.in(call.language);
        lines.push_back(std::move(line));
    }
    return lines;
}

SelfLevels assess_unit(const Call& call, const AssessUnit& request, const Setting& setting) {
    call.tree->get(request.unit_id);
    call.require("classification.self_assess", request.unit_id);
    return assess(
        call, {SubjectKind::unit, request.unit_id.number, request.unit_id, year_asked(call, request.year)},
        request.levels, setting.library);
}

SelfLevels assess_member(const Call& call, const AssessMember& request, const Setting& setting) {
    const members::Member member = members::get_member(call.db, request.member_id);
    if (!call.actor.member_id || call.actor.member_id != member.id)
        call.require("classification.self_assess", member.unit_id);
    return assess(call,
                  {SubjectKind::member, member.id.number, member.unit_id, year_asked(call, request.year)},
                  request.levels, setting.library);
}

SelfLevels unit_self_levels(const Call& call, const UnitYear& request, const Setting& setting) {
    call.tree->get(request.unit_id);
    if (!call.actor.may("classification.self_assess", request.unit_id))
        call.require("classification.read", request.unit_id);
    const std::int64_t year = year_asked(call, request.year);
    return {year, self_lines(call, SubjectKind::unit, request.unit_id.number, year, setting.library)};
}

SelfLevels member_self_levels(const Call& call, const MemberYear& request, const Setting& setting) {
    const members::Member member = members::get_member(call.db, request.member_id);
    if ((!call.actor.member_id || call.actor.member_id != member.id) &&
        !call.actor.may("classification.self_assess", member.unit_id))
        call.require("members.read_file", member.unit_id);
    const std::int64_t year = year_asked(call, request.year);
    return {year, self_lines(call, SubjectKind::member, member.id.number, year, setting.library)};
}

}  // namespace gw::classification
