#include "classification/year_facts.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "classification/classification_store.h"
#include "meetings/meetings.h"
#include "organisation/organisation.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::classification {

namespace {

using evaluation::Domain;
using evaluation::Rulebook;

constexpr std::int64_t not_known = -1;  // no fact is below 0
constexpr std::size_t nowhere = SIZE_MAX;

// What the records say of one member in the year. A fact of a rulebook is one of these by its name.
struct MemberRecords {
    std::int64_t meetings_due = 0, meetings_attended = 0, meetings_excused = 0;
    std::int64_t tasks_assigned = 0, tasks_done = 0, tasks_done_on_time = 0, tasks_exceeded = 0;
    std::int64_t contributions = 0, discipline = 0, months_official = not_known;
    std::int64_t suspended = 0, exempt = 0, is_leader = 0;
};
BOOST_DESCRIBE_STRUCT(MemberRecords, (),
                      (meetings_due, meetings_attended, meetings_excused, tasks_assigned, tasks_done,
                       tasks_done_on_time, tasks_exceeded, contributions, discipline, months_official,
                       suspended, exempt, is_leader))

// The same of one unit. Meetings and leaders of a unit without members of its own are not known rather than
// none.
struct UnitRecords {
    std::int64_t meetings_due = not_known, meetings_held = not_known;
    std::int64_t thematic_due = not_known, thematic_held = not_known;
    std::int64_t meeting_score_sum = not_known, meeting_score_count = not_known;
    std::int64_t resolution_items = 0, resolution_items_done = 0, resolution_items_done_on_time = 0;
    std::int64_t tasks_assigned = 0, tasks_done = 0, tasks_done_on_time = 0, tasks_exceeded = 0;
    std::int64_t findings_open = 0, findings_closed = 0, findings_overdue = 0;
    std::int64_t advice_open = 0, advice_answered = 0, advice_confirmed = 0;
    std::int64_t leader_discipline = not_known, months_active = 0;
};
BOOST_DESCRIBE_STRUCT(UnitRecords, (),
                      (meetings_due, meetings_held, thematic_due, thematic_held, meeting_score_sum,
                       meeting_score_count, resolution_items, resolution_items_done,
                       resolution_items_done_on_time, tasks_assigned, tasks_done, tasks_done_on_time,
                       tasks_exceeded, findings_open, findings_closed, findings_overdue, advice_open,
                       advice_answered, advice_confirmed, leader_discipline, months_active))

std::int64_t full_months(Date from, Date until) {
    if (until < from) return 0;
    const auto months = (until.year() / until.month()) - (from.year() / from.month());
    return months.count() - (until.day() < from.day() ? 1 : 0);
}

// The stretches of a year (months or quarters) in which something is due once.
struct Stretches {
    std::chrono::year year;
    unsigned months_each = 1;
    Date as_of{};

    Date first_day(unsigned number) const { return year / std::chrono::month(number * months_each + 1) / 1; }
    Date last_day(unsigned number) const {
        return year / std::chrono::month((number + 1) * months_each) / std::chrono::last;
    }
    unsigned count() const { return 12 / months_each; }
    // Whole stretches that have ended, for a unit that stands from a day on.
    std::int64_t ended_since(Date established) const {
        std::int64_t ended = 0;
        for (unsigned number = 0; number < count(); ++number)
            if (established <= first_day(number) && last_day(number) <= as_of) ++ended;
        return ended;
    }
    // The first day of the stretch that is still running.
    std::optional<Date> running() const {
        for (unsigned number = 0; number < count(); ++number)
            if (first_day(number) <= as_of && as_of < last_day(number)) return first_day(number);
        return std::nullopt;
    }
};

struct SelfSaid {
    std::int64_t subject_id = 0;
    std::string key;
    std::int64_t level = 0;
};

// Puts freshly read rows in the place of those of the same units.
template <class Rows>
void replace(Rows& rows, Rows&& fresh, const std::set<UnitId>& units) {
    std::erase_if(rows, [&](const auto& row) { return units.contains(row.unit_id); });
    rows.insert(rows.end(), fresh.begin(), fresh.end());
}

}  // namespace

class YearRecords::Reading {
public:
    Reading(const Call& call, std::int64_t year, const Rulebook& rulebook, const Progress& progress)
        : year_(year), rulebook_(rulebook), from_(std::chrono::year(static_cast<int>(year)) / 1 / 1) {
        const Date last_day = from_.year() / std::chrono::December / 31;
        facts_.as_of = std::min(call.today, last_day);
        std::int64_t done = 0;
        const auto step = [&] {
            if (progress) progress(++done, tables);
        };
        established_ = organisation::establishment_days(call.db);
        place_units(call);
        step();
        place_members(call);
        step();
        meetings_ = meetings::count_by_unit(call.db, from_, facts_.as_of);
        step();
        attendances_ = meetings::count_by_member(call.db, from_, facts_.as_of);
        step();
        speakers_ = meetings::count_contributions(call.db, from_, facts_.as_of);
        step();
        tasks_ = tasks::count_by_owner(call.db, from_, facts_.as_of, call.today);
        step();
        visits_ = visits::count_by_unit(call.db, from_, facts_.as_of);
        findings_ = findings::count_by_unit(call.db, from_, facts_.as_of, call.today);
        step();
        resolutions_ = resolutions::count_by_unit(call.db, from_, facts_.as_of);
        step();
        for (const SubjectKind subject_kind : {SubjectKind::unit, SubjectKind::member})
            each_self_level(call.db, subject_kind, year_,
                            [&](std::int64_t subject_id, const std::string& key, std::int64_t level) {
                                said_by(subject_kind).push_back({subject_id, key, level});
                            });
        step();
        count();
    }

    void read_again(const Call& call, std::span<const UnitId> units, std::span<const std::int64_t> subjects) {
        if (!units.empty()) {
            const std::set<UnitId> changed(units.begin(), units.end());
            replace(meetings_, meetings::count_by_unit(call.db, from_, facts_.as_of, units), changed);
            replace(attendances_, meetings::count_by_member(call.db, from_, facts_.as_of, units), changed);
            replace(speakers_, meetings::count_contributions(call.db, from_, facts_.as_of, units), changed);
            replace(tasks_, tasks::count_by_owner(call.db, from_, facts_.as_of, call.today, units), changed);
            replace(visits_, visits::count_by_unit(call.db, from_, facts_.as_of, units), changed);
            replace(findings_, findings::count_by_unit(call.db, from_, facts_.as_of, call.today, units),
                    changed);
            replace(resolutions_, resolutions::count_by_unit(call.db, from_, facts_.as_of, units), changed);
        }
        for (const SubjectKind subject_kind : {SubjectKind::unit, SubjectKind::member}) {
            const std::set<std::int64_t> changed(subjects.begin(), subjects.end());
            auto& said = said_by(subject_kind);
            std::erase_if(said, [&](const SelfSaid& one) { return changed.contains(one.subject_id); });
            for (const std::int64_t subject_id : changed)
                for (const SelfLevel& level : self_levels_of(call.db, subject_kind, subject_id, year_))
                    said.push_back({subject_id, level.key, level.level});
        }
        count();
    }

    void place_again(const Call& call) {
        established_ = organisation::establishment_days(call.db);
        YearFacts facts;
        facts.as_of = facts_.as_of;
        facts_ = std::move(facts);
        unit_rows_.clear();
        placed_units_.clear();
        placed_members_.clear();
        place_units(call);
        place_members(call);
        count();
    }

    YearFacts facts() const {
        YearFacts facts = facts_;
        fill(facts.units, unit_records_, Domain::unit, SubjectKind::unit);
        fill(facts.members, member_records_, Domain::member, SubjectKind::member);
        return facts;
    }

private:
    void place_units(const Call& call) {
        const organisation::Tree& tree = *call.tree;
        std::vector<std::int32_t> position_of_kind;
        for (const auto& kind : tree.kinds()) {
            const evaluation::Named* found = rulebook_.find_kind(kind.key);
            position_of_kind.push_back(kind.is_judged && found ? static_cast<std::int32_t>(found->number)
                                                               : 0);
        }
        std::vector<std::int32_t> at(static_cast<std::size_t>(tree.size()),
                                     -1);  // itself, or who stands above it
        std::vector<int> ends;
        for (int position = 0; position < tree.size(); ++position) {
            const organisation::TreeUnit& unit = tree.at(position);
            const std::int32_t above = unit.parent >= 0 ? at[static_cast<std::size_t>(unit.parent)] : -1;
            const std::int32_t kind = position_of_kind[static_cast<std::size_t>(unit.kind)];
            at[static_cast<std::size_t>(position)] = above;
            if (!tree.kind_of(position).is_judged) continue;
            if (kind == 0)
                throw Refusal(Reason::conflict,
                              Problem{"year",
                                      "classification.unknown_kind",
                                      {{"kind", tree.kind_of(position).key},
                                       {"rulebook", rulebook_.id + " " + rulebook_.edition}}});
            const auto own = static_cast<std::int32_t>(facts_.tree.size());
            at[static_cast<std::size_t>(position)] = own;
            facts_.tree.parent.push_back(above);
            facts_.tree.kind.push_back(kind);
            ends.push_back(unit.end);
            facts_.units.ids.push_back(unit.id.number);
            unit_rows_.emplace(unit.id, own);
            UnitRecords records;
            if (tree.kind_of(position).has_members)
                records.meetings_due = records.meetings_held = records.thematic_due = records.thematic_held =
                    records.meeting_score_sum = records.meeting_score_count = records.leader_discipline = 0;
            placed_units_.push_back(records);
        }
        // One past the last judged unit below: the units judged before the end of the tree's own range.
        std::vector<std::int32_t> judged_before(static_cast<std::size_t>(tree.size()) + 1, 0);
        for (int position = 0; position < tree.size(); ++position)
            judged_before[static_cast<std::size_t>(position) + 1] =
                judged_before[static_cast<std::size_t>(position)] +
                (tree.kind_of(position).is_judged ? 1 : 0);
        for (const int end : ends) facts_.tree.end.push_back(judged_before[static_cast<std::size_t>(end)]);
    }

    void place_members(const Call& call) {
        for (const members::Member& member : members::members_on(call.db, facts_.as_of)) {
            if (member.stage == members::Stage::candidate) continue;
            const auto unit = unit_rows_.find(member.unit_id);
            if (unit == unit_rows_.end()) {
                ++facts_.members_left_out;
                continue;
            }
            facts_.members.ids.push_back(member.id.number);
            facts_.member_units.push_back(unit->second);
            MemberRecords records;
            records.discipline = member.discipline;
            records.suspended = member.is_suspended;
            records.exempt = member.is_excused;
            records.is_leader = member.office != members::Office::none;
            if (member.stage != members::Stage::full) records.months_official = 0;
            else if (member.full_on) records.months_official = full_months(*member.full_on, facts_.as_of);
            placed_members_.push_back(records);
            UnitRecords& of_unit = placed_units_[static_cast<std::size_t>(unit->second)];
            if (records.is_leader)
                of_unit.leader_discipline = std::max(of_unit.leader_discipline, member.discipline);
        }
    }

    // What the records of all tables give together.
    void count() {
        unit_records_ = placed_units_;
        member_records_ = placed_members_;
        count_what_is_due();
        count_meetings();
        for (const tasks::OwnerCounts& row : tasks_) {
            add(find(row.unit_id), row.counts);
            if (row.owner_id) add(find(*row.owner_id), row.counts);
        }
        for (const visits::UnitCounts& counts : visits_) {
            UnitRecords* records = find(counts.unit_id);
            if (!records) continue;
            records->advice_open = counts.advice_given - counts.advice_answered;
            records->advice_answered = counts.advice_answered;
            records->advice_confirmed = counts.advice_confirmed;
        }
        for (const findings::UnitCounts& counts : findings_) {
            UnitRecords* records = find(counts.unit_id);
            if (!records) continue;
            records->findings_open = counts.open;
            records->findings_closed = counts.findings - counts.open;
            records->findings_overdue = counts.late;
        }
        for (const resolutions::UnitCounts& counts : resolutions_) {
            UnitRecords* records = find(counts.unit_id);
            if (!records) continue;
            records->resolution_items = counts.items_due;
            records->resolution_items_done = counts.items_done;
            records->resolution_items_done_on_time = counts.items_done_on_time;
        }
    }

    UnitRecords* find(UnitId unit_id) {
        const auto found = unit_rows_.find(unit_id);
        return found == unit_rows_.end() ? nullptr : &unit_records_[static_cast<std::size_t>(found->second)];
    }

    MemberRecords* find(MemberId member_id) {
        const auto row = facts_.members.ids.find_in_rising(member_id.number);
        return row ? &member_records_[*row] : nullptr;
    }

    void count_what_is_due() {
        const Stretches months{from_.year(), 1, facts_.as_of};
        const Stretches quarters{from_.year(), 3, facts_.as_of};
        for (const auto& [unit_id, row] : unit_rows_) {
            UnitRecords& records = unit_records_[static_cast<std::size_t>(row)];
            const Date since = established_.at(unit_id);
            const bool is_of_this_year = since.year() == from_.year();
            records.months_active = since.year() > from_.year() ? 0
                                    : is_of_this_year           ? 13 - static_cast<unsigned>(since.month())
                                                                : 12;
            if (records.meetings_due == not_known) continue;
            records.meetings_due = months.ended_since(since);
            records.thematic_due = quarters.ended_since(since);
        }
    }

    void count_meetings() {
        const auto month = Stretches{from_.year(), 1, facts_.as_of}.running();
        const auto quarter = Stretches{from_.year(), 3, facts_.as_of}.running();
        for (const meetings::UnitCounts& counts : meetings_) {
            UnitRecords* records = find(counts.unit_id);
            if (!records || records->meetings_held == not_known) continue;
            records->meetings_held = counts.months_met;
            records->thematic_held = counts.thematic_quarters;
            records->meeting_score_sum = counts.score_sum_milli;
            records->meeting_score_count = counts.scored;
            // What the running month and quarter have met already is due in them, and nothing more.
            if (month && counts.last_regular_on >= month) ++records->meetings_due;
            if (quarter && counts.last_thematic_on >= quarter) ++records->thematic_due;
        }
        for (const meetings::MemberCounts& counts : attendances_)
            if (MemberRecords* records = find(counts.member_id)) {
                records->meetings_due += counts.expected;
                records->meetings_attended += counts.present;
                records->meetings_excused += counts.excused;
            }
        for (const meetings::SpeakerCounts& counts : speakers_)
            if (MemberRecords* records = find(counts.member_id))
                records->contributions += counts.contributions;
    }

    template <class Records>
    static void add(Records* records, const tasks::Counts& counts) {
        if (!records) return;
        records->tasks_assigned += counts.assigned;
        records->tasks_done += counts.done;
        records->tasks_done_on_time += counts.done - counts.done_late;
        records->tasks_exceeded += counts.exceeded;
    }

    std::vector<SelfSaid>& said_by(SubjectKind subject_kind) {
        return subject_kind == SubjectKind::unit ? said_by_units_ : said_by_members_;
    }

    // One column for every fact the rulebook declares for a domain.
    template <class Records>
    void fill(evaluation::Table& table, const std::vector<Records>& records, Domain domain,
              SubjectKind subject_kind) const {
        std::unordered_map<std::string, std::size_t> column_of_self_key;
        for (const evaluation::Fact& fact : rulebook_.facts) {
            if (fact.domain != domain) continue;
            evaluation::Column& column = table.columns.emplace_back();
            column.name = fact.key;
            column.values = evaluation::Numbers(records.size());
            column.given.assign(records.size(), 0);
            if (fact.is_self) column_of_self_key.emplace(fact.key, table.columns.size() - 1);
            else if (!fill_from_records(column, records))
                throw Refusal(
                    Reason::conflict,
                    Problem{"year",
                            "classification.unknown_fact",
                            {{"fact", fact.key}, {"rulebook", rulebook_.id + " " + rulebook_.edition}}});
        }
        for (const SelfSaid& said : subject_kind == SubjectKind::unit ? said_by_units_ : said_by_members_) {
            const auto column = column_of_self_key.find(said.key);
            const std::size_t row = row_of(table, subject_kind, said.subject_id);
            if (column == column_of_self_key.end() || row == nowhere) continue;
            table.columns[column->second].values.set(row, said.level);
            table.columns[column->second].given[row] = 1;
        }
    }

    template <class Records>
    static bool fill_from_records(evaluation::Column& column, const std::vector<Records>& records) {
        using Fields = boost::describe::describe_members<Records, boost::describe::mod_public>;
        bool is_known = false;
        boost::mp11::mp_for_each<Fields>([&](auto field) {
            if (column.name != field.name) return;
            is_known = true;
            for (std::size_t row = 0; row < records.size(); ++row) {
                const std::int64_t value = records[row].*field.pointer;
                column.given[row] = value != not_known;
                column.values.set(row, value == not_known ? 0 : value);
            }
        });
        return is_known;
    }

    std::size_t row_of(const evaluation::Table& table, SubjectKind subject_kind,
                       std::int64_t subject_id) const {
        if (subject_kind == SubjectKind::unit) {
            const auto found = unit_rows_.find(UnitId{subject_id});
            return found == unit_rows_.end() ? nowhere : static_cast<std::size_t>(found->second);
        }
        return table.ids.find_in_rising(subject_id).value_or(nowhere);
    }

    std::int64_t year_;
    const Rulebook& rulebook_;
    Date from_;
    YearFacts facts_;  // without columns
    std::unordered_map<UnitId, std::int32_t> unit_rows_;
    std::vector<UnitRecords> placed_units_, unit_records_;        // without and with what was counted
    std::vector<MemberRecords> placed_members_, member_records_;  // the same
    std::unordered_map<UnitId, Date> established_;
    std::vector<meetings::UnitCounts> meetings_;
    std::vector<meetings::MemberCounts> attendances_;
    std::vector<meetings::SpeakerCounts> speakers_;
    std::vector<tasks::OwnerCounts> tasks_;
    std::vector<visits::UnitCounts> visits_;
    std::vector<findings::UnitCounts> findings_;
    std::vector<resolutions::UnitCounts> resolutions_;
    std::vector<SelfSaid> said_by_units_, said_by_members_;
};

YearRecords::YearRecords(const Call& call, std::int64_t year, const Rulebook& rulebook,
                         const Progress& progress)
    : reading_(std::make_unique<Reading>(call, year, rulebook, progress)) {}

YearRecords::~YearRecords() = default;
YearRecords::YearRecords(YearRecords&&) noexcept = default;

void YearRecords::read_again(const Call& call, std::span<const UnitId> units,
                             std::span<const std::int64_t> subjects) {
    reading_->read_again(call, units, subjects);
}

void YearRecords::place_again(const Call& call) { reading_->place_again(call); }

YearFacts YearRecords::facts() const { return reading_->facts(); }

YearFacts collect_facts(const Call& call, std::int64_t year, const Rulebook& rulebook,
                        const Progress& progress) {
    return YearRecords(call, year, rulebook, progress).facts();
}

}  // namespace gw::classification
