// What becomes of items: the ledger, late records, drops, corrections, and the words behind them.
#include <algorithm>

#include "cell_for_resolutions.h"
#include "meetings/corrections.h"
#include "members/members_operations.h"
#include "support/store_for_test.h"

namespace gw::resolutions {

using test::day;
using test::refuses;

TEST_CASE("the next resolution's ledger says of each earlier task how it stood and what came of it") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        const ResolutionRecord may = cell.adopted(cell.request());
        cell.world.read(cell.secretary,
                        [&](const Call& call) { CHECK(ledger(call, {may.resolution.id}).lines.empty()); });
        const auto& given = may.items[0].tasks;
        cell.world.go_to(day("2024-05-20"));
        cell.finish(given[0].task.id);
        cell.world.write(cell.secretary, [&](const Call& call) {
            tasks::report_progress(call, {given[1].task.id, 40, "đã đặt 20 khối"});
        });
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        cell.meeting = cell.held(day("2024-06-03"));
        AdoptResolution asked = cell.request();
        asked.items.pop_back();
        asked.closings = {{may.items[1].item.id, ItemState::done, "đã thành nếp"}};
        const ResolutionRecord june = cell.adopted(asked);
        std::vector<LedgerLine> frozen;
        cell.world.read(cell.secretary,
                        [&](const Call& call) { frozen = ledger(call, {june.resolution.id}).lines; });
        REQUIRE(frozen.size() == 3);
        CHECK(frozen[0].task_title == "Vận động góp ngày công");
        CHECK(frozen[0].item_number_text == may.resolution.number_text);
        CHECK(frozen[0].start_state == StartState::done);
        CHECK(frozen[0].outcome == LedgerOutcome::done);
        CHECK(frozen[1].task_title == "Mua đá dăm");
        CHECK(frozen[1].start_state == StartState::late);
        CHECK(frozen[1].start_progress == 40);
        CHECK(frozen[1].result == "đã đặt 20 khối");
        CHECK(frozen[1].outcome == LedgerOutcome::carried_over);
        CHECK_FALSE(frozen[2].task_id);
        CHECK(frozen[2].item_text == "Tổng vệ sinh sáng thứ bảy");
        CHECK(frozen[2].outcome == LedgerOutcome::done);
        CHECK(frozen[2].reason == "đã thành nếp");

        // What happens later changes nothing in it, and the next ledger goes on from there.
        cell.world.go_to(day("2024-06-20"));
        cell.finish(given[1].task.id);
        cell.world.go_to(day("2024-07-04"), 22 * 60);
        cell.meeting = cell.held(day("2024-07-04"));
        asked = cell.request();
        asked.items.pop_back();
        asked.items[0].tasks.clear();
        const ResolutionRecord july = cell.adopted(asked);
        cell.world.read(cell.secretary, [&](const Call& call) {
            CHECK(ledger(call, {june.resolution.id}).lines[1].outcome == LedgerOutcome::carried_over);
            const auto lines = ledger(call, {july.resolution.id}).lines;
            REQUIRE(lines.size() == 4);
            CHECK(lines[1].task_title == "Mua đá dăm");
            CHECK(lines[1].outcome == LedgerOutcome::done);
            CHECK(lines[1].carried_over == 1);
            CHECK(lines[2].item_number_text == june.resolution.number_text);
        });
        cell.world.read(cell.reader, [&](const Call& call) {
            CHECK(refuses([&] { ledger(call, {june.resolution.id}); }, Reason::not_found,
                          "platform.not_found"));
        });
    });
}

TEST_CASE("a resolution written down late neither closes nor carries what came after its meeting") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        const meetings::MeetingRecord may = cell.meeting;
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        cell.meeting = cell.held(day("2024-06-03"));
        const ResolutionRecord june = cell.adopted(cell.request());
        cell.meeting = may;
        AdoptResolution late = cell.request();
        late.closings = {{june.items[1].item.id, ItemState::done, "xong"}};
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.not_open",
                           [&](const Call& call) { adopt(call, late); }));
        late.closings.clear();
        const ResolutionRecord kept = cell.adopted(late);
        for (const ResolutionItem& item : cell.open()) CHECK(item.carried_over == 0);
        CHECK(cell.open().size() == 4);
        cell.world.read(cell.secretary,
                        [&](const Call& call) { CHECK(ledger(call, {kept.resolution.id}).lines.empty()); });
    });
}

TEST_CASE("an item is dropped by a decision only, and its tasks with it") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        const ResolutionRecord may = cell.adopted(cell.request());
        const ResolutionItemId item = may.items[0].item.id;
        cell.world.write(cell.secretary, [&](const Call& call) {
            for (const auto& line : may.items[0].tasks) tasks::drop(call, {line.task.id, "hết vốn"});
        });
        CHECK(cell.open().size() == 2);
        cell.world.write(cell.secretary, [&](const Call& call) {
            give_task(call, {item, cell.task("Xin vốn khác")});
            const ResolutionItemLine closed = close_item(call, {item, ItemState::dropped, "xã làm"});
            CHECK(closed.item.state == ItemState::dropped);
            for (const tasks::TaskLine& line : closed.tasks) CHECK(line.task.state == tasks::State::dropped);
        });
        REQUIRE(cell.open().size() == 1);
        // What is opened again is open everywhere.
        cell.world.write(cell.secretary, [&](const Call& call) {
            tasks::reopen(call, {may.items[0].tasks[0].task.id, "có vốn rồi"});
        });
        CHECK(cell.open().size() == 2);
        cell.world.read(cell.secretary, [&](const Call& call) {
            CHECK(agenda_of_open_items(call, cell.world.na_lung, call.today).size() == 2);
            // A meeting before the decision, sent late, does not carry what was decided after it.
            CHECK(agenda_of_open_items(call, cell.world.na_lung, day("2024-05-01")).empty());
            CHECK(agenda_of_advice(call, cell.world.na_lung, day("2024-05-01")).empty());
            CHECK(trail(call, {may.items[0].tasks[1].task.id}).task.task.drop_reason == "hết vốn");
        });
        // Closed as done, its open tasks are done by that word.
        cell.world.write(cell.secretary, [&](const Call& call) {
            const ResolutionItemLine closed = close_item(call, {item, ItemState::done, "đã rải xong"});
            CHECK(closed.item.state == ItemState::done);
            for (const tasks::TaskLine& line : closed.tasks)
                if (line.task.state == tasks::State::done) CHECK(line.task.result == "đã rải xong");
        });
        CHECK(cell.open().size() == 1);
    });
}

TEST_CASE("a resolution is corrected with a reason, and no item leaves by it") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        const ResolutionRecord kept = cell.adopted(cell.request());
        const auto asked = [&](const std::function<void(CorrectResolution&)>& change = {}) {
            CorrectResolution request{kept.resolution.id, 1, "gõ nhầm", "Nghị quyết tháng 5/2024", 5, {}, {}};
            for (const ResolutionItemLine& line : kept.items)
                request.items.push_back({line.item.id, line.item.text + ".", {}, {}});
            if (change) change(request);
            return [request](const Call& call) { correct(call, request); };
        };
        using Request = CorrectResolution;
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden", asked()));
        CHECK(cell.refused(cell.reader, Reason::not_found, "platform.not_found",
                           [&](const Call& call) { list_versions(call, {kept.resolution.id}); }));
        const Actor cannot_assign = cell.world.person({"resolutions.adopt"}, cell.world.na_lung);
        CHECK(cell.refused(cannot_assign, Reason::forbidden, "platform.forbidden", asked([&](Request& r) {
                               r.items.push_back({{}, "Thêm", {}, {cell.task("Việc thêm")}});
                           })));
        CHECK(cell.refused(cell.secretary, Reason::not_found, "platform.not_found",
                           asked([](Request& r) { r.resolution_id = ResolutionId{1}; })));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "resolutions.changed_meanwhile",
                           asked([](Request& r) { r.version = 2; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required",
                           asked([](Request& r) { r.reason = " "; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.item_missing",
                           asked([](Request& r) { r.items.pop_back(); })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.item_missing",
                           asked([](Request& r) { std::swap(r.items[0], r.items[1]); })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.only_wording",
                           asked([&](Request& r) { r.items[0].tasks = {cell.task("Việc")}; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.not_carried",
                           asked([](Request& r) { r.votes_for = 3; })));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "resolutions.id_taken", asked([&](Request& r) {
                               r.items.push_back({kept.items[0].item.id, "Thêm", {}, {}});
                           })));
        cell.world.write(cell.secretary, asked([&](Request& r) {
                             r.items.push_back({{}, "Nội dung ghi sót", {}, {cell.task("Việc ghi sót")}});
                         }));
        cell.world.read(cell.secretary, [&](const Call& call) {
            const ResolutionRecord now = show(call, {kept.resolution.id});
            CHECK(now.resolution.version == 2);
            const ResolutionVersions earlier = list_versions(call, {kept.resolution.id});
            REQUIRE(earlier.versions.size() == 1);
            CHECK(earlier.versions[0].version == 1);
            CHECK(earlier.versions[0].title == kept.resolution.title);
            CHECK(earlier.versions[0].votes_for == 6);
            CHECK(earlier.versions[0].items ==
                  std::vector<std::string>{kept.items[0].item.text, kept.items[1].item.text});
            CHECK(earlier.versions[0].reason == "gõ nhầm");
            CHECK(earlier.versions[0].replaced_at == call.now);
            CHECK(now.resolution.number_text == kept.resolution.number_text);
            CHECK(now.resolution.votes_for == 5);
            REQUIRE(now.items.size() == 3);
            CHECK(now.items[0].item.text == "Rải cấp phối 800 m đường nội thôn.");
            CHECK(now.items[0].tasks.size() == 2);
            CHECK(now.items[2].item.number == 3);
            CHECK(now.items[2].tasks.size() == 1);
        });
        CHECK(cell.open().size() == 3);
    });
}

TEST_CASE("a speaker sees what became of each own word, without any permission") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        cell.adopted(cell.request());
        const Actor speaker = cell.world.person({}, cell.world.na_lung, cell.people[1]);
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        cell.held(day("2024-06-03"));
        cell.world.read(speaker, [&](const Call& call) {
            const OwnWords all = own_words(call, {});
            REQUIRE(all.words.size() == 2);
            CHECK(all.words[0].sentence.day == day("2024-06-03"));
            CHECK(all.words[0].items.empty());
            REQUIRE(all.words[1].items.size() == 1);
            CHECK(all.words[1].items[0].item.text == "Rải cấp phối 800 m đường nội thôn");
            const OwnWords first = own_words(call, {{}, 1});
            REQUIRE(first.next);
            CHECK(own_words(call, {first.next, 1}).words[0].sentence.day == day("2024-05-04"));
            CHECK(refuses([&] { own_words(call, {{}, 0}); }, Reason::invalid, "checks.limit_out_of_range"));
        });
        // Who moves to another cell keeps the words of the one before.
        cell.world.go_to(day("2024-06-10"));
        cell.world.write([&](const Call& call) {
            members::transfer(call, {cell.people[1], cell.world.ban_lang, day("2024-06-10")});
        });
        cell.world.read(speaker, [&](const Call& call) { CHECK(own_words(call, {}).words.size() == 2); });
        const Actor nobody = cell.world.person({"resolutions.read"}, cell.world.na_lung);
        cell.world.read(nobody, [&](const Call& call) { CHECK(own_words(call, {}).words.empty()); });
    });
}

TEST_CASE("an item that cites a directive makes it concrete") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        directives::SendDirective asked;
        asked.unit_id = cell.world.khau_tinh;
        asked.title = "Kết nạp đảng viên ở thôn";
        asked.concrete_by = day("2024-06-30");
        DirectiveId here, elsewhere;
        cell.world.write([&](const Call& call) {
            here = directives::send(call, asked).directive.id;
            asked.unit_ids = {cell.world.ban_lang};
            elsewhere = directives::send(call, asked).directive.id;
        });
        AdoptResolution request = cell.request();
        request.items[1].citations = {{CitationKind::directive, CitedId{elsewhere.number}}};
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.cannot_cite",
                           [&](const Call& call) { adopt(call, request); }));
        request.items[1].citations = {{CitationKind::directive, CitedId{here.number}}};
        const ResolutionRecord kept = cell.adopted(request);
        REQUIRE(kept.items[1].citations.size() == 1);
        CHECK(kept.items[1].citations[0].text == "Kết nạp đảng viên ở thôn");
        CHECK(kept.items[1].citations[0].who == "Khau Tinh");
        cell.world.write([&](const Call& call) {
            const auto told = directives::progress(call, {here, directives::Standing::concrete, {}, {}});
            REQUIRE(told.units.size() == 1);
            CHECK(told.units[0].resolution_item_id == kept.items[1].item.id);
            directives::end(call, {here, "xong"});
        });
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.cannot_cite",
                           [&](const Call& call) { adopt(call, request); }));
    });
}

TEST_CASE("items that cite a directive tell how far it is carried out, and its tasks lead back to it") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        directives::SendDirective asked;
        asked.unit_id = cell.world.khau_tinh;
        asked.title = "Kết nạp đảng viên ở thôn";
        asked.concrete_by = day("2024-06-30");
        DirectiveId sent;
        cell.world.write([&](const Call& call) { sent = directives::send(call, asked).directive.id; });
        AdoptResolution request = cell.request();
        request.items.push_back({{}, "Việc sẽ bỏ", {}, {}});
        for (ResolutionItemToAdopt& item : request.items)
            item.citations.push_back({CitationKind::directive, CitedId{sent.number}});
        const ResolutionRecord kept = cell.adopted(request);
        const auto work = [&] {
            directives::Work found;
            cell.world.read([&](const Call& call) {
                const auto units = items_citing(call, sent);
                REQUIRE(units.size() == 1);
                CHECK(units[0].unit_id == cell.world.na_lung);
                found = units[0].work;
            });
            return found;
        };
        CHECK(work().total == 3);
        CHECK(work().done == 0);
        cell.world.write(cell.secretary, [&](const Call& call) {
            close_item(call, {kept.items[1].item.id, ItemState::done, "đã làm"});
            close_item(call, {kept.items[2].item.id, ItemState::dropped, "không cần"});
        });
        CHECK(work().total == 2);
        CHECK(work().done == 1);

        tasks::AssignTask given;
        given.unit_id = cell.world.na_lung;
        given.title = "Rà soát quần chúng ưu tú";
        given.owner_member_id = cell.people[2];
        given.due_on = day("2024-06-20");
        given.origin = tasks::Origin::directive;
        given.origin_id = tasks::OriginId{sent.number};
        cell.world.write(cell.secretary, [&](const Call& call) {
            const Trail back = trail(call, {tasks::assign(call, given).id});
            REQUIRE(back.sentences.size() == 1);
            CHECK(back.sentences[0].kind == CitationKind::directive);
            CHECK(back.sentences[0].text == "Kết nạp đảng viên ở thôn");
        });
    });
}

TEST_CASE("a correction of the minutes keeps what a resolution cites") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        cell.adopted(cell.request());
        meetings::CorrectRecord asked;
        asked.meeting_id = cell.meeting.meeting.id;
        asked.version = cell.meeting.meeting.version;
        asked.reason = "ghi nhầm";
        asked.happening = test::everybody_came(cell.world, day("2024-05-04"), cell.people);
        const auto said = [&](std::size_t place) {
            const meetings::Contribution& spoken = cell.meeting.contributions[place].contribution;
            return meetings::SpokenWord{spoken.id, spoken.member_id, spoken.text};
        };
        const auto correct_minutes = [&](const Call& call) {
            meetings::correct(call, asked, cell.setting, is_cited);
        };
        cell.world.read([&](const Call& call) {
            CHECK(is_cited(call, cell.meeting.contributions[0].contribution.id));
            CHECK_FALSE(is_cited(call, cell.meeting.contributions[1].contribution.id));
        });
        asked.happening.contributions = {said(1)};
        CHECK(cell.refused(cell.secretary, Reason::invalid, "meetings.cited_stays", correct_minutes));
        asked.happening.contributions = {said(0)};
        cell.world.write(cell.secretary, correct_minutes);
    });
}

TEST_CASE("an item may go on with an open item of an earlier meeting of the unit") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        const ResolutionRecord first = cell.adopted(cell.request());
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        cell.meeting = cell.held(day("2024-06-03"));
        AdoptResolution request = cell.request();
        request.items.pop_back();
        const auto citing = [&](ResolutionItemId id) {
            request.items[0].citations = {{CitationKind::resolution_item, CitedId{id.number}}};
            return [request](const Call& call) { adopt(call, request); };
        };
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.cannot_cite",
                           citing(ResolutionItemId{7})));
        citing(first.items[1].item.id);
        const ResolutionRecord kept = cell.adopted(request);
        REQUIRE(kept.items[0].citations.size() == 1);
        CHECK(kept.items[0].citations[0].text == "Tổng vệ sinh sáng thứ bảy");
        CHECK(kept.items[0].citations[0].who == first.resolution.number_text);
        CHECK(kept.items[0].citations[0].meeting_id == first.resolution.meeting_id);
        // The earlier one stays open until a decision closes it.
        CHECK(cell.open().size() == 3);
        // One of the same meeting is not an earlier one.
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.cannot_cite",
                           citing(kept.items[0].item.id)));
    });
}

}  // namespace gw::resolutions
