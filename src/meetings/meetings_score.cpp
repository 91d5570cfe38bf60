#include "meetings/meetings_score.h"

#include <algorithm>

#include "evaluation/explain.h"
#include "meetings/meetings_rules.h"

namespace gw::meetings {

namespace {

namespace ev = gw::evaluation;

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
    {"minutes_are_complete",
     [](const Meeting& m) -> MaybeNumber {
         const bool says_something = m.speaker_count > 0 || !m.summary.empty();
         return m.chair_id && m.minute_taker_id && says_something ? 1 : 0;
     }},
    {"results_total", [](const Meeting& m) -> MaybeNumber { return m.results_total; }},
    {"results_done", [](const Meeting& m) -> MaybeNumber { return m.results_done; }},
};

const RecordFact* find_record_fact(std::string_view name) {
    const auto found = std::find_if(std::begin(record_facts), std::end(record_facts),
                                    [&](const RecordFact& fact) { return fact.name == name; });
    return found == std::end(record_facts) ? nullptr : found;
}

// Rows of meetings with every fact of the rulebook.
ev::Table table_of(const ev::Rulebook& book, std::span<const Meeting* const> meetings,
                   std::span<const std::span<const SelfMark>> marks, Unsaid unsaid) {
    ev::Table table;
    for (const Meeting* meeting : meetings) table.ids.push_back(meeting->id.number);
    for (const ev::Fact& fact : book.facts) {
        if (!is_meeting_fact(fact)) continue;
        const RecordFact* record_fact = fact.is_self ? nullptr : find_record_fact(fact.key);
        const std::int64_t filler = !fact.is_self              ? fact.when_missing.value_or(fact.lowest)
                                    : unsaid == Unsaid::lowest ? fact.lowest
                                                               : fact.highest;
        ev::Numbers& values = table.add(fact.key);
        for (std::size_t i = 0; i < meetings.size(); ++i) {
            MaybeNumber value;
            if (record_fact) value = record_fact->value(*meetings[i]);
            else if (const SelfMark* mark = fact.is_self ? find_mark(marks[i], fact.key) : nullptr)
                value = mark->value;
            values.set(i, std::clamp(value.value_or(filler), fact.lowest, fact.highest));
        }
    }
    return table;
}

// The facts that stand behind a formula, also through derived values.
void add_facts(const ev::Rulebook& book, const ev::Subject& subject, const ev::Formula& formula,
               std::set<std::string>& facts) {
    if (formula.is_empty()) return;
    for (const std::string& name : ev::names_in(formula.expression)) {
        const auto derived = std::find_if(subject.derived.begin(), subject.derived.end(),
                                          [&](const ev::Derived& one) { return one.key == name; });
        if (derived != subject.derived.end()) add_facts(book, subject, derived->formula, facts);
        if (std::any_of(book.facts.begin(), book.facts.end(),
                        [&](const ev::Fact& fact) { return is_meeting_fact(fact) && fact.key == name; }))
            facts.insert(name);
    }
}

std::set<std::string> facts_of(const ev::Rulebook& book, const ev::Subject& subject,
                               const ev::Criterion& criterion) {
    std::set<std::string> facts;
    add_facts(book, subject, criterion.input, facts);
    for (const ev::Choice& choice : criterion.choices) add_facts(book, subject, choice.when, facts);
    return facts;
}

// Which of the unit's own facts stand behind each criterion, worked out when first asked for.
class SelfFacts {
public:
    SelfFacts(const ev::Rulebook& book, const ev::Subject& subject) : book_(book), subject_(subject) {}
    struct OfCriterion {
        std::set<std::string> self;
        bool has_record = false;  // the record has a say beside them
    };
    const OfCriterion& of(const ev::Criterion& criterion) {
        const auto [found, is_asked_first] = facts_.try_emplace(criterion.key);
        if (is_asked_first) {
            found->second.self = self_facts_of(book_, subject_, criterion);
            found->second.has_record =
                !found->second.self.empty() &&
                facts_of(book_, subject_, criterion).size() > found->second.self.size();
        }
        return found->second;
    }

private:
    const ev::Rulebook& book_;
    const ev::Subject& subject_;
    std::map<std::string, OfCriterion> facts_;
};

bool lacks_a_mark(const std::set<std::string>& facts, std::span<const SelfMark> marks) {
    return std::any_of(facts.begin(), facts.end(),
                       [&](const std::string& fact) { return !find_mark(marks, fact); });
}

// True while a criterion that applies to the meeting waits for the unit's own mark.
bool waits(const rulebooks::Edition& edition, const ev::Subject& subject, SelfFacts& facts,
           const Meeting& meeting, std::span<const SelfMark> marks) {
    bool may_wait = false;
    for (const ev::Criterion& criterion : subject.criteria) {
        const SelfFacts::OfCriterion& behind = facts.of(criterion);
        if (!lacks_a_mark(behind.self, marks)) continue;
        if (criterion.applies_when.is_empty() && !behind.has_record) return true;
        may_wait = true;
    }
    if (!may_wait) return false;
    const std::map<std::string, bool> is_filled = filled_by_record(edition, meeting);
    return std::any_of(subject.criteria.begin(), subject.criteria.end(), [&](const ev::Criterion& criterion) {
        return lacks_a_mark(facts.of(criterion).self, marks) && !is_filled.at(criterion.key);
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
    const ev::Subject* subject = book.find_subject(score_subject);
    if (!subject || meetings.empty()) return;
    const ev::Table table = table_of(book, {meetings.data(), meetings.size()}, marks, Unsaid::lowest);
    const ev::Scores scores = ev::evaluate_rows(*edition.plan, score_subject, table);
    if (!scores.problems.empty())
        throw std::runtime_error("the meeting rulebook refuses facts of its own ranges");
    SelfFacts facts(book, *subject);
    for (std::size_t i = 0; i < meetings.size(); ++i) {
        Meeting& meeting = *meetings[i];
        clear_score(meeting);
        meeting.score_rulebook = edition.full_name();
        meeting.score_milli = milli(scores.score[i], book.score_scale);
        meeting.maximum_milli = milli(scores.maximum[i], book.score_scale);
        const ev::Named* named = book.find_class(scores.final_class[i]);
        if (named && !waits(edition, *subject, facts, meeting, marks[i])) meeting.score_class = named->key;
    }
}

// How many years lie between a year and those in which an edition was in force.
std::int64_t years_from(const ev::Rulebook& book, std::int64_t year) {
    return year < book.valid_from ? book.valid_from - year : year - book.valid_until.value_or(year);
}

}  // namespace

bool is_meeting_fact(const ev::Fact& fact) { return fact.domain == ev::Domain::meeting; }

const SelfMark* find_mark(std::span<const SelfMark> marks, std::string_view fact) {
    const auto found =
        std::find_if(marks.begin(), marks.end(), [&](const SelfMark& mark) { return mark.fact == fact; });
    return found == marks.end() ? nullptr : &*found;
}

ScoreFact score_fact(const ev::Fact& fact, std::string_view language) {
    return {fact.key, fact.text.in(language), fact.unit,   fact.lowest,
            false,    fact.is_self,           fact.lowest, fact.highest};
}

std::int64_t milli(std::int64_t score, std::int64_t scale) { return score * 1000 / scale; }

ev::Table table_of(const ev::Rulebook& book, const Meeting& meeting, std::span<const SelfMark> marks,
                   Unsaid unsaid) {
    const Meeting* const one[] = {&meeting};
    const std::span<const SelfMark> its[] = {marks};
    return table_of(book, one, its, unsaid);
}

std::set<std::string> self_facts_of(const ev::Rulebook& book, const ev::Subject& subject,
                                    const ev::Criterion& criterion) {
    std::set<std::string> facts = facts_of(book, subject, criterion);
    std::erase_if(facts, [](const std::string& fact) { return find_record_fact(fact) != nullptr; });
    return facts;
}

std::map<std::string, bool> filled_by_record(const rulebooks::Edition& edition, const Meeting& meeting) {
    const ev::Rulebook& book = edition.rulebook();
    const auto at_worst =
        ev::explain_row(*edition.plan, score_subject, table_of(book, meeting, {}, Unsaid::lowest), 0);
    const auto at_best =
        ev::explain_row(*edition.plan, score_subject, table_of(book, meeting, {}, Unsaid::highest), 0);
    std::map<std::string, bool> is_filled;
    for (std::size_t i = 0; i < at_worst.criteria.size(); ++i)
        is_filled[at_worst.criteria[i].key] = at_worst.criteria[i].points == at_best.criteria[i].points &&
                                              at_worst.criteria[i].applies == at_best.criteria[i].applies;
    return is_filled;
}

bool judges_meetings(const rulebooks::Edition& edition) {
    const ev::Subject* subject = edition.rulebook().find_subject(score_subject);
    return subject && subject->domain == ev::Domain::meeting;
}

std::shared_ptr<const rulebooks::Edition> default_edition(const rulebooks::Library& library, Date day) {
    const std::string text = to_text(day);
    const std::int64_t year = static_cast<int>(day.year());
    std::shared_ptr<const rulebooks::Edition> nearest;
    for (const auto& edition : library.editions()) {
        if (!judges_meetings(*edition)) continue;
        const ev::Rulebook& book = edition->rulebook();
        if (!book.is_by_choice && edition->is_in_force(text)) return edition;
        const auto rank = [&](const ev::Rulebook& one) {
            return std::pair(one.is_by_choice, years_from(one, year));
        };
        if (!nearest || rank(book) < rank(nearest->rulebook())) nearest = edition;
    }
    return nearest;
}

std::shared_ptr<const rulebooks::Edition> edition_of(const rulebooks::Library& library,
                                                     const Meeting& meeting) {
    return meeting.score_rulebook ? library.find_edition(*meeting.score_rulebook)
                                  : default_edition(library, meeting.meets_on);
}

bool is_scored_kind(const Meeting& meeting) {
    return meeting.kind == Kind::regular || meeting.kind == Kind::thematic;
}

bool is_scored(const Meeting& meeting) { return meeting.state == State::held && is_scored_kind(meeting); }

void compute_score(const rulebooks::Library& library, Meeting& meeting, std::span<const SelfMark> marks) {
    const auto edition = edition_of(library, meeting);
    if (!edition && meeting.score_rulebook) return;
    if (!edition || !is_scored(meeting)) return clear_score(meeting);
    Meeting* const one[] = {&meeting};
    const std::span<const SelfMark> its[] = {marks};
    compute_scores(*edition, one, its);
}

void score_meetings(const rulebooks::Library& library, std::span<Meeting> meetings,
                    std::span<const SelfMarks> marks) {
    struct Batch {
        std::vector<Meeting*> meetings;
        std::vector<std::span<const SelfMark>> marks;
    };
    std::map<std::shared_ptr<const rulebooks::Edition>, Batch> batches;
    for (std::size_t i = 0; i < meetings.size(); ++i) {
        const auto edition = is_scored(meetings[i]) ? edition_of(library, meetings[i]) : nullptr;
        if (!edition) continue;
        Batch& batch = batches[edition];
        batch.meetings.push_back(&meetings[i]);
        batch.marks.push_back(i < marks.size() ? std::span<const SelfMark>(marks[i].marks)
                                               : std::span<const SelfMark>());
    }
    for (auto& [edition, batch] : batches) compute_scores(*edition, batch.meetings, batch.marks);
}

std::vector<ScoreFact> self_facts(const rulebooks::Edition& edition) {
    std::vector<ScoreFact> facts;
    for (const ev::Fact& fact : edition.rulebook().facts)
        if (is_meeting_fact(fact) && fact.is_self) facts.push_back(score_fact(fact, "en"));
    return facts;
}

std::vector<ScoreFact> self_facts(const rulebooks::Library& library, std::int64_t year) {
    const Date mid_year{std::chrono::year{static_cast<int>(year)}, std::chrono::July, std::chrono::day{1}};
    const auto edition = default_edition(library, mid_year);
    return edition ? self_facts(*edition) : std::vector<ScoreFact>();
}

}  // namespace gw::meetings
