#include "meetings/meetings_sheet.h"

#include <algorithm>

#include "evaluation/explain.h"
#include "platform/checks.h"

namespace gw::meetings {

namespace {

namespace ev = gw::evaluation;

// What a criterion can give, the best first; nothing when it takes any points up to its maximum.
std::vector<PointsOption> options_of(const ev::Rulebook& book, const ev::Criterion& criterion,
                                     std::string_view language) {
    std::vector<PointsOption> options;
    const auto add = [&](std::int64_t points, const std::string& text) {
        const std::int64_t points_milli = milli(points, book.score_scale);
        const auto same = std::find_if(options.begin(), options.end(), [&](const PointsOption& option) {
            return option.points_milli == points_milli;
        });
        if (same == options.end()) options.push_back({points_milli, text});
    };
    switch (criterion.scoring) {
        case ev::Scoring::direct: return options;
        case ev::Scoring::yes_no: add(criterion.maximum, ""); break;
        case ev::Scoring::choice:
            for (const ev::Choice& choice : criterion.choices) add(choice.points, choice.text.in(language));
            break;
        case ev::Scoring::level:
            for (const ev::Named& level : book.levels)
                if (level.number >= 1 && static_cast<std::size_t>(level.number) <= criterion.points.size())
                    add(criterion.points[static_cast<std::size_t>(level.number) - 1].y,
                        level.text.in(language));
            break;
        case ev::Scoring::steps:
        case ev::Scoring::piecewise:
            for (const ev::Point& point : criterion.points) add(point.y, "");
            break;
    }
    if (criterion.scoring != ev::Scoring::level && criterion.scoring != ev::Scoring::piecewise)
        add(criterion.otherwise, "");
    std::sort(options.begin(), options.end(),
              [](const PointsOption& a, const PointsOption& b) { return a.points_milli > b.points_milli; });
    return options;
}

bool is_pass_or_fail(const ev::Subject& subject) {
    return std::all_of(subject.criteria.begin(), subject.criteria.end(), [](const ev::Criterion& criterion) {
        return criterion.scoring == ev::Scoring::yes_no && criterion.otherwise == 0;
    });
}

std::string group_name(const ev::Subject& subject, const std::string& key, std::string_view language) {
    for (const ev::CriteriaGroup& group : subject.groups)
        if (group.key == key) return group.text.in(language);
    return {};
}

const ev::Fact* find_fact(const ev::Rulebook& book, std::string_view key) {
    for (const ev::Fact& fact : book.facts)
        if (is_meeting_fact(fact) && fact.key == key) return &fact;
    return nullptr;
}

const KeptFigure* find_figure(std::span<const KeptFigure> figures, std::string_view criterion) {
    for (const KeptFigure& figure : figures)
        if (figure.criterion == criterion) return &figure;
    return nullptr;
}

// The facts behind a criterion: those of the reason, then those of the unit's own that it did not name.
std::vector<ScoreFact> facts_of(const ev::Rulebook& book, const ev::CriterionReason& reason,
                                const std::set<std::string>& self, std::span<const SelfMark> marks) {
    std::vector<ScoreFact> facts;
    std::set<std::string> shown;
    for (const ev::FactReason& fact : reason.facts) {
        const bool is_self = self.contains(fact.key);
        ScoreFact known{fact.key, "", fact.unit, fact.value, fact.is_given, is_self};
        if (is_self) known.is_given = find_mark(marks, fact.key) != nullptr;
        if (const ev::Fact* declared = find_fact(book, fact.key)) {
            known.lowest = declared->lowest;
            known.highest = declared->highest;
        }
        facts.push_back(std::move(known));
        shown.insert(fact.key);
    }
    for (const std::string& key : self) {
        const ev::Fact* declared = shown.contains(key) ? nullptr : find_fact(book, key);
        if (!declared) continue;
        ScoreFact fact = score_fact(*declared, "en");
        const SelfMark* mark = find_mark(marks, key);
        fact.value = mark ? mark->value : declared->lowest;
        fact.is_given = mark != nullptr;
        fact.is_self = true;
        facts.push_back(std::move(fact));
    }
    return facts;
}

void name_facts(std::vector<ScoreFact>& facts, const ev::Rulebook& book, const ev::CriterionReason& reason,
                std::string_view language) {
    for (ScoreFact& fact : facts) {
        for (const ev::FactReason& known : reason.facts)
            if (known.key == fact.key) fact.name = known.text.in(language);
        if (const ev::Fact* declared = find_fact(book, fact.key)) fact.name = declared->text.in(language);
    }
}

// Conditions of a better class that the points alone would reach.
std::vector<std::string> conditions_not_met(const ev::Subject& subject, const ev::Explanation& why,
                                            std::string_view language) {
    std::vector<std::string> texts;
    for (const ev::GateReason& gate : why.not_met)
        for (const ev::Threshold& threshold : subject.thresholds)
            if (threshold.class_number == gate.class_number && why.score >= threshold.minimum.value_or(0))
                texts.push_back(gate.text.in(language));
    return texts;
}

std::optional<ScoreGap> gap_between(const std::vector<CriterionScore>& criteria,
                                    std::optional<std::int64_t> CriterionScore::*first,
                                    std::optional<std::int64_t> CriterionScore::*second) {
    ScoreGap gap;
    for (const CriterionScore& line : criteria) {
        if (!(line.*first) || !(line.*second)) continue;
        ++gap.lines;
        gap.first_milli += *(line.*first);
        gap.second_milli += *(line.*second);
    }
    if (gap.lines == 0) return std::nullopt;
    gap.gap_milli = gap.first_milli - gap.second_milli;
    return gap;
}

void add_visitor(MeetingScore& score, const KeptScores& kept) {
    score.visitor = kept.visitor;
    if (!score.visitor) return;
    if (kept.visitor_figures.empty()) {
        if (score.score_class) score.gap_milli = score.points_milli - score.visitor->points_milli;
        return;
    }
    score.visitor->points_milli = score.visitor->lines = score.visitor->maximum_milli = 0;
    for (const CriterionScore& line : score.criteria) {
        if (!line.visitor_milli) continue;
        score.visitor->points_milli += *line.visitor_milli;
        score.visitor->maximum_milli += line.maximum_milli;
        ++score.visitor->lines;
    }
    if (score.score_class && score.self_and_visitor) score.gap_milli = score.self_and_visitor->gap_milli;
}

}  // namespace

MeetingScore explain_score(const rulebooks::Edition& edition, const Meeting& meeting, const KeptScores& kept,
                           std::string_view language) {
    const ev::Rulebook& book = edition.rulebook();
    const ev::Subject& subject = *book.find_subject(score_subject);
    const std::span<const SelfMark> marks = kept.marks;
    const ev::Explanation why =
        ev::explain_row(*edition.plan, score_subject, table_of(book, meeting, marks, Unsaid::lowest), 0);
    const std::map<std::string, bool> is_filled = filled_by_record(edition, meeting);
    const bool unit_has_scored = !marks.empty() || !kept.own_figures.empty();

    MeetingScore score;
    score.meeting_id = meeting.id;
    score.rulebook = edition.full_name();
    score.rulebook_name = book.title.in(language);
    score.is_pass_or_fail = is_pass_or_fail(subject);
    score.points_milli = milli(why.score, why.score_scale);
    score.maximum_milli = milli(why.maximum, why.score_scale);
    score.sheet_maximum_milli = milli(subject.maximum, why.score_scale);
    std::int64_t from_record = 0, from_self = 0;
    for (std::size_t i = 0; i < why.criteria.size(); ++i) {
        const ev::CriterionReason& reason = why.criteria[i];
        const ev::Criterion& criterion = subject.criteria[i];
        const std::set<std::string> self = self_facts_of(book, subject, criterion);
        const bool lacks_a_mark = std::any_of(
            self.begin(), self.end(), [&](const std::string& fact) { return !find_mark(marks, fact); });
        CriterionScore& line = score.criteria.emplace_back();
        line.key = reason.key;
        line.group = reason.group;
        line.group_name = group_name(subject, reason.group, language);
        line.name = reason.text.in(language);
        line.points_milli = milli(reason.points, why.score_scale);
        line.maximum_milli = milli(reason.maximum, why.score_scale);
        line.chosen = reason.choice.in(language);
        if (criterion.scoring == ev::Scoring::level)
            for (const ev::Named& level : book.levels)
                if (level.number == reason.input) line.chosen = level.text.in(language);
        line.options = options_of(book, criterion, language);
        line.basis = reason.origin.basis;
        if (const auto source = book.sources.find(reason.origin.source); source != book.sources.end())
            line.source = source->second;
        line.facts = facts_of(book, reason, self, marks);
        name_facts(line.facts, book, reason, language);

        if (!reason.applies) line.points_from = PointsFrom::not_asked;
        else if (is_filled.at(reason.key)) line.points_from = PointsFrom::record;
        else line.points_from = lacks_a_mark ? PointsFrom::waiting : PointsFrom::self;
        switch (line.points_from) {
            case PointsFrom::record:
                ++score.filled_lines;
                from_record += reason.points;
                line.record_milli = line.points_milli;
                if (unit_has_scored) line.self_milli = line.points_milli;
                if (const KeptFigure* own = find_figure(kept.own_figures, reason.key)) {
                    line.self_milli = own->points_milli;
                    line.self_reason = own->reason;
                }
                break;
            case PointsFrom::self:
                from_self += reason.points;
                line.self_milli = line.points_milli;
                break;
            case PointsFrom::waiting: score.waiting_milli += line.maximum_milli - line.points_milli; break;
            case PointsFrom::not_asked: continue;
        }
        if (const KeptFigure* seen = find_figure(kept.visitor_figures, reason.key)) {
            line.visitor_milli = seen->points_milli;
            line.visitor_reason = seen->reason;
        }
    }
    score.record_points_milli = milli(from_record, why.score_scale);
    score.self_points_milli = milli(from_self, why.score_scale);
    const bool is_complete =
        std::none_of(score.criteria.begin(), score.criteria.end(),
                     [](const CriterionScore& line) { return line.points_from == PointsFrom::waiting; });
    const ev::Named* named = book.find_class(why.final_class);
    if (is_complete && named) {
        score.score_class = named->key;
        score.class_name = named->text.in(language);
        score.not_met = conditions_not_met(subject, why, language);
    }
    score.self_and_record =
        gap_between(score.criteria, &CriterionScore::self_milli, &CriterionScore::record_milli);
    score.self_and_visitor =
        gap_between(score.criteria, &CriterionScore::self_milli, &CriterionScore::visitor_milli);
    score.record_and_visitor =
        gap_between(score.criteria, &CriterionScore::record_milli, &CriterionScore::visitor_milli);
    add_visitor(score, kept);
    return score;
}

ScoreSheet sheet_of(const rulebooks::Edition& edition, std::string_view language) {
    const ev::Rulebook& book = edition.rulebook();
    const ev::Subject& subject = *book.find_subject(score_subject);
    ScoreSheet sheet{edition.full_name(),
                     book.title.in(language),
                     is_pass_or_fail(subject),
                     milli(subject.maximum, book.score_scale),
                     {}};
    for (const ev::Criterion& criterion : subject.criteria) {
        SheetLine& line = sheet.lines.emplace_back();
        line.key = criterion.key;
        line.group = criterion.group;
        line.group_name = group_name(subject, criterion.group, language);
        line.name = criterion.text.in(language);
        line.maximum_milli = milli(criterion.maximum, book.score_scale);
        line.is_conditional = !criterion.applies_when.is_empty();
        for (const std::string& key : self_facts_of(book, subject, criterion))
            if (const ev::Fact* fact = find_fact(book, key))
                line.facts.push_back(score_fact(*fact, language));
        line.is_from_record = line.facts.empty();
        line.options = options_of(book, criterion, language);
    }
    return sheet;
}

Problems problems_in(const rulebooks::Edition& edition, std::span<const SelfMark> marks) {
    Problems problems;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const std::string place = "marks/" + std::to_string(i) + "/";
        const ev::Fact* fact = find_fact(edition.rulebook(), marks[i].fact);
        if (!fact || !fact->is_self) {
            problems.push_back({place + "fact", "meetings.not_self_scored"});
        } else if (marks[i].value < fact->lowest || marks[i].value > fact->highest) {
            problems.push_back(
                {place + "value",
                 "meetings.mark_out_of_range",
                 {{"lowest", std::to_string(fact->lowest)}, {"highest", std::to_string(fact->highest)}}});
        }
    }
    return problems;
}

Problems problems_in(const rulebooks::Edition& edition, std::span<const Figure> figures) {
    const ev::Rulebook& book = edition.rulebook();
    const ev::Subject& subject = *book.find_subject(score_subject);
    Problems problems;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& figure = figures[i];
        const std::string place = "figures/" + std::to_string(i) + "/";
        const auto criterion =
            std::find_if(subject.criteria.begin(), subject.criteria.end(),
                         [&](const ev::Criterion& one) { return one.key == figure.criterion; });
        if (criterion == subject.criteria.end()) {
            problems.push_back({place + "criterion", "meetings.not_on_the_sheet"});
            continue;
        }
        if (!seen.insert(figure.criterion).second)
            problems.push_back({place + "criterion", "meetings.scored_twice"});
        const std::vector<PointsOption> options = options_of(book, *criterion, "en");
        const bool is_possible =
            options.empty() ? figure.points_milli >= 0 &&
                                  figure.points_milli <= milli(criterion->maximum, book.score_scale)
                            : std::any_of(options.begin(), options.end(), [&](const PointsOption& option) {
                                  return option.points_milli == figure.points_milli;
                              });
        if (!is_possible) problems.push_back({place + "points_milli", "meetings.points_not_possible"});
        check_length(problems, place + "reason", figure.reason.value_or(""));
    }
    return problems;
}

std::vector<SelfMark> merged(std::vector<SelfMark> kept, std::span<const SelfMark> changes) {
    for (const SelfMark& change : changes) {
        const auto found = std::find_if(kept.begin(), kept.end(),
                                        [&](const SelfMark& mark) { return mark.fact == change.fact; });
        if (found == kept.end()) kept.push_back(change);
        else found->value = change.value;
    }
    return kept;
}

}  // namespace gw::meetings
