#include "platform/router.h"
#include "year_for_test.h"

namespace gw::test {

using classification::SubjectKind;

namespace {

std::int64_t points_of(const classification::Proof& proof) {
    std::int64_t points = 0;
    for (const auto& criterion : proof.criteria) points += criterion.points_milli;
    for (const auto& deduction : proof.deductions) points -= deduction.points_milli;
    return std::max<std::int64_t>(0, points);
}

// Two members who compete for the one place the cap leaves, and three who do not.
struct Rivals {
    explicit Rivals(YearForTest& year) {
        for (int i = 0; i < 5; ++i) {
            people.push_back(year.add_member(year.world.na_lung, "Member " + std::to_string(i)));
            for (int task = 0; task < 4; ++task)
                year.add_task(year.world.na_lung, people.back(), on(3, 1), on(2, 20), i < 2 && task < 4 - i);
        }
        year.meet_all_year(year.world.na_lung, people);
        year.review();
    }
    std::vector<MemberId> people;
};

}  // namespace

TEST_CASE(
    "a proof adds up to the score and names the rule, the place in the cap and what would change the class") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const Rivals rivals(year);
        year.world.read([&](const Call& call) {
            for (const MemberId id : rivals.people) {
                const auto proof = classification::member_proof(call, {id, 2024}, year.setting);
                CHECK(points_of(proof) == proof.score_milli);
                CHECK(proof.final_class.number ==
                      classification::find_member_class(call.db, id, 2024)->class_number);
            }
            for (const UnitId id : {year.world.na_lung, year.world.khau_tinh, year.world.tuyen_quang}) {
                const auto proof = classification::unit_proof(call, {id, 2024}, year.setting);
                CHECK(points_of(proof) == proof.score_milli);
                CHECK(proof.final_class.number ==
                      classification::find_unit_class(call.db, id, 2024)->class_number);
            }
            const auto lowered = classification::member_proof(call, {rivals.people[1], 2024}, year.setting);
            CHECK(lowered.pre_class.key == "excellent");
            CHECK(lowered.final_class.key == "good");
            CHECK(lowered.final_class.name == "Good");
            REQUIRE(lowered.cap);
            CHECK(lowered.cap->was_lowered);
            CHECK(lowered.cap->rank == 2);
            CHECK(lowered.cap->allowed == 1);
            CHECK(lowered.cap->base_count == 5);
            CHECK(lowered.cap->group_name == "Khau Tinh");
            CHECK(lowered.cap->origin.basis == "source");
            CHECK(lowered.cap->origin.source.find("21-HD/BTCTW") != std::string::npos);
            REQUIRE(lowered.cap->last_inside);
            CHECK(lowered.cap->last_inside->name == "Member 0");
            const auto last = classification::member_proof(call, {rivals.people[4], 2024}, year.setting);
            CHECK(std::any_of(last.not_met.begin(), last.not_met.end(),
                              [](const auto& gate) { return gate.key == "half_exceeded"; }));
            REQUIRE(last.criteria.size() >= 2);
            CHECK(last.criteria[1].facts.size() >= 3);
            CHECK_FALSE(last.criteria[1].formula_words.empty());
            CHECK(last.criteria[1].level_name == "Good");
            CHECK_FALSE(last.changes.empty());
        });
    });
}

TEST_CASE("a proof shows what the review had, and says that records changed since") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const Rivals rivals(year);
        const MemberId id = rivals.people[4];
        std::string before;
        year.world.read([&](const Call& call) {
            const auto proof = classification::member_proof(call, {id, 2024}, year.setting);
            CHECK(proof.changed_since.count == 0);
            before = to_json(proof.criteria) + to_json(proof.final_class);
        });
        year.world.now = {year.world.now.milliseconds + 60'000};
        year.add_task(year.world.na_lung, id, on(4, 1), std::nullopt);
        year.world.read([&](const Call& call) {
            const auto proof = classification::member_proof(call, {id, 2024}, year.setting);
            CHECK(to_json(proof.criteria) + to_json(proof.final_class) == before);
            CHECK(proof.changed_since.count == 1);
            CHECK(proof.changed_since.last_at == year.world.now);
            classification::Reviews elsewhere(shipped());  // as after a restart
            CHECK(elsewhere.find(call.db, 2024)->result().members.score ==
                  year.setting.reviews.find(call.db, 2024)->result().members.score);
            CHECK(classification::unit_proof(call, {year.world.tuyen_quang, 2024}, year.setting)
                      .changed_since.count == 1);
            CHECK(classification::unit_proof(call, {year.world.son_phu, 2024}, year.setting)
                      .changed_since.count == 0);
        });
        year.review();
        CHECK(year.class_of(id)->class_key == "completed");
        year.world.read([&](const Call& call) {
            const auto proof = classification::member_proof(call, {id, 2024}, year.setting);
            CHECK(proof.final_class.key == "completed");
            CHECK(proof.changed_since.count == 0);
        });
    });
}

TEST_CASE("proofs and classes are shown to those who may see them, and names to those who may read them") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const Rivals rivals(year);
        const UnitId cell = year.world.na_lung;
        const MemberId id = rivals.people[1];
        const Actor own = year.world.person({}, cell, id);
        const Actor nobody_here =
            year.world.person({"classification.read", "members.read_file"}, year.world.cell_1);
        const Actor reader = year.world.person({"classification.read"}, cell);
        const Actor file_reader = year.world.person({"members.read_file"}, cell);
        const Actor name_reader = year.world.person({"classification.read", "members.read"}, cell);
        const auto as = [&](const Actor& actor, auto&& look) {
            return [&] { year.world.read(actor, [&](const Call& call) { look(call); }); };
        };
        const auto unit_class = [&](const Call& call) {
            classification::unit_class(call, {cell, 2024}, year.setting);
        };
        const auto unit_proof = [&](const Call& call) {
            classification::unit_proof(call, {cell, 2024}, year.setting);
        };
        const auto classes = [&](const Call& call) {
            classification::ListClasses request;
            request.unit_id = cell;
            classification::list_classes(call, request, year.setting);
        };
        const auto member_classes = [&](const Call& call) {
            classification::member_classes(call, {cell, 2024}, year.setting);
        };
        const auto member_class = [&](const Call& call) {
            classification::member_class(call, {id, 2024}, year.setting);
        };
        const auto member_proof = [&](const Call& call) {
            classification::member_proof(call, {id, 2024}, year.setting);
        };
        const auto unit_levels = [&](const Call& call) {
            classification::unit_self_levels(call, {cell, 2024}, year.setting);
        };
        const auto member_levels = [&](const Call& call) {
            classification::member_self_levels(call, {id, 2024}, year.setting);
        };
        for (const Actor& actor : {nobody_here, own, file_reader}) {
            CHECK(refuses(as(actor, unit_class), Reason::forbidden, "platform.forbidden"));
            CHECK(refuses(as(actor, unit_proof), Reason::forbidden, "platform.forbidden"));
            CHECK(refuses(as(actor, classes), Reason::forbidden, "platform.forbidden"));
            CHECK(refuses(as(actor, member_classes), Reason::forbidden, "platform.forbidden"));
            CHECK(refuses(as(actor, unit_levels), Reason::forbidden, "platform.forbidden"));
        }
        CHECK(refuses(as(nobody_here, member_class), Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(as(nobody_here, member_proof), Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(as(nobody_here, member_levels), Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(as(reader, member_proof), Reason::forbidden, "platform.forbidden"));
        for (const auto& look : {std::function<void(const Call&)>(unit_class),
                                 {unit_proof},
                                 {classes},
                                 {member_classes},
                                 {member_class},
                                 {unit_levels}})
            as(reader, look)();
        for (const auto& look :
             {std::function<void(const Call&)>(member_class), {member_proof}, {member_levels}})
            as(own, look)();

        // One's own proof is not noted and names nobody else; another's is noted.
        year.readings.write_now();
        year.world.read(own, [&](const Call& call) {
            CHECK(call.db.count("SELECT COUNT(*) FROM member_readings") == 0);
            const auto proof = classification::member_proof(call, {id, 2024}, year.setting);
            REQUIRE(proof.cap);
            REQUIRE(proof.cap->last_inside);
            CHECK(proof.cap->last_inside->name.empty());
            CHECK_FALSE(proof.cap->last_inside->id);
            CHECK(proof.cap->last_inside->rank == 1);
        });
        as(file_reader, member_proof)();
        year.readings.write_now();
        year.world.read(reader, [&](const Call& call) {
            CHECK(call.db.count("SELECT COUNT(*) FROM member_readings") == 1);
            for (const auto& line : classification::member_classes(call, {cell, 2024}, year.setting).rows)
                CHECK(line.full_name.empty());
            for (const auto& child : classification::unit_proof(call, {cell, 2024}, year.setting).children)
                CHECK(child.name.empty());
        });
        year.world.read(name_reader, [&](const Call& call) {
            const auto list = classification::member_classes(call, {cell, 2024}, year.setting);
            REQUIRE(list.rows.size() == 5);
            CHECK(list.rows[0].full_name == "Member 0");
            CHECK(list.rows[0].outcome.final_class.key == "excellent");
            CHECK_FALSE(
                classification::unit_proof(call, {cell, 2024}, year.setting).children[0].name.empty());
        });
    });
}

TEST_CASE("a year that was not reviewed has pages and no proof") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const MemberId id = year.add_member(year.world.na_lung, "A");
        year.world.read([&](const Call& call) {
            const auto page = classification::unit_class(call, {year.world.na_lung, 2024}, year.setting);
            CHECK(page.has_rulebook);
            CHECK_FALSE(page.review);
            CHECK_FALSE(page.outcome);
            CHECK_FALSE(
                classification::unit_class(call, {year.world.na_lung, 1990}, year.setting).has_rulebook);
            for (const std::int64_t beyond : {1899, 2201, 99'999'999}) {
                CHECK(refuses(
                    [&] {
                        classification::unit_class(call, {year.world.na_lung, beyond}, year.setting);
                    },
                    Reason::invalid, "checks.year_out_of_range"));
                CHECK(refuses(
                    [&] {
                        classification::member_class(call, {id, beyond}, year.setting);
                    },
                    Reason::invalid, "checks.year_out_of_range"));
                CHECK(refuses(
                    [&] {
                        classification::member_classes(call, {year.world.na_lung, beyond}, year.setting);
                    },
                    Reason::invalid, "checks.year_out_of_range"));
            }
            CHECK(refuses(
                [&] {
                    classification::unit_proof(call, {year.world.na_lung, 2024}, year.setting);
                },
                Reason::not_found, "classification.not_reviewed"));
            CHECK(refuses(
                [&] {
                    classification::member_proof(call, {id, 2024}, year.setting);
                },
                Reason::not_found, "classification.not_reviewed"));
            CHECK(
                classification::member_classes(call, {year.world.na_lung, 2024}, year.setting).rows.empty());
            CHECK(classification::story_of_classes(call, year.world.na_lung, 2024).empty());
        });
        year.review();
        const MemberId later = year.add_member(year.world.na_lung, "came later");
        year.world.read([&](const Call& call) {
            CHECK(refuses(
                [&] {
                    classification::member_proof(call, {later, 2024}, year.setting);
                },
                Reason::not_found, "classification.not_in_review"));
            CHECK(refuses(
                [&] {
                    classification::unit_proof(call, {year.world.front_board, 2024}, year.setting);
                },
                Reason::not_found, "classification.not_in_review"));
            const auto story = classification::story_of_classes(call, year.world.na_lung, 2024);
            REQUIRE(story.size() == 1);
            CHECK(story[0].day == on(12, 31));
            CHECK(story[0].kind == resolutions::StoryKind::unit_class);
        });
        year.world.read(year.world.person({}, year.world.na_lung), [&](const Call& call) {
            CHECK(classification::story_of_classes(call, year.world.na_lung, 2024).empty());
        });
    });
}

TEST_CASE("what subjects say of themselves is kept, checked and can only lower") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const Rivals rivals(year);
        const UnitId cell = year.world.na_lung;
        const MemberId id = rivals.people[0];
        const Actor own = year.world.person({}, cell, id);
        const Actor other =
            year.world.person({"classification.self_assess"}, year.world.cell_1, rivals.people[1]);
        const Actor secretary = year.world.person({"classification.self_assess"}, cell);
        const auto say = [&](const Actor& actor, std::vector<classification::GivenLevel> levels,
                             std::int64_t of_year = 2024) {
            year.world.write(actor, [&](const Call& call) {
                classification::assess_member(call, {id, of_year, levels}, year.setting);
            });
        };
        CHECK(refuses(
            [&] {
                say(other, {{"self_level_results", 3}});
            },
            Reason::forbidden, "platform.forbidden"));
        CHECK(refuses([&] { say(own, {}); }, Reason::invalid, "platform.required"));
        CHECK(refuses([&] { say(own, {{"discipline", 1}}); }, Reason::invalid, "classification.not_asked"));
        CHECK(refuses(
            [&] {
                say(own, {{"self_level_results", 3}, {"self_level_results", 3}});
            },
            Reason::invalid, "classification.said_twice"));
        CHECK(refuses(
            [&] {
                say(own, {{"self_level_results", 5}});
            },
            Reason::invalid, "classification.no_level"));
        CHECK(refuses(
            [&] {
                say(own, {{"self_level_results", 3}}, 1990);
            },
            Reason::not_found, "classification.no_rulebook"));
        CHECK(year.class_of(id)->class_key == "excellent");
        const auto before = year.world.audit_count();
        say(own, {{"self_level_results", 4}});
        say(secretary, {{"self_level_results", 3}});
        CHECK(year.world.audit_count() == before + 2);
        year.review();
        CHECK(year.class_of(id)->class_key == "good");

        const auto assess = [&](const Actor& actor) {
            year.world.write(actor, [&](const Call& call) {
                classification::assess_unit(call, {cell, 2024, {{"self_level", 2}}}, year.setting);
            });
        };
        CHECK(refuses([&] { assess(own); }, Reason::forbidden, "platform.forbidden"));
        assess(secretary);
        year.world.read([&](const Call& call) {
            const auto page = classification::unit_class(call, {cell, 2024}, year.setting);
            REQUIRE(page.self_levels.size() == 1);
            CHECK(page.self_levels[0].level == 2);
            CHECK(page.self_levels[0].level_name == "Average");
        });
    });
}

TEST_CASE("classes are listed by place, class and weakness, page by page") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const Rivals rivals(year);
        year.world.read([&](const Call& call) {
            classification::ListClasses request;
            request.unit_id = year.world.tuyen_quang;
            CHECK(classification::list_classes(call, request, year.setting).rows.size() == 2);
            request.kind = "cell";
            const auto all = classification::list_classes(call, request, year.setting);
            CHECK(all.total == 5);
            CHECK_FALSE(all.next_after);
            request.limit = 2;
            const auto first = classification::list_classes(call, request, year.setting);
            CHECK(first.rows.size() == 2);
            REQUIRE(first.next_after);
            request.after = *first.next_after;
            CHECK(classification::list_classes(call, request, year.setting).rows[0].unit_id ==
                  all.rows[2].unit_id);
            request.after.reset();
            request.limit.reset();
            request.sort = classification::ClassSort::best_first;
            const auto best = classification::list_classes(call, request, year.setting);
            CHECK(best.rows[0].unit_id == year.world.na_lung);
            for (std::size_t i = 1; i < best.rows.size(); ++i)
                CHECK(best.rows[i - 1].outcome->final_class.number >=
                      best.rows[i].outcome->final_class.number);
            request.weak = true;
            for (const auto& row : classification::list_classes(call, request, year.setting).rows)
                CHECK(row.is_weak);
            request.kind = "no such kind";
            CHECK(refuses([&] { classification::list_classes(call, request, year.setting); }, Reason::invalid,
                          "platform.not_valid"));
        });
    });
}

TEST_CASE("every route of classification is there, and a review runs as a job that says how far it is") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        Router router;
        classification::add_routes(router, shipped(), year.readings);
        CHECK(router.routes().size() == 14);
        Values path_values;
        int status = 0;
        const Route* route = router.find("POST", "/api/reviews", path_values, status);
        REQUIRE(route);
        for (const auto& one : router.routes()) CHECK_FALSE(one->is_open);
        CHECK(router.openapi().find("classification.Proof") != std::string::npos);
        const Route* what_if = router.find("POST", "/api/units/" + to_text(year.world.na_lung) + "/what_if",
                                           path_values, status);
        REQUIRE(what_if);
        CHECK(what_if->way == Way::slow);  // it reads and never writes
        const Actor nobody_here = year.world.person({}, year.world.na_lung);
        http::Response response;
        const classification::MakeReview request{2024}, too_early{2031};
        CHECK(refuses(
            [&] {
                year.world.write(nobody_here,
                                 [&](const Call& call) { route->run(call, &request)(response); });
            },
            Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(
            [&] { year.world.write([&](const Call& call) { route->run(call, &too_early)(response); }); },
            Reason::invalid, "classification.year_not_begun"));
        year.world.write([&](const Call& call) { route->run(call, &request)(response); });
        CHECK(response.body.find("job_id") != std::string::npos);
        jobs::Jobs jobs(
            {.store = store,
             .announcements = year.world.announcements,
             .open_call = [&](AccountId,
                              const std::function<void(const Call&)>& work) { year.world.read(work); },
             .clock = [&] { return year.world.now; }});
        classification::add_jobs(jobs, shipped());
        jobs.run_all_due();
        year.world.read([&](const Call& call) {
            CHECK(classification::find_last_review(call.db, 2024));
            CHECK(
                call.db.count("SELECT COUNT(*) FROM jobs WHERE state = 'done' AND progress = total AND total "
                              "= 11") == 1);
            CHECK(call.db.one<std::string>("SELECT answer FROM jobs")->find("\"unit_count\":11") !=
                  std::string::npos);
        });
        const Route* list = router.find("GET", "/api/reviews", path_values, status);
        REQUIRE(list);
        const Nothing nothing;
        CHECK(refuses(
            [&] {
                year.world.read(nobody_here, [&](const Call& call) { list->run(call, &nothing)(response); });
            },
            Reason::forbidden, "platform.forbidden"));
    });
}

}  // namespace gw::test
