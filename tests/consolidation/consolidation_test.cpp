#include "consolidation/consolidation.h"

#include <algorithm>

#include "commune.h"
#include "consolidation/consolidation_table.h"
#include "platform/texts/texts.h"

namespace gw::consolidation {
namespace {

const WeakUnit* find_unit(const WeakList& list, UnitId unit_id) {
    const auto at = std::find_if(list.units.begin(), list.units.end(),
                                 [&](const WeakUnit& unit) { return unit.unit_id == unit_id; });
    return at == list.units.end() ? nullptr : &*at;
}

bool has_sign(const std::vector<Sign>& signs, SignKind kind, std::int64_t figure) {
    return std::any_of(signs.begin(), signs.end(),
                       [&](const Sign& sign) { return sign.kind == kind && sign.figure == figure; });
}

}  // namespace

TEST_CASE("a case shows the visits since it was proposed, to those who may read visits") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const auto visit = [&](Date on, std::optional<std::int64_t> score) {
            it.world.write([&](const Call& call) {
                visits::RecordVisit record;
                record.unit_id = it.world.na_lung;
                record.visited_on = on;
                record.kind = visits::Kind::consolidation_check;
                record.group_name = "Tổ công tác số 2";
                record.score = score;
                visits::record(call, record);
            });
        };
        const Date today = day_of(it.world.now, it.world.zone_minutes);
        visit(date_of(day_number(today) - 20), 40);
        const ConsolidationId id = it.entered();
        it.world.go_to(date_of(day_number(today) + 30));
        visit(date_of(day_number(today) + 10), {});
        visit(date_of(day_number(today) + 30), 71);
        Actor reader = it.world.person({"consolidation.read", "visits.read"}, it.world.khau_tinh);
        const CaseStory story = it.shown(reader, id);
        REQUIRE(story.visits.size() == 2);
        CHECK(story.visits[0].score == 71);
        CHECK(story.visits[0].kind == visits::Kind::consolidation_check);
        CHECK_FALSE(story.visits[1].score);
        CHECK(it.shown(it.secretary, id).visits.empty());
    });
}

TEST_CASE("the weak list is derived from the records, and each reader sees their own units only") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const WeakList list = it.listed(it.office);
        const WeakUnit* weak = find_unit(list, it.world.na_lung);
        REQUIRE(weak);
        CHECK(has_sign(weak->signs, SignKind::few_full_members, 2));
        CHECK(has_sign(weak->signs, SignKind::meetings_missed, 4));
        CHECK(weak->may_propose);
        const WeakUnit* neighbour = find_unit(list, it.world.ban_lang);
        REQUIRE(neighbour);
        CHECK_FALSE(has_sign(neighbour->signs, SignKind::few_full_members, 4));
        CHECK(list.units.front().unit_id == it.world.na_lung);
        CHECK_FALSE(find_unit(list, it.world.phia_trang));
        const WeakList own = it.listed(it.secretary);
        REQUIRE(own.units.size() == 1);
        CHECK_FALSE(own.units[0].may_propose);
        // A whole district is not weak for the cells in it.
        WeakList everything;
        it.world.read([&](const Call& call) { everything = consolidation::list(call, {}, it.setting); });
        CHECK_FALSE(find_unit(everything, it.world.na_hang));
    });
}

TEST_CASE(
    "of very many weak units those with most signs are listed, all are counted, and the table has them all") {
    const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
    test::for_each_store([&](Store& store) {
        Commune it(store);
        const std::int64_t before = it.listed(it.office).with_signs_count;
        it.world.write([&](const Call& call) {
            std::vector<organisation::UnitToAdd> units;
            for (std::int64_t i = 0; i < most_with_signs; ++i) {
                const std::string number = std::to_string(i);
                units.push_back({UnitId{it.world.ids.next(it.world.now)}, it.world.khau_tinh, "new-" + number,
                                 "Chi bộ mới " + number, "cell", day("2024-05-01")});
            }
            organisation::add_units(call, units);
        });
        const ConsolidationId on_list = it.proposed();
        const WeakList list = it.listed(it.office);
        CHECK(list.with_signs_count == before - 1 + most_with_signs);
        REQUIRE(list.units.size() == static_cast<std::size_t>(most_with_signs) + 1);
        const WeakUnit* weak = find_unit(list, it.world.na_lung);
        REQUIRE(weak);
        CHECK(weak->on_list->id == on_list);
        std::size_t rows = 0;
        it.world.read(it.office,
                      [&](const Call& call) { rows = table(call, {}, it.setting, texts).rows.size(); });
        CHECK(rows == static_cast<std::size_t>(list.with_signs_count) + 1);
    });
}

TEST_CASE("a unit goes from the list to the end of its watch, and each act is in the trail") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const auto audit = it.world.audit_count();
        const ConsolidationId id = it.planned();
        CHECK(it.world.audit_count() == audit + 3);
        CaseStory story = it.shown(it.secretary, id);
        CHECK(has_sign(story.signs_before, SignKind::few_full_members, 2));
        CHECK(story.about.entered_on == day("2024-05-04"));
        CHECK_FALSE(story.may_accept);
        CHECK(story.may_report);
        CHECK(story.exit_conditions[0].figure == 0);
        CHECK(story.exit_conditions[0].is_met == false);

        it.done(it.helper, [&](const Call& call) {
            return note(call, {id, "Đã dự sinh hoạt tháng 5"}, it.setting);
        });
        story = it.done(it.secretary, [&](const Call& call) {
            return report(call, {id, story.measures[0].id, "Đã họp đúng ngày"}, it.setting);
        });
        CHECK(story.exit_conditions[0].figure == 100);
        CHECK(story.exit_conditions[0].is_met == true);
        WeakList list = it.listed(it.office);
        REQUIRE(find_unit(list, it.world.na_lung)->progress);
        Progress progress = *find_unit(list, it.world.na_lung)->progress;
        CHECK(progress.helper_name == story.helper_name);
        CHECK(progress.measures == 1);
        CHECK(progress.measures_done == 1);
        CHECK(progress.exit_conditions == 2);
        CHECK(progress.accepted == 0);
        it.world.read(it.office, [&](const Call& call) {
            const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
            const std::string csv = spreadsheets::csv_of(table(call, {}, it.setting, texts));
            CHECK(csv.find("Nà Lung,Khau Tinh,On the list,\"2 full members; a cell needs 3; 4 months of this "
                           "year without a regular meeting\",2024-05-04,") != csv.npos);
            CHECK(csv.find(",Tổ công tác số 2,1,1,0,2,,,0\r\n") != csv.npos);
            CHECK(csv.find("Bản Lãng,Khau Tinh,,4 months of this year without") != csv.npos);
        });
        it.world.read(it.outsider, [&](const Call& call) {
            const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
            const std::string csv = spreadsheets::csv_of(table(call, {}, it.setting, texts));
            CHECK(csv.find("Nà Lung") == csv.npos);
        });
        it.accept_all(id);
        progress = *find_unit(it.listed(it.office), it.world.na_lung)->progress;
        CHECK(progress.accepted == 2);
        story = it.done(it.office, [&](const Call& call) {
            return leave(call, {id, "Đã vững"}, it.setting);
        });
        CHECK(story.about.state == State::watched);
        CHECK(story.about.watch_until == day("2025-05-04"));
        // Proposed, decided, planned, noted, reported, two exit conditions accepted, left.
        CHECK(it.world.audit_count() == audit + 8);
        list = it.listed(it.office);
        CHECK(list.movement.entered == 1);
        CHECK(list.movement.left == 1);
        CHECK(list.movement.watched == 1);

        it.world.go_to(day("2025-05-04"));
        CHECK(it.settled() == 0);
        it.world.go_to(day("2025-06-20"));
        CHECK(it.settled() == 1);
        CHECK(it.settled() == 0);
        CHECK(it.world.audit_count() == audit + 9);
        story = it.shown(it.office, id);
        CHECK(story.about.state == State::closed);
        CHECK(story.about.closed_on == day("2025-05-05"));
        CHECK(story.steps.back().act == Act::close);
    });
}

TEST_CASE("a relapse reopens the same case with its history, its exit conditions to be accepted anew") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const ConsolidationId id = it.watched();
        const auto audit = it.world.audit_count();
        const CaseStory story = it.done(it.office, [&](const Call& call) {
            return relapse(call, {id, "Lại hai tháng không họp"}, it.setting);
        });
        CHECK(it.world.audit_count() == audit + 1);
        CHECK(story.about.state == State::open);
        CHECK(story.about.relapse_count == 1);
        CHECK(story.steps.size() == 4);
        CHECK(story.measures.size() == 1);
        CHECK_FALSE(story.exit_conditions[0].item.accepted_on);
        CHECK(it.listed(it.office).movement.relapsed == 1);
        CHECK(
            it.refused(it.office, Reason::conflict, "consolidation.not_all_accepted", [&](const Call& call) {
                leave(call, {id, "Đã vững"}, it.setting);
            }));
        Survival counted;
        it.world.read(it.office, [&](const Call& call) { counted = survival(call, {"few_members", {}}); });
        CHECK(counted.entered == 1);
        CHECK(counted.left == 1);
        CHECK(counted.relapsed == 1);
        CHECK_FALSE(counted.after[0].share_milli);
        REQUIRE(counted.remedies.size() == 1);
        CHECK(counted.remedies[0].remedy_key == "fixed_day");
        it.world.read(it.office, [&](const Call& call) { counted = survival(call, {"old_age", {}}); });
        CHECK(counted.entered == 0);
    });
}

TEST_CASE("proposing and deciding are refused to who may not, twice, and without a reason") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const auto propose_as = [&](const Actor& actor, Reason reason, std::string_view key,
                                    const ProposeUnit& asked) {
            return it.refused(actor, reason, key,
                              [&](const Call& call) { propose(call, asked, it.setting); });
        };
        CHECK(
            propose_as(it.secretary, Reason::forbidden, "platform.forbidden", {{}, it.world.na_lung, "Yếu"}));
        CHECK(
            propose_as(it.outsider, Reason::forbidden, "platform.forbidden", {{}, it.world.na_lung, "Yếu"}));
        CHECK(propose_as(it.office, Reason::invalid, "platform.required", {{}, it.world.na_lung, " "}));
        CHECK(propose_as(it.world.program, Reason::invalid, "consolidation.nobody_above",
                         {{}, it.world.tuyen_quang, "Yếu"}));
        const ConsolidationId id = it.proposed();
        CHECK(propose_as(it.office, Reason::conflict, "consolidation.has_a_case",
                         {{}, it.world.na_lung, "Yếu"}));
        CHECK(propose_as(it.office, Reason::conflict, "consolidation.id_taken",
                         {id, it.world.ban_lang, "Yếu"}));
        const auto audit = it.world.audit_count();
        it.done(it.office, [&](const Call& call) {
            return propose(call, {id, it.world.na_lung, "Gửi lại"}, it.setting);
        });
        CHECK(it.world.audit_count() == audit);

        const auto decide_as = [&](const Actor& actor, Reason reason, std::string_view key,
                                   std::string text) {
            return it.refused(actor, reason, key, [&](const Call& call) {
                decide(call, {id, false, text}, it.setting);
            });
        };
        CHECK(decide_as(it.secretary, Reason::forbidden, "platform.forbidden", "Không"));
        CHECK(decide_as(it.outsider, Reason::not_found, "platform.not_found", "Không"));
        CHECK(decide_as(it.office, Reason::invalid, "platform.required", ""));
        CHECK(it.refused(it.office, Reason::conflict, "consolidation.not_on_list",
                         [&](const Call& call) { plan(call, it.plan_of(id), it.setting); }));
        const CaseStory story = it.done(it.office, [&](const Call& call) {
            return decide(call, {id, false, "Đã tự khắc phục"}, it.setting);
        });
        CHECK(story.about.state == State::not_put);
        CHECK(decide_as(it.office, Reason::conflict, "consolidation.not_proposed", "Lại"));
        CHECK(it.listed(it.office).movement.entered == 0);
    });
}

TEST_CASE("a plan is refused with its mistakes by field, and its exit test is set once") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const ConsolidationId id = it.entered();
        const auto plan_refused = [&](Reason reason, std::string_view key, auto change) {
            PlanCase asked = it.plan_of(id);
            change(asked);
            return it.refused(it.office, reason, key,
                              [&](const Call& call) { plan(call, asked, it.setting); });
        };
        const auto invalid = [&](std::string_view key, auto change) {
            return plan_refused(Reason::invalid, key, change);
        };
        CHECK(it.refused(it.secretary, Reason::forbidden, "platform.forbidden",
                         [&](const Call& call) { plan(call, it.plan_of(id), it.setting); }));
        CHECK(invalid("consolidation.unknown_cause", [](PlanCase& asked) { asked.cause_keys = {"luck"}; }));
        CHECK(invalid("consolidation.unknown_remedy",
                      [](PlanCase& asked) { asked.measures[0].remedy_key = "luck"; }));
        CHECK(invalid("consolidation.day_is_past",
                      [](PlanCase& asked) { asked.measures[0].due_on = day("2024-05-03"); }));
        CHECK(invalid("consolidation.unknown_measure",
                      [](PlanCase& asked) { asked.measures[0].id = MeasureId{7}; }));
        CHECK(invalid("consolidation.too_many",
                      [](PlanCase& asked) { asked.measures.assign(51, asked.measures[0]); }));
        CHECK(invalid("consolidation.number_out_of_range",
                      [](PlanCase& asked) { asked.exit_conditions[0].target = 101; }));
        CHECK(invalid("platform.required", [](PlanCase& asked) { asked.exit_conditions.clear(); }));
        CHECK(invalid("platform.not_found", [](PlanCase& asked) { asked.helper_member_id = MemberId{7}; }));
        CHECK(invalid("consolidation.helper_of_unit", [&](PlanCase& asked) {
            it.world.read([&](const Call& call) {
                asked.helper_member_id = members::members_of(call.db, it.world.na_lung, call.today)[0].id;
            });
        }));
        const CaseStory story =
            it.done(it.office, [&](const Call& call) { return plan(call, it.plan_of(id), it.setting); });
        CHECK(story.about.version == 2);
        CHECK(plan_refused(Reason::conflict, "consolidation.plan_changed_meanwhile",
                           [](PlanCase& asked) { asked.exit_conditions.clear(); }));
        CHECK(plan_refused(Reason::conflict, "consolidation.exit_conditions_are_set",
                           [](PlanCase& asked) { asked.version = 2; }));
        // A measure keeps its id when the plan is changed, and its day even when that is over.
        it.world.go_to(day("2024-07-01"));
        PlanCase later = it.plan_of(id);
        later.version = 2;
        later.exit_conditions.clear();
        later.measures[0].id = story.measures[0].id;
        later.measures[0].owner_name = "Phó bí thư";
        const CaseStory changed =
            it.done(it.office, [&](const Call& call) { return plan(call, later, it.setting); });
        CHECK(changed.measures[0].id == story.measures[0].id);
        CHECK(changed.measures[0].owner_name == "Phó bí thư");
        CHECK(changed.exit_conditions.size() == 2);
    });
}

TEST_CASE(
    "an exit condition is accepted by somebody else than the helper and the unit, with a note when not met") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const ConsolidationId id = it.planned();
        const ExitConditionId item = it.shown(it.office, id).exit_conditions[0].item.id;
        const auto accept_as = [&](Actor actor, Reason reason, std::string_view key, AcceptCondition asked) {
            return it.refused(actor, reason, key, [&](const Call& call) { accept(call, asked, it.setting); });
        };
        CHECK(accept_as(it.secretary, Reason::forbidden, "platform.forbidden", {id, item, "Tốt"}));
        Actor helping = it.office;
        helping.member_id = it.neighbour_ids[0];
        CHECK(accept_as(helping, Reason::forbidden, "consolidation.helper_accepts", {id, item, "Tốt"}));
        Actor of_unit = it.office;
        of_unit.home_unit_id = it.world.na_lung;
        CHECK(accept_as(of_unit, Reason::forbidden, "consolidation.unit_accepts", {id, item, "Tốt"}));
        CHECK_FALSE(it.shown(helping, id).may_accept);
        CHECK_FALSE(it.shown(of_unit, id).may_accept);
        CHECK(it.shown(it.office, id).may_accept);
        CHECK(accept_as(it.office, Reason::not_found, "platform.not_found", {id, ExitConditionId{7}, "Tốt"}));
        CHECK(accept_as(it.office, Reason::invalid, "consolidation.note_when_not_met", {id, item, " "}));
        CHECK(
            it.refused(it.office, Reason::conflict, "consolidation.not_all_accepted", [&](const Call& call) {
                leave(call, {id, "Đã vững"}, it.setting);
            }));
        it.done(it.office, [&](const Call& call) { return accept(call, {id, item, "Đủ rồi"}, it.setting); });
        CHECK(accept_as(it.office, Reason::conflict, "consolidation.accepted_already", {id, item, "Lại"}));
    });
}

TEST_CASE("notes, reports, leaving and relapse are refused out of turn and to who may not") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const ConsolidationId id = it.planned();
        const MeasureId measure = it.shown(it.office, id).measures[0].id;
        CHECK(it.refused(it.secretary, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            note(call, {id, "Tốt"}, it.setting);
        }));
        CHECK(it.refused(it.helper, Reason::invalid, "platform.required", [&](const Call& call) {
            note(call, {id, " "}, it.setting);
        }));
        CHECK(it.refused(it.helper, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            report(call, {id, measure, "Xong"}, it.setting);
        }));
        CHECK(it.refused(it.secretary, Reason::not_found, "platform.not_found", [&](const Call& call) {
            report(call, {id, MeasureId{7}, "Xong"}, it.setting);
        }));
        CHECK(it.refused(it.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            report(call, {id, measure, ""}, it.setting);
        }));
        it.done(it.secretary, [&](const Call& call) {
            return report(call, {id, measure, "Xong"}, it.setting);
        });
        CHECK(it.refused(it.secretary, Reason::conflict, "consolidation.done_already", [&](const Call& call) {
            report(call, {id, measure, "Xong"}, it.setting);
        }));
        for (const Actor& actor : {it.secretary, it.helper}) {
            CHECK(it.refused(actor, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
                leave(call, {id, "Đã vững"}, it.setting);
            }));
            CHECK(it.refused(actor, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
                relapse(call, {id, "Lại yếu"}, it.setting);
            }));
        }
        CHECK(it.refused(it.office, Reason::conflict, "consolidation.not_watched", [&](const Call& call) {
            relapse(call, {id, "Lại yếu"}, it.setting);
        }));
        CHECK(it.refused(it.outsider, Reason::not_found, "platform.not_found",
                         [&](const Call& call) { show(call, {id}, it.setting); }));
        it.accept_all(id);
        CHECK(it.refused(it.office, Reason::invalid, "platform.required", [&](const Call& call) {
            leave(call, {id, ""}, it.setting);
        }));
        it.done(it.office, [&](const Call& call) { return leave(call, {id, "Đã vững"}, it.setting); });
        CHECK(it.refused(it.office, Reason::conflict, "consolidation.not_on_list", [&](const Call& call) {
            leave(call, {id, "Đã vững"}, it.setting);
        }));
        it.world.go_to(day("2026-01-01"));
        it.settled();
        CHECK(it.refused(it.helper, Reason::conflict, "consolidation.not_on_list", [&](const Call& call) {
            note(call, {id, "Tốt"}, it.setting);
        }));
    });
}

TEST_CASE("the watch lasts as long as it is set to, to the end of a shorter month") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        it.world.go_to(day("2024-05-31"));
        it.setting.watch_months = 6;
        const ConsolidationId id = it.watched();
        CHECK(it.shown(it.office, id).about.watch_until == day("2024-11-30"));
        it.world.go_to(day("2024-11-30"));
        CHECK(it.settled() == 0);
        it.world.go_to(day("2024-12-01"));
        CHECK(it.settled() == 1);
        CHECK(it.shown(it.office, id).about.closed_on == day("2024-12-01"));
    });
}

TEST_CASE("causes can be added by who decides for the whole") {
    test::for_each_store([](Store& store) {
        Commune it(store);
        const Cause cause{"border_area", "Địa bàn biên giới", "A border area", "सीमा क्षेत्र"};
        CHECK(it.refused(it.office, Reason::forbidden, "platform.forbidden",
                         [&](const Call& call) { add_cause(call, cause); }));
        Causes before, after;
        it.world.read([&](const Call& call) { before = list_causes(call, {}); });
        it.world.write([&](const Call& call) { after = add_cause(call, cause); });
        CHECK(after.causes.size() == before.causes.size() + 1);
        CHECK(it.refused(it.world.program, Reason::conflict, "consolidation.key_taken",
                         [&](const Call& call) { add_cause(call, cause); }));
        CHECK(it.refused(it.world.program, Reason::invalid, "consolidation.key_is_no_word",
                         [&](const Call& call) {
                             add_cause(call, {"Border 1", "a", "b", "c"});
                         }));
        CHECK(it.refused(it.world.program, Reason::invalid, "platform.required", [&](const Call& call) {
            add_cause(call, {"border_two", "", "b", "c"});
        }));
    });
}

}  // namespace gw::consolidation
