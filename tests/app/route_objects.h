// One object for every write of the route table, so that no row of it depends on another.
#pragma once
#include <algorithm>

#include "accounts/accounts.h"
#include "app.h"
#include "consolidation/consolidation.h"
#include "directives/directives.h"
#include "documents/documents.h"
#include "exchange/exchange_operations.h"
#include "inspections/inspections.h"
#include "meetings/meetings.h"
#include "notices/notices.h"
#include "obstacles/obstacles.h"
#include "organisation/organisation.h"
#include "papers/papers.h"
#include "platform/checks.h"
#include "resolutions/resolutions.h"
#include "rulebooks/rulebooks.h"
#include "sample_for_routes.h"
#include "support/pictures.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::test {

class RouteObjects {
public:
    RouteObjects(App& app, Names& names) : app_(app), names_(names) {}

    void add() {
        app_.write("test", [this](const Call& call) {
            name_units(call);
            name_people(call);
            add_tasks(call);
            add_visits(call);
            add_orders(call);
            add_directives(call);
            add_obstacles(call);
            add_inspection(call);
            add_weak_units(call);
        });
        app_.write("test", [this](const Call& call) {
            add_meetings(call);
            add_papers(call);
            add_accounts(call);
            add_notices(call);
        });
        add_imports();
        add_attachments();
    }

private:
    template <class AnyId>
    void name(const std::string& as, AnyId id) {
        names_[as] = to_text(id);
    }

    UnitId unit(const Call& call, std::string_view code) const {
        for (const organisation::TreeUnit& each : call.tree->units())
            if (each.code == code) return each.id;
        throw std::runtime_error("the sample has no unit " + std::string(code));
    }

    void name_units(const Call& call) {
        const std::pair<const char*, const char*> codes[] = {{"province", "TQ"},
                                                             {"district", "072"},
                                                             {"khau_tinh", "02263"},
                                                             {"na_lung", "02263-04"},
                                                             {"cell_beside", "02263-01"},
                                                             {"commune_elsewhere", "02260"},
                                                             {"cell_elsewhere", "02260-01"},
                                                             {"an_tuong_2", "02512-02"},
                                                             {"block", "KCQ"}};
        for (const auto& [as, code] : codes) name(as, unit(call, code));
        na_lung_ = unit(call, "02263-04");
        elsewhere_ = unit(call, "02260-01");
        const auto block = call.tree->reach(*call.tree->find(unit(call, "KCQ")));
        for (int position = block.first; position < block.end; ++position)
            if (call.tree->kind_of(position).has_members) block_cell_ = call.tree->at(position).id;
        name("block_cell", block_cell_);
        for (const organisation::TreeUnit& each : call.tree->units())
            if (each.code.starts_with("02263-04-")) name("group_below", each.id);
    }

    void name_people(const Call& call) {
        people_ = members::members_of(call.db, na_lung_, call.today);
        const auto dangvien = accounts::find_account(call.db, "dangvien");
        own_ = dangvien->member_id.value();
        name("member_dangvien", own_);
        std::erase_if(people_, [&](const members::Member& member) {
            return member.id == own_ || member.office != members::Office::none;
        });
        for (std::size_t i = 0; i < 6; ++i) name("member_" + std::to_string(i + 1), people_.at(i).id);
        auto others = members::members_of(call.db, elsewhere_, call.today);
        std::erase_if(others, [](const members::Member& member) {
            return member.is_excused || member.is_suspended || member.stage != members::Stage::full;
        });
        for (std::size_t i = 0; i < 3; ++i)
            name("member_elsewhere_" + std::to_string(i + 1), others.at(i + 2).id);
        name("member_block", members::members_of(call.db, block_cell_, call.today).at(4).id);
        names_["tomorrow"] = "2024-12-17";
        names_["today"] = to_text(call.today);
    }

    TaskId add_task(const Call& call, UnitId unit_id, MemberId owner) {
        tasks::AssignTask task;
        task.unit_id = unit_id;
        task.title = "Sửa mái nhà văn hóa";
        task.owner_member_id = owner;
        task.due_on = Date{std::chrono::year{2024}, std::chrono::month{12}, std::chrono::day{30}};
        return tasks::assign(call, task).id;
    }

    void add_tasks(const Call& call) {
        for (int i = 1; i <= 8; ++i)
            name("task_" + std::to_string(i), add_task(call, na_lung_, people_.at(0).id));
        name("task_own_1", add_task(call, na_lung_, own_));
        name("task_own_2", add_task(call, na_lung_, own_));
        for (const char* as : {"task_done_1", "task_done_2", "task_done_3"}) {
            const TaskId id = add_task(call, na_lung_, people_.at(0).id);
            tasks::finish(call, {id, "Đã lợp lại", false, {}});
            name(as, id);
        }
        const MemberId other = members::members_of(call.db, elsewhere_, call.today).at(0).id;
        for (int i = 1; i <= 8; ++i)
            name("task_elsewhere_" + std::to_string(i), add_task(call, elsewhere_, other));
        for (const char* as : {"task_elsewhere_done_1", "task_elsewhere_done_2", "task_elsewhere_done_3"}) {
            const TaskId id = add_task(call, elsewhere_, other);
            tasks::finish(call, {id, "Đã lợp lại", false, {}});
            name(as, id);
        }
    }

    void add_directives(const Call& call) {
        for (const auto& [ending, code] : {std::pair("", "02263"), std::pair("_elsewhere", "02260")})
            for (int i = 1; i <= 2; ++i) {
                directives::SendDirective asked;
                asked.unit_id = unit(call, code);
                asked.title = "Mỗi chi bộ có một việc cụ thể";
                asked.concrete_by =
                    Date{std::chrono::year{2024}, std::chrono::month{12}, std::chrono::day{30}};
                name("directive" + std::string(ending) + "_" + std::to_string(i),
                     directives::send(call, asked).directive.id);
            }
    }

    // One unit proposed in each commune.
    void add_weak_units(const Call& call) {
        static const rulebooks::Library none;
        for (const auto& [ending, unit_id] : {std::pair("", na_lung_), std::pair("_elsewhere", elsewhere_)})
            name("weak_unit" + std::string(ending),
                 consolidation::propose(call, {{}, unit_id, "Hai tháng không họp"}, {none}).about.id);
    }

    // Each act of the table has an obstacle of its own: 1 to 3 are owed, 4 to 6 answered, 7 and 8 of one
    // case.
    void add_obstacles(const Call& call) {
        for (const auto& [ending, unit_id] : {std::pair("", na_lung_), std::pair("_elsewhere", elsewhere_)}) {
            std::vector<ObstacleId> ids;
            for (int i = 1; i <= 8; ++i) {
                const auto raised =
                    obstacles::raise(call, {{}, unit_id, "Nhà văn hóa chưa có điện", {}, "", "Kéo điện"},
                                     obstacles::Setting{});
                ids.push_back(raised.line.obstacle.id);
                name("obstacle" + std::string(ending) + "_" + std::to_string(i), ids.back());
                if (i >= 4 && i <= 6)
                    obstacles::answer(call, {ids.back(), obstacles::Way::answer, "Năm sau", {}},
                                      obstacles::Setting{});
            }
            const UnitId holder = obstacles::find_obstacle(call.db, ids[0])->holder_id;
            name("obstacle_case" + std::string(ending),
                 obstacles::join(call, {holder, {}, "Điện", {ids[6], ids[7]}}).about.id);
        }
    }

    // The commune inspects a member of Na Lung; the inspector leads the team.
    void add_inspection(const Call& call) {
        using inspections::Kind;
        inspections::ProgrammeLine line;
        line.id = call.new_id<ProgrammeLineId>();
        line.unit_id = unit(call, "02263");
        line.year = 2024;
        line.month = 12;
        line.object_unit_id = na_lung_;
        line.theme = "Chế độ sinh hoạt";
        inspections::Inspection made;
        made.id = call.new_id<InspectionId>();
        made.unit_id = line.unit_id;
        made.object_unit_id = na_lung_;
        made.object_member_id = own_;
        made.theme = line.theme;
        made.decision_number = "1-QĐ";
        made.decided_on = made.period_from = made.period_until = visited_on;
        made.prepare_by = made.conduct_by = made.close_by = call.today;
        std::vector<inspections::Paper> papers(4);
        for (std::size_t i = 0; i < papers.size(); ++i) {
            papers[i].id = call.new_id<InspectionPaperId>();
            papers[i].inspection_id = made.id;
            papers[i].number = static_cast<std::int64_t>(i) + 1;
            papers[i].text = "Nội dung";
            papers[i].day = visited_on;
        }
        papers[0].delivered_on = visited_on;
        inspections::add_inspections(call, std::span(&line, 1), std::span(&made, 1), papers);
        const inspections::TeamPerson leader{accounts::find_account(call.db, "kiemtra").value().id,
                                             "Người kiểm tra", inspections::Part::leader, ""};
        inspections::add_team(call, made.id, std::span(&leader, 1));
        name("programme_line", line.id);
        name("inspection", made.id);
    }

    static constexpr Date visited_on{std::chrono::year{2024}, std::chrono::month{12}, std::chrono::day{8}};

    visits::VisitRecord add_visit(const Call& call, UnitId unit_id) {
        visits::RecordVisit visit;
        visit.unit_id = unit_id;
        visit.visited_on = visited_on;
        visit.group_name = "Tổ công tác";
        const Date later{std::chrono::year{2025}, std::chrono::month{2}, std::chrono::day{1}};
        for (int i = 0; i < 4; ++i) {
            visit.advice_items.push_back({{}, "Ghi rõ người làm", "Việc nào cũng có người", later});
            visit.findings.push_back({{}, findings::Gravity::minor, "Thiếu sổ", "Lập sổ", later});
        }
        return visits::record(call, visit);
    }

    void add_visits(const Call& call) {
        const visits::VisitRecord here = add_visit(call, na_lung_), there = add_visit(call, elsewhere_);
        const ResolutionItemId any_item{call.db.count("SELECT MIN(id) FROM resolution_items")};
        for (const auto& [ending, record] : {std::pair("", &here), std::pair("_elsewhere", &there)}) {
            name(std::string("visit") + ending, record->visit.id);
            for (std::size_t i = 0; i < 3; ++i) {
                const std::string number = "_" + std::to_string(i + 1);
                name(std::string("advice") + ending + number, record->advice_items[i].id);
                name(std::string("finding") + ending + number, record->findings[i].id);
            }
            name(std::string("advice") + ending + "_refused", record->advice_items[3].id);
            visits::refuse_advice(call, {record->advice_items[3].id, "Chưa đủ người"});
            visits::mark_answered(call, record->advice_items[1].id, record->visit.unit_id, any_item,
                                  call.today, "id");
            // Long enough ago that its effect may be checked; the third was remedied today.
            findings::report_remedied(call, {record->findings[1].id, "Đã lập sổ", visited_on});
            findings::report_remedied(call, {record->findings[2].id, "Đã lập sổ", {}});
        }
    }

    // Of the commune to Na Lung, and of the province elsewhere: their members reach these units anyway.
    void add_orders(const Call& call) {
        const auto add = [&](const std::string& as, const char* user_name, UnitId sender, UnitId visited) {
            const AccountId account_id = accounts::find_account(call.db, user_name).value().id;
            visits::SendOut asked;
            asked.unit_id = sender;
            asked.number_text = as;
            asked.from_on = call.today;
            asked.until_on = call.today;
            asked.unit_ids = {visited};
            asked.account_ids = {account_id};
            asked.leader_id = account_id;
            name(as, visits::send_out(call, asked).order.id);
            name(std::string("account_") + user_name, account_id);
        };
        for (const char* number : {"1", "2"}) {
            add(std::string("order_") + number, "vanphong", unit(call, "02263"), na_lung_);
            add(std::string("order_elsewhere_") + number, "tinhuy", unit(call, "TQ"), elsewhere_);
        }
    }

    meetings::AddMeeting meeting(const Call& call, UnitId unit_id, unsigned day, bool is_held) {
        const auto on = [&](int minute) {
            return moment_of(Date{std::chrono::year{2024}, std::chrono::month{12}, std::chrono::day{day}},
                             minute, 420);
        };
        meetings::AddMeeting request;
        request.unit_id = unit_id;
        request.kind = meetings::Kind::regular;
        request.subject = "Bàn việc chung";
        request.planned_for = on(19 * 60);
        if (!is_held) return request;
        meetings::Happening& happening = request.happening.emplace();
        happening.started_at = on(19 * 60);
        happening.ended_at = on(20 * 60);
        names_["meeting_began"] = std::to_string(happening.started_at.milliseconds);
        names_["meeting_ended"] = std::to_string(happening.ended_at.milliseconds);
        std::string roll;
        for (const meetings::RollMember& member :
             meetings::roll_of_unit(call, {unit_id, call.today}).members) {
            happening.roll.push_back({member.id, meetings::Mark::present, {}});
            roll += std::string(roll.empty() ? "" : ",") + "{\"member_id\":\"" + to_text(member.id) +
                    "\",\"mark\":\"present\"}";
        }
        names_[unit_id == na_lung_ ? "roll" : "roll_elsewhere"] = "[" + roll + "]";
        happening.contributions.push_back({{}, happening.roll.at(0).member_id, "Nên làm ngay"});
        return request;
    }

    void add_meetings(const Call& call) {
        const meetings::Setting setting{app_.rulebooks(), 420};
        for (const auto& [ending, unit_id] : {std::pair("", na_lung_), std::pair("_elsewhere", elsewhere_)}) {
            for (int i = 1; i <= 4; ++i) {
                const auto held = meetings::add(call, meeting(call, unit_id, 11, true), setting);
                name("meeting_held" + std::string(ending) + "_" + std::to_string(i), held.meeting.id);
                if (i == 1)
                    name("contribution" + std::string(ending), held.contributions.at(0).contribution.id);
            }
            for (int i = 1; i <= 3; ++i)
                name("meeting_planned" + std::string(ending) + "_" + std::to_string(i),
                     meetings::add(call, meeting(call, unit_id, 12, false), setting).meeting.id);
            adopt(call, ending);
        }
    }

    void add_papers(const Call& call) {
        const papers::Setting setting{app_.texts(), "vi", {app_.rulebooks(), 420}};
        for (const auto& [as, meeting] :
             {std::pair("paper", "meeting_held_3"), std::pair("paper_out", "meeting_held_4")}) {
            MeetingId meeting_id;
            from_text(names_.at(meeting), meeting_id);
            papers::freeze(call, meeting_id, setting);
            name(as, papers::list(call, {meeting_id}, setting).papers.at(0).paper_id.value());
            if (std::string_view(as) == "paper_out")
                meetings::publish(call, {meeting_id, {}}, setting.meetings);
        }
    }

    void adopt(const Call& call, const std::string& ending) {
        resolutions::AdoptResolution request;
        from_text(names_.at("meeting_held" + ending + "_1"), request.meeting_id);
        request.title = "Nghị quyết về việc chung";
        const auto roll = meetings::roll(call, {request.meeting_id}).members;
        request.votes_for = std::count_if(roll.begin(), roll.end(), [](const meetings::RollMember& member) {
            return member.stage == members::Stage::full;
        });
        names_["votes" + ending] = std::to_string(request.votes_for);
        for (int i = 0; i < 2; ++i) request.items.push_back({{}, "Làm ngay trong tháng", {}, {}});
        const auto record = resolutions::adopt(call, request);
        name("resolution" + ending, record.resolution.id);
        for (std::size_t i = 0; i < record.items.size(); ++i)
            name("resolution_item" + ending + "_" + std::to_string(i + 1), record.items[i].item.id);
    }

    void add_accounts(const Call& call) {
        for (const char* person : sample_people)
            name(std::string("account_") + person, accounts::find_account(call.db, person)->id);
        const auto add = [&](const char* user_name, UnitId home) {
            accounts::AddAccount account;
            account.user_name = user_name;
            account.full_name = "Hoàng Thị Mẫu";
            account.home_unit_id = home;
            return accounts::add_account(call, account, "no password fits this").id;
        };
        const AccountId spare = add("spare", na_lung_), there = add("spare.elsewhere", elsewhere_);
        name("account_spare", spare);
        name("account_elsewhere", there);
        name("grant_spare", accounts::add_grant(call, {spare, "member", na_lung_, {}, {}}).id);
        name("grant_elsewhere", accounts::add_grant(call, {there, "member", elsewhere_, {}, {}}).id);
        name("session_of_nobody", SessionId{1});
    }

    void add_notices(const Call& call) {
        AccountId account_id;
        from_text(names_.at("account_dangvien"), account_id);
        notices::tell(call, {.accounts = {account_id}},
                      {notices::Kind::meeting_urged, na_lung_, {}, "/today", {}});
        name("notice_dangvien",
             call.db.one<NoticeId>("SELECT MAX(id) FROM notices WHERE account_id = :id", {{"id", account_id}})
                 .value());
    }

    void add_imports() {
        // Imports are their maker's own: these belong to the administrator.
        app_.read("test", [this](const Call& call) {
            Actor actor = call.actor;
            from_text(names_.at("account_quantri"), actor.account_id);
            const Call own{call.db,       actor,      call.now, call.today,
                           call.language, call.tree,  call.ids, call.announcements,
                           call.store,    call.files, "TEST"};
            int number = 90'000;
            for (const char* as : {"import_1", "import_2", "import_3"}) {
                const std::string table =
                    "code,full_name,unit_code\n" + std::to_string(++number) + ",Lò Văn Mẫu,02263-04\n";
                const auto import =
                    exchange::preview(own, exchange::Subject::members, "people.csv", "", table);
                if (import.state != exchange::ImportState::ready)
                    throw std::runtime_error("the import is faulty");
                name(as, import.id);
                if (as == std::string("import_3"))
                    own.write(
                        [&](const Call& inner) { name("job", exchange::begin_commit(inner, import.id)); });
            }
        });
    }

    void add_attachments() {
        app_.read("test", [this](const Call& call) {
            const auto add = [&](const char* as, const char* meeting, UnitId unit_id) {
                documents::Attach photo;
                from_text(names_.at(meeting), photo.thing_id);
                photo.purpose = documents::Purpose::photo;
                photo.name = "photo.jpg";
                photo.bytes = picture({.width = 64, .height = 48});
                const documents::Gate gate = [unit_id](const Call&, documents::ThingId, documents::Act) {
                    return unit_id;
                };
                const documents::Gates open{{documents::ThingKind::meeting, gate}};
                const auto added = documents::attach(call, photo, open);
                name(as, added.id);
                if (std::string_view(as).ends_with("removed"))
                    call.write([&](const Call& writing) { documents::remove(writing, {added.id}, open); });
            };
            for (const char* as : {"attachment_1", "attachment_removed"}) add(as, "meeting_held_1", na_lung_);
            add("attachment_elsewhere", "meeting_held_elsewhere_1", elsewhere_);
        });
    }

    App& app_;
    Names& names_;
    UnitId na_lung_, elsewhere_, block_cell_;
    std::vector<members::Member> people_;  // of Na Lung, without offices
    MemberId own_;
};

}  // namespace gw::test
