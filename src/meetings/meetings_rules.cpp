#include "meetings/meetings_rules.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "platform/checks.h"

namespace gw::meetings {

namespace {
constexpr std::int64_t longest_meeting_ms = 24LL * 60 * 60 * 1000;
constexpr std::int64_t minute_ms = 60'000;
// Clocks of phones differ by some minutes; a meeting sent as it ends must not be refused for that.
constexpr std::int64_t clock_tolerance_ms = 10 * minute_ms;
constexpr std::size_t longest_agenda = 100;  // items of the unit's own
constexpr std::size_t most_contributions = 1000;
}  // namespace

Problems problems_in(const Plan& plan) {
    Problems problems;
    check_text(problems, "subject", plan.subject);
    check_moment(problems, "planned_for", plan.planned_for);
    check_length(problems, "place", plan.place);
    if (plan.documents_sent_on) check_day(problems, "documents_sent_on", *plan.documents_sent_on);
    if (plan.agenda.size() > longest_agenda) problems.push_back({"agenda", "meetings.too_many"});
    for (std::size_t i = 0; i < plan.agenda.size(); ++i)
        check_text(problems, "agenda/" + std::to_string(i), plan.agenda[i], longest_paragraph);
    return problems;
}

std::vector<members::Person> expected_of(std::vector<members::Person> people, Kind kind) {
    std::erase_if(people, [&](const members::Person& member) {
        if (member.stage == members::Stage::candidate || member.is_excused || member.is_suspended)
            return true;
        return kind == Kind::committee && member.office == members::Office::none;
    });
    return people;
}

void count_unit(Meeting& meeting, std::span<const members::Person> people) {
    meeting.unit_members = std::count_if(people.begin(), people.end(), [](const members::Person& member) {
        return member.stage != members::Stage::candidate;
    });
    meeting.has_committee = std::any_of(people.begin(), people.end(), [](const members::Person& member) {
        return member.office == members::Office::deputy_secretary ||
               member.office == members::Office::committee_member;
    });
}

namespace {

// A time is written to the minute, the clock to the millisecond.
bool differs(Moment said, const std::optional<Moment>& clock) {
    return clock && std::abs(said.milliseconds - clock->milliseconds) >= minute_ms;
}

void check_times(Problems& problems, const Happening& happening, Moment now, const std::string& prefix) {
    check_moment(problems, prefix + "started_at", happening.started_at);
    check_moment(problems, prefix + "ended_at", happening.ended_at);
    const auto length = happening.ended_at.milliseconds - happening.started_at.milliseconds;
    if (length <= 0) problems.push_back({prefix + "ended_at", "meetings.ends_before_it_starts"});
    else if (length > longest_meeting_ms)
        problems.push_back({prefix + "ended_at", "meetings.longer_than_a_day"});
    const Moment latest{now.milliseconds + clock_tolerance_ms};
    if (happening.started_at > latest) problems.push_back({prefix + "started_at", "meetings.not_yet"});
    else if (happening.ended_at > latest) problems.push_back({prefix + "ended_at", "meetings.not_over"});
    if (happening.clock_started_at)
        check_moment(problems, prefix + "clock_started_at", *happening.clock_started_at);
    if (happening.clock_ended_at)
        check_moment(problems, prefix + "clock_ended_at", *happening.clock_ended_at);
    const std::string_view reason =
        happening.times_reason ? std::string_view(*happening.times_reason) : std::string_view();
    if (differs(happening.started_at, happening.clock_started_at) ||
        differs(happening.ended_at, happening.clock_ended_at))
        check_text(problems, prefix + "times_reason", reason);
    else check_length(problems, prefix + "times_reason", reason);
}

}  // namespace

Problems problems_in(const Happening& happening, std::span<const members::Person> expected, Moment now,
                     const std::string& prefix) {
    Problems problems;
    check_times(problems, happening, now, prefix);
    if (happening.documents_sent_on)
        check_day(problems, prefix + "documents_sent_on", *happening.documents_sent_on);
    if (happening.summary) check_length(problems, prefix + "summary", *happening.summary, longest_paragraph);

    std::unordered_map<MemberId, std::optional<Mark>> marks;
    for (const members::Person& member : expected) marks.emplace(member.id, std::nullopt);
    for (std::size_t i = 0; i < happening.roll.size(); ++i) {
        const RollMark& given = happening.roll[i];
        const auto place = [&](const char* field) {
            return prefix + "roll/" + std::to_string(i) + "/" + field;
        };
        const auto found = marks.find(given.member_id);
        if (found == marks.end()) problems.push_back({place("member_id"), "meetings.not_expected"});
        else if (found->second) problems.push_back({place("member_id"), "meetings.named_twice"});
        else found->second = given.mark;
        if (given.mark == Mark::excused) check_text(problems, place("reason"), given.reason.value_or(""));
        else if (given.reason) check_length(problems, place("reason"), *given.reason);
    }
    for (const members::Person& member : expected)
        if (!marks[member.id])
            problems.push_back({prefix + "roll", "meetings.roll_misses", {{"name", member.full_name}}});

    const auto is_present = [&](MemberId member_id) {
        const auto found = marks.find(member_id);
        return found != marks.end() && found->second == Mark::present;
    };
    std::set<ContributionId> ids;
    if (happening.contributions.size() > most_contributions)
        problems.push_back({prefix + "contributions", "meetings.too_many"});
    for (std::size_t i = 0; i < happening.contributions.size(); ++i) {
        const std::string place = prefix + "contributions/" + std::to_string(i) + "/";
        if (!is_present(happening.contributions[i].member_id))
            problems.push_back({place + "member_id", "meetings.was_not_present"});
        check_length(problems, place + "text", happening.contributions[i].text, longest_paragraph);
        if (happening.contributions[i].about)
            check_length(problems, place + "about", *happening.contributions[i].about, longest_paragraph);
        if (happening.contributions[i].id && !ids.insert(*happening.contributions[i].id).second)
            problems.push_back({place + "id", "meetings.id_taken"});
    }
    if (happening.chair_id && !is_present(*happening.chair_id))
        problems.push_back({prefix + "chair_id", "meetings.was_not_present"});
    if (happening.minute_taker_id && !is_present(*happening.minute_taker_id))
        problems.push_back({prefix + "minute_taker_id", "meetings.was_not_present"});
    return problems;
}

void count_roll(Meeting& meeting, const Happening& happening) {
    meeting.started_at = happening.started_at;
    meeting.ended_at = happening.ended_at;
    meeting.clock_started_at = happening.clock_started_at;
    meeting.clock_ended_at = happening.clock_ended_at;
    meeting.times_reason = happening.times_reason.value_or("");
    meeting.chair_id = happening.chair_id;
    meeting.minute_taker_id = happening.minute_taker_id;
    if (happening.documents_sent_on && happening.documents_sent_on != meeting.documents_sent_on) {
        // What people say replaces what the program saw.
        meeting.documents_sent_on = happening.documents_sent_on;
        meeting.documents_sent_at.reset();
    }
    if (happening.has_thematic_part) meeting.has_thematic_part = *happening.has_thematic_part;
    meeting.summary = happening.summary.value_or("");
    meeting.members_expected = static_cast<std::int64_t>(happening.roll.size());
    const auto count = [&](Mark mark) {
        return std::count_if(happening.roll.begin(), happening.roll.end(),
                             [mark](const RollMark& given) { return given.mark == mark; });
    };
    meeting.members_present = count(Mark::present);
    meeting.excused_count = count(Mark::excused);
    meeting.unexcused_count = count(Mark::absent);
    std::set<MemberId> speakers;
    for (const SpokenWord& word : happening.contributions) speakers.insert(word.member_id);
    meeting.speaker_count = static_cast<std::int64_t>(speakers.size());
}

bool is_same(const Meeting& meeting, std::span<const Attendance> attendances,
             std::span<const Contribution> contributions, const Happening& happening) {
    if (meeting.started_at != happening.started_at || meeting.ended_at != happening.ended_at ||
        meeting.clock_started_at != happening.clock_started_at ||
        meeting.clock_ended_at != happening.clock_ended_at ||
        meeting.times_reason != happening.times_reason.value_or("") ||
        meeting.chair_id != happening.chair_id || meeting.minute_taker_id != happening.minute_taker_id ||
        meeting.summary != happening.summary.value_or("") || attendances.size() != happening.roll.size() ||
        contributions.size() != happening.contributions.size())
        return false;
    std::unordered_map<MemberId, const Attendance*> kept;
    for (const Attendance& attendance : attendances) kept.emplace(attendance.member_id, &attendance);
    for (const RollMark& given : happening.roll) {
        const auto found = kept.find(given.member_id);
        if (found == kept.end() || found->second->mark != given.mark ||
            found->second->reason != given.reason.value_or(""))
            return false;
    }
    return std::equal(contributions.begin(), contributions.end(), happening.contributions.begin(),
                      [](const Contribution& one, const SpokenWord& other) {
                          return one.member_id == other.member_id && one.text == other.text &&
                                 one.about == other.about.value_or("");
                      });
}

bool came_late(const Meeting& meeting) {
    constexpr std::int64_t day_ms = 24 * 60 * minute_ms;
    if (meeting.documents_sent_at)
        return meeting.started_at.value_or(meeting.planned_for).milliseconds -
                   meeting.documents_sent_at->milliseconds <
               day_ms;
    return meeting.documents_sent_on && *meeting.documents_sent_on >= meeting.meets_on;
}

std::int64_t minutes_held(const Meeting& meeting) {
    if (!meeting.started_at || !meeting.ended_at) return 0;
    return (meeting.ended_at->milliseconds - meeting.started_at->milliseconds) / 60'000;
}

std::optional<std::int64_t> attendance_share(const Meeting& meeting) {
    if (meeting.members_expected == 0) return std::nullopt;
    return meeting.members_present * 10'000 / meeting.members_expected;
}

std::int64_t days_between(Date earlier, Date later) { return day_number(later) - day_number(earlier); }

}  // namespace gw::meetings
