#include <chrono>

#include "directives/directives.h"
#include "notices/invitations.h"
#include "notices/notices_store.h"
#include "platform/announcements.h"
#include "platform/db/store.h"
#include "platform/log/log.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::notices {

namespace {

constexpr std::int64_t lines_at_once = 500;

// A task given to a member, or to a unit with people of its own.
void tell_of_task(const Call& call, TaskId task_id) {
    const auto task = tasks::find_task(call.db, task_id);
    if (!task || task->state != tasks::State::open) return;
    Recipients recipients;
    if (task->owner_member_id) recipients.members.push_back(*task->owner_member_id);
    else if (task->owner_unit_id && *task->owner_unit_id != task->unit_id)
        recipients.offices_of.push_back(*task->owner_unit_id);
    tell(call, recipients,
         {Kind::task_given,
          task->unit_id,
          ThingId{task_id.number},
          "/tasks/" + to_text(task_id),
          {told("task", task->title), told("due", task->due_on)}});
}

void tell_of_visit(const Call& call, VisitId visit_id) {
    const auto visit = visits::find_visit(call.db, visit_id);
    if (!visit) return;
    std::int64_t count = 0;
    for (const visits::AdviceItem& advice :
         visits::advice_of(call.db, visit->unit_id, visit->visited_on, visit->visited_on))
        count += advice.visit_id == visit_id ? 1 : 0;
    if (count == 0) return;
    tell(call, {.offices_of = {visit->unit_id}},
         {Kind::advice_given,
          visit->unit_id,
          ThingId{visit_id.number},
          "/visits/" + to_text(visit_id),
          {told("group", visit->group_name), told("count", std::to_string(count)),
           told("day", visit->visited_on)}});
}

// Told to the office of every unit that the directive reaches, as a matter of the unit that sent it.
void tell_of_directive(const Call& call, DirectiveId directive_id) {
    const auto directive = directives::find_directive(call.db, directive_id);
    if (!directive || !directives::is_in_force(*directive, call.today)) return;
    tell(call, {.offices_of = directives::units_reached(call, directive_id)},
         {Kind::directive_given,
          directive->unit_id,
          ThingId{directive_id.number},
          "/directives/" + to_text(directive_id),
          {told("kind", to_text(directive->kind)), told("subject", directive->title),
           told("due", directive->concrete_by)}});
}

// The call as it was made by whom the trail names, so that a notice says who it comes from and is read
// already by who made it.
void tell_in_the_name_of(const Call& call, const TrailLine& line) {
    Actor actor = program_actor(line.actor_name);
    actor.account_id = line.account_id;
    const Call named{call.db,       actor,      call.now,       call.today,
                     call.language, call.tree,  call.ids,       call.announcements,
                     call.store,    call.files, call.request_id};
    tell_of(named, line.action, line.subject_id);
}

}  // namespace

void tell_of(const Call& call, std::string_view action, std::int64_t subject_id) {
    if (action == "task.assigned") tell_of_task(call, TaskId{subject_id});
    else if (action == "visit.recorded") tell_of_visit(call, VisitId{subject_id});
    else if (action == "directive.sent") tell_of_directive(call, DirectiveId{subject_id});
    else if (action == "meeting.published") tell_of_minutes(call, MeetingId{subject_id});
    else if (const auto meeting = meetings::find_meeting(call.db, MeetingId{subject_id}))
        tell_of_plan(call, *meeting);
}

bool follow_trail(const Call& call) {
    const auto position = find_position(call.db);
    if (!position) {
        put_position(call.db, last_position(call.db));
        return false;
    }
    const std::vector<TrailLine> lines = trail_after(call.db, *position, lines_at_once);
    if (lines.empty()) {
        put_position(call.db, last_position(call.db));
        return false;
    }
    for (const TrailLine& line : lines) tell_in_the_name_of(call, line);
    put_position(call.db, lines.back().position);
    return static_cast<std::int64_t>(lines.size()) == lines_at_once;
}

void Follower::start(Store& store, Write write, Announcements& announcements) {
    store_ = &store;
    write_ = std::move(write);
    for (const char* topic : {"meetings", "tasks", "visits", "resolutions", "directives"})
        announcements.listen(topic, [this](const std::set<UnitId>&) {
            const std::lock_guard hold(lock_);
            is_changed_ = true;
            changed_.notify_all();
        });
    follow_or_log();
    thread_ = std::jthread([this](std::stop_token stopping) { follow_while_running(stopping); });
}

void Follower::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

// The store may be away for a while: then the trail is followed later.
bool Follower::follow_or_log() {
    try {
        // Looked for by reading first: an evening of reports does not wait for this.
        bool has_more = false;
        store_->read([&](Db& db) {
            const auto kept = find_position(db);
            const std::int64_t from = std::max(seen_, kept.value_or(0));
            seen_ = last_position(db);
            has_more = !kept || has_news(db, from);
        });
        while (has_more) write_([&](const Call& call) { has_more = follow_trail(call); });
        return true;
    } catch (const std::exception& error) {
        log::write(log::Level::error, "notices", {{"what", error.what()}});
        return false;
    }
}

void Follower::follow_while_running(std::stop_token stopping) {
    // An evening on which every unit reports is told in few transactions, not one for each report.
    constexpr auto gathering = std::chrono::milliseconds(200);
    constexpr auto after_trouble = std::chrono::seconds(5);
    while (!stopping.stop_requested()) {
        std::unique_lock hold(lock_);
        changed_.wait(hold, stopping, [this] { return is_changed_; });
        if (stopping.stop_requested()) return;
        changed_.wait_for(hold, stopping, gathering, [] { return false; });
        is_changed_ = false;
        hold.unlock();
        if (follow_or_log()) continue;
        hold.lock();
        is_changed_ = true;
        changed_.wait_for(hold, stopping, after_trouble, [] { return false; });
    }
}

}  // namespace gw::notices
