// The rule that a finding names is one that exists and that its writer may read.
#include "inspections/citable_rules.h"

#include "directives/directives.h"
#include "inspections/district.h"

namespace gw::inspections {

using test::day;
using test::District;
using test::fault;
using test::refuses;

TEST_CASE("a finding names a directive that its writer may read, or a criterion in force") {
    test::for_each_store([](Store& store) {
        District district(store);
        district.setting.rulebooks = &test::project_rulebooks();
        const InspectionId id = district.decided();
        directives::Directive plan;
        plan.id = DirectiveId{901};
        plan.unit_id = district.world.na_hang;
        plan.kind = directives::Kind::plan;
        plan.number_text = "12-KH/HU";
        plan.title = "Nâng chất lượng sinh hoạt chi bộ";
        plan.sent_on = day("2024-01-10");
        plan.concrete_by = day("2024-03-01");
        district.world.write([&](const Call& call) {
            directives::add_directives(call, std::vector{plan},
                                       std::vector<directives::Scope>{{plan.id, district.world.na_hang}}, {});
        });
        const Actor reader = [&] {
            Actor actor =
                district.world.person({"inspections.read", "directives.read"}, district.world.tuyen_quang);
            actor.account_id = district.leader.account_id;
            return actor;
        }();
        district.world.read(reader, [&](const Call& call) {
            const auto found = find_rules(call, {id, "chat luong SINH HOAT"}, district.setting).rules;
            REQUIRE_FALSE(found.empty());
            CHECK(found[0].directive_id == plan.id);
            CHECK(found[0].source == "12-KH/HU, Na Hang");
            CHECK(find_rules(call, {id, "không có điều nào như thế"}, district.setting).rules.empty());
            CHECK(find_rules(call, {id, {}}, district.setting).rules.size() == 20);
        });
        CitableRule criterion;
        district.world.read(district.leader, [&](const Call& call) {
            for (const CitableRule& rule : find_rules(call, {id, {}}, district.setting).rules) {
                CHECK_FALSE(rule.directive_id);  // the leader reads no directives
                criterion = rule;
            }
            const Criterion shown =
                show_criterion(call, {criterion.edition, criterion.criterion}, district.setting);
            CHECK(shown.text == criterion.text);
            CHECK(shown.rulebook == criterion.source);
            for (const auto& [edition, key] : {std::pair<std::string, std::string>{"vn.none 1", "a.b"},
                                               {criterion.edition, "meeting.none"}})
                CHECK(refuses(
                    [&] {
                        show_criterion(call, {edition, key}, district.setting);
                    },
                    Reason::not_found, "platform.not_found"));
        });
        const auto noting = [&](const std::function<void(findings::FindingToNote&)>& change) {
            findings::FindingToNote note = fault();
            note.rule_text = "Theo hướng dẫn";
            change(note);
            return [&, note](const Call& call) { note_findings(call, {id, {note}}, district.setting); };
        };
        const auto is_unknown = [&](const Actor& actor, auto change) {
            return district.refused(actor, Reason::invalid, "inspections.no_such_rule", noting(change));
        };
        const auto of_plan = [&](findings::FindingToNote& note) { note.rule_directive_id = plan.id; };
        CHECK(is_unknown(district.leader, of_plan));
        CHECK(is_unknown(reader, [](auto& note) { note.rule_directive_id = DirectiveId{902}; }));
        CHECK(is_unknown(reader, [](auto& note) { note.rule_edition = "vn.none 1"; }));
        CHECK(is_unknown(reader, [&](auto& note) {
            note.rule_edition = criterion.edition;
            note.rule_criterion = "meeting.none";
        }));
        district.world.write(reader, noting(of_plan));
        district.world.write(reader, noting([&](auto& note) {
                                 note.rule_edition = criterion.edition;
                                 note.rule_criterion = criterion.criterion;
                             }));
        const auto findings = district.seen_by(district.leader, id).findings;
        REQUIRE(findings.size() == 2);
        CHECK(findings[0].rule_directive_id == plan.id);
        CHECK(findings[1].rule_criterion == criterion.criterion);
        district.write(id, 1, 4);
        district.give(id, 1);
        district.world.read(district.member, [&](const Call& call) {
            CHECK(refuses(
                [&] {
                    find_rules(call, {id, {}}, district.setting);
                },
                Reason::forbidden, "platform.forbidden"));
            CHECK(refuses([&] { earlier_findings(call, {id}); }, Reason::forbidden, "platform.forbidden"));
        });
        district.world.read(district.commune, [&](const Call& call) {
            CHECK(refuses(
                [&] {
                    find_rules(call, {id, {}}, district.setting);
                },
                Reason::not_found, "platform.not_found"));
            CHECK(refuses([&] { earlier_findings(call, {id}); }, Reason::not_found, "platform.not_found"));
        });
    });
}

TEST_CASE("what was closed within the year may be named again, by those who may read it") {
    test::for_each_store([](Store& store) {
        District district(store);
        const auto concluded = [&](InspectionId id) {
            district.world.write(district.leader, [&](const Call& call) {
                note_findings(call, {id, {fault()}}, district.setting);
            });
            district.write(id, 1, 12);
            district.give(id, 10);
            return district.seen_by(district.leader, id).findings[0].id;
        };
        const FindingId finding = concluded(district.decided());
        const auto earlier = [&](InspectionId id) {
            std::size_t count = 0;
            district.world.read(district.leader, [&](const Call& call) {
                count = earlier_findings(call, {id}).findings.size();
            });
            return count;
        };
        CHECK(earlier(district.decided()) == 0);  // still open
        district.world.write(district.member, [&](const Call& call) {
            findings::report_remedied(call, {finding, "Đã dự đủ", {}});
        });
        district.world.go_to(day("2024-05-20"));
        district.world.write(district.leader, [&](const Call& call) {
            findings::close(call, {finding, "Đã xem sổ"}, {});
        });
        const InspectionId again = district.decided();
        CHECK(earlier(again) == 1);
        CHECK(earlier(district.decided(false)) == 1);
        district.world.go_to(day("2025-05-21"));
        CHECK(earlier(again) == 0);
    });
}

}  // namespace gw::inspections
