#include "papers/papers_parts.h"

#include <algorithm>

#include "papers/papers_rules.h"

namespace gw::papers {

std::string day_text(Date day, const Words& words) { return words("day", day_arguments(day)); }

std::string time_text(std::int64_t minute) {
    const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    const std::int64_t of_day = ((minute % 1440) + 1440) % 1440;
    return two(of_day / 60) + ":" + two(of_day % 60);
}

std::string office_name(members::Office office, const Words& words) {
    return words("office." + to_text(office));
}

std::vector<Line>& Composer::lines() {
    if (document.blocks.empty() || document.blocks.back().kind != BlockKind::lines)
        document.blocks.push_back({BlockKind::lines, {}, {}, {}, {}});
    return document.blocks.back().lines;
}

void Composer::add(LineStyle style, std::string text, std::string lead) {
    lines().push_back({style, std::move(text), std::move(lead)});
}

void Composer::head(const std::string& number_text, Date day, const std::string& subject) {
    Block head{BlockKind::columns, {}, {}, {}, {}};
    if (!facts.upper_name.empty()) head.lines.push_back({LineStyle::above, upper_case(facts.upper_name), ""});
    head.lines.push_back({LineStyle::organisation, upper_case(facts.unit_name), ""});
    head.lines.push_back({LineStyle::star, "*", ""});
    head.lines.push_back(
        {LineStyle::number,
         words("number", {{"number", number_text.empty() ? words("no_number") : number_text}}), ""});
    head.right_lines.push_back(
        {LineStyle::motto, words("motto", {{"organisation", upper_case(facts.top_name)}}), ""});
    Texts::Arguments arguments = day_arguments(day);
    arguments.emplace_back("place", facts.place_name);
    head.right_lines.push_back({LineStyle::place, words("place_and_day", arguments), ""});
    document.blocks.push_back(std::move(head));
    add(LineStyle::kind, words("kind." + to_text(facts.kind)));
    if (!subject.empty()) add(LineStyle::subject, subject);
    add(LineStyle::rule, "");
    document.language = words.language();
    document.title = words("file_title", {{"kind", words("kind_name." + to_text(facts.kind))},
                                          {"unit", facts.unit_name},
                                          {"day", day_text(facts.meets_on, words)}});
    document.author = facts.unit_name;
    document.day = day;
}

void Composer::circumstances() {
    const auto count = [&](auto&& holds) {
        return std::to_string(std::count_if(facts.roll.begin(), facts.roll.end(), holds));
    };
    const auto names = [&](meetings::Mark mark) {
        std::string text;
        for (const AttendanceFact& one : facts.roll)
            if (one.mark == mark)
                text += (text.empty() ? "" : "; ") + one.full_name +
                        (one.reason.empty() ? "" : " (" + one.reason + ")");
        return text;
    };
    using meetings::Mark;
    add(LineStyle::entry,
        words("from_to", {{"day", day_text(facts.meets_on, words)},
                          {"from", time_text(facts.started_minute)},
                          {"until", time_text(facts.started_minute + facts.minutes)},
                          {"minutes", std::to_string(facts.minutes)}}),
        words("time"));
    if (!facts.place.empty()) add(LineStyle::entry, facts.place, words("place"));
    if (!facts.chair_name.empty())
        add(LineStyle::entry,
            facts.chair_office == members::Office::none
                ? facts.chair_name
                : facts.chair_name + ", " + office_name(facts.chair_office, words),
            words("chair"));
    if (!facts.second_name.empty()) add(LineStyle::entry, facts.second_name, words("minute_taker"));
    if (facts.documents_sent_on)
        add(LineStyle::entry,
            words(facts.documents_came_late ? "documents_sent_late" : "documents_sent",
                  {{"day", day_text(*facts.documents_sent_on, words)}}),
            words("documents"));
    const auto expected = static_cast<std::int64_t>(facts.roll.size());
    add(LineStyle::entry,
        words("members_counted",
              {{"members", std::to_string(facts.unit_members)},
               {"full", count([](const auto& one) { return one.is_full; })},
               {"probationary", count([](const auto& one) { return !one.is_full; })},
               {"excused", std::to_string(std::max<std::int64_t>(0, facts.unit_members - expected))}}),
        words("members"));
    add(LineStyle::entry,
        words("present_of", {{"present", count([](const auto& one) { return one.mark == Mark::present; })},
                             {"expected", std::to_string(expected)}}),
        words("present"));
    for (const auto& [mark, key] : {std::pair(Mark::excused, "excused"), std::pair(Mark::absent, "absent")}) {
        const std::string who = names(mark);
        add(LineStyle::entry,
            who.empty()
                ? words("nobody")
                : words("absent_names",
                        {{"count", count([mark = mark](const auto& one) { return one.mark == mark; })},
                         {"names", who}}),
            words(key));
    }
}

void Composer::ledger() {
    if (facts.ledger.empty()) {
        add(LineStyle::body, words("no_ledger"));
        return;
    }
    const auto done = std::count_if(facts.ledger.begin(), facts.ledger.end(),
                                    [](const LedgerFact& fact) { return fact.is_done; });
    add(LineStyle::body, words("ledger_sum", {{"done", std::to_string(done)},
                                              {"total", std::to_string(facts.ledger.size())}}));
    Block table{BlockKind::table, {}, {}, {}, {}};
    table.columns = {{words("column.number"), 70, true},
                     {words("column.task"), 390, false},
                     {words("column.status_at_start"), 200, false},
                     {words("column.result"), 340, false}};
    for (const LedgerFact& fact : facts.ledger) {
        std::string result = words(fact.is_done      ? "result.done"
                                   : fact.is_dropped ? "result.dropped"
                                                     : "result.open");
        if (!fact.result.empty()) result += ": " + fact.result;
        std::string status = fact.carried_over == 0 ? words("status.fresh")
                                                    : words("status.carried_over",
                                                            {{"count", std::to_string(fact.carried_over)}});
        if (fact.was_late) status += "; " + words("status.late");
        if (fact.start_progress > 0)
            status += "; " + words("status.progress", {{"percent", std::to_string(fact.start_progress)}});
        table.rows.push_back(
            {{std::to_string(table.rows.size() + 1),
              fact.text + (fact.owner_name.empty() ? "" : "\n(" + fact.owner_name + ")"), status, result},
             false});
    }
    document.blocks.push_back(std::move(table));
}

void Composer::contributions() {
    std::string about;
    for (const SpokenFact& spoken : facts.contributions) {
        if (!spoken.about.empty() && spoken.about != about)
            add(LineStyle::body, words("spoken_about", {{"item", spoken.about}}));
        about = spoken.about;
        add(LineStyle::entry, spoken.text.empty() ? words("spoke") : spoken.text,
            words("speaker", {{"name", spoken.speaker_name}}));
    }
}

void Composer::items(const ResolutionFact& resolution) {
    std::int64_t number = 0;
    for (const DecisionFact& item : resolution.items) {
        std::string text = item.text;
        if (item.votes_for)
            text += " " + words(item.needs_two_thirds ? "item_votes_two_thirds" : "item_votes",
                                {{"votes", std::to_string(*item.votes_for)},
                                 {"called", std::to_string(resolution.votes_called)}});
        add(LineStyle::body, text, std::to_string(++number) + ".");
    }
}

void Composer::votes(const ResolutionFact& resolution) {
    add(LineStyle::body,
        words(resolution.needs_two_thirds ? "votes_two_thirds" : "votes",
              {{"votes", std::to_string(resolution.votes_for)},
               {"called", std::to_string(resolution.votes_called)},
               {"percent", std::to_string(resolution.votes_called > 0
                                              ? resolution.votes_for * 100 / resolution.votes_called
                                              : 0)}}));
}

std::vector<Line> Composer::signature_of_chair() const {
    std::vector<Line> lines;
    lines.push_back({LineStyle::signer, words.either("for_unit." + facts.unit_kind, "for_unit.other"), ""});
    lines.push_back(
        {LineStyle::office,
         upper_case(facts.chair_office == members::Office::none ? words("chair_of_meeting")
                                                                : office_name(facts.chair_office, words)),
         ""});
    lines.push_back({LineStyle::space_to_sign, "", ""});
    lines.push_back({LineStyle::signed_name, facts.chair_name, ""});
    return lines;
}

void Composer::signed_by_both() {
    Block block{BlockKind::columns, {}, {}, {}, {}};
    block.lines = {{LineStyle::signer, upper_case(words("minute_taker_signs")), ""},
                   {LineStyle::space_to_sign, "", ""},
                   {LineStyle::signed_name, facts.second_name, ""}};
    block.right_lines = {{LineStyle::signer, upper_case(words("chair_of_meeting")), ""},
                         {LineStyle::space_to_sign, "", ""},
                         {LineStyle::signed_name, facts.chair_name, ""}};
    document.blocks.push_back(std::move(block));
}

void Composer::signed_for_unit() {
    Block block{BlockKind::columns, {}, {}, {}, {}};
    block.lines.push_back({LineStyle::recipients, words("recipients"), ""});
    if (!facts.upper_name.empty())
        block.lines.push_back(
            {LineStyle::recipient, words("recipient.above", {{"unit", facts.upper_name}}), ""});
    for (const char* key : {"recipient.assigned", "recipient.groups", "recipient.members", "recipient.file"})
        block.lines.push_back({LineStyle::recipient, words(key), ""});
    block.right_lines = signature_of_chair();
    document.blocks.push_back(std::move(block));
}

}  // namespace gw::papers
