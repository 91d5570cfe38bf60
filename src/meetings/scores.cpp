#include "meetings/meetings_parts.h"
#include "meetings/meetings_rulebook.h"
#include "meetings/meetings_sheet.h"
#include "meetings/meetings_store.h"
#include "meetings/scores_store.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/router.h"

namespace gw::meetings {

namespace {

void refuse_unscored() { throw Refusal(Reason::conflict, Problem{"", "meetings.not_scored"}); }

void require_outsider(const Call& call, UnitId unit_id) {
    if (!call.actor.home_unit_id) return;
    const auto home = call.tree->find(call.actor.home_unit_id);
    const auto unit = call.tree->find(unit_id);
    if (home && unit && call.tree->is_within(*home, call.tree->reach(*unit)))
        throw Refusal(Reason::forbidden, Problem{"", "meetings.own_unit"});
}

KeptScores kept_scores(const Call& call, const Meeting& meeting, const Setting& setting) {
    KeptScores kept;
    kept.marks = self_marks_of(call.db, meeting.id);
    kept.own_figures = figures_of(call.db, meeting.id, {});
    if (const auto sheet = find_last_sheet(call.db, meeting.id)) {
        kept.visitor_figures = figures_of(call.db, meeting.id, sheet->id);
        kept.visitor = VisitorScore{sheet->group_name, meeting.meets_on, 0, 0, 0, sheet->note};
    } else if (setting.visitor) {
        kept.visitor = setting.visitor(call, meeting.id);
    }
    return kept;
}

// Departures from what the record gave: each of a criterion that the record fills, each with a reason.
Problems problems_in_departures(const rulebooks::Edition& edition, const Meeting& meeting,
                                std::span<const Figure> figures) {
    Problems problems = problems_in(edition, figures);
    const std::map<std::string, bool> is_filled = filled_by_record(edition, meeting);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const std::string place = "figures/" + std::to_string(i) + "/";
        const auto found = is_filled.find(figures[i].criterion);
        if (found != is_filled.end() && !found->second)
            problems.push_back({place + "criterion", "meetings.not_from_record"});
        check_text(problems, place + "reason", figures[i].reason.value_or(""));
    }
    return problems;
}

std::vector<KeptFigure> kept_figures(MeetingId meeting_id, VisitorSheetId sheet_id,
                                     std::span<const Figure> figures) {
    std::vector<KeptFigure> kept;
    for (const Figure& figure : figures)
        kept.push_back(
            {meeting_id, sheet_id, figure.criterion, figure.points_milli, figure.reason.value_or("")});
    return kept;
}

void require_sheet_reader(const Call& call, UnitId unit_id) {
    if (!call.actor.may("meetings.record", unit_id) && !call.actor.may("visits.record", unit_id))
        call.require("meetings.read", unit_id);
}

// The edition that scores the meeting, or will.
std::shared_ptr<const rulebooks::Edition> edition_for(const Call& call, const Setting& setting,
                                                      const Meeting& meeting) {
    auto edition = meeting.score_rulebook
                       ? edition_of(setting.library, meeting)
                       : counting_edition(call, setting.library, meeting.unit_id, meeting.meets_on).edition;
    if (!edition || !is_scored_kind(meeting) || meeting.state == State::cancelled) refuse_unscored();
    return edition;
}

}  // namespace

std::optional<MeetingScore> find_score(const Call& call, const Meeting& meeting, const Setting& setting) {
    const auto edition = edition_of(setting.library, meeting);
    if (!edition || !is_scored(meeting)) return std::nullopt;
    return explain_score(*edition, meeting, kept_scores(call, meeting, setting), call.language);
}

MeetingScore score(const Call& call, const MeetingKey& request, const Setting& setting) {
    auto found = find_score(call, get_readable(call, request.meeting_id), setting);
    if (!found) refuse_unscored();
    return std::move(*found);
}

MeetingScore score_self(const Call& call, const ScoreSelf& request, const Setting& setting) {
    Meeting meeting = get_meeting(call, request.meeting_id);
    call.require("meetings.record", meeting.unit_id);
    require_state(meeting, State::held);
    const auto edition = edition_for(call, setting, meeting);
    Problems problems = problems_in(*edition, request.marks);
    if (request.figures)
        for (Problem& problem : problems_in_departures(*edition, meeting, *request.figures))
            problems.push_back(std::move(problem));
    refuse_if(problems);

    const std::vector<SelfMark> marks = merged(self_marks_of(call.db, meeting.id), request.marks);
    keep_self_marks(call.db, meeting.id, marks, call.actor.account_id, call.now);
    if (request.figures)
        keep_figures(call.db, meeting.id, {}, kept_figures(meeting.id, {}, *request.figures));
    compute_score(setting.library, meeting, marks);
    ++meeting.version;
    call.db.update("meetings", meeting);
    call.record("meeting.self_scored", meeting.id, meeting.unit_id,
                "{\"marks\":" + std::to_string(request.marks.size()) +
                    ",\"figures\":" + std::to_string(request.figures ? request.figures->size() : 0) + "}");
    call.announce("meetings", meeting.unit_id);
    return score(call, {meeting.id}, setting);
}

OwnVisitorSheet score_as_visitor(const Call& call, const ScoreAsVisitor& request, const Setting& setting) {
    const Meeting meeting = get_meeting(call, request.meeting_id);
    call.require("visits.record", meeting.unit_id);
    require_outsider(call, meeting.unit_id);
    const auto edition = edition_for(call, setting, meeting);
    Problems problems = problems_in(*edition, request.figures);
    if (meeting.meets_on > call.today) problems.push_back({"", "meetings.not_yet"});
    if (request.figures.empty()) problems.push_back({"figures", "meetings.nothing_scored"});
    check_text(problems, "group_name", request.group_name);
    check_length(problems, "note", request.note.value_or(""), longest_paragraph);
    refuse_if(problems);

    const auto before = find_visitor_sheet(call.db, meeting.id, call.actor.account_id);
    const auto same_id = request.id ? find_visitor_sheet(call.db, *request.id) : std::nullopt;
    if (same_id && (!before || same_id->id != before->id))
        throw Refusal(Reason::conflict, Problem{"id", "meetings.id_taken"});
    VisitorSheet sheet;
    sheet.id = before ? before->id : request.id ? *request.id : call.new_id<VisitorSheetId>();
    sheet.meeting_id = meeting.id;
    sheet.unit_id = meeting.unit_id;
    sheet.group_name = request.group_name;
    sheet.note = request.note.value_or("");
    sheet.scored_by = call.actor.account_id;
    sheet.scored_at = call.now;
    if (before) call.db.update("meeting_visitor_sheets", sheet);
    else call.db.insert("meeting_visitor_sheets", sheet);
    keep_figures(call.db, meeting.id, sheet.id, kept_figures(meeting.id, sheet.id, request.figures));
    call.record("meeting.visitor_scored", sheet.id, meeting.unit_id,
                "{\"meeting_id\":\"" + std::to_string(meeting.id.number) +
                    "\",\"lines\":" + std::to_string(request.figures.size()) + "}");
    call.announce("meetings", meeting.unit_id);
    return {sheet, figures_of(call.db, meeting.id, sheet.id)};
}

OwnVisitorSheet own_visitor_sheet(const Call& call, const MeetingKey& request) {
    const auto meeting = find_meeting(call.db, request.meeting_id);
    if (!meeting || !call.actor.may("visits.record", meeting->unit_id)) refuse_unknown("meeting_id");
    OwnVisitorSheet own{find_visitor_sheet(call.db, meeting->id, call.actor.account_id), {}};
    if (own.sheet) own.figures = figures_of(call.db, meeting->id, own.sheet->id);
    return own;
}

ScoreSheet sheet_of_meeting(const Call& call, const MeetingKey& request, const Setting& setting) {
    const auto meeting = find_meeting(call.db, request.meeting_id);
    if (!meeting || !(call.actor.may("meetings.read", meeting->unit_id) ||
                      call.actor.may("meetings.record", meeting->unit_id) ||
                      call.actor.may("visits.record", meeting->unit_id)))
        refuse_unknown("meeting_id");
    return sheet_of(*edition_for(call, setting, *meeting), call.language);
}

ScoreSheet sheet_of_unit(const Call& call, const UnitSheetKey& request, const Setting& setting) {
    require_meeting_unit(call, request.unit_id);
    require_sheet_reader(call, request.unit_id);
    const auto edition =
        counting_edition(call, setting.library, request.unit_id, request.day.value_or(call.today)).edition;
    if (!edition) refuse_unscored();
    return sheet_of(*edition, call.language);
}

YearGaps gaps_of_year(const Call& call, const YearGapsKey& request, const Setting& setting) {
    call.tree->get(request.unit_id);
    if (!call.actor.may("meetings.record", request.unit_id)) call.require("meetings.read", request.unit_id);
    const std::int64_t year = request.year.value_or(static_cast<int>(call.today.year()));
    Problems problems;
    check_year(problems, "year", year);
    refuse_if(problems);
    const std::chrono::year of{static_cast<int>(year)};
    YearGaps gaps{request.unit_id, year, 0, 0, std::nullopt, {}};
    std::int64_t sum = 0;
    for (const Meeting& meeting :
         meetings_of(call.db, request.unit_id, Date{of, std::chrono::January, std::chrono::day{1}},
                     Date{of, std::chrono::December, std::chrono::day{31}})) {
        if (!is_scored(meeting)) continue;
        ++gaps.scored;
        const auto score = find_score(call, meeting, setting);
        if (!score || !score->visitor || !score->gap_milli) continue;
        ++gaps.visited;
        sum += *score->gap_milli;
        gaps.meetings.push_back(
            {meeting.id, meeting.meets_on, score->rulebook_name, score->points_milli, score->maximum_milli,
             score->visitor->group_name, score->visitor->points_milli,
             score->self_and_visitor ? score->self_and_visitor->lines : 0, *score->gap_milli});
    }
    if (gaps.visited > 0) gaps.mean_gap_milli = sum / gaps.visited;
    return gaps;
}

void add_score_routes(Router& router, std::shared_ptr<const Setting> setting) {
    router.get(
        "/api/meetings/{meeting_id}/score", "Shows the score of a meeting, criterion by criterion",
        [setting](const Call& call, const MeetingKey& request) { return score(call, request, *setting); });
    router.get("/api/meetings/{meeting_id}/score_sheet", "Shows the sheet by which a meeting is scored",
               [setting](const Call& call, const MeetingKey& request) {
                   return sheet_of_meeting(call, request, *setting);
               });
    router.post("/api/meetings/{meeting_id}/self_score", "Scores what the unit says of its own meeting",
                [setting](const Call& call, const ScoreSelf& request) {
                    return score_self(call, request, *setting);
                });
    router.get("/api/meetings/{meeting_id}/visitor_score", "Shows what the reader gave as a visitor",
               own_visitor_sheet);
    router.post("/api/meetings/{meeting_id}/visitor_score", "Scores a meeting as a visitor who was there",
                [setting](const Call& call, const ScoreAsVisitor& request) {
                    return score_as_visitor(call, request, *setting);
                });
    router.get("/api/units/{unit_id}/score_sheet", "Shows the sheet that counts for a unit on a day",
               [setting](const Call& call, const UnitSheetKey& request) {
                   return sheet_of_unit(call, request, *setting);
               });
    router.get("/api/units/{unit_id}/score_gaps",
               "Compares a unit's own scores with those of visitors over a year",
               [setting](const Call& call, const YearGapsKey& request) {
                   return gaps_of_year(call, request, *setting);
               });
    router.get("/api/units/{unit_id}/meeting_rulebook",
               "Shows which meeting rulebook counts for a unit, and who chose it",
               [setting](const Call& call, const UnitSheetKey& request) {
                   return rulebook_of_unit(call, request, *setting);
               });
    router.post("/api/units/{unit_id}/meeting_rulebook",
                "Chooses the meeting rulebook for a unit and everything below it, from a day on",
                [setting](const Call& call, const ChooseRulebook& request) {
                    return choose_rulebook(call, request, *setting);
                });
}

}  // namespace gw::meetings
