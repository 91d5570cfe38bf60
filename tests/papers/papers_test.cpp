#include "papers/papers.h"

#include "platform/texts/texts.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::papers {
using test::day;
using test::refuses;

namespace {

const Texts& project_texts() {
    static const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
    return texts;
}

// Na Lung with seven people, who met on the fourth of May; the third took the minutes.
struct Cell {
    explicit Cell(Store& store, std::optional<std::size_t> minute_taker = 2) : world(store) {
        people = test::add_people(world, world.na_lung, 7);
        world.go_to(day("2024-05-05"));
        chair = world.person({"meetings.read", "meetings.record", "meetings.plan", "resolutions.adopt"},
                             world.na_lung, people[0]);
        deputy = world.person({"meetings.read"}, world.na_lung, people[1]);
        second = world.person({"meetings.read"}, world.na_lung, people[2]);
        member = world.person({"meetings.read"}, world.na_lung, people[5]);
        meetings::Happening happening = test::everybody_came(world, day("2024-05-04"), people);
        happening.roll[6].mark = meetings::Mark::excused;
        happening.roll[6].reason = "đi chữa bệnh";
        happening.chair_id = people[0];
        if (minute_taker) happening.minute_taker_id = people[*minute_taker];
        happening.contributions.push_back({{}, people[3], "Nên phân công ngay người chăm sóc đàn trâu."});
        happening.summary = "Thống nhất phân công từng nhà.";
        world.write(chair, [&](const Call& call) {
            meeting_id =
                meetings::add(call, test::meeting_on(world, world.na_lung, day("2024-05-04"), happening),
                              setting.meetings)
                    .meeting.id;
        });
    }
    void adopt(const std::string& title = "Nghị quyết tháng 5") {
        world.write(chair, [&](const Call& call) {
            resolutions::AdoptResolution request;
            request.meeting_id = meeting_id;
            request.title = title;
            request.votes_for = 6;
            request.items.push_back({{}, "Mỗi nhà trồng thêm 50 gốc hồi", {}, {}});
            resolutions::adopt(call, request);
        });
    }
    MeetingPapers papers(const Actor& actor) {
        MeetingPapers answer;
        world.read(actor, [&](const Call& call) { answer = list(call, {meeting_id}, setting); });
        return answer;
    }
    PaperLine line(const Actor& actor, Kind kind) {
        for (const PaperLine& one : papers(actor).papers)
            if (one.kind == kind) return one;
        throw std::runtime_error("no such paper");
    }
    PaperPage page(const Actor& actor, Kind kind, std::optional<Which> which = {},
                   std::optional<std::int64_t> version = {}) {
        PaperPage answer;
        world.read(actor, [&](const Call& call) {
            answer = show(call, {meeting_id, kind, {}, which, version}, setting);
        });
        return answer;
    }
    PaperPage approved(const Actor& actor, Kind kind, std::optional<std::string> reason = {}) {
        PaperPage answer;
        const std::string facts = line(chair, kind).facts_sha256;
        world.write(actor, [&](const Call& call) {
            answer = approve(call, {meeting_id, kind, {}, facts, reason}, setting);
        });
        return answer;
    }
    void publish(std::string_view on) {
        world.write(chair, [&](const Call& call) {
            meetings::publish(call, {meeting_id, day(on)}, setting.meetings);
        });
    }

    test::World world;
    std::vector<MemberId> people;
    Actor chair, deputy, second, member;
    Setting setting{project_texts(), "vi", {test::project_rulebooks()}};
    MeetingId meeting_id;
};

bool holds(const Document& document, std::string_view text) {
    for (const printing::Block& block : document.blocks) {
        for (const auto* lines : {&block.lines, &block.right_lines})
            for (const printing::Line& line : *lines)
                if ((line.lead + " " + line.text).find(text) != std::string::npos) return true;
        for (const printing::TableRow& row : block.rows)
            for (const std::string& cell : row.cells)
                if (cell.find(text) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("minutes are approved by two people, then numbered and frozen for good") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        CHECK(cell.line(cell.chair, Kind::minutes).state == PaperState::draft);
        CHECK(cell.line(cell.chair, Kind::minutes).chairs.size() == 1);
        CHECK(cell.line(cell.chair, Kind::minutes).seconds[0].full_name == "Nguyễn Văn 3");
        CHECK(cell.approved(cell.chair, Kind::minutes).paper.state == PaperState::approved_once);
        // Sent twice it changes nothing, and one person is never both.
        CHECK(cell.approved(cell.chair, Kind::minutes).paper.approvals.size() == 1);
        const PaperPage frozen = cell.approved(cell.second, Kind::minutes);
        CHECK(frozen.paper.state == PaperState::frozen);
        CHECK(frozen.paper.number_text == "01-BB/CB");
        CHECK(frozen.version == 1);
        CHECK(frozen.sha256.size() == 64);
        CHECK(holds(frozen.document, "Số 01-BB/CB"));
        CHECK(holds(frozen.document, "Đồng chí Nguyễn Văn 4: Nên phân công ngay"));
        CHECK(holds(frozen.document, "Nguyễn Văn 7 (đi chữa bệnh)"));
        CHECK(holds(frozen.document, "6/7 đảng viên được triệu tập"));
        CHECK(refuses([&] { cell.approved(cell.deputy, Kind::minutes); }, Reason::forbidden,
                      "papers.not_yours_to_approve"));
        const auto again = [&] {
            cell.world.write(cell.chair, [&](const Call& call) {
                approve(call, {cell.meeting_id, Kind::minutes, {}, "another draft", {}}, cell.setting);
            });
        };
        CHECK(refuses(again, Reason::conflict, "papers.frozen"));
        // Other names and words later change nothing of it.
        test::change_member(cell.world, cell.people[3], [](members::Member& one) { one.full_name = "Khác"; });
        const PaperPage later = cell.page(cell.chair, Kind::minutes);
        CHECK(later.sha256 == frozen.sha256);
        CHECK(holds(later.document, "Đồng chí Nguyễn Văn 4:"));
        CHECK(later.paper.state == PaperState::frozen);
    });
}

TEST_CASE("minutes say when the documents were sent, and that they came late; other papers do not") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        CHECK_FALSE(holds(cell.page(cell.chair, Kind::minutes).document, "Tài liệu:"));
        const auto sent_on = [&](const char* day) {
            cell.world.write([&](const Call& call) {
                call.db.run("UPDATE meetings SET documents_sent_on = :day WHERE id = :id",
                            {{"day", test::day(day)}, {"id", cell.meeting_id}});
            });
        };
        sent_on("2024-05-01");
        CHECK(holds(cell.page(cell.chair, Kind::minutes).document, "Tài liệu: gửi ngày 01 tháng 5 năm 2024"));
        CHECK_FALSE(holds(cell.page(cell.chair, Kind::minutes).document, "muộn"));
        sent_on("2024-05-04");
        CHECK(holds(cell.page(cell.chair, Kind::minutes).document,
                    "Tài liệu: gửi ngày 04 tháng 5 năm 2024, muộn: chưa đủ một ngày trước giờ họp"));
        CHECK_FALSE(holds(cell.page(cell.chair, Kind::conclusion).document, "Tài liệu:"));
    });
}

TEST_CASE("a correction outdates a frozen paper, and the next version needs a reason and both again") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        cell.approved(cell.chair, Kind::minutes);
        const PaperPage first = cell.approved(cell.second, Kind::minutes);
        // Publishing counts the meeting's version up and changes nothing that minutes tell.
        cell.publish("2024-05-05");
        CHECK(cell.line(cell.chair, Kind::minutes).state == PaperState::frozen);
        cell.world.write([&](const Call& call) {
            meetings::Meeting meeting = *meetings::find_meeting(call.db, cell.meeting_id);
            meeting.summary = "Thống nhất phân công từng nhà, xong trước ngày 15.";
            ++meeting.version;
            call.db.update("meetings", meeting);
        });
        CHECK(cell.line(cell.chair, Kind::minutes).state == PaperState::outdated);
        CHECK(refuses([&] { cell.approved(cell.chair, Kind::minutes); }, Reason::invalid,
                      "papers.reason_needed"));
        cell.approved(cell.chair, Kind::minutes, "Ghi thiếu thời hạn");
        const PaperPage next = cell.approved(cell.second, Kind::minutes);
        CHECK(next.version == 2);
        CHECK(next.paper.number_text == "01-BB/CB");
        CHECK(holds(next.document, "trước ngày 15"));
        REQUIRE(next.versions.size() == 2);
        CHECK(next.versions[0].reason == "Ghi thiếu thời hạn");
        const PaperPage old = cell.page(cell.member, Kind::minutes, Which::kept, 1);
        CHECK(old.sha256 == first.sha256);
        CHECK_FALSE(holds(old.document, "trước ngày 15"));
        CHECK(refuses([&] { cell.page(cell.chair, Kind::minutes, Which::kept, 3); }, Reason::not_found,
                      "platform.not_found"));
    });
}

TEST_CASE("an approval counts for the draft that was read and no other") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        cell.approved(cell.chair, Kind::conclusion);
        const std::string before = cell.line(cell.chair, Kind::conclusion).facts_sha256;
        cell.world.write([&](const Call& call) {
            meetings::Meeting meeting = *meetings::find_meeting(call.db, cell.meeting_id);
            meeting.summary = "Khác";
            ++meeting.version;
            call.db.update("meetings", meeting);
        });
        CHECK(cell.line(cell.chair, Kind::conclusion).state == PaperState::draft);
        const auto with_old = [&] {
            cell.world.write(cell.second, [&](const Call& call) {
                approve(call, {cell.meeting_id, Kind::conclusion, {}, before, {}}, cell.setting);
            });
        };
        CHECK(refuses(with_old, Reason::conflict, "papers.draft_changed"));
        CHECK(cell.approved(cell.second, Kind::conclusion).paper.state == PaperState::approved_once);
        CHECK(cell.approved(cell.chair, Kind::conclusion).paper.number_text == "01-KL/CB");
    });
}

TEST_CASE("members read frozen papers once the meeting is published, and late ones are marked") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        cell.adopt();
        CHECK(cell.papers(cell.member).papers.empty());
        CHECK(
            refuses([&] { cell.page(cell.member, Kind::minutes); }, Reason::not_found, "platform.not_found"));
        cell.approved(cell.chair, Kind::resolution);
        CHECK(cell.papers(cell.member).papers.empty());
        const PaperPage frozen = cell.approved(cell.second, Kind::resolution);
        CHECK(frozen.paper.number_text == "01-NQ/CB");
        CHECK(cell.papers(cell.member).papers.empty());
        CHECK(cell.papers(cell.chair).days_late == 0);
        cell.world.go_to(day("2024-05-09"));
        CHECK(cell.papers(cell.chair).days_late == 3);
        cell.publish("2024-05-08");
        CHECK(cell.papers(cell.member).days_late == 2);
        CHECK(cell.papers(cell.member).publish_by == day("2024-05-06"));
        REQUIRE(cell.papers(cell.member).papers.size() == 1);
        CHECK(cell.papers(cell.member).papers[0].facts_sha256.empty());
        CHECK(holds(cell.page(cell.member, Kind::resolution).document, "T/M CHI BỘ"));
        CHECK(refuses([&] { cell.page(cell.member, Kind::resolution, Which::draft); }, Reason::not_found,
                      "platform.not_found"));
        const Actor stranger = cell.world.person({"meetings.read"}, cell.world.an_tuong);
        CHECK(refuses([&] { cell.papers(stranger); }, Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("where the chair took the minutes too, the deputy is the second") {
    test::for_each_store([](Store& store) {
        Cell cell(store, 0);
        const PaperLine line = cell.line(cell.chair, Kind::minutes);
        REQUIRE(line.seconds.size() == 1);
        CHECK(line.seconds[0].member_id == cell.people[1]);
        cell.approved(cell.chair, Kind::minutes);
        CHECK(refuses([&] { cell.approved(cell.second, Kind::minutes); }, Reason::forbidden,
                      "papers.not_yours_to_approve"));
        CHECK(cell.approved(cell.deputy, Kind::minutes).paper.state == PaperState::frozen);
    });
}

TEST_CASE("a meeting has minutes, a resolution or a conclusion, and a score sheet; one planned has none") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const auto kinds = [&] {
            std::vector<Kind> found;
            for (const PaperLine& line : cell.papers(cell.chair).papers) found.push_back(line.kind);
            return found;
        };
        CHECK(kinds() == std::vector{Kind::minutes, Kind::conclusion, Kind::score_sheet});
        cell.adopt();
        CHECK(kinds() == std::vector{Kind::minutes, Kind::resolution, Kind::score_sheet});
        cell.adopt("Nghị quyết chuyên đề");
        CHECK(refuses([&] { cell.page(cell.chair, Kind::resolution); }, Reason::invalid,
                      "papers.which_resolution"));
        CHECK(refuses([&] { cell.page(cell.chair, Kind::conclusion); }, Reason::not_found,
                      "platform.not_found"));
        cell.world.write(cell.chair, [&](const Call& call) {
            cell.meeting_id =
                meetings::add(call, test::meeting_on(cell.world, cell.world.na_lung, day("2024-06-04")),
                              cell.setting.meetings)
                    .meeting.id;
        });
        CHECK(refuses([&] { cell.papers(cell.chair); }, Reason::conflict, "papers.not_held"));
    });
}

TEST_CASE("every approval and every version leaves its line in the audit trail") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const std::int64_t before = cell.world.audit_count();
        cell.approved(cell.chair, Kind::score_sheet);
        CHECK(cell.world.audit_count() == before + 1);
        CHECK(cell.approved(cell.second, Kind::score_sheet).paper.number_text == "01-PC/CB");
        CHECK(cell.world.audit_count() == before + 3);
    });
}

}  // namespace gw::papers
