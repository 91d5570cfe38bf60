#include "classification/todays_classes.h"

#include <set>

#include "classification/year_facts.h"
#include "organisation/tree.h"
#include "platform/json/json.h"
#include "tasks/tasks.h"

namespace gw::classification {

namespace {

// Beyond these, reading everything is quicker than reading it unit by unit.
constexpr std::int64_t most_entries = 2000;
constexpr std::size_t most_units = 200;

struct Concerned {
    bool is_everything = false;
    bool is_placement = false;
    std::set<UnitId> units;
    std::set<std::int64_t> subjects;

    bool is_nothing() const { return !is_everything && !is_placement && units.empty() && subjects.empty(); }
};

bool begins_with_one_of(std::string_view action, std::initializer_list<std::string_view> beginnings) {
    for (const std::string_view beginning : beginnings)
        if (action.starts_with(beginning)) return true;
    return false;
}

Concerned concerned_by(Db& db, std::span<const TrailEntry> entries) {
    Concerned concerned;
    for (const TrailEntry& entry : entries) {
        const std::string_view action = entry.action;
        // Nothing of these is a fact that anybody is judged by.
        if (begins_with_one_of(
                action, {"account.", "attachment.", "calendar.", "directive.", "grant.", "import.dropped",
                         "import.previewed", "inspection.", "mail_", "notice.", "obstacle", "paper.",
                         "review.", "role.", "session.", "term.", "urge.", "visit_order.", "weak_unit."}))
            continue;
        if (begins_with_one_of(action, {"member.", "unit."})) {
            concerned.is_placement = true;
        } else if (action.starts_with("self_level.")) {
            concerned.subjects.insert(entry.subject_id);
        } else if (begins_with_one_of(action,
                                      {"meeting", "task.", "visit.", "advice", "finding.", "resolution"})) {
            concerned.units.insert(entry.unit_id);
            if (!action.starts_with("task.")) continue;
            // A task may answer to another unit than the resolution it comes from.
            const auto task = tasks::find_task(db, TaskId{entry.subject_id});
            if (task && task->origin == tasks::Origin::resolution_item && task->origin_id)
                if (const auto unit =
                        resolutions::unit_of_item(db, ResolutionItemId{task->origin_id->number}))
                    concerned.units.insert(*unit);
        } else {
            concerned.is_everything = true;
        }
    }
    if (concerned.units.size() > most_units) concerned.is_everything = true;
    return concerned;
}

std::optional<std::int64_t> value_in(const evaluation::Column& column, std::size_t row) {
    if (!column.given.empty() && !column.given[row]) return std::nullopt;
    return column.values[row];
}

// Calls set(row, fact, value) for every cell that differs; false when it refuses one.
template <class Set>
bool set_what_differs(const evaluation::Table& fresh, const evaluation::Table& standing, Set&& set) {
    for (const evaluation::Column& column : fresh.columns) {
        const evaluation::Column& before = *standing.find(column.name);
        for (std::size_t row = 0; row < column.values.size(); ++row) {
            const auto value = value_in(column, row);
            if (value != value_in(before, row) && set(row, column.name, value)) return false;
        }
    }
    return true;
}

}  // namespace

struct TodaysClasses::Year {
    Date today{};
    std::shared_ptr<const rulebooks::Edition> edition;
    std::shared_ptr<const organisation::Tree> tree;
    std::int64_t position = 0;  // of the last entry seen
    YearRecords records;
    std::unique_ptr<evaluation::Standing> standing;
    std::shared_ptr<const KeptReview> shown;
};

// Forgets a year that was left half changed by a refusal or a fault.
struct TodaysClasses::Forgetting {
    explicit Forgetting(std::unique_ptr<Year>& of_year) : year(of_year) {}
    ~Forgetting() {
        if (is_needed) year.reset();
    }
    Forgetting(const Forgetting&) = delete;
    std::unique_ptr<Year>& year;
    bool is_needed = true;
};

TodaysClasses::TodaysClasses(const rulebooks::Library& library) : library_(library) {}
TodaysClasses::~TodaysClasses() = default;

TodaysClasses::Counts TodaysClasses::counts() const {
    const std::lock_guard hold(lock_);
    return counts_;
}

std::shared_ptr<const KeptReview> TodaysClasses::find(const Call& call) {
    auto edition = library_.find("vn.classification", static_cast<int>(call.today.year()));
    if (!edition || call.tree->size() == 0) return nullptr;
    const std::lock_guard hold(lock_);
    // Everything else is read after it in the same snapshot, so nothing before it is missed.
    const std::int64_t position = last_audit_position(call.db);
    Forgetting forgetting(year_);
    const bool is_of_today = year_ && year_->today == call.today && year_->edition == edition;
    if (!is_of_today || !follow(call, position)) begin(call, std::move(edition), position);
    forgetting.is_needed = false;
    return year_->shown;
}

void TodaysClasses::begin(const Call& call, std::shared_ptr<const rulebooks::Edition> edition,
                          std::int64_t position) {
    ++counts_.whole;
    const std::int64_t year = static_cast<int>(call.today.year());
    YearRecords records(call, year, edition->rulebook());
    year_.reset(new Year{call.today, std::move(edition), call.tree, position, std::move(records), {}, {}});
    stand(call);
}

bool TodaysClasses::follow(const Call& call, std::int64_t position) {
    if (position < year_->position) return true;  // this call began before the last one that looked
    const auto entries = trail_since(call.db, year_->position, most_entries + 1);
    if (static_cast<std::int64_t>(entries.size()) > most_entries) return false;
    Concerned concerned = concerned_by(call.db, entries);
    if (concerned.is_everything) return false;
    if (call.tree != year_->tree) concerned.is_placement = true;
    year_->position = position;
    if (concerned.is_nothing()) return true;
    if (!concerned.units.empty() || !concerned.subjects.empty()) {
        ++counts_.followed;
        year_->records.read_again(
            call, std::vector<UnitId>(concerned.units.begin(), concerned.units.end()),
            std::vector<std::int64_t>(concerned.subjects.begin(), concerned.subjects.end()));
    }
    if (!concerned.is_placement) return carry_over(call);
    ++counts_.placed;
    year_->tree = call.tree;
    year_->records.place_again(call);
    stand(call);
    return true;
}

// Evaluates everyone.
void TodaysClasses::stand(const Call& call) {
    YearFacts facts = year_->records.facts();
    year_->standing = std::make_unique<evaluation::Standing>(
        year_->edition->plan,
        evaluation::Population{facts.tree, facts.units, facts.members, facts.member_units});
    if (!year_->standing->problems().empty())
        throw Refusal(Reason::conflict, problems_of(year_->standing->problems(), facts));
    show(call, std::move(facts));
}

// Carries the facts that differ to whoever they concern; false when one of them may not be.
bool TodaysClasses::carry_over(const Call& call) {
    YearFacts facts = year_->records.facts();
    evaluation::Standing& standing = *year_->standing;
    const bool is_done =
        set_what_differs(facts.units, standing.population().units,
                         [&](std::size_t row, std::string_view fact, std::optional<std::int64_t> value) {
                             return standing.set_unit_fact(row, fact, value).has_value();
                         }) &&
        set_what_differs(facts.members, standing.population().members,
                         [&](std::size_t row, std::string_view fact, std::optional<std::int64_t> value) {
                             return standing.set_member_fact(row, fact, value).has_value();
                         });
    if (is_done) show(call, std::move(facts));
    return is_done;
}

void TodaysClasses::show(const Call& call, YearFacts facts) {
    const evaluation::Rulebook& rulebook = year_->edition->rulebook();
    Review review;
    review.year = static_cast<int>(call.today.year());
    review.as_of = facts.as_of;
    review.made_at = call.now;
    review.rulebook_id = rulebook.id;
    review.edition = rulebook.edition;
    review.checksum = year_->edition->checksum;
    review.caps = to_json(cap_settings(rulebook));
    review.unit_count = static_cast<std::int64_t>(facts.units.rows());
    review.member_count = static_cast<std::int64_t>(facts.members.rows());
    review.members_left_out = facts.members_left_out;
    review.audit_position = year_->position;
    evaluation::Result result = year_->standing->result();
    review.weak_count = static_cast<std::int64_t>(result.weak.size());
    year_->shown = std::make_shared<const KeptReview>(std::move(review), year_->edition->plan,
                                                      std::move(facts), std::move(result));
}

}  // namespace gw::classification
