#include "directives/directives.h"

#include "directives/district.h"

namespace gw::directives {

using test::day;
using test::refuses;

TEST_CASE("a directive stands on every agenda below until it is made concrete or refused") {
    test::for_each_store([](Store& store) {
        District district(store);
        test::World& world = district.world;
        const Directive plan = district.sent(district.request());
        CHECK(district.on_agenda(world.na_lung) == 1);
        // A meeting before it was sent does not carry it, however late its record comes.
        world.read([&](const Call& call) {
            CHECK(agenda_of_directives(call, world.na_lung, day("2024-04-30")).empty());
        });
        CHECK(district.on_agenda(world.phia_trang) == 1);
        CHECK(district.on_agenda(world.cell_1) == 0);
        CHECK(district.on_agenda(world.khau_tinh) == 1);  // asked for, though it has no meetings of members

        world.write(district.secretary, [&](const Call& call) {
            mark_concrete(call, plan.id, world.na_lung, ResolutionItemId{7}, day("2024-05-10"));
        });
        CHECK(district.on_agenda(world.na_lung) == 0);
        world.go_to(day("2024-06-10"));
        world.read(district.sender, [&](const Call& call) {
            const Progress all = progress(call, {plan.id, {}, {}, {}});
            CHECK(all.counts.reached == 3);
            CHECK(all.counts.concrete == 1);
            CHECK(all.counts.late == 2);
            REQUIRE(all.units.size() == 3);
            CHECK(all.units[0].standing == Standing::late);
            CHECK(all.units[0].late_days == 10);
            CHECK(all.units[2].unit_id == world.na_lung);
            CHECK(all.units[2].late_days == 0);
            CHECK(all.units[2].parent_name == "Khau Tinh");
            const Progress late = progress(call, {plan.id, Standing::late, {}, 1});
            CHECK(late.units.size() == 1);
            CHECK(late.next_offset == 1);
            const Directives own = list(call, {{}, world.na_hang, {}});
            CHECK(own.directives[0].counts.late == 2);
            CHECK(own.directives[0].may_send);
        });
        // The cell sees it with its own standing, and nothing of its neighbours.
        world.read(district.secretary, [&](const Call& call) {
            const Directives mine = list(call, {world.na_lung, {}, true});
            REQUIRE(mine.directives.size() == 1);
            CHECK(mine.directives[0].own->standing == Standing::concrete);
            CHECK(mine.directives[0].own->resolution_item_id == ResolutionItemId{7});
            CHECK_FALSE(mine.directives[0].may_send);
            CHECK(show(call, {plan.id}).counts.reached == 1);
        });
        const Actor deputy = world.person({"directives.read", "directives.answer"}, world.ban_lang);
        world.write(deputy, [&](const Call& call) {
            const UnitStanding standing = refuse(call, {plan.id, world.ban_lang, "không có đất trống"});
            CHECK(standing.standing == Standing::refused);
            CHECK(standing.late_days == 10);
        });
        CHECK(district.on_agenda(world.ban_lang) == 0);
        // A refusal gives way to an item; an item stays.
        world.write(deputy, [&](const Call& call) {
            mark_concrete(call, plan.id, world.ban_lang, ResolutionItemId{8}, call.today);
            mark_concrete(call, plan.id, world.ban_lang, ResolutionItemId{9}, call.today);
        });
        world.read(deputy, [&](const Call& call) {
            CHECK(progress(call, {plan.id, {}, {}, {}}).units[0].resolution_item_id == ResolutionItemId{8});
        });
    });
}

TEST_CASE("a reminder leaves the agenda once a held meeting carried it") {
    test::for_each_store([](Store& store) {
        District district(store);
        SendDirective asked = district.request(Kind::reminder);
        asked.unit_ids = {district.world.khau_tinh};
        const Directive reminder = district.sent(asked);
        CHECK(district.on_agenda(district.world.phia_trang) == 0);
        CHECK(district.on_agenda(district.world.na_lung) == 1);
        CHECK(district.refused(district.secretary, Reason::invalid, "directives.reminder_is_discussed",
                               [&](const Call& call) {
                                   refuse(call, {reminder.id, district.world.na_lung, "không"});
                               }));
        const meetings::MeetingRecord held = district.hold("2024-05-06");
        REQUIRE(held.agenda.size() == 1);
        CHECK(held.agenda[0].source_kind == meetings::SourceKind::reminder);
        CHECK(held.agenda[0].text == "15-KH/HU: Thực hiện Nghị quyết 21-NQ/TW");
        CHECK(district.on_agenda(district.world.na_lung) == 0);
        CHECK(district.on_agenda(district.world.ban_lang) == 1);
        district.world.read(district.sender, [&](const Call& call) {
            const Progress told = progress(call, {reminder.id, Standing::discussed, {}, {}});
            REQUIRE(told.units.size() == 1);
            CHECK(told.units[0].meeting_id == held.meeting.id);
            CHECK(told.counts.concrete == 1);
        });
    });
}

TEST_CASE("what expired, was ended or superseded leaves the agendas by itself") {
    test::for_each_store([](Store& store) {
        District district(store);
        test::World& world = district.world;
        SendDirective brief = district.request();
        brief.expires_on = day("2024-06-01");
        const Directive expiring = district.sent(brief);
        const Directive old = district.sent(district.request());
        SendDirective asked = district.request();
        asked.title = "Kế hoạch mới";
        asked.supersedes_id = old.id;
        const Directive renewed = district.sent(asked);
        CHECK(district.on_agenda(world.na_lung) == 2);
        world.read(district.sender, [&](const Call& call) {
            const DirectiveLine line = show(call, {old.id});
            CHECK_FALSE(line.is_in_force);
            CHECK(line.directive.superseded_by_id == renewed.id);
            CHECK(list(call, {world.na_lung, {}, false}).directives.size() == 1);
        });
        CHECK(district.refused(district.sender, Reason::invalid, "directives.cannot_supersede",
                               [&](const Call& call) { send(call, asked); }));
        world.go_to(day("2024-06-02"));
        CHECK(district.on_agenda(world.na_lung) == 1);
        world.read([&](const Call& call) {
            CHECK_FALSE(is_in_force(*find_directive(call.db, expiring.id), call.today));
        });
        CHECK(district.refused(district.sender, Reason::invalid, "platform.required", [&](const Call& call) {
            end(call, {renewed.id, ""});
        }));
        CHECK(district.refused(district.secretary, Reason::forbidden, "platform.forbidden",
                               [&](const Call& call) {
                                   end(call, {renewed.id, "thôi"});
                               }));
        world.write(district.sender, [&](const Call& call) { end(call, {renewed.id, "gửi nhầm"}); });
        CHECK(district.on_agenda(world.na_lung) == 0);
        CHECK(district.refused(district.sender, Reason::conflict, "directives.not_in_force",
                               [&](const Call& call) {
                                   end(call, {renewed.id, "thôi"});
                               }));
        CHECK(district.refused(district.secretary, Reason::conflict, "directives.not_in_force",
                               [&](const Call& call) {
                                   refuse(call, {renewed.id, world.na_lung, "không làm được"});
                               }));
    });
}

TEST_CASE("a directive sent twice is one; sending and answering are refused with their reasons") {
    test::for_each_store([](Store& store) {
        District district(store);
        test::World& world = district.world;
        SendDirective asked = district.request();
        asked.id = DirectiveId{world.ids.next(world.now)};
        asked.unit_ids = {world.son_phu, world.khau_tinh};
        const Directive plan = district.sent(asked);
        const auto audit = world.audit_count();
        CHECK(district.sent(asked).id == plan.id);
        CHECK(world.audit_count() == audit);
        const auto with = [&](const std::function<void(SendDirective&)>& change) {
            SendDirective other = district.request();
            change(other);
            return [other](const Call& call) { send(call, other); };
        };
        using Request = SendDirective;
        CHECK(
            district.refused(district.sender, Reason::conflict, "directives.id_taken", with([&](Request& r) {
                                 r.id = plan.id;
                                 r.title = "Khác";
                             })));
        CHECK(district.refused(district.secretary, Reason::forbidden, "platform.forbidden",
                               with([](Request&) {})));
        CHECK(district.refused(district.outsider, Reason::forbidden, "platform.forbidden",
                               with([](Request&) {})));
        CHECK(district.refused(district.sender, Reason::not_found, "platform.not_found",
                               with([](Request& r) { r.unit_id = UnitId{3}; })));
        CHECK(district.refused(district.sender, Reason::invalid, "platform.required",
                               with([](Request& r) { r.title = " "; })));
        CHECK(district.refused(district.sender, Reason::invalid, "checks.too_long",
                               with([](Request& r) { r.number_text = std::string(61, 'x'); })));
        CHECK(district.refused(district.sender, Reason::invalid, "directives.day_is_over",
                               with([](Request& r) { r.concrete_by = day("2024-05-03"); })));
        CHECK(district.refused(district.sender, Reason::invalid, "directives.expires_too_soon",
                               with([](Request& r) { r.expires_on = day("2024-05-30"); })));
        CHECK(district.refused(district.sender, Reason::invalid, "directives.unit_elsewhere",
                               with([&](Request& r) { r.unit_ids = {world.cell_1}; })));
        CHECK(district.refused(
            district.sender, Reason::invalid, "directives.too_many_units",
            with([&](Request& r) { r.unit_ids = std::vector<UnitId>(501, world.na_lung); })));
        CHECK(district.refused(district.sender, Reason::invalid, "directives.reaches_nobody",
                               with([&](Request& r) { r.unit_ids = {world.front_board}; })));

        const auto answer = [&](UnitId unit_id, std::string reason = "không có đất") {
            return [&plan, unit_id, reason](const Call& call) { refuse(call, {plan.id, unit_id, reason}); };
        };
        CHECK(district.refused(district.secretary, Reason::forbidden, "platform.forbidden",
                               answer(world.ban_lang)));
        CHECK(district.refused(district.secretary, Reason::invalid, "platform.required",
                               answer(world.na_lung, "")));
        CHECK(district.refused(district.outsider, Reason::invalid, "directives.does_not_reach",
                               answer(world.cell_1)));
        world.write(district.secretary, answer(world.na_lung));
        CHECK(district.refused(district.secretary, Reason::conflict, "directives.already_answered",
                               answer(world.na_lung)));
        world.read(district.outsider, [&](const Call& call) {
            CHECK(refuses([&] { show(call, {plan.id}); }, Reason::not_found, "platform.not_found"));
            CHECK(refuses(
                [&] {
                    progress(call, {plan.id, {}, {}, {}});
                },
                Reason::not_found, "platform.not_found"));
            CHECK(refuses(
                [&] {
                    list(call, {world.na_lung, {}, {}});
                },
                Reason::forbidden, "platform.forbidden"));
            CHECK(refuses(
                [&] {
                    list(call, {world.an_tuong, world.an_tuong, {}});
                },
                Reason::invalid, "directives.one_of_two"));
            CHECK(list(call, {}).directives.empty());
            CHECK(refuses([&] { require_reader(call, plan.id); }, Reason::not_found, "platform.not_found"));
        });
        world.read(district.secretary, [&](const Call& call) {
            CHECK(require_reader(call, plan.id) == world.na_hang);
            // Without a choice: what reached one's own unit, and how it stands to it.
            const Directives own = list(call, {});
            REQUIRE(own.directives.size() == 1);
            CHECK(own.directives[0].directive.id == plan.id);
            CHECK(own.directives[0].own.has_value());
            CHECK(refuses([&] { require_sender(call, plan.id); }, Reason::forbidden, "platform.forbidden"));
        });
        world.read(district.sender,
                   [&](const Call& call) { CHECK(require_sender(call, plan.id) == world.na_hang); });
    });
}

}  // namespace gw::directives
