#include "findings/findings.h"

#include "cell.h"
#include "findings/findings_rules.h"

namespace gw::findings {

TEST_CASE("the unit remedies a finding, somebody from outside closes it when its effect can be seen") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted();
        const auto closing = [&](const Call& call) { close(call, {finding, "được"}, week); };
        CHECK(cell.refused(cell.inspector, Reason::conflict, "findings.not_remedied", closing));
        const auto reporting = [&](const std::string& how, const char* on) {
            return [=](const Call& call) { report_remedied(call, {finding, how, day(on)}); };
        };
        CHECK(cell.refused(cell.neighbour, Reason::not_found, "platform.not_found",
                           reporting("x", "2024-04-20")));
        CHECK(
            cell.refused(cell.member, Reason::forbidden, "platform.forbidden", reporting("x", "2024-04-20")));
        CHECK(
            cell.refused(cell.secretary, Reason::invalid, "platform.required", reporting("", "2024-04-20")));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "checks.day_in_future",
                           reporting("x", "2024-06-01")));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "findings.before_noted",
                           reporting("x", "2024-04-01")));
        cell.remedied(finding, "2024-04-28");
        CHECK(cell.refused(cell.secretary, Reason::conflict, "findings.not_open",
                           reporting("x", "2024-04-20")));
        CHECK(cell.refused(cell.secretary, Reason::forbidden, "findings.own_unit", closing));
        CHECK(cell.refused(cell.member, Reason::forbidden, "findings.own_unit", closing));
        CHECK(cell.refused(cell.neighbour, Reason::not_found, "platform.not_found", closing));
        // Six days after the remedy its effect cannot be judged; on the seventh it can.
        CHECK(cell.refused(cell.inspector, Reason::conflict, "findings.too_early", closing));
        CHECK(cell.seen_by(cell.inspector, finding).check_from == day("2024-05-05"));
        CHECK_FALSE(cell.seen_by(cell.inspector, finding).acts.may_check);
        cell.world.go_to(day("2024-05-05"));
        CHECK(cell.seen_by(cell.inspector, finding).acts.may_check);
        CHECK(cell.refused(cell.inspector, Reason::invalid, "platform.required", [&](const Call& call) {
            close(call, {finding, " "}, week);
        }));
        cell.closed(finding);
        const FindingRecord record = cell.seen_by(cell.secretary, finding);
        CHECK(record.finding.closed_on == day("2024-05-05"));
        REQUIRE(record.steps.size() == 3);
        CHECK(record.steps[0].kind == StepKind::noted);
        CHECK(record.steps[1].text == "đã ghi đủ");
        CHECK(record.steps[2].kind == StepKind::closed);
        CHECK(cell.refused(cell.inspector, Reason::not_found, "platform.not_found", [&](const Call& call) {
            close(call, {FindingId{3}, "được"}, week);
        }));
    });
}

TEST_CASE("an owner remedies, and never judges the own remedy") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        // Owned by a member who may also check findings, and sits above the unit by now.
        const FindingId finding =
            cell.noted([&](FindingToNote& note) { note.owner_member_id = cell.people[2]; });
        const Actor risen =
            cell.world.person({"findings.read", "findings.check"}, cell.world.na_hang, cell.people[2]);
        CHECK(cell.seen_by(risen, finding).acts.may_report);
        cell.world.write(risen, [&](const Call& call) {
            report_remedied(call, {finding, "đã ghi", day("2024-04-20")});
        });
        CHECK(cell.refused(risen, Reason::forbidden, "findings.own_finding", [&](const Call& call) {
            close(call, {finding, "được"}, week);
        }));
        CHECK(cell.refused(cell.neighbour, Reason::not_found, "platform.not_found", [&](const Call& call) {
            close(call, {finding, "được"}, week);
        }));
        // Who has to do it is known to the unit and to those who asked for it.
        CHECK(cell.seen_by(cell.secretary, finding).owner_name == "Nguyễn Văn 3");
        CHECK(cell.seen_by(cell.inspector, finding).owner_name == "Nguyễn Văn 3");
        CHECK(cell.seen_by(cell.other_member, finding).owner_name.empty());
        CHECK_FALSE(cell.seen_by(cell.second, finding).finding.owner_member_id);
        cell.closed(finding);
    });
}

TEST_CASE("whoever reported a remedy for the unit does not judge it, also from above") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted();
        const Actor office =
            cell.world.person({"findings.read", "findings.report", "findings.check"}, cell.world.khau_tinh);
        const auto closing = [&](const Call& call) { close(call, {finding, "được"}, week); };
        cell.world.write(office, [&](const Call& call) {
            report_remedied(call, {finding, "đã ghi", day("2024-04-20")});
        });
        CHECK(cell.refused(office, Reason::forbidden, "findings.own_report", closing));
        CHECK(cell.refused(office, Reason::forbidden, "findings.own_report", [&](const Call& call) {
            reopen(call, {finding, "chưa được", day("2024-06-01")});
        }));
        CHECK_FALSE(cell.seen_by(office, finding).acts.may_check);
        CHECK_FALSE(cell.seen_by(office, finding).acts.may_reopen);
        cell.closed(finding);
        // Closed by another, it may be seen again by anybody from outside.
        cell.world.write(office, [&](const Call& call) {
            CHECK(reopen(call, {finding, "Lại thiếu", day("2024-06-01")}).came_back_count == 1);
        });
    });
}

TEST_CASE("a remedy without effect opens the finding again") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted();
        const auto reopening = [&](const std::string& reason, const char* until) {
            return [=](const Call& call) { reopen(call, {finding, reason, day(until)}); };
        };
        CHECK(
            cell.refused(cell.inspector, Reason::conflict, "findings.is_open", reopening("x", "2024-06-01")));
        cell.remedied(finding);
        CHECK(cell.refused(cell.secretary, Reason::forbidden, "findings.own_unit",
                           reopening("x", "2024-06-01")));
        CHECK(
            cell.refused(cell.inspector, Reason::invalid, "platform.required", reopening("", "2024-06-01")));
        CHECK(cell.refused(cell.inspector, Reason::invalid, "findings.day_is_over",
                           reopening("x", "2024-05-03")));
        cell.world.write(cell.inspector, reopening("Vẫn thiếu tháng 3", "2024-06-01"));
        const FindingRecord record = cell.seen_by(cell.secretary, finding);
        CHECK(record.finding.state == State::open);
        CHECK(record.finding.came_back_count == 0);
        CHECK(record.finding.due_on == day("2024-06-01"));
        CHECK(record.finding.remedied_how.empty());
        CHECK(record.steps.back().kind == StepKind::not_effective);
        CHECK(record.steps.back().text == "Vẫn thiếu tháng 3");
        CHECK(record.acts.may_report);
    });
}

TEST_CASE("a closed finding comes back within a year, and says so") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted();
        cell.remedied(finding);
        cell.closed(finding);
        // A later visit names it: no second finding, the first one is open again and belongs to both visits.
        cell.world.go_to(day("2024-09-10"));
        Source later = cell.source();
        later.day = day("2024-09-09");
        const auto again = [&](FindingToNote& note) {
            note.again_of_id = finding;
            note.text = "Sổ lại thiếu tháng 8";
            note.gravity = Gravity::serious;
            note.due_on = day("2024-10-01");
        };
        cell.noted(again, later);
        FindingRecord record = cell.seen_by(cell.secretary, finding);
        CHECK(record.finding.state == State::open);
        CHECK(record.finding.came_back_count == 1);
        CHECK(record.finding.gravity == Gravity::serious);
        CHECK(record.finding.due_on == day("2024-10-01"));
        CHECK(record.steps.back().kind == StepKind::came_back);
        CHECK(record.steps.back().text == "Sổ lại thiếu tháng 8");
        cell.world.read(cell.secretary, [&](const Call& call) {
            REQUIRE(findings_of_source(call, SourceKind::visit, later.id).size() == 1);
            CHECK(findings_of_source(call, SourceKind::visit, later.id)[0].id == finding);
            const auto counts = count_by_unit(call.db, day("2024-09-01"), day("2024-12-31"), call.today);
            REQUIRE(counts.size() == 1);
            CHECK(counts[0].came_back == 1);
            CHECK(counts[0].serious_open == 1);
        });
        // Or a person says that it came back.
        cell.remedied(finding, "2024-09-10");
        cell.world.go_to(day("2024-09-20"));
        cell.closed(finding);
        cell.world.go_to(day("2025-09-20"));
        cell.world.write(cell.second, [&](const Call& call) {
            CHECK(reopen(call, {finding, "Lại thiếu", day("2025-10-01")}).came_back_count == 2);
        });
        CHECK(cell.seen_by(cell.secretary, finding).steps.size() == 7);
    });
}

TEST_CASE("a finding closed more than a year ago stays closed") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted();
        cell.remedied(finding);
        cell.closed(finding);
        cell.world.go_to(day("2025-05-05"));  // a day too late
        CHECK(
            cell.refused(cell.inspector, Reason::conflict, "findings.closed_long_ago", [&](const Call& call) {
                reopen(call, {finding, "Lại thiếu", day("2025-06-01")});
            }));
        CHECK_FALSE(cell.seen_by(cell.inspector, finding).acts.may_reopen);
    });
}

TEST_CASE("what is noted is checked") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId open = cell.noted();
        const MemberId stranger = test::add_people(cell.world, cell.world.ban_lang, 1)[0];
        const auto has = [&](std::string_view key, const std::function<void(FindingToNote&)>& change) {
            FindingToNote note = Cell::fault();
            change(note);
            bool found = false;
            cell.world.read(cell.inspector, [&](const Call& call) {
                for (const Problem& problem :
                     problems_in(call, cell.source(), std::span(&note, 1), "findings/"))
                    found = found || problem.key == key;
            });
            return found;
        };
        CHECK(has("platform.required", [](FindingToNote& n) { n.text = ""; }));
        CHECK(has("platform.required", [](FindingToNote& n) { n.remedy = " "; }));
        CHECK(has("checks.too_long", [](FindingToNote& n) { n.cause = std::string(5001, 'x'); }));
        CHECK(has("findings.due_before_noted", [](FindingToNote& n) { n.due_on = day("2024-04-16"); }));
        CHECK(has("findings.rule_in_words", [](FindingToNote& n) { n.rule_directive_id = DirectiveId{7}; }));
        CHECK(has("findings.one_rule", [](FindingToNote& n) {
            n.rule_directive_id = DirectiveId{7};
            n.rule_criterion = "minutes";
        }));
        CHECK(has("findings.member_elsewhere", [&](FindingToNote& n) { n.about_member_id = stranger; }));
        CHECK(has("findings.member_elsewhere", [&](FindingToNote& n) { n.owner_member_id = stranger; }));
        CHECK(has("findings.no_earlier_one", [](FindingToNote& n) { n.again_of_id = FindingId{3}; }));
        CHECK(has("findings.cannot_come_back", [&](FindingToNote& n) { n.again_of_id = open; }));
        cell.remedied(open);
        cell.closed(open);
        CHECK(has("findings.about_somebody_else", [&](FindingToNote& n) {
            n.again_of_id = open;
            n.about_member_id = cell.people[2];
        }));
        cell.world.read([&](const Call& call) {
            FindingToNote note = Cell::fault();
            note.id = open;
            CHECK(taken_ids(call.db, std::span(&note, 1), "findings/")[0].key == "findings.id_taken");
            note.id = FindingId{3};
            const std::vector<FindingToNote> twice{note, note};
            const Problems taken = taken_ids(call.db, twice, "findings/");
            REQUIRE(taken.size() == 1);
            CHECK(taken[0].field == "findings/1/id");
        });
    });
}

TEST_CASE(
    "a finding about a member is shown to the member, its owner, the inspectors and the deciding body "
    "alone") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted([&](FindingToNote& note) {
            note.about_member_id = cell.people[2];
            note.owner_member_id = cell.people[1];
        });
        const Actor owner = cell.world.person({}, cell.world.na_lung, cell.people[1]);
        const Actor administrator =
            cell.world.person({"findings.read", "findings.report", "findings.check"}, cell.world.tuyen_quang);
        const Actor leader_above =
            cell.world.person({"findings.read", "findings.decide"}, cell.world.tuyen_quang);
        const Actor* concerned[] = {&cell.member, &owner, &cell.inspector, &cell.body};
        for (const Actor* actor : concerned) CHECK(cell.sees(*actor, finding));
        const Actor* others[] = {&cell.secretary, &cell.other_member, &cell.neighbour, &cell.second,
                                 &cell.commune,   &administrator,     &leader_above};
        for (const Actor* actor : others) {
            CHECK_FALSE(cell.sees(*actor, finding));
            CHECK(cell.refused(*actor, Reason::not_found, "platform.not_found", [&](const Call& call) {
                report_remedied(call, {finding, "x", {}});
            }));
            CHECK(cell.refused(*actor, Reason::not_found, "platform.not_found", [&](const Call& call) {
                close(call, {finding, "x"}, week);
            }));
            CHECK(cell.refused(*actor, Reason::not_found, "platform.not_found", [&](const Call& call) {
                reopen(call, {finding, "x", day("2024-06-01")});
            }));
            CHECK(cell.refused(*actor, Reason::not_found, "platform.not_found", [&](const Call& call) {
                answer(call, {finding, "x"}, week);
            }));
            CHECK(cell.refused(*actor, Reason::not_found, "platform.not_found",
                               [&](const Call& call) { require_reader(call, finding); }));
            cell.world.read(*actor, [&](const Call& call) {
                CHECK(list(call, {}).findings.empty());
                CHECK(list_mine(call).findings.empty());
                CHECK(findings_of_unit(call, cell.world.na_lung, day("2024-01-01"), call.today).empty());
            });
        }
        // Nor does the audit trail repeat it, and the count of a unit names nobody.
        cell.world.read([&](const Call& call) {
            CHECK(call.db.count("SELECT COUNT(*) FROM audit_entries WHERE detail LIKE '%biên bản%'") == 0);
            CHECK(call.db.count("SELECT COUNT(*) FROM audit_entries WHERE action = 'finding.noted'") == 1);
            CHECK(count_by_unit(call.db, day("2024-01-01"), call.today, call.today)[0].open == 1);
            FindingToNote personal;
            personal.about_member_id = cell.people[2];
            CHECK(without_personal(std::span(&personal, 1)).empty());
        });
        cell.world.read(cell.member, [&](const Call& call) { CHECK(list_mine(call).findings.size() == 1); });
    });
}

TEST_CASE("what an inspection found is unknown until it is told") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const Source inspection = cell.source(SourceKind::inspection);
        const FindingId finding = cell.noted([](FindingToNote&) {}, inspection);
        CHECK(cell.sees(cell.inspector, finding));
        CHECK(cell.sees(cell.body, finding));
        const Actor* others[] = {&cell.secretary, &cell.member, &cell.second, &cell.commune};
        for (const Actor* actor : others) CHECK_FALSE(cell.sees(*actor, finding));
        CHECK_FALSE(cell.seen_by(cell.body, finding).acts.may_report);
        cell.world.write(cell.body,
                         [&](const Call& call) { tell(call, SourceKind::inspection, inspection.id); });
        CHECK(cell.sees(cell.secretary, finding));
        CHECK(cell.sees(cell.member, finding));
        CHECK_FALSE(cell.sees(cell.neighbour, finding));
        cell.world.read([&](const Call& call) { CHECK(is_of_inspection(call.db, finding)); });
    });
}

TEST_CASE("those concerned answer, and the answer is kept") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const FindingId finding = cell.noted([&](FindingToNote& note) {
            note.about_member_id = cell.people[2];
            note.owner_member_id = cell.people[1];
        });
        CHECK(cell.refused(cell.inspector, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            answer(call, {finding, "x"}, week);
        }));
        CHECK(cell.refused(cell.member, Reason::invalid, "platform.required", [&](const Call& call) {
            answer(call, {finding, ""}, week);
        }));
        cell.world.write(cell.member, [&](const Call& call) {
            CHECK(answer(call, {finding, "Tôi đi công tác tuần đó"}, week).steps.back().kind ==
                  StepKind::answered);
        });
        CHECK(cell.seen_by(cell.inspector, finding).steps.back().text == "Tôi đi công tác tuần đó");
        CHECK(cell.refused(cell.member, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            report_remedied(call, {finding, "x", {}});
        }));
        cell.world.read(cell.member, [&](const Call& call) {
            CHECK(
                refuses([&] { require_actor(call, FindingId{3}); }, Reason::not_found, "platform.not_found"));
            CHECK(require_actor(call, finding) == cell.world.na_lung);
        });
        const FindingId of_unit = cell.noted();
        cell.world.read(cell.other_member, [&](const Call& call) {
            CHECK(refuses([&] { require_actor(call, of_unit); }, Reason::forbidden, "platform.forbidden"));
        });
    });
}

TEST_CASE("a finding is late while it is open after its day, or when it was remedied after it") {
    Finding finding;
    finding.due_on = day("2024-05-01");
    CHECK_FALSE(is_late(finding, day("2024-05-01")));
    CHECK(is_late(finding, day("2024-05-02")));
    finding.state = State::remedied;
    finding.remedied_on = day("2024-05-01");
    CHECK_FALSE(is_late(finding, day("2024-08-01")));
    finding.remedied_on = day("2024-05-03");
    CHECK(is_late(finding, day("2024-08-01")));
}

}  // namespace gw::findings
