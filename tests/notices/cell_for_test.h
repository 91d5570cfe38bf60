// A cell whose secretary and some members have accounts, with what notices need to know of the installation.
#pragma once
#include "notices/notices.h"
#include "platform/jobs/jobs.h"
#include "platform/texts/texts.h"
#include "support/account_for_test.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::test {

inline const Texts& project_texts() {
    static const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
    return texts;
}

struct Cell {
    explicit Cell(Store& store)
        : world(store),
          people(add_people(world, world.na_lung, 6)),
          jobs({.store = store,
                .announcements = world.announcements,
                .open_call = [this](AccountId,
                                    const std::function<void(const Call&)>& work) { world.read(work); },
                .clock = [this] { return world.now; }}) {
        world.go_to(day("2024-05-04"));
        secretary = person("thuky", people[0], {"meetings.read", "meetings.plan", "meetings.record"});
        member = person("dangvien", people[2], {"meetings.read"});
        other = person("khac", people[3], {"meetings.read"});
        setting.agenda = [this](const Call&, MeetingId) { return agenda; };
    }

    // An account of a member of Na Lung, who may this and that there.
    Actor person(const std::string& user_name, MemberId member_id, std::vector<std::string> permissions,
                 UnitId unit_id = {}) {
        return add_account(world, user_name, permissions, unit_id ? unit_id : world.na_lung, member_id);
    }

    MeetingId plan(Date on, const std::string& subject = "Sinh hoạt thường kỳ", UnitId unit_id = {}) {
        MeetingId id;
        world.write([&](const Call& call) {
            auto request = meeting_on(world, unit_id ? unit_id : world.na_lung, on);
            request.subject = subject;
            request.place = "Nhà văn hóa thôn";
            id = meetings::add(call, request, meeting_setting).meeting.id;
        });
        return id;
    }

    meetings::Meeting meeting(MeetingId id) {
        std::optional<meetings::Meeting> found;
        world.read([&](const Call& call) { found = meetings::find_meeting(call.db, id); });
        return found.value();
    }

    void move(MeetingId id, Moment to, const std::string& place = "Nhà văn hóa thôn") {
        world.write(secretary, [&](const Call& call) {
            const meetings::Meeting before = meeting_in(call, id);
            if (before.planned_for != to) {
                meetings::move(call, {id, before.planned_for, to, place, "Bận", {}}, meeting_setting);
                return;
            }
            meetings::change(call, {id, before.version, before.subject, place, {}, {}});
        });
    }

    notices::Invitation invite(MeetingId id) {
        notices::Invitation invitation;
        world.write(secretary, [&](const Call& call) { invitation = notices::invite(call, {id}, setting); });
        return invitation;
    }

    void follow() {
        world.write([](const Call& call) { notices::follow_trail(call); });
    }

    std::vector<notices::Notice> inbox(const Actor& actor, const std::string& language = "en") {
        notices::NoticePage page;
        world.read(actor, [&](const Call& call) {
            Call named = call;
            named.language = language;
            page = notices::list(named, {}, setting);
        });
        return page.notices;
    }
    std::int64_t unread(const Actor& actor) {
        std::int64_t count = 0;
        world.read(actor, [&](const Call& call) { count = notices::count_unread(call).unread_count; });
        return count;
    }

    static meetings::Meeting meeting_in(const Call& call, MeetingId id) {
        return meetings::find_meeting(call.db, id).value();
    }

    World world;
    std::vector<MemberId> people;
    jobs::Jobs jobs;
    Actor secretary, member, other;
    std::vector<std::string> agenda{"Đường vào bản"};
    meetings::Setting meeting_setting{project_rulebooks(), 420};
    notices::Setting setting{.texts = project_texts(), .public_url = "https://groundwork.example"};
};

}  // namespace gw::test
