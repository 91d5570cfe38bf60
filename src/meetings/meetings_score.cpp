#include "meetings/meetings_score.h"

#include <algorithm>
#include <map>
#include <set>

#include "evaluation/explain.h"
#include "meetings/meetings_rules.h"

namespace gw::meetings {

namespace {

namespace ev = gw::evaluation;
constexpr const char* rulebook_id = "vn.meeting";
constexpr const char* subject_key = "meeting";

using MaybeNumber = std::optional<std::int64_t>;
struct RecordFact {
    std::string_view name;
    MaybeNumber (*value)(const Meeting&);
};

// What the record knows, by the names the rulebook uses. A fact the rulebook asks for and nobody knows is
// missing.
constexpr RecordFact record_facts[] = {
    {"minutes_held", [](const Meeting& m) -> MaybeNumber { return minutes_held(m); }},
    {"unit_members", [](const Meeting& m) -> MaybeNumber { return m.unit_members; }},
    {"members_expected", [](const Meeting& m) -> MaybeNumber { return m.members_expected; }},
    {"members_present", [](const Meeting& m) -> MaybeNumber { return m.members_present; }},
    {"excused_count", [](const Meeting& m) -> MaybeNumber { return m.excused_count; }},
    {"unexcused_count", [](const Meeting& m) -> MaybeNumber { return m.unexcused_count; }},
    {"running_excused_count", [](const Meeting& m) -> MaybeNumber { return m.running_excused_count; }},
    {"speaker_count", [](const Meeting& m) -> MaybeNumber { return m.speaker_count; }},
    {"has_thematic_part", [](const Meeting& m) -> MaybeNumber { return m.has_thematic_part ? 1 : 0; }},
    {"has_committee", [](const Meeting& m) -> MaybeNumber { return m.has_committee ? 1 : 0; }},
    {"documents_days_before",
     [](const Meeting& m) -> MaybeNumber {
         return m.documents_sent_on ? MaybeNumber(days_between(*m.documents_sent_on, m.meets_on))
                                    : std::nullopt;
     }},
    {"published_after_days",
     [](const Meeting& m) -> MaybeNumber {
         return m.published_on ? MaybeNumber(days_between(m.meets_on, *m.published_on)) : std::nullopt;
     }},
    {"results_total", [](const Meeting& m) -> MaybeNumber { return m.results_total; }},
    {"results_done", [](const Meeting& m) -> MaybeNumber { return m.results_done; }},
};

const RecordFact* find_record_fact(std::string_view name) {
    const auto found = std::find_if(std::begin(record_facts), std::end(record_facts),
                                    [&](const RecordFact& fact) { return fact.name == name; });
    return found == std::end(record_facts) ? nullptr : found;
}

const SelfMark* find_mark(std::span<const SelfMark> marks, std::string_view fact) {
    const auto found =
        std::find_if(marks.begin(), marks.end(), [&](const SelfMark& mark) { return mark.fact == fact; });
    return found == marks.end() ? nullptr : &*found;
}

bool is_meeting_fact(const ev::Fact& fact) { return fact.domain == ev::Domain::meeting; }

// Rows of meetings with every fact of the rulebook. What a unit has not said yet counts as its lowest value.
ev::Table table_of(const ev::Rulebook& book, std::span<const Meeting* const> meetings,
                   std::span<const std::span<const SelfMark>> marks) {
    ev::Table table;
    for (const Meeting* meeting : meetings) table.ids.push_back(meeting->id.number);
    for (const ev::Fact& fact : book.facts) {
        if (!is_meeting_fact(fact)) continue;
        const RecordFact* record_fact = fact.is_self ? nullptr : find_record_fact(fact.key);
        ev::Numbers& values = table.add(fact.key);
        for (std::size_t i = 0; i < meetings.size(); ++i) {
            MaybeNumber value;
            if (record_fact) value = record_fact->value(*meetings[i]);
            else if (const SelfMark* mark = fact.is_self ? find_mark(marks[i], fact.key) : nullptr)
                value = mark->value;
            values.set(i, std::clamp(value.value_or(fact.when_missing.value_or(fact.lowest)), fact.lowest,
                                     fact.highest));
        }
    }
    return table;
}

// The facts of the unit's own that stand behind a formula, also through derived values.
void add_self_facts(const ev::Rulebook& book, const ev::Subject& subject, const ev::Formula& formula,
                    std::set<std::string>& facts) {
    if (formula.is_empty()) return;
    for (const std::string& name : ev::names_in(formula.expression)) {
        const auto derived = std::find_if(subject.derived.begin(), subject.derived.end(),
                                          [&](const ev::Derived& one) { return one.key == name; });
        if (derived != subject.derived.end()) add_self_facts(book, subject, derived->formula, facts);
        const bool is_fact = std::any_of(book.facts.begin(), book.facts.end(), [&](const ev::Fact& fact) {
            return is_meeting_fact(fact) && fact.key == name;
        });
        if (is_fact && !find_record_fact(name)) facts.insert(name);
    }
}

std::set<std::string> self_facts_of(const ev::Rulebook& book, const ev::Subject& subject,
                                    const ev::Criterion& criterion) {
    std::set<std::string> facts;
    add_self_facts(book, subject, criterion.input, facts);
    for (const ev::Choice& choice : criterion.choices) add_self_facts(book, subject, choice.when, facts);
    return facts;
}

bool is_waiting(const std::set<std::string>& facts, std::span<const SelfMark> marks) {
    return std::any_of(facts.begin(), facts.end(),
                       [&](const std::string& fact) { return !find_mark(marks, fact); });
}

std::int64_t milli(std::int64_t score, std::int64_t scale) { return score * 1000 / scale; }

// The self facts behind each criterion, worked out when first asked for.
class SelfFacts {
public:
    SelfFacts(const ev::Rulebook& book, const ev::Subject& subject) : book_(book), subject_(subject) {}
    const std::set<std::string>& of(const ev::Criterion& criterion) {
        const auto [found, is_asked_first] = facts_.try_emplace(criterion.key);
        if (is_asked_first) found->second = self_facts_of(book_, subject_, criterion);
        return found->second;
    }

private:
    const ev::Rulebook& book_;
    const ev::Subject& subject_;
    std::map<std::string, std::set<std::string>> facts_;
};

// True while a criterion that applies to the meeting waits for the unit's own mark.
bool waits(const ev::Plan& plan, const ev::Subject& subject, SelfFacts& facts, const ev::Table& table,
           std::size_t row, std::span<const SelfMark> marks) {
    std::set<std::string> may_wait;
    for (const ev::Criterion& criterion : subject.criteria) {
        if (!is_waiting(facts.of(criterion), marks)) continue;
        if (criterion.applies_when.is_empty()) return true;
        may_wait.insert(criterion.key);
    }
    if (may_wait.empty()) return false;
    const auto why = ev::explain_row(plan, subject_key, table, static_cast<std::int64_t>(row));
    return std::any_of(why.criteria.begin(), why.criteria.end(), [&](const ev::CriterionReason& criterion) {
        return criterion.applies && may_wait.contains(criterion.key);
    });
}

void clear_score(Meeting& meeting) {
    meeting.score_milli.reset();
    meeting.maximum_milli.reset();
    meeting.score_class.reset();
}

void compute_scores(const rulebooks::Edition& edition, std::span<Meeting* const> meetings,
                    std::span<const std::span<const SelfMark>> marks) {
    const ev::Rulebook& book = edition.rulebook();
    const ev::Subject* subject = book.find_subject(subject_key);
    if (!subject || meetings.empty()) return;
    const ev::Table table = table_of(book, {meetings.data(), meetings.size()}, marks);
    const ev::Scores scores = ev::evaluate_rows(*edition.plan, subject_key, table);
    if (!scores.problems.empty())
        throw std::runtime_error("the meeting rulebook refuses facts of its own ranges");
    SelfFacts facts(book, *subject);
    for (std::size_t i = 0; i < meetings.size(); ++i) {
        Meeting& meeting = *meetings[i];
        clear_score(meeting);
        meeting.score_milli = milli(scores.score[i], book.score_scale);
        meeting.maximum_milli = milli(scores.maximum[i], book.score_scale);
        const ev::Named* named = book.find_class(scores.final_class[i]);
        if (named && !waits(*edition.plan, *subject, facts, table, i, marks[i]))
            meeting.score_class = named->key;
    }
}

}  // namespace

std::shared_ptr<const rulebooks::Edition> edition_for(const rulebooks::Library& library, std::int64_t year) {
    if (auto edition = library.find(rulebook_id, year)) return edition;
    std::shared_ptr<const rulebooks::Edition> nearest;
    const auto distance = [&](const rulebooks::Edition& edition) {
        const ev::Rulebook& book = edition.rulebook();
        return year < book.valid_from ? book.valid_from - year : year - book.valid_until.value_or(year);
    };
    for (const auto& edition : library.editions())
        if (edition->rulebook().id == rulebook_id && (!nearest || distance(*edition) < distance(*nearest)))
            nearest = edition;
    return nearest;
}

bool is_scored(const Meeting& meeting) {
    return meeting.state == State::held && (meeting.kind == Kind::regular || meeting.kind == Kind::thematic);
}

void compute_score(const rulebooks::Library& library, Meeting& meeting, std::span<const SelfMark> marks) {
    const auto edition = edition_for(library, static_cast<int>(meeting.meets_on.year()));
    if (!edition || !is_scored(meeting)) return clear_score(meeting);
    Meeting* const one[] = {&meeting};
    const std::span<const SelfMark> its[] = {marks};
    compute_scores(*edition, one, its);
}

void score_meetings(const rulebooks::Library& library, std::span<Meeting> meetings,
                    std::span<const SelfMarks> marks) {
    struct Batch {
        std::shared_ptr<const rulebooks::Edition> edition;
        std::vector<Meeting*> meetings;
        std::vector<std::span<const SelfMark>> marks;
    };
    std::map<int, Batch> years;
    for (std::size_t i = 0; i < meetings.size(); ++i) {
        if (!is_scored(meetings[i])) continue;
        Batch& batch = years[static_cast<int>(meetings[i].meets_on.year())];
        batch.meetings.push_back(&meetings[i]);
        batch.marks.push_back(i < marks.size() ? std::span<const SelfMark>(marks[i].marks)
                                               : std::span<const SelfMark>());
    }
    for (auto& [year, batch] : years)
        if (const auto edition = edition_for(library, year))
            compute_scores(*edition, batch.meetings, batch.marks);
}

std::vector<ScoreFact> self_facts(const rulebooks::Library& library, std::int64_t year) {
    std::vector<ScoreFact> facts;
    const auto edition = edition_for(library, year);
    if (!edition) return facts;
    for (const ev::Fact& fact : edition->rulebook().facts)
        if (is_meeting_fact(fact) && fact.is_self)
            facts.push_back({fact.key, fact.text.in("en"), fact.unit, fact.lowest, false, true, fact.lowest,
                             fact.highest});
    return facts;
}

MeetingScore explain_score(const rulebooks::Edition& edition, const Meeting& meeting,
                           std::span<const SelfMark> marks, std::string_view language) {
    const ev::Rulebook& book = edition.rulebook();
    const ev::Subject& subject = *book.find_subject(subject_key);
    const Meeting* const one[] = {&meeting};
    const std::span<const SelfMark> its[] = {marks};
    const ev::Table table = table_of(book, one, its);
    const ev::Explanation why = ev::explain_row(*edition.plan, subject_key, table, 0);
    std::map<std::string, std::set<std::string>> self;
    for (const ev::Criterion& criterion : subject.criteria)
        self[criterion.key] = self_facts_of(book, subject, criterion);

    MeetingScore score;
    score.meeting_id = meeting.id;
    score.rulebook = book.id + " " + book.edition;
    score.points_milli = milli(why.score, why.score_scale);
    score.maximum_milli = milli(why.maximum, why.score_scale);
    score.sheet_maximum_milli = milli(subject.maximum, why.score_scale);
    for (const ev::CriterionReason& reason : why.criteria) {
        const std::set<std::string>& self_of_criterion = self.at(reason.key);
        CriterionScore& line = score.criteria.emplace_back();
        line.key = reason.key;
        line.group = reason.group;
        for (const ev::CriteriaGroup& group : subject.groups)
            if (group.key == reason.group) line.group_name = group.text.in(language);
        line.name = reason.text.in(language);
        line.points_milli = milli(reason.points, why.score_scale);
        line.maximum_milli = milli(reason.maximum, why.score_scale);
        line.chosen = reason.choice.in(language);
        if (!reason.applies) line.points_from = PointsFrom::not_asked;
        else if (is_waiting(self_of_criterion, marks)) line.points_from = PointsFrom::waiting;
        else line.points_from = self_of_criterion.empty() ? PointsFrom::record : PointsFrom::self;
        if (line.points_from == PointsFrom::waiting)
            score.waiting_milli += line.maximum_milli - line.points_milli;
        if (line.points_from == PointsFrom::record) score.record_points_milli += line.points_milli;
        if (line.points_from == PointsFrom::self) score.self_points_milli += line.points_milli;
        std::set<std::string> shown;
        for (const ev::FactReason& fact : reason.facts) {
            const bool is_self = self_of_criterion.contains(fact.key);
            ScoreFact known{fact.key, fact.text.in(language), fact.unit, fact.value, fact.is_given, is_self};
            if (is_self) known.is_given = find_mark(marks, fact.key) != nullptr;
            for (const ev::Fact& declared : book.facts)
                if (is_meeting_fact(declared) && declared.key == fact.key) {
                    known.lowest = declared.lowest;
                    known.highest = declared.highest;
                }
            line.facts.push_back(std::move(known));
            shown.insert(fact.key);
        }
        for (const ev::Fact& declared : book.facts) {
            if (!is_meeting_fact(declared) || !self_of_criterion.contains(declared.key) ||
                shown.contains(declared.key))
                continue;
            const SelfMark* mark = find_mark(marks, declared.key);
            line.facts.push_back({declared.key, declared.text.in(language), declared.unit,
                                  mark ? mark->value : declared.lowest, mark != nullptr, true,
                                  declared.lowest, declared.highest});
        }
    }
    const bool is_complete =
        std::none_of(score.criteria.begin(), score.criteria.end(),
                     [](const CriterionScore& line) { return line.points_from == PointsFrom::waiting; });
    const ev::Named* named = book.find_class(why.final_class);
    if (is_complete && named) {
        score.score_class = named->key;
        score.class_name = named->text.in(language);
    }
    return score;
}

Problems problems_in(const rulebooks::Edition& edition, std::span<const SelfMark> marks) {
    Problems problems;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const std::string place = "marks/" + std::to_string(i) + "/";
        const auto& facts = edition.rulebook().facts;
        const auto fact = std::find_if(facts.begin(), facts.end(), [&](const ev::Fact& one) {
            return is_meeting_fact(one) && one.key == marks[i].fact;
        });
        if (fact == facts.end() || !fact->is_self) {
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
