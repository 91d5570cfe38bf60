#include "papers/papers_compose.h"

#include <algorithm>

#include "papers/papers_parts.h"
#include "papers/papers_rules.h"

namespace gw::papers {

namespace {

void compose_minutes(Composer& paper) {
    const Facts& facts = paper.facts;
    const Words& words = paper.words;
    paper.circumstances();
    paper.heading(words("part.agenda"));
    if (facts.agenda.empty()) paper.add(LineStyle::body, words("no_agenda"));
    std::int64_t number = 0;
    for (const std::string& item : facts.agenda)
        paper.add(LineStyle::body, item, std::to_string(++number) + ".");
    paper.heading(words("part.results"));
    paper.ledger();
    paper.heading(words("part.contributions"));
    if (facts.contributions.empty()) paper.add(LineStyle::body, words("nobody_spoke"));
    else
        paper.add(LineStyle::body,
                  words("spoke_count", {{"count", std::to_string(facts.contributions.size())}}));
    paper.contributions();
    paper.heading(words("part.conclusion"));
    if (!facts.summary.empty()) paper.add(LineStyle::body, facts.summary);
    for (const ResolutionFact& resolution : facts.resolutions) {
        paper.add(LineStyle::body,
                  words("adopted", {{"number", resolution.number_text}, {"title", resolution.title}}));
        paper.items(resolution);
        paper.votes(resolution);
    }
    if (facts.summary.empty() && facts.resolutions.empty())
        paper.add(LineStyle::body, words("no_conclusion"));
    paper.add(LineStyle::body,
              words("minutes_read", {{"until", time_text(facts.started_minute + facts.minutes)},
                                     {"day", day_text(facts.meets_on, words)}}));
    paper.signed_by_both();
}

void task_table(Composer& paper, const ResolutionFact& resolution) {
    const Words& words = paper.words;
    Block table{BlockKind::table, {}, {}, {}, {}};
    table.columns = {{words("column.number"), 70, true},
                     {words("column.task"), 440, false},
                     {words("column.owner"), 280, false},
                     {words("column.due_on"), 210, true}};
    for (const DecisionFact& item : resolution.items)
        for (const TaskFact& task : item.tasks)
            table.rows.push_back({{std::to_string(table.rows.size() + 1), task.title, task.owner_name,
                                   day_text(task.due_on, words)},
                                  false});
    if (table.rows.empty()) paper.add(LineStyle::body, words("no_tasks"));
    else {
        paper.add(LineStyle::body, words("tasks_given"));
        paper.document.blocks.push_back(std::move(table));
    }
}

void compose_resolution(Composer& paper) {
    const Facts& facts = paper.facts;
    const Words& words = paper.words;
    const ResolutionFact& resolution = facts.resolutions.front();
    const auto present = std::count_if(facts.roll.begin(), facts.roll.end(), [](const AttendanceFact& one) {
        return one.mark == meetings::Mark::present;
    });
    paper.add(LineStyle::body,
              words("resolution_opening", {{"unit", facts.unit_name},
                                           {"day", day_text(facts.meets_on, words)},
                                           {"present", std::to_string(present)},
                                           {"expected", std::to_string(facts.roll.size())}}));
    paper.heading("I. " + words("part.results_last"));
    paper.ledger();
    paper.heading("II. " + words("part.tasks_next"));
    paper.items(resolution);
    paper.heading("III. " + words("part.assignment"));
    task_table(paper, resolution);
    paper.heading("IV. " + words("part.self_score"));
    if (facts.score.empty() || facts.score.front().class_name.empty())
        paper.add(LineStyle::body, words("not_scored"));
    else
        paper.add(
            LineStyle::body,
            words("scored", {{"points", points_text(facts.score.front().points_milli, words.language())},
                             {"maximum", points_text(facts.score.front().maximum_milli, words.language())},
                             {"class", facts.score.front().class_name}}));
    paper.votes(resolution);
    paper.signed_for_unit();
    if (facts.contributions.empty()) return;
    paper.document.blocks.push_back({BlockKind::new_page, {}, {}, {}, {}});
    paper.add(LineStyle::kind, words("part.appendix"));
    paper.add(LineStyle::subject, words("appendix_of", {{"number", resolution.number_text}}));
    paper.add(LineStyle::rule, "");
    paper.contributions();
}

void compose_conclusion(Composer& paper) {
    const Facts& facts = paper.facts;
    const Words& words = paper.words;
    paper.add(LineStyle::body, words("conclusion_opening", {{"unit", facts.unit_name},
                                                            {"day", day_text(facts.meets_on, words)},
                                                            {"subject", facts.subject}}));
    paper.heading("1. " + words("part.results"));
    paper.ledger();
    paper.heading("2. " + words("part.conclusion"));
    paper.add(LineStyle::body, facts.summary.empty() ? words("no_conclusion") : facts.summary);
    paper.add(LineStyle::body, words("conclusion_closing"));
    paper.signed_for_unit();
}

void compose_score_sheet(Composer& paper) {
    const Words& words = paper.words;
    const ScoreFacts& score = paper.facts.score.front();
    paper.add(LineStyle::body, words("score_opening", {{"rulebook", score.rulebook}}));
    Block table{BlockKind::table, {}, {}, {}, {}};
    table.columns = {{words("column.number"), 70, true},
                     {words("column.criterion"), 500, false},
                     {words("column.maximum"), 120, true},
                     {words("column.points"), 120, true},
                     {words("column.source"), 190, false}};
    const auto points = [&](std::int64_t milli) { return points_text(milli, words.language()); };
    std::string group;
    std::int64_t number = 0;
    for (const CriterionFact& criterion : score.criteria) {
        if (criterion.group_name != group) {
            group = criterion.group_name;
            std::int64_t maximum = 0, reached = 0;
            for (const CriterionFact& other : score.criteria) {
                if (other.group_name != group || !other.is_asked) continue;
                maximum += other.maximum_milli;
                reached += other.points_milli;
            }
            table.rows.push_back({{"", group, points(maximum), points(reached), ""}, true});
        }
        table.rows.push_back(
            {{std::to_string(++number), criterion.name,
              criterion.is_asked ? points(criterion.maximum_milli) : "–",
              criterion.is_asked && criterion.is_scored ? points(criterion.points_milli) : "–",
              words(!criterion.is_asked    ? "from.not_asked"
                    : !criterion.is_scored ? "from.waiting"
                    : criterion.is_self    ? "from.self"
                                           : "from.record")},
             false});
    }
    table.rows.push_back(
        {{"", words("sum"), points(score.maximum_milli), points(score.points_milli), ""}, true});
    paper.document.blocks.push_back(std::move(table));
    paper.add(LineStyle::body, score.class_name.empty()
                                   ? words("not_scored")
                                   : words("scored", {{"points", points(score.points_milli)},
                                                      {"maximum", points(score.maximum_milli)},
                                                      {"class", score.class_name}}));
    paper.signed_by_both();
}

// The longest text a kept document may hold; nobody reads more in one place.
void shorten(std::string& text) {
    constexpr std::size_t most_bytes = 19'000;
    if (text.size() <= most_bytes) return;
    std::size_t end = most_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    text += " …";
}

}  // namespace

std::string points_text(std::int64_t milli, const std::string& language) {
    std::string text = std::to_string(milli / 1000);
    std::string rest = std::to_string(1000 + milli % 1000).substr(1);
    while (!rest.empty() && rest.back() == '0') rest.pop_back();
    return rest.empty() ? text : text + (language == "vi" ? "," : ".") + rest;
}

Document compose(const Facts& facts, const std::string& number_text, const Words& words) {
    Composer paper{facts, words, {}};
    const bool is_resolution = facts.kind == Kind::resolution;
    const std::string number = is_resolution ? facts.resolutions.front().number_text : number_text;
    const Date day = is_resolution ? facts.resolutions.front().adopted_on : facts.meets_on;
    paper.head(number, day,
               is_resolution
                   ? facts.resolutions.front().title
                   : words("subject." + to_text(facts.kind),
                           {{"subject", facts.subject},
                            {"month", std::to_string(static_cast<unsigned>(facts.meets_on.month()))},
                            {"year", std::to_string(static_cast<int>(facts.meets_on.year()))}}));
    switch (facts.kind) {
        case Kind::minutes: compose_minutes(paper); break;
        case Kind::resolution: compose_resolution(paper); break;
        case Kind::conclusion: compose_conclusion(paper); break;
        case Kind::score_sheet: compose_score_sheet(paper); break;
    }
    for (Block& block : paper.document.blocks) {
        for (Line& line : block.lines) shorten(line.text);
        for (TableRow& row : block.rows)
            for (std::string& cell : row.cells) shorten(cell);
    }
    return std::move(paper.document);
}

}  // namespace gw::papers
