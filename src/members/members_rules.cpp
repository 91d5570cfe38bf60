#include "members/members.h"

namespace gw::members {

Date end_of_probation(Date admitted_on) {
    const Date same_day = admitted_on + std::chrono::months(probation_months);
    return same_day.ok() ? same_day : Date{same_day.year() / same_day.month() / std::chrono::last};
}

namespace {

constexpr std::size_t longest_code = 40;  // characters
constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_phone = 20;
constexpr int youngest_at_admission = 16;  // years
constexpr int earliest_birth = 1900;

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

void check_text(Problems& problems, const char* field, std::string_view text, std::size_t longest) {
    if (trimmed(text).empty()) problems.push_back({field, "members.required"});
    else if (character_count(text) > longest)
        problems.push_back({field, "members.too_long", {{"characters", std::to_string(longest)}}});
    else if (has_control_character(text)) problems.push_back({field, "members.control_character"});
}

void check_not_future(Problems& problems, const char* field, const std::optional<Date>& day, Date today) {
    if (day && *day > today) problems.push_back({field, "members.day_in_future"});
}

}  // namespace

Problems problems_in(const Member& member, Date today) {
    Problems problems;
    check_text(problems, "code", member.code, longest_code);
    check_text(problems, "full_name", member.full_name, longest_name);
    if (character_count(member.phone) > longest_phone ||
        member.phone.find_first_not_of("0123456789 +-().") != std::string::npos)
        problems.push_back({"phone", "members.no_phone"});

    if (!member.joined_on.ok()) problems.push_back({"joined_on", "members.required"});
    else check_not_future(problems, "joined_on", member.joined_on, today);
    check_not_future(problems, "born_on", member.born_on, today);
    check_not_future(problems, "admitted_on", member.admitted_on, today);
    check_not_future(problems, "full_on", member.full_on, today);
    check_not_future(problems, "left_on", member.left_on, today);
    if (member.born_on && static_cast<int>(member.born_on->year()) < earliest_birth)
        problems.push_back({"born_on", "members.born_too_early"});

    if (member.born_on && member.admitted_on &&
        *member.admitted_on < *member.born_on + std::chrono::years(youngest_at_admission))
        problems.push_back(
            {"admitted_on", "members.too_young", {{"years", std::to_string(youngest_at_admission)}}});
    if (member.admitted_on && member.full_on && *member.full_on < *member.admitted_on)
        problems.push_back({"full_on", "members.full_before_admitted"});
    if (member.stage == Stage::candidate && (member.admitted_on || member.full_on))
        problems.push_back({"stage", "members.candidate_was_admitted"});
    if (member.stage == Stage::probationary && member.full_on)
        problems.push_back({"stage", "members.probationary_is_full"});
    if (member.stage == Stage::candidate && member.office != Office::none)
        problems.push_back({"office", "members.candidate_in_office"});
    if (member.left_on && member.joined_on.ok() && *member.left_on < member.joined_on)
        problems.push_back({"left_on", "members.left_before_joined"});
    if (member.discipline < 0 || member.discipline > 3)
        problems.push_back({"discipline", "members.no_discipline"});
    return problems;
}

}  // namespace gw::members
