// What the 24 months of random people are made of: the steps, and the model that says what must be open.
#pragma once
#include <map>
#include <set>

#include "resolutions/resolutions.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::test {

using resolutions::ItemState;
using Number = std::int64_t;

struct TaskThere {
    tasks::State state = tasks::State::open;
    bool is_checked = false;
    MemberId member;
    UnitId group;
};

struct ResolutionItemThere {
    UnitId unit_id;
    Date adopted_on{};
    Number meeting = 0;
    ItemState decided = ItemState::open;
    std::map<Number, TaskThere> tasks;
    bool was_told = false;  // a ledger said that it is closed

    bool is_open() const {
        bool has_done = false;
        for (const auto& [id, task] : tasks) {
            if (task.state == tasks::State::open) return true;
            has_done |= task.state == tasks::State::done;
        }
        return decided == ItemState::open && !has_done;
    }
};

struct Course {
    Course(Store& store, std::uint32_t with) : world(store), seed(with) {
        const std::vector<std::string> everything{"meetings.read",    "meetings.plan",     "meetings.record",
                                                  "resolutions.read", "resolutions.adopt", "tasks.read",
                                                  "tasks.assign",     "tasks.report",      "tasks.check"};
        secretary = world.person(everything, world.tuyen_quang);
        office = world.person(everything, world.tuyen_quang);
        units = {world.na_lung, world.cell_2, world.phia_trang};
        for (const UnitId unit_id : units) members[unit_id] = add_people(world, unit_id, 6);
        groups[world.na_lung] = world.front_board;
        groups[world.cell_2] = world.self_management_group;
    }

    std::uint32_t random(std::size_t below) {
        seed = seed * 1664525U + 1013904223U;
        return static_cast<std::uint32_t>((seed >> 8) % below);
    }
    bool chance(std::uint32_t one_in) { return random(one_in) == 0; }
    void write(const std::function<void(const Call&)>& change) { world.write(secretary, change); }
    void go_to(Date on) {
        today = on;
        world.go_to(on, 22 * 60);
    }

    // What happens next; returns its name.
    std::string step() {
        const UnitId unit_id = units[random(units.size())];
        switch (random(16)) {
            case 0:
            case 1:
            case 2: return meet(unit_id, today, !chance(4));
            case 3: waiting.push_back({unit_id, today}); return "a meeting was recorded without a network";
            case 4: return send_late();
            case 5: return cancel(unit_id);
            case 6: return close_one(unit_id);
            case 7: return give_one(unit_id);
            case 8: return correct_one();
            case 9: return people_change(unit_id);
            case 10: return group_changes(unit_id);
            case 11: return hand_on();
            default: return work();
        }
    }

    resolutions::TaskToGive task_to_give(UnitId unit_id) {
        resolutions::TaskToGive given;
        given.id = TaskId{world.ids.next(world.now)};
        given.title = "Việc " + to_text(*given.id);
        given.due_on = std::chrono::sys_days(today) + std::chrono::days(random(40));
        if (chance(4) && groups.contains(unit_id)) {
            given.owner_kind = tasks::OwnerKind::unit;
            given.owner_unit_id = groups.at(unit_id);
            given.answerable_name = "Trưởng nhóm";
        } else {
            const auto& people = members.at(unit_id);
            given.owner_member_id = people[random(people.size())];
        }
        return given;
    }
    static TaskThere there(const resolutions::TaskToGive& given) {
        return {tasks::State::open, false, given.owner_member_id.value_or(MemberId{}),
                given.owner_unit_id.value_or(UnitId{})};
    }

    std::vector<Number> open_of(UnitId unit_id) const {
        std::vector<Number> open;
        for (const auto& [id, item] : items)
            if (item.unit_id == unit_id && item.is_open()) open.push_back(id);
        return open;
    }

    std::string meet(UnitId unit_id, Date on, bool adopts) {
        meetings::MeetingRecord held;
        // What was decided after the day of a meeting sent late was not open for it.
        std::vector<Number> expected = open_of(unit_id);
        std::erase_if(expected, [&](Number id) { return items.at(id).adopted_on > on; });
        write([&](const Call& call) {
            meetings::Happening happening = everybody_came(world, on, {});
            for (const auto& member : meetings::roll_of_unit(call, {unit_id, on}).members)
                happening.roll.push_back({member.id, meetings::Mark::present, {}});
            held = meetings::add(call, meeting_on(world, unit_id, on, happening), setting);
        });
        std::set<Number> shown;
        for (const meetings::AgendaItem& line : held.agenda)
            if (line.source_kind == meetings::SourceKind::open_item) shown.insert(line.source_id->number);
        compare("the agenda of a held meeting", std::set<Number>(expected.begin(), expected.end()), shown);
        if (!adopts) return "a meeting decided nothing";
        adopt(unit_id, on, held);
        return "a meeting decided";
    }

    void adopt(UnitId unit_id, Date on, const meetings::MeetingRecord& held) {
        resolutions::AdoptResolution request;
        request.id = ResolutionId{world.ids.next(world.now)};
        request.meeting_id = held.meeting.id;
        request.title = "Nghị quyết";
        request.votes_for = held.meeting.members_present;
        for (auto count = 1 + random(3); count > 0; --count) {
            resolutions::ResolutionItemToAdopt item;
            item.id = ResolutionItemId{world.ids.next(world.now)};
            item.text = "Nội dung " + to_text(*item.id);
            for (auto n = random(4); n > 0; --n) item.tasks.push_back(task_to_give(unit_id));
            request.items.push_back(std::move(item));
        }
        // The items this meeting could know of, open and closed since a ledger told.
        std::map<Number, resolutions::LedgerOutcome> expected;
        for (auto& [id, item] : items) {
            if (item.unit_id != unit_id || item.adopted_on > on || item.meeting == held.meeting.id.number)
                continue;
            if (item.is_open() && chance(4)) {
                const ItemState state = chance(2) ? ItemState::done : ItemState::dropped;
                request.closings.push_back({ResolutionItemId{id}, state, "đã bàn"});
                expected[id] = outcome_of(state);
            } else if (item.is_open()) {
                expected[id] = resolutions::LedgerOutcome::carried_over;
            } else if (!item.was_told) {
                expected[id] =
                    outcome_of(item.decided == ItemState::dropped ? ItemState::dropped : ItemState::done);
            }
        }
        write([&](const Call& call) { resolutions::adopt(call, request); });
        if (chance(3)) write([&](const Call& call) { resolutions::adopt(call, request); });

        std::set<Number> told;
        world.read(secretary, [&](const Call& call) {
            for (const auto& line : resolutions::ledger(call, {*request.id}).lines)
                told.insert(line.resolution_item_id.number);
        });
        for (const auto& [id, outcome] : expected) {
            if (!told.contains(id)) complain("the ledger does not name item " + std::to_string(id));
            const auto kept = world_outcome(id);
            // What was closed after the day of a late resolution was open for its meeting.
            const bool is_late = on < today;
            if (kept != outcome && !(is_late && kept == resolutions::LedgerOutcome::carried_over))
                complain("the ledger says " + to_text(kept) + " of item " + std::to_string(id) + ", not " +
                         to_text(outcome));
            items[id].was_told = kept != resolutions::LedgerOutcome::carried_over;
        }
        for (const auto& closing : request.closings)
            decide(items[closing.resolution_item_id.number], closing.state);
        for (const auto& asked : request.items) {
            ResolutionItemThere& item = items[asked.id->number];
            item.unit_id = unit_id;
            item.adopted_on = on;
            item.meeting = held.meeting.id.number;
            for (const auto& given : asked.tasks) item.tasks[given.id->number] = there(given);
        }
        adopted.push_back(*request.id);
    }

    static resolutions::LedgerOutcome outcome_of(ItemState state) {
        return state == ItemState::dropped ? resolutions::LedgerOutcome::dropped
                                           : resolutions::LedgerOutcome::done;
    }
    resolutions::LedgerOutcome world_outcome(Number id) {
        resolutions::LedgerOutcome outcome{};
        world.read([&](const Call& call) {
            outcome = *call.db.one<resolutions::LedgerOutcome>(
                "SELECT ledger_outcome FROM resolution_items WHERE id = :id", {{"id", id}});
        });
        return outcome;
    }
    static void decide(ResolutionItemThere& item, ItemState state) {
        item.decided = state;
        for (auto& [id, task] : item.tasks)
            if (task.state == tasks::State::open)
                task.state = state == ItemState::done ? tasks::State::done : tasks::State::dropped;
    }

    std::string send_late() {
        if (waiting.empty()) return "nothing waits";
        const std::size_t which = random(waiting.size());
        const auto [unit_id, on] = waiting[which];
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(which));
        return meet(unit_id, on, true) + ", " + to_text(on) + " come in late";
    }

    std::string cancel(UnitId unit_id) {
        write([&](const Call& call) {
            const auto planned = meetings::add(call, meeting_on(world, unit_id, today), setting);
            meetings::cancel(call, {planned.meeting.id, "mưa lũ"}, setting);
        });
        return "a meeting was cancelled";
    }

    std::string close_one(UnitId unit_id) {
        const auto open = open_of(unit_id);
        if (open.empty()) return "nothing to close";
        const Number id = open[random(open.size())];
        const ItemState state = chance(2) ? ItemState::done : ItemState::dropped;
        write([&](const Call& call) { resolutions::close_item(call, {ResolutionItemId{id}, state, "vì"}); });
        decide(items[id], state);
        return "the unit closed an item";
    }

    std::string give_one(UnitId unit_id) {
        const auto open = open_of(unit_id);
        if (open.empty()) return "nothing to give a task for";
        const Number id = open[random(open.size())];
        const auto given = task_to_give(unit_id);
        write([&](const Call& call) { resolutions::give_task(call, {ResolutionItemId{id}, given}); });
        items[id].tasks[given.id->number] = there(given);
        return "one more task";
    }

    std::string correct_one() {
        if (adopted.empty()) return "nothing to correct";
        const ResolutionId id = adopted[random(adopted.size())];
        resolutions::CorrectResolution request;
        UnitId unit_id;
        Date adopted_on{};
        MeetingId meeting_id;
        world.read(secretary, [&](const Call& call) {
            const auto record = resolutions::show(call, {id});
            unit_id = record.resolution.unit_id;
            adopted_on = record.resolution.adopted_on;
            meeting_id = record.resolution.meeting_id;
            request = {id,
                       record.resolution.version,
                       "gõ nhầm",
                       "Nghị quyết đã sửa",
                       record.resolution.votes_for,
                       {},
                       {}};
            for (const auto& line : record.items)
                request.items.push_back({line.item.id, line.item.text + "!", {}, {}});
        });
        ResolutionItemThere item;
        item.unit_id = unit_id;
        item.adopted_on = adopted_on;
        item.meeting = meeting_id.number;
        const bool was_forgotten = chance(2);
        const ResolutionItemId forgotten{world.ids.next(world.now)};
        if (was_forgotten) {
            const auto given = task_to_give(unit_id);
            request.items.push_back({forgotten, "Ghi sót", {}, {given}});
            item.tasks[given.id->number] = there(given);
        }
        // The count of the whole may no longer carry it when people of that day have moved since.
        try {
            write([&](const Call& call) { resolutions::correct(call, request); });
        } catch (const Refusal& refusal) {
            for (const Problem& problem : refusal.problems)
                if (problem.key != "resolutions.not_carried" && problem.key != "resolutions.too_many_votes")
                    throw;
            return "a correction was refused";
        }
        if (was_forgotten) items[forgotten.number] = item;
        return "a resolution was corrected";
    }

    std::string people_change(UnitId unit_id) {
        auto& people = members[unit_id];
        if (people.size() < 5) {
            for (const MemberId id : add_people(world, unit_id, 1, "Mới")) {
                change_member(world, id, [&](members::Member& member) { member.joined_on = today; });
                people.push_back(id);
            }
            return "a member joined";
        }
        const std::size_t which = random(people.size());
        const MemberId id = people[which];
        people.erase(people.begin() + static_cast<std::ptrdiff_t>(which));
        gone.insert({unit_id, id});
        if (chance(2)) {
            change_member(world, id, [&](members::Member& member) { member.left_on = today; });
            return "a member left";
        }
        const UnitId other =
            units[(random(units.size() - 1) + 1 +
                   static_cast<std::size_t>(std::find(units.begin(), units.end(), unit_id) - units.begin())) %
                  units.size()];
        change_member(world, id, [&](members::Member& member) {
            member.unit_id = other;
            member.joined_on = today;
            member.office = members::Office::none;
        });
        members[other].push_back(id);
        gone.erase({other, id});
        return "a member moved";
    }

    std::string group_changes(UnitId unit_id) {
        const auto group = groups.find(unit_id);
        if (group == groups.end() || !chance(3)) return "the groups stay";
        world.write([&](const Call& call) {
            organisation::dissolve(call, {group->second, today, "QĐ"},
                                   [](const Call&, UnitId, Date) { return Number{0}; });
        });
        dissolved.insert(group->second);
        organisation::EstablishUnit anew{
            UnitId{world.ids.next(world.now)}, unit_id, "front_board", "", "Ban mới", today, "QĐ"};
        anew.code = "M" + to_text(*anew.id);
        world.write([&](const Call& call) { organisation::establish(call, anew); });
        group->second = *anew.id;
        return "a group was dissolved and another established";
    }

    bool is_ownerless(UnitId unit_id, const TaskThere& task) const {
        return task.group.number ? dissolved.contains(task.group) : gone.contains({unit_id, task.member});
    }

    std::string hand_on() {
        for (auto& [id, item] : items)
            for (auto& [task_id, task] : item.tasks) {
                if (task.state != tasks::State::open || !is_ownerless(item.unit_id, task)) continue;
                const auto to = members[item.unit_id][0];
                write([&, task_number = task_id, unit_id = item.unit_id](const Call& call) {
                    const auto now = *tasks::find_task(call.db, TaskId{task_number});
                    tasks::hand_on(call,
                                   {now.id, now.version, tasks::OwnerKind::member, to, {}, {}, "đi xa"});
                });
                task.member = to;
                task.group = {};
                return "a task was handed on";
            }
        return "no task waits for an owner";
    }

    std::string work() {
        std::vector<std::pair<Number, Number>> all;
        for (const auto& [id, item] : items)
            for (const auto& [task_id, task] : item.tasks) all.push_back({id, task_id});
        if (all.empty()) return "no work";
        const auto [id, task_number] = all[random(all.size())];
        TaskThere& task = items[id].tasks[task_number];
        const TaskId task_id{task_number};
        if (task.state == tasks::State::open) {
            const auto what = random(6);
            write([&, task_id = task_id](const Call& call) {
                if (what < 3) tasks::finish(call, {task_id, "xong", false, {}});
                else if (what == 3) tasks::drop(call, {task_id, "thôi"});
                else tasks::report_progress(call, {task_id, 50, "đang làm"});
            });
            if (what < 3) task.state = tasks::State::done;
            if (what == 3) task.state = tasks::State::dropped;
            return "a task was reported";
        }
        if (task.state == tasks::State::done && !task.is_checked && !chance(3)) {
            if (chance(2)) {
                world.write(office,
                            [&, task_id = task_id](const Call& call) { tasks::check(call, {task_id}); });
                task.is_checked = true;
                return "a result was checked";
            }
            world.write(office, [&, task_id = task_id](const Call& call) {
                tasks::return_report(call, {task_id, "chưa đạt"});
            });
        } else {
            if (!chance(3)) return "a closed task rests";
            write([&, task_id = task_id](const Call& call) { tasks::reopen(call, {task_id, "làm lại"}); });
        }
        task.state = tasks::State::open;
        task.is_checked = false;
        return "a task was opened again";
    }

    // Everything in which the program and the model differ.
    void look() {
        for (const UnitId unit_id : units) {
            const auto open = open_of(unit_id);
            const std::set<Number> expected(open.begin(), open.end());
            std::set<Number> open_tasks, ownerless;
            for (const auto& [id, item] : items)
                for (const auto& [task_id, task] : item.tasks) {
                    if (item.unit_id != unit_id || task.state != tasks::State::open) continue;
                    open_tasks.insert(task_id);
                    if (is_ownerless(unit_id, task)) ownerless.insert(task_id);
                }
            world.read(secretary, [&](const Call& call) {
                std::set<Number> on_agenda, listed, shown, found, alone;
                for (const auto& proposal : resolutions::agenda_of_open_items(call, unit_id, call.today))
                    on_agenda.insert(proposal.source_id.number);
                for (const auto& item : resolutions::open_items_of(call.db, unit_id))
                    listed.insert(item.id.number);
                for (const auto& line : resolutions::open_items(call, {unit_id}).items)
                    shown.insert(line.item.id.number);
                tasks::ListTasks wanted;
                wanted.unit_id = unit_id;
                wanted.state = tasks::State::open;
                wanted.limit = 200;
                for (;;) {
                    const tasks::TaskPage page = tasks::list(call, wanted);
                    for (const auto& line : page.tasks) {
                        found.insert(line.task.id.number);
                        if (line.is_ownerless) alone.insert(line.task.id.number);
                    }
                    if (!page.next) break;
                    wanted.after = page.next;
                }
                compare("the next agenda", expected, on_agenda);
                compare("the open list", expected, listed);
                compare("the page of open items", expected, shown);
                compare("the open tasks", open_tasks, found);
                compare("the tasks without an owner", ownerless, alone);
            });
        }
    }
    void compare(const std::string& what, const std::set<Number>& expected, const std::set<Number>& found) {
        for (const Number id : expected)
            if (!found.contains(id)) complain(what + " lost " + std::to_string(id));
        for (const Number id : found)
            if (!expected.contains(id)) complain(what + " has " + std::to_string(id) + ", which is closed");
    }
    void complain(const std::string& complaint) { complaints.push_back(to_text(today) + ": " + complaint); }

    World world;
    std::uint32_t seed;
    Actor secretary, office;
    Date today = day("2024-01-03");
    std::vector<UnitId> units;
    std::map<UnitId, std::vector<MemberId>> members;
    std::map<UnitId, UnitId> groups;
    std::set<std::pair<UnitId, MemberId>> gone;
    std::set<UnitId> dissolved;
    std::map<Number, ResolutionItemThere> items;
    std::vector<ResolutionId> adopted;
    std::vector<std::pair<UnitId, Date>> waiting;
    std::vector<std::string> complaints;
    meetings::Setting setting{
        project_rulebooks(), 420, {resolutions::agenda_of_open_items}, resolutions::results_of_last};
};

}  // namespace gw::test
