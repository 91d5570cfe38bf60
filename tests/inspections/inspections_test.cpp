#include "inspections/inspections.h"

#include "inspections/district.h"
#include "inspections/inspections_print.h"
#include "inspections/inspections_rules.h"
#include "inspections/inspections_table.h"

namespace gw::inspections {

using test::day;
using test::District;
using test::fault;
using test::refuses;

TEST_CASE("a programme has its lines, and an inspection is made from one once") {
    test::for_each_store([](Store& store) {
        District district(store);
        test::World& world = district.world;
        PlanLine asked;
        asked.unit_id = world.na_hang;
        asked.year = 2024;
        asked.month = 5;
        asked.kind = Kind::thematic_supervision;
        asked.object_unit_id = world.na_lung;
        asked.object_member_id = district.people[2];
        asked.theme = "Việc chấp hành chế độ sinh hoạt";
        const auto planning = [&](const std::function<void(PlanLine&)>& change) {
            return [&, change](const Call& call) {
                PlanLine line = asked;
                change(line);
                plan_line(call, line);
            };
        };
        const auto as_it_is = planning([](PlanLine&) {});
        CHECK(district.refused(district.second, Reason::forbidden, "platform.forbidden", as_it_is));
        CHECK(district.refused(district.province, Reason::forbidden, "platform.forbidden", as_it_is));
        const auto wrong = [&](std::string_view key, const std::function<void(PlanLine&)>& change) {
            return district.refused(district.body, Reason::invalid, key, planning(change));
        };
        CHECK(wrong("inspections.no_such_month", [](PlanLine& l) { l.month = 13; }));
        CHECK(wrong("checks.year_out_of_range", [](PlanLine& l) { l.year = 20240; }));
        CHECK(wrong("platform.required", [](PlanLine& l) { l.theme = " "; }));
        CHECK(wrong("inspections.object_elsewhere", [&](PlanLine& l) { l.object_unit_id = world.cell_1; }));
        CHECK(wrong("inspections.object_elsewhere", [&](PlanLine& l) { l.object_unit_id = world.na_hang; }));
        CHECK(wrong("inspections.member_elsewhere", [&](PlanLine& l) { l.object_unit_id = world.ban_lang; }));
        ProgrammeLineId line_id;
        world.write(district.body, [&](const Call& call) { line_id = plan_line(call, asked).line.id; });
        CHECK(district.refused(district.body, Reason::conflict, "inspections.id_taken",
                               planning([&](PlanLine& l) { l.id = line_id; })));

        world.go_to(day("2024-06-03"));
        world.read(district.body, [&](const Call& call) {
            const Programme programme = show_programme(call, {world.na_hang, 2024});
            REQUIRE(programme.entries.size() == 1);
            CHECK(programme.entries[0].is_late);
            CHECK(programme.entries[0].object_name == "Nguyễn Văn 3");
            CHECK(programme.may_plan);
        });
        // Others read the programme without the lines about members.
        world.read(district.second, [&](const Call& call) {
            CHECK(show_programme(call, {world.na_hang, 2024}).entries.empty());
        });
        world.read(district.neighbour, [&](const Call& call) {
            CHECK(refuses(
                [&] {
                    show_programme(call, {world.na_hang, 2024});
                },
                Reason::forbidden, "platform.forbidden"));
        });
        DecideInspection decision = district.request();
        decision.line_id = line_id;
        world.write(district.body, [&](const Call& call) { decide(call, decision, district.setting); });
        CHECK(district.refused(district.body, Reason::conflict, "inspections.line_is_used",
                               [&](const Call& call) { decide(call, decision, district.setting); }));
        CHECK(district.refused(district.body, Reason::conflict, "inspections.line_is_used",
                               [&](const Call& call) { remove_line(call, {line_id}); }));
        decision = district.request(false);
        decision.line_id = line_id;
        CHECK(district.refused(district.body, Reason::invalid, "inspections.another_line",
                               [&](const Call& call) { decide(call, decision, district.setting); }));
        ProgrammeLineId other;
        world.write(district.body, [&](const Call& call) { other = plan_line(call, asked).line.id; });
        CHECK(district.refused(district.second, Reason::not_found, "platform.not_found",
                               [&](const Call& call) { remove_line(call, {other}); }));
        world.write(district.body, [&](const Call& call) { remove_line(call, {other}); });
        world.read(district.body, [&](const Call& call) {
            const Programme programme = show_programme(call, {world.na_hang, 2024});
            REQUIRE(programme.entries.size() == 1);
            CHECK(programme.entries[0].phase == Phase::prepare);
            CHECK_FALSE(programme.entries[0].is_late);
        });
    });
}

TEST_CASE("a decision is checked") {
    test::for_each_store([](Store& store) {
        District district(store);
        const auto deciding = [&](const std::function<void(DecideInspection&)>& change) {
            return [&district, change](const Call& call) {
                DecideInspection asked = district.request();
                change(asked);
                decide(call, asked, district.setting);
            };
        };
        const auto wrong = [&](std::string_view key, const std::function<void(DecideInspection&)>& change) {
            return district.refused(district.body, Reason::invalid, key, deciding(change));
        };
        const auto as_it_is = deciding([](DecideInspection&) {});
        CHECK(district.refused(district.leader, Reason::forbidden, "platform.forbidden", as_it_is));
        CHECK(district.refused(district.province, Reason::forbidden, "platform.forbidden", as_it_is));
        CHECK(wrong("inspections.one_leader", [](DecideInspection& d) { d.team.clear(); }));
        CHECK(wrong("inspections.one_leader", [](DecideInspection& d) { d.team[1].part = Part::leader; }));
        CHECK(wrong("inspections.named_twice",
                    [](DecideInspection& d) { d.team[1].account_id = d.team[0].account_id; }));
        CHECK(wrong("inspections.cannot_inspect",
                    [&](DecideInspection& d) { d.team[1].account_id = district.secretary.account_id; }));
        CHECK(wrong("platform.required", [](DecideInspection& d) { d.content = ""; }));
        CHECK(wrong("platform.required", [](DecideInspection& d) { d.decision_number = ""; }));
        CHECK(wrong("inspections.ends_before_it_begins",
                    [](DecideInspection& d) { d.period_until = day("2023-09-30"); }));
        CHECK(wrong("checks.day_in_future", [](DecideInspection& d) { d.decided_on = day("2024-05-05"); }));
        const InspectionId id = district.decided();
        CHECK(district.refused(district.body, Reason::conflict, "inspections.id_taken",
                               deciding([&](DecideInspection& d) { d.id = id; })));
        const InspectionRecord record = district.seen_by(district.leader, id);
        CHECK(record.line.inspection.prepare_by == day("2024-05-14"));
        CHECK(record.line.inspection.conduct_by == day("2024-06-03"));
        CHECK(record.line.inspection.close_by == day("2024-06-18"));
        CHECK(record.team[0].full_name == "Trần Thị Trưởng");
    });
}

TEST_CASE("twelve papers in three phases, then the body closes the file") {
    test::for_each_store([](Store& store) {
        District district(store);
        const InspectionId id = district.decided();
        const auto writing = [&](std::int64_t number, const std::string& text = "x",
                                 const char* on = "2024-05-04") {
            return [=](const Call& call) { write_paper(call, {id, number, text, day(on)}); };
        };
        CHECK(district.refused(district.leader, Reason::invalid, "inspections.no_such_paper", writing(13)));
        CHECK(district.refused(district.leader, Reason::invalid, "platform.required", writing(1, "")));
        CHECK(district.refused(district.leader, Reason::invalid, "checks.day_in_future",
                               writing(1, "x", "2024-05-05")));
        CHECK(district.refused(district.leader, Reason::invalid, "inspections.before_the_decision",
                               writing(1, "x", "2024-05-03")));
        CHECK(district.refused(district.leader, Reason::conflict, "inspections.earlier_paper_missing",
                               writing(5)));
        const auto giving = [&](std::int64_t number) {
            return [=](const Call& call) { deliver(call, {id, number}); };
        };
        CHECK(district.refused(district.leader, Reason::conflict, "inspections.not_written", giving(1)));
        district.write(id, 1, 4);
        CHECK(district.seen_by(district.leader, id).line.phase == Phase::conduct);
        CHECK(district.refused(district.leader, Reason::conflict, "inspections.stays_inside", giving(2)));
        district.give(id, 3);
        CHECK(district.refused(district.leader, Reason::conflict, "inspections.was_delivered", giving(3)));
        CHECK(district.refused(district.leader, Reason::conflict, "inspections.was_delivered", writing(3)));
        // The member writes the own report, and no other paper.
        CHECK(district.refused(district.member, Reason::forbidden, "platform.forbidden", writing(6)));
        CHECK(district.refused(district.member, Reason::forbidden, "platform.forbidden", giving(5)));
        district.world.write(district.member, writing(5, "Tôi đã dự đủ"));
        district.world.write(district.leader, [&](const Call& call) {
            note_findings(call, {id, {fault()}}, district.setting);
        });
        CHECK(district.refused(district.leader, Reason::invalid, "platform.required", [&](const Call& call) {
            findings::FindingToNote empty = fault();
            empty.text = "";
            note_findings(call, {id, {empty}}, district.setting);
        }));
        CHECK(
            district.refused(district.member, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
                note_findings(call, {id, {fault()}}, district.setting);
            }));
        district.write(id, 6, 6);
        district.write(id, 8, 8);  // nothing had to be verified
        CHECK(district.seen_by(district.leader, id).line.phase == Phase::close);
        const auto closing = [&](const Call& call) { close(call, {id}); };
        CHECK(
            district.refused(district.body, Reason::conflict, "inspections.earlier_paper_missing", closing));
        district.write(id, 9, 12);
        CHECK(district.refused(district.body, Reason::conflict, "inspections.not_told", closing));
        CHECK_FALSE(district.seen_by(district.body, id).may_close);
        // Until the conclusion is delivered the member sees no finding.
        CHECK(district.seen_by(district.member, id).findings.empty());
        district.give(id, 10);
        CHECK(district.seen_by(district.member, id).findings.size() == 1);
        CHECK(district.refused(district.leader, Reason::conflict, "inspections.was_concluded",
                               [&](const Call& call) {
                                   note_findings(call, {id, {fault()}}, district.setting);
                               }));
        CHECK(district.refused(district.leader, Reason::forbidden, "platform.forbidden", closing));
        CHECK(district.seen_by(district.body, id).may_close);
        const auto audit = district.world.audit_count();
        district.world.write(district.body, closing);
        CHECK(district.world.audit_count() == audit + 1);
        CHECK(district.seen_by(district.member, id).line.phase == Phase::closed);
        CHECK(district.refused(district.body, Reason::conflict, "inspections.is_closed", closing));
        CHECK(district.refused(district.leader, Reason::conflict, "inspections.is_closed", writing(12)));
        CHECK(district.refused(district.leader, Reason::conflict, "inspections.is_closed", giving(11)));
        CHECK(district.refused(district.leader, Reason::conflict, "inspections.is_closed",
                               [&](const Call& call) {
                                   note_findings(call, {id, {fault()}}, district.setting);
                               }));
        district.world.read(district.leader, [&](const Call& call) {
            CHECK(refuses([&] { require_writer(call, id); }, Reason::conflict, "inspections.is_closed"));
            CHECK(require_reader(call, id) == district.world.na_lung);
        });
    });
}

TEST_CASE("whoever is inspected reads what was delivered and answers it") {
    test::for_each_store([](Store& store) {
        District district(store);
        const InspectionId id = district.decided();
        district.write(id, 1, 4);
        CHECK_FALSE(district.sees(district.member, id));
        district.give(id, 1);
        const InspectionRecord record = district.seen_by(district.member, id);
        REQUIRE(record.papers.size() == 1);
        CHECK(record.papers[0].number == 1);
        CHECK(record.is_object);
        CHECK_FALSE(record.may_write);
        const auto answering = [&](std::int64_t number, const std::string& text) {
            return [=](const Call& call) { answer(call, {id, number, text}); };
        };
        CHECK(district.refused(district.member, Reason::conflict, "inspections.not_delivered",
                               answering(3, "x")));
        CHECK(district.refused(district.member, Reason::invalid, "platform.required", answering(1, "")));
        CHECK(district.refused(district.leader, Reason::forbidden, "platform.forbidden", answering(1, "x")));
        district.world.write(district.member, answering(1, "Xin lùi một ngày"));
        const auto answers = district.seen_by(district.body, id).answers;
        REQUIRE(answers.size() == 1);
        CHECK(answers[0].text == "Xin lùi một ngày");
        CHECK(answers[0].paper_number == 1);
        district.world.read(district.member, [&](const Call& call) {
            CHECK(list_mine(call).inspections.size() == 1);
            CHECK(refuses([&] { require_reader(call, id); }, Reason::forbidden, "platform.forbidden"));
        });
        district.world.read(district.leader,
                            [&](const Call& call) { CHECK(list_mine(call).inspections.size() == 1); });
    });
}

TEST_CASE("an inspection of a member is unknown to everybody whom it does not concern") {
    test::for_each_store([](Store& store) {
        District district(store);
        const InspectionId id = district.decided();
        district.write(id, 1, 4);
        district.give(id, 1);
        const Actor* concerned[] = {&district.body, &district.leader, &district.second, &district.member};
        for (const Actor* actor : concerned) CHECK(district.sees(*actor, id));
        const Actor* others[] = {&district.other_member, &district.secretary,     &district.commune,
                                 &district.province,     &district.administrator, &district.neighbour};
        for (const Actor* actor : others) {
            CHECK_FALSE(district.sees(*actor, id));
            const auto unknown = [&](const std::function<void(const Call&)>& act) {
                return district.refused(*actor, Reason::not_found, "platform.not_found", act);
            };
            CHECK(unknown([&](const Call& call) { write_paper(call, {id, 5, "x", {}}); }));
            CHECK(unknown([&](const Call& call) { deliver(call, {id, 1}); }));
            CHECK(unknown([&](const Call& call) { note_findings(call, {id, {fault()}}, district.setting); }));
            CHECK(unknown([&](const Call& call) { close(call, {id}); }));
            CHECK(unknown([&](const Call& call) { answer(call, {id, 1, "x"}); }));
            CHECK(unknown([&](const Call& call) { require_reader(call, id); }));
            CHECK(unknown([&](const Call& call) { require_writer(call, id); }));
            district.world.read(*actor, [&](const Call& call) {
                CHECK(list(call, {}).inspections.empty());
                CHECK(list_mine(call).inspections.empty());
                CHECK(refuses(
                    [&] {
                        list_candidates(call, {district.world.na_hang, district.world.na_lung},
                                        district.setting);
                    },
                    Reason::forbidden, "platform.forbidden"));
            });
        }
        district.world.read([&](const Call& call) {
            CHECK(call.db.count("SELECT COUNT(*) FROM audit_entries WHERE action LIKE 'inspection.%' AND "
                                "detail <> ''") == 0);
        });
    });
}

TEST_CASE("that a unit is inspected is known, what was written is not") {
    test::for_each_store([](Store& store) {
        District district(store);
        const InspectionId id = district.decided(false);
        district.write(id, 1, 4);
        district.world.read(district.commune, [&](const Call& call) {
            const InspectionList list_of_unit = list(call, {{}, district.world.na_lung, 2024});
            REQUIRE(list_of_unit.inspections.size() == 1);
            CHECK_FALSE(list_of_unit.inspections[0].may_open);
            CHECK(list_of_unit.inspections[0].inspection.content.empty());
            CHECK(list(call, {{}, district.world.na_lung, 2023}).inspections.empty());
        });
        CHECK_FALSE(district.sees(district.commune, id));
        CHECK_FALSE(district.sees(district.secretary, id));
        district.give(id, 3);
        // The office of the unit is the object; a member of it is not.
        CHECK(district.sees(district.secretary, id));
        CHECK_FALSE(district.sees(district.member, id));
        district.world.write(district.secretary, [&](const Call& call) {
            answer(call, {id, 3, "Chi bộ nhất trí"});
        });
    });
}

TEST_CASE("a team whose phase is late is told once") {
    test::for_each_store([](Store& store) {
        District district(store);
        const InspectionId id = district.decided();
        const auto urged = [&] {
            std::int64_t count = 0;
            district.world.write([&](const Call& call) { count = urge_late(call, district.setting); });
            return count;
        };
        district.world.go_to(day("2024-05-14"));
        CHECK(urged() == 0);
        district.world.go_to(day("2024-05-15"));
        CHECK(urged() == 1);
        CHECK(urged() == 0);
        // After days of standing still the phase that is late now is told, and only that one.
        district.write(id, 1, 4);
        district.world.go_to(day("2024-08-01"));
        CHECK(urged() == 1);
        CHECK(urged() == 0);
        CHECK(district.told == std::vector{Phase::prepare, Phase::conduct});
    });
}

TEST_CASE("each of the twelve papers is filled from the record and printed, in every language") {
    test::for_each_store([](Store& store) {
        District district(store);
        const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
        const InspectionId id = district.decided();
        district.write(id, 1, 4);
        district.world.write(district.leader, [&](const Call& call) {
            note_findings(call, {id, {fault()}}, district.setting);
        });
        district.write(id, 5, 12);
        district.world.read(district.leader, [&](const Call& call) {
            const InspectionRecord record = show(call, {id});
            REQUIRE(record.papers.size() == 12);
            for (const std::string language : {"vi", "en", "hi"})
                for (const Paper& paper : record.papers) {
                    const printing::Document document = compose(call, record, paper, texts, language);
                    std::string all;
                    for (const printing::Block& block : document.blocks) {
                        for (const auto* lines : {&block.lines, &block.right_lines})
                            for (const printing::Line& line : *lines) all += line.lead + line.text + "\n";
                        for (const printing::TableRow& row : block.rows)
                            for (const std::string& cell : row.cells) all += cell + "\n";
                    }
                    const auto says = [&](const std::string& text) { return all.find(text) != all.npos; };
                    CHECK_FALSE(says("inspections.print"));
                    CHECK(says("Giấy số " + std::to_string(paper.number)));
                    CHECK(says("Nguyễn Văn 3, Nà Lung"));
                    CHECK(says("12-QĐ/UBKTHU"));
                    CHECK(says("Vắng ba buổi") == (paper.number == 8 || paper.number == 10));
                    if (paper.number <= 2) CHECK(says("Lê Văn Viên"));
                    CHECK(printing::pdf_of(document).starts_with("%PDF"));
                    CHECK(printing::docx_of(document).starts_with("PK"));
                }
        });
    });
}

TEST_CASE("the registers are kept as tables, which name nobody") {
    test::for_each_store([](Store& store) {
        District district(store);
        const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
        const InspectionId id = district.decided();
        district.write(id, 1, 2);
        PlanLine line;
        line.unit_id = district.world.na_hang;
        line.year = 2024;
        line.month = 3;
        line.object_unit_id = district.world.na_lung;
        line.object_member_id = district.people[2];
        line.theme = "Đảng phí";
        district.world.write(district.body, [&](const Call& call) { plan_line(call, line); });
        const auto words_of = [](const spreadsheets::Table& table) {
            return std::pair{table.rows.size(), spreadsheets::csv_of(table)};
        };
        district.world.read(district.body, [&](const Call& call) {
            for (const auto& [count, words] :
                 {words_of(table(call, {}, texts)),
                  words_of(table_of_programme(call, {district.world.na_hang, 2024}, texts))}) {
                CHECK(count == 1);
                CHECK(words.find("Nà Lung") != words.npos);
                CHECK(words.find("Nguyễn Văn 3") == words.npos);
                CHECK(words.find("inspections.") == words.npos);
            }
        });
        // Others get a table without it, or none.
        district.world.read(district.commune, [&](const Call& call) {
            CHECK(table(call, {}, texts).rows.empty());
            CHECK(refuses(
                [&] {
                    table_of_programme(call, {district.world.na_hang, 2024}, texts);
                },
                Reason::forbidden, "platform.forbidden"));
        });
    });
}

TEST_CASE("the object gets its papers, the team keeps its own") {
    CHECK(is_for_object(1));
    CHECK_FALSE(is_for_object(2));
    CHECK(is_for_object(conclusion));
    CHECK_FALSE(is_for_object(12));
    CHECK(phase_of(4) == Phase::prepare);
    CHECK(phase_of(8) == Phase::conduct);
    CHECK(phase_of(9) == Phase::close);
    CHECK_FALSE(is_needed(verification));
}

}  // namespace gw::inspections
