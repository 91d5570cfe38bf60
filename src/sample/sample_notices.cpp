#include "sample/sample_notices.h"

#include <algorithm>
#include <utility>

#include "accounts/accounts.h"
#include "directives/directives.h"
#include "meetings/series.h"
#include "notices/notices.h"
#include "organisation/tree.h"
#include "sample/province.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::sample {

namespace {

constexpr Date next_january{std::chrono::year{year + 1}, std::chrono::January, std::chrono::day{31}};
constexpr int morning = 8 * 60;

// Something that was told on a day in the name of an account.
struct Told {
    Date day{};
    const char* action = "";
    std::int64_t subject_id = 0;
    AccountId by;
};

// A call made on a day of the year by one of the sample people.
template <class Act>
void on_day(const Call& call, Date day, AccountId by, Act act) {
    const auto account = accounts::find_account(call.db, by);
    Actor actor = program_actor(account ? account->full_name : std::string());
    actor.account_id = by;
    act(Call{call.db, actor, moment_of(day, morning, zone_minutes), day, call.language, call.tree, call.ids,
             call.announcements, call.store, call.files, call.request_id});
}

void read_everything(const Call& call, const char* user_name, Date day, const Texts& texts) {
    const auto account = accounts::find_account(call.db, user_name);
    if (!account) return;
    on_day(call, day, account->id, [&](const Call& own) {
        const auto there = notices::list(own, {{}, {}, 1}, {.texts = texts}).notices;
        if (!there.empty()) notices::mark_all(own, {there.front().id});
    });
}

}  // namespace

void start_series_beside(const Call& call, UnitId cell_id) {
    const int commune = call.tree->at(call.tree->get(cell_id)).parent;
    if (commune < 0) return;
    const Reach below = call.tree->reach(commune);
    for (int position = below.first; position < below.end; ++position) {
        const UnitId unit_id = call.tree->at(position).id;
        for (const meetings::Meeting& meeting :
             meetings::meetings_of(call.db, unit_id, call.today, next_january)) {
            if (meeting.state != meetings::State::planned || meeting.kind != meetings::Kind::regular)
                continue;
            meetings::Series series;
            series.id = call.new_id<SeriesId>();
            series.unit_id = unit_id;
            series.subject = "Sinh hoạt thường kỳ tháng";
            series.place = meeting.place;
            series.day_of_month = static_cast<unsigned>(meeting.meets_on.day());
            series.minute_of_day = (meeting.planned_for.milliseconds / 60'000 + zone_minutes) % (24 * 60);
            series.starts_on = meeting.meets_on;
            series.created_at = meeting.created_at;
            meetings::add_series(call, series, meeting.id);
            break;
        }
    }
}

void tell_of_year(const Call& call, UnitId cell_id, const Texts& texts) {
    const auto office = accounts::find_account(call.db, "vanphong");
    const auto secretary = accounts::find_account(call.db, "thuky");
    const auto inspector = accounts::find_account(call.db, "kiemtra");
    if (!office || !secretary || !inspector) return;
    std::vector<Told> told;
    for (const visits::Visit& visit : visits::visits_of(call.db, cell_id, first_day, last_day))
        told.push_back({visit.visited_on, "visit.recorded", visit.id.number, inspector->id});
    for (const directives::DirectiveLine& line :
         directives::list(call, {cell_id, std::nullopt, true}).directives)
        told.push_back(
            {line.directive.sent_on, "directive.sent", line.directive.id.number, line.directive.sent_by});
    for (const meetings::Meeting& meeting : meetings::meetings_of(call.db, cell_id, on(11, 1), last_day))
        if (meeting.published_on)
            told.push_back({*meeting.published_on, "meeting.published", meeting.id.number, secretary->id});
    for (const tasks::Task& task : tasks::open_tasks_due_from(call.db, cell_id, on(12, 1)))
        told.push_back({on(12, 5), "task.assigned", task.id.number, secretary->id});
    std::stable_sort(told.begin(), told.end(),
                     [](const Told& one, const Told& other) { return one.day < other.day; });

    bool is_recent = false;
    for (const Told& each : told) {
        const bool was_recent = std::exchange(is_recent, each.day >= on(12, 1));
        if (is_recent && !was_recent)
            for (const char* user_name : {"thuky", "dangvien", "mattran"})
                read_everything(call, user_name, on(11, 30), texts);
        on_day(call, each.day, each.by,
               [&](const Call& named) { notices::tell_of(named, each.action, each.subject_id); });
    }
}

}  // namespace gw::sample
