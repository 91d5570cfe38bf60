// The arithmetic of scores: which edition scores a meeting, which facts the record knows, which the unit says
// of itself, and what they come to.
#pragma once
#include <map>
#include <set>

#include "evaluation/evaluate.h"
#include "meetings/meetings.h"
#include "rulebooks/rulebooks.h"

namespace gw::meetings {

inline constexpr const char* score_subject = "meeting";

bool judges_meetings(const rulebooks::Edition& edition);
// The edition in force on `day` for units where nobody chose one; a day before the first edition is judged by
// the first, a day after the last by the last. Empty when no rulebook judges meetings.
std::shared_ptr<const rulebooks::Edition> default_edition(const rulebooks::Library& library, Date day);
// The edition that the meeting keeps, or the default of its day when it keeps none. Empty when the program
// no longer has the edition kept.
std::shared_ptr<const rulebooks::Edition> edition_of(const rulebooks::Library& library,
                                                     const Meeting& meeting);

bool is_scored_kind(const Meeting& meeting);
// Only held regular and thematic meetings are scored.
bool is_scored(const Meeting& meeting);
// Sets score_milli, maximum_milli and score_class from the facts of the meeting by the edition it keeps;
// empties them without a rulebook, and leaves them when the program no longer has the edition.
void compute_score(const rulebooks::Library& library, Meeting& meeting, std::span<const SelfMark> marks);

bool is_meeting_fact(const evaluation::Fact& fact);
const SelfMark* find_mark(std::span<const SelfMark> marks, std::string_view fact);
ScoreFact score_fact(const evaluation::Fact& fact, std::string_view language);
// Thousandths of a point.
std::int64_t milli(std::int64_t score, std::int64_t scale);

// One row with every fact of the rulebook. What the unit has not said counts as the lowest or highest value.
enum class Unsaid { lowest, highest };
evaluation::Table table_of(const evaluation::Rulebook& book, const Meeting& meeting,
                           std::span<const SelfMark> marks, Unsaid unsaid);
// The facts of the unit's own that stand behind a criterion, also through derived values.
std::set<std::string> self_facts_of(const evaluation::Rulebook& book, const evaluation::Subject& subject,
                                    const evaluation::Criterion& criterion);
// Whatever the unit says of itself, it gets the same points: the record alone gives them.
std::map<std::string, bool> filled_by_record(const rulebooks::Edition& edition, const Meeting& meeting);

}  // namespace gw::meetings
