#include "meetings/corrections.h"

#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::meetings {
namespace {

using test::day;
using test::refuses;

// A cell whose meeting was recorded with two contributions, the first of which a resolution may cite.
struct Recorded {
    explicit Recorded(Store& store) : world(store), people(test::add_people(world, world.na_lung, 6)) {
        secretary =
            world.person({"meetings.read", "meetings.plan", "meetings.record"}, world.na_lung, people[0]);
        reader = world.person({"meetings.read"}, world.na_lung, people[3]);
        outsider = world.person({"meetings.read", "meetings.record"}, world.ban_lang);
        world.go_to(day("2024-05-04"), 22 * 60);
        said = ContributionId{world.ids.next(world.now)};
        happening = test::everybody_came(world, day("2024-05-04"), people);
        happening.contributions = {{said, people[1], "Nên rải cấp phối trước mùa mưa"},
                                   {{}, people[2], "Đồng ý"}};
        world.write(secretary, [&](const Call& call) {
            meeting = add(call, test::meeting_on(world, world.na_lung, day("2024-05-04"), happening), setting)
                          .meeting;
        });
        // As the server tells it, so that a correction can name what it keeps.
        world.read(secretary, [&](const Call& call) {
            happening.contributions.clear();
            for (const Contribution& each : contributions_of(call.db, meeting.id))
                happening.contributions.push_back({each.id, each.member_id, each.text});
        });
    }
    MeetingRecord corrected(const CorrectRecord& request) {
        MeetingRecord record;
        world.write(secretary, [&](const Call& call) { record = correct(call, request, setting, is_cited); });
        return record;
    }
    CorrectRecord correction() const { return {meeting.id, meeting.version, happening, "Ghi nhầm"}; }
    bool refused(const Actor& actor, const CorrectRecord& request, Reason reason, std::string_view key) {
        return refuses(
            [&] { world.write(actor, [&](const Call& call) { correct(call, request, setting, is_cited); }); },
            reason, key);
    }
    RecordVersions versions(const Actor& actor) {
        RecordVersions list;
        world.read(actor, [&](const Call& call) { list = list_record_versions(call, {meeting.id}); });
        return list;
    }

    test::World world;
    std::vector<MemberId> people;
    Actor secretary, reader, outsider;
    Setting setting{test::project_rulebooks()};
    ContributionId said;
    CitedSource is_cited = [this](const Call&, ContributionId id) { return id == said; };
    Happening happening;
    Meeting meeting;
};

}  // namespace

TEST_CASE("a correction replaces the record, keeps the old one and scores anew") {
    test::for_each_store([](Store& store) {
        Recorded cell(store);
        CorrectRecord request = cell.correction();
        request.happening.roll[4].mark = Mark::absent;
        request.happening.ended_at.milliseconds += 20 * 60'000;
        request.happening.contributions[0].text = "Nên rải cấp phối trước mùa mưa tháng 6";
        request.happening.contributions.insert(request.happening.contributions.begin(),
                                               SpokenWord{{}, cell.people[0], "Xin ý kiến"});
        request.happening.summary = "Thống nhất làm đường";
        const std::int64_t lines = cell.world.audit_count();
        const MeetingRecord after = cell.corrected(request);
        CHECK(after.meeting.version == cell.meeting.version + 1);
        CHECK(after.meeting.members_present == 5);
        CHECK(after.meeting.unexcused_count == 1);
        CHECK(after.meeting.speaker_count == 3);
        CHECK(after.meeting.summary == "Thống nhất làm đường");
        CHECK(*after.meeting.score_milli < *cell.meeting.score_milli);
        CHECK(after.contributions[1].contribution.id == cell.said);
        cell.world.read(cell.reader, [&](const Call& call) {
            const MeetingRecord shown = show(call, {cell.meeting.id}, cell.setting);
            CHECK(shown.attendances.size() == 6);
            REQUIRE(shown.contributions.size() == 3);
            CHECK(shown.contributions[1].contribution.text == "Nên rải cấp phối trước mùa mưa tháng 6");
        });

        const RecordVersions list = cell.versions(cell.reader);
        REQUIRE(list.versions.size() == 1);
        const RecordVersion& old = list.versions[0];
        CHECK(old.version == cell.meeting.version);
        CHECK(old.reason == "Ghi nhầm");
        CHECK(old.replaced_by == cell.secretary.account_id);
        CHECK(old.recorded_by == cell.secretary.account_id);
        CHECK(old.happening.ended_at == cell.happening.ended_at);
        CHECK(old.happening.roll.size() == 6);
        REQUIRE(old.happening.contributions.size() == 2);
        CHECK(old.happening.contributions[0].id == cell.said);
        CHECK(old.happening.contributions[0].text == "Nên rải cấp phối trước mùa mưa");
        CHECK(cell.world.audit_count() == lines + 1);

        // What was replaced is what a second correction puts back.
        const MeetingRecord back =
            cell.corrected({cell.meeting.id, after.meeting.version, old.happening, "Như cũ"});
        CHECK(*back.meeting.score_milli == *cell.meeting.score_milli);
        CHECK(cell.versions(cell.reader).versions.size() == 2);
        CHECK(cell.versions(cell.reader).versions[0].version == after.meeting.version);
    });
}

TEST_CASE("the same record corrects nothing, whichever version it names") {
    test::for_each_store([](Store& store) {
        Recorded cell(store);
        CorrectRecord request = cell.correction();
        request.version = 999;
        CHECK(cell.corrected(request).meeting.version == cell.meeting.version);
        CHECK(cell.versions(cell.reader).versions.empty());
        request = cell.correction();
        request.happening.summary = "Thống nhất";
        const MeetingRecord once = cell.corrected(request);
        CHECK(cell.corrected(request).meeting.version == once.meeting.version);
    });
}

TEST_CASE("marks the unit gave itself still count after a correction") {
    test::for_each_store([](Store& store) {
        Recorded cell(store);
        cell.world.write(cell.secretary, [&](const Call& call) {
            score_self(call, {cell.meeting.id, {{"content_fits", 1}}}, cell.setting);
            cell.meeting = *find_meeting(call.db, cell.meeting.id);
        });
        CorrectRecord request = cell.correction();
        request.happening.summary = "Thống nhất";
        const MeetingRecord after = cell.corrected(request);
        CHECK(after.meeting.score_milli == cell.meeting.score_milli);
        CHECK(after.meeting.maximum_milli == cell.meeting.maximum_milli);
    });
}

TEST_CASE("a correction is refused with its reason") {
    test::for_each_store([](Store& store) {
        Recorded cell(store);
        CorrectRecord good = cell.correction();
        good.happening.summary = "Thống nhất";
        CHECK(cell.refused(cell.reader, good, Reason::forbidden, "platform.forbidden"));
        CHECK(cell.refused(cell.outsider, good, Reason::forbidden, "platform.forbidden"));

        CorrectRecord request = good;
        request.version = good.version - 1;
        CHECK(cell.refused(cell.secretary, request, Reason::conflict, "meetings.changed_meanwhile"));
        request = good;
        request.reason = " ";
        CHECK(cell.refused(cell.secretary, request, Reason::invalid, "platform.required"));
        request = good;
        request.happening.roll.pop_back();
        CHECK(cell.refused(cell.secretary, request, Reason::invalid, "meetings.roll_misses"));
        request = good;
        request.happening.ended_at = request.happening.started_at;
        CHECK(cell.refused(cell.secretary, request, Reason::invalid, "meetings.ends_before_it_starts"));
        request = good;
        request.meeting_id = MeetingId{cell.world.ids.next(cell.world.now)};
        CHECK(cell.refused(cell.secretary, request, Reason::not_found, "platform.not_found"));

        request = good;
        request.happening.contributions.erase(request.happening.contributions.begin());
        CHECK(cell.refused(cell.secretary, request, Reason::invalid, "meetings.cited_stays"));
        request = good;
        request.happening.contributions[0].member_id = cell.people[4];
        CHECK(cell.refused(cell.secretary, request, Reason::invalid, "meetings.cited_stays"));
        request = good;
        request.happening.contributions.pop_back();
        CHECK(cell.corrected(request).contributions.size() == 1);

        Meeting planned;
        cell.world.write(cell.secretary, [&](const Call& call) {
            AddMeeting next = test::meeting_on(cell.world, cell.world.na_lung, day("2024-06-04"));
            planned = add(call, next, cell.setting).meeting;
        });
        CHECK(cell.refused(cell.secretary, {planned.id, planned.version, good.happening, "Sớm"},
                           Reason::conflict, "meetings.not_in_state"));

        // A contribution of another meeting keeps its place there.
        Meeting other;
        const ContributionId elsewhere{cell.world.ids.next(cell.world.now)};
        cell.world.go_to(day("2024-06-04"), 22 * 60);
        cell.world.write(cell.secretary, [&](const Call& call) {
            Happening june = test::everybody_came(cell.world, day("2024-06-04"), cell.people);
            june.contributions = {{elsewhere, cell.people[1], "Ý kiến tháng 6"}};
            other = record(call, {planned.id, june}, cell.setting).meeting;
        });
        request = good;
        request.version = good.version + 1;
        request.happening.contributions.push_back({elsewhere, cell.people[1], "Lấy nhầm"});
        CHECK(cell.refused(cell.secretary, request, Reason::invalid, "meetings.id_taken"));
    });
}

TEST_CASE("earlier records are shown to those who may read the meeting") {
    test::for_each_store([](Store& store) {
        Recorded cell(store);
        CHECK(cell.versions(cell.reader).versions.empty());
        CHECK(refuses([&] { cell.versions(cell.outsider); }, Reason::not_found, "platform.not_found"));
    });
}

}  // namespace gw::meetings
