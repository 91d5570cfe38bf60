#include "visits/visits.h"

#include "platform/router.h"
#include "platform/texts/texts.h"
#include "support/people.h"
#include "support/store_for_test.h"
#include "visits/advice_table.h"
#include "visits/visits_rules.h"

namespace gw::visits {
namespace {

using test::day;
using test::refuses;

struct Village {
    explicit Village(Store& store) : world(store) {
        group = world.person({"visits.read", "visits.record", "visits.confirm"}, world.na_hang);
        secretary =
            world.person({"visits.read", "visits.report", "findings.read", "visits.record", "visits.confirm"},
                         world.na_lung);
        neighbour = world.person({"visits.read"}, world.ban_lang);
    }
    RecordVisit request() const {
        RecordVisit asked;
        asked.unit_id = world.na_lung;
        asked.visited_on = day("2024-04-17");
        asked.group_name = "Đoàn công tác Ban Tổ chức Tỉnh ủy";
        asked.score = 72;
        asked.strengths = "Sinh hoạt đều, đảng viên dự đông";
        asked.limits = "Nghị quyết còn chung chung";
        asked.advice_items = {
            {{},
             "Giao việc cho từng đảng viên, có thời hạn",
             "Nghị quyết tháng 5 nêu rõ người, việc, hạn",
             day("2024-06-15")},
            {{}, "Tăng thời gian thảo luận", "Trên nửa số đảng viên phát biểu", day("2024-07-15")}};
        asked.findings = {{{},
                           findings::Gravity::moderate,
                           "Sổ biên bản ghi thiếu",
                           "Ghi đủ ba tháng đầu năm",
                           day("2024-05-01")}};
        return asked;
    }
    VisitRecord visited() {
        VisitRecord kept;
        world.write(group, [&](const Call& call) { kept = record(call, request()); });
        return kept;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    test::World world;
    Actor group, secretary, neighbour;
};

}  // namespace

TEST_CASE("a visit is kept with its advice and findings") {
    test::for_each_store([](Store& store) {
        Village village(store);
        const auto before = village.world.audit_count();
        const VisitRecord kept = village.visited();
        CHECK(village.world.audit_count() == before + 2);  // the visit and its finding
        REQUIRE(kept.advice_items.size() == 2);
        REQUIRE(kept.findings.size() == 1);
        CHECK(kept.advice_items[1].number == 2);
        CHECK(kept.unit_name == "Nà Lung");
        village.world.read(village.secretary, [&](const Call& call) {
            const UnitVisits visits = list_of_unit(call, {village.world.na_lung, 2024});
            REQUIRE(visits.visits.size() == 1);
            CHECK(visits.visits[0].visit.score == 72);
            CHECK(list_of_unit(call, {village.world.na_lung, 2023}).visits.empty());
            CHECK(show(call, {kept.visit.id}).findings[0].gravity == findings::Gravity::moderate);
            CHECK(open_advice_of(call.db, village.world.na_lung, call.today).size() == 2);
            ListAdvice wanted;
            wanted.limit = 1;
            const AdvicePage first = list_advice(call, wanted);
            REQUIRE(first.advice_items.size() == 1);
            REQUIRE(first.next);
            wanted.after = first.next;
            const AdvicePage second = list_advice(call, wanted);
            CHECK(second.advice_items[0].advice_item.number == 2);
            CHECK_FALSE(second.next);
        });
    });
}

TEST_CASE("a visit sent twice is one visit") {
    test::for_each_store([](Store& store) {
        Village village(store);
        RecordVisit asked = village.request();
        asked.id = VisitId{village.world.ids.next(village.world.now)};
        asked.advice_items[0].id = AdviceItemId{village.world.ids.next(village.world.now)};
        village.world.write(village.group, [&](const Call& call) { record(call, asked); });
        village.world.write(village.group,
                            [&](const Call& call) { CHECK(record(call, asked).visit.id == *asked.id); });
        asked.score = 73;
        CHECK(village.refused(village.group, Reason::conflict, "visits.id_taken",
                              [&](const Call& call) { record(call, asked); }));
        asked.id.reset();
        CHECK(village.refused(village.group, Reason::conflict, "visits.id_taken",
                              [&](const Call& call) { record(call, asked); }));
        // Nor do two pieces of advice of one visit have one id.
        for (AdviceToGive& advice : asked.advice_items) advice.id = AdviceItemId{7};
        CHECK(village.refused(village.group, Reason::conflict, "visits.id_taken",
                              [&](const Call& call) { record(call, asked); }));
    });
}

TEST_CASE("recording a visit is refused with its reason") {
    test::for_each_store([](Store& store) {
        Village village(store);
        const auto asked = [&](const std::function<void(RecordVisit&)>& change) {
            return [&village, change](const Call& call) {
                RecordVisit request = village.request();
                change(request);
                record(call, request);
            };
        };
        CHECK(village.refused(village.neighbour, Reason::forbidden, "platform.forbidden",
                              asked([](RecordVisit&) {})));
        CHECK(village.refused(village.secretary, Reason::forbidden, "visits.own_unit",
                              asked([](RecordVisit&) {})));
        CHECK(village.refused(village.group, Reason::not_found, "platform.not_found",
                              asked([](RecordVisit& r) { r.unit_id = UnitId{9}; })));
        CHECK(village.refused(village.group, Reason::invalid, "platform.required",
                              asked([](RecordVisit& r) { r.group_name = ""; })));
        CHECK(village.refused(village.group, Reason::invalid, "checks.day_in_future",
                              asked([](RecordVisit& r) { r.visited_on = day("2024-05-05"); })));
        CHECK(village.refused(village.group, Reason::invalid, "visits.score_out_of_range",
                              asked([](RecordVisit& r) { r.score = 101; })));
        CHECK(village.refused(village.group, Reason::invalid, "visits.name_the_meeting",
                              asked([](RecordVisit& r) { r.kind = Kind::meeting_attended; })));
        CHECK(village.refused(village.group, Reason::invalid, "visits.before_the_visit",
                              asked([](RecordVisit& r) { r.advice_items[0].check_on = day("2024-04-16"); })));
        CHECK(village.refused(village.group, Reason::invalid, "platform.required",
                              asked([](RecordVisit& r) { r.advice_items[1].text = " "; })));
        CHECK(village.refused(village.group, Reason::invalid, "findings.due_before_noted",
                              asked([](RecordVisit& r) { r.findings[0].due_on = day("2024-01-01"); })));
        CHECK(village.refused(village.group, Reason::invalid, "checks.too_long",
                              asked([](RecordVisit& r) { r.limits = std::string(5001, 'x'); })));
    });
}

TEST_CASE("advice is answered once, then confirmed by somebody who is not of the unit") {
    test::for_each_store([](Store& store) {
        Village village(store);
        const AdviceItemId advice = village.visited().advice_items[0].id;
        const ResolutionItemId answer{42};
        CHECK(village.refused(village.group, Reason::conflict, "visits.advice_not_answered",
                              [&](const Call& call) {
                                  confirm(call, {advice, "tốt"});
                              }));
        village.world.write([&](const Call& call) {
            CHECK(mark_answered(call, advice, village.world.na_lung, answer, day("2024-05-04"), "cited_id")
                      .state == AdviceState::answered);
            CHECK(mark_answered(call, advice, village.world.na_lung, ResolutionItemId{43}, day("2024-05-05"),
                                "cited_id")
                      .answered_by_item_id == answer);
        });
        CHECK(village.refused(village.group, Reason::not_found, "platform.not_found", [&](const Call& call) {
            mark_answered(call, advice, village.world.ban_lang, answer, day("2024-05-04"), "cited_id");
        }));
        CHECK(village.refused(village.secretary, Reason::forbidden, "visits.own_unit", [&](const Call& call) {
            confirm(call, {advice, "tốt"});
        }));
        CHECK(village.refused(village.neighbour, Reason::forbidden, "platform.forbidden",
                              [&](const Call& call) {
                                  confirm(call, {advice, "tốt"});
                              }));
        CHECK(village.refused(village.group, Reason::invalid, "platform.required", [&](const Call& call) {
            confirm(call, {advice, ""});
        }));
        village.world.write(village.group, [&](const Call& call) {
            CHECK(confirm(call, {advice, "Mỗi việc có người và hạn"}).state == AdviceState::confirmed);
        });
        CHECK(village.refused(village.group, Reason::conflict, "visits.advice_is_closed",
                              [&](const Call& call) {
                                  withdraw(call, {advice, "thôi"});
                              }));
        CHECK(village.refused(village.group, Reason::not_found, "platform.not_found", [&](const Call& call) {
            withdraw(call, {AdviceItemId{1}, "thôi"});
        }));
    });
}

TEST_CASE("a unit refuses advice with a reason; the visitors accept it or keep the advice open, once") {
    test::for_each_store([](Store& store) {
        Village village(store);
        RecordVisit asked = village.request();
        asked.advice_items[0].weight = Weight::heavy;
        VisitRecord kept;
        village.world.write(village.group, [&](const Call& call) { kept = record(call, asked); });
        CHECK(kept.advice_items[0].weight == Weight::heavy);
        CHECK(kept.advice_items[1].weight == Weight::medium);
        const AdviceItemId advice = kept.advice_items[0].id, other = kept.advice_items[1].id;
        const auto refuse = [](AdviceItemId id, const std::string& reason) {
            return [id, reason](const Call& call) { refuse_advice(call, {id, reason}); };
        };
        const auto reply = [](AdviceItemId id, RefusalReply decision, const std::string& text) {
            return [id, decision, text](const Call& call) { reply_to_refusal(call, {id, decision, text}); };
        };
        CHECK(
            village.refused(village.group, Reason::forbidden, "platform.forbidden", refuse(advice, "thiếu")));
        CHECK(village.refused(village.secretary, Reason::invalid, "platform.required", refuse(advice, " ")));
        CHECK(village.refused(village.secretary, Reason::not_found, "platform.not_found",
                              refuse(AdviceItemId{1}, "thiếu")));
        CHECK(village.refused(village.group, Reason::conflict, "visits.advice_not_refused",
                              reply(advice, RefusalReply::accept, "")));
        const auto before = village.world.audit_count();
        village.world.write(village.secretary, refuse(advice, "Chi bộ chỉ có năm đảng viên"));
        CHECK(village.world.audit_count() == before + 1);
        village.world.read([&](const Call& call) {
            CHECK(find_advice_item(call.db, advice)->state == AdviceState::refused);
            const auto open = open_advice_of(call.db, village.world.na_lung, call.today);
            REQUIRE(open.size() == 1);  // what was refused leaves the agenda
            CHECK(open[0].id == other);
        });
        CHECK(village.refused(village.secretary, Reason::conflict, "visits.advice_not_open",
                              refuse(advice, "thiếu")));
        CHECK(village.refused(village.secretary, Reason::forbidden, "visits.own_unit",
                              reply(advice, RefusalReply::accept, "")));
        CHECK(village.refused(village.neighbour, Reason::forbidden, "platform.forbidden",
                              reply(advice, RefusalReply::accept, "")));
        CHECK(village.refused(village.group, Reason::invalid, "platform.required",
                              reply(advice, RefusalReply::keep_open, "")));
        village.world.write(village.group, reply(advice, RefusalReply::keep_open, "Năm người vẫn chia được"));
        village.world.read([&](const Call& call) {
            CHECK(open_advice_of(call.db, village.world.na_lung, call.today).size() == 2);
            CHECK(find_advice_item(call.db, advice)->refusal_reason == "Chi bộ chỉ có năm đảng viên");
        });
        CHECK(village.refused(village.secretary, Reason::conflict, "visits.refused_once",
                              refuse(advice, "vẫn thiếu")));

        village.world.write(village.secretary, refuse(other, "Đã có quy chế riêng"));
        village.world.write(village.group, reply(other, RefusalReply::accept, ""));
        village.world.read([&](const Call& call) {
            CHECK(find_advice_item(call.db, other)->state == AdviceState::refusal_accepted);
            const auto counts = count_by_unit(call.db, day("2024-01-01"), day("2024-12-31"));
            CHECK(counts[0].advice_given == 1);
        });
        CHECK(village.refused(village.group, Reason::conflict, "visits.advice_is_closed",
                              [&](const Call& call) {
                                  withdraw(call, {other, "thôi"});
                              }));
        // Who holds both rights does not accept what they refused themselves.
        const Actor both = village.world.person({"visits.report", "visits.record"}, village.world.na_hang);
        VisitRecord second;
        village.world.write(village.group,
                            [&](const Call& call) { second = record(call, village.request()); });
        const AdviceItemId third = second.advice_items[0].id;
        village.world.write(both, refuse(third, "Không có người"));
        CHECK(village.refused(both, Reason::forbidden, "visits.own_refusal",
                              reply(third, RefusalReply::accept, "")));
        // A resolution may answer after all.
        village.world.write([&](const Call& call) {
            CHECK(mark_answered(call, third, village.world.na_lung, ResolutionItemId{42}, day("2024-05-04"),
                                "cited_id")
                      .state == AdviceState::answered);
        });
    });
}

TEST_CASE("the register of advice comes as a table for a spreadsheet") {
    test::for_each_store([](Store& store) {
        Village village(store);
        const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
        const VisitRecord kept = village.visited();
        village.world.write(village.secretary, [&](const Call& call) {
            refuse_advice(call, {kept.advice_items[1].id, "Chi bộ chỉ có bảy người, ai cũng đã nói"});
        });
        village.world.read(village.secretary, [&](const Call& call) {
            ListAdvice wanted;
            const spreadsheets::Table all = table_of_advice(call, wanted, texts);
            CHECK(all.rows.size() == 2);
            for (const auto& row : all.rows) CHECK(row.size() == all.headings.size());
            wanted.state = AdviceState::refused;
            const Download file =
                spreadsheets::download_of(table_of_advice(call, wanted, texts), spreadsheets::Format::csv);
            CHECK(file.file_name == "advice.csv");
            CHECK(std::ranges::count(file.bytes, '\n') == 2);
            CHECK(file.bytes.find("Nà Lung,Đoàn công tác Ban Tổ chức Tỉnh ủy,2024-04-17,2024-07-15,Medium,"
                                  "Refused with a reason,,,,\"Chi bộ chỉ có bảy người, ai cũng đã nói\",") !=
                  std::string::npos);
        });
        village.world.read(village.neighbour, [&](const Call& call) {
            CHECK(table_of_advice(call, {}, texts).rows.empty());
            ListAdvice elsewhere;
            elsewhere.unit_id = village.world.na_lung;
            CHECK(refuses([&] { table_of_advice(call, elsewhere, texts); }, Reason::forbidden,
                          "platform.forbidden"));
        });
    });
}

TEST_CASE("withdrawn advice answers nothing") {
    test::for_each_store([](Store& store) {
        Village village(store);
        const AdviceItemId advice = village.visited().advice_items[1].id;
        CHECK(village.refused(village.secretary, Reason::forbidden, "visits.own_unit", [&](const Call& call) {
            withdraw(call, {advice, "thôi"});
        }));
        CHECK(village.refused(village.group, Reason::invalid, "platform.required", [&](const Call& call) {
            withdraw(call, {advice, " "});
        }));
        village.world.write(village.group, [&](const Call& call) {
            CHECK(withdraw(call, {advice, "đã có quy định mới"}).state == AdviceState::withdrawn);
        });
        CHECK(village.refused(village.group, Reason::conflict, "visits.advice_was_withdrawn",
                              [&](const Call& call) {
                                  mark_answered(call, advice, village.world.na_lung, ResolutionItemId{42},
                                                day("2024-05-04"), "cited_id");
                              }));
    });
}

TEST_CASE("a reader sees visits of the own reach only") {
    test::for_each_store([](Store& store) {
        Village village(store);
        const VisitId visit = village.visited().visit.id;
        village.world.read(village.neighbour, [&](const Call& call) {
            CHECK(refuses([&] { show(call, {visit}); }, Reason::not_found, "platform.not_found"));
            CHECK(refuses(
                [&] {
                    list_of_unit(call, {village.world.na_lung, {}});
                },
                Reason::forbidden, "platform.forbidden"));
            CHECK(list_advice(call, {}).advice_items.empty());
            CHECK(refuses(
                [&] {
                    list_of_unit(call, {village.world.ban_lang, 9999});
                },
                Reason::invalid, "checks.year_out_of_range"));
        });
    });
}

TEST_CASE("counts of a year follow advice") {
    test::for_each_store([](Store& store) {
        Village village(store);
        const VisitRecord kept = village.visited();
        village.world.write([&](const Call& call) {
            mark_answered(call, kept.advice_items[0].id, village.world.na_lung, ResolutionItemId{42},
                          day("2024-05-04"), "cited_id");
        });
        village.world.read([&](const Call& call) {
            const auto counts = count_by_unit(call.db, day("2024-01-01"), day("2024-12-31"));
            REQUIRE(counts.size() == 1);
            CHECK(counts[0].visits == 1);
            CHECK(counts[0].advice_given == 2);
            CHECK(counts[0].advice_answered == 1);
            CHECK(counts[0].advice_confirmed == 0);
        });
    });
}

}  // namespace gw::visits
