#include "notices/calendars.h"
#include "notices/wishes.h"
#include "platform/router.h"

namespace gw::notices {

namespace {

void add_inbox(Router& router, const std::shared_ptr<const Setting>& setting) {
    router.get(
        "/api/notices", "Lists one's own notices, the newest first",
        [setting](const Call& call, const ListNotices& request) { return list(call, request, *setting); });
    router.get("/api/notices/unread_count", "Counts one's own notices that are not read",
               [](const Call& call, const Nothing&) { return count_unread(call); });
    router.post("/api/notices/{notice_id}/reading", "Marks one of one's notices as read, or as unread again",
                mark);
    router.post("/api/notices/reading", "Marks one's notices as read, up to the one named", mark_all);
    router.post("/api/notices/unreading", "Takes back what was marked as read at a moment", unmark_all);
}

void add_wishes(Router& router, const std::shared_ptr<const Setting>& setting) {
    router.get("/api/wishes",
               "Shows where one's mail goes, of what kinds, and whether a calendar reads along",
               [setting](const Call& call, const Nothing&) { return show_wishes(call, *setting); });
    router.put("/api/wishes/address", "Gives an address for one's mail and mails a code to it",
               [setting](const Call& call, const SetAddress& request) {
                   return set_address(call, request, *setting);
               });
    router
        .post("/api/wishes/address/confirmation", "Confirms the address with the code that came by mail",
              [setting](const Call& call, const ConfirmAddress& request) {
                  return confirm_address(call, request, *setting);
              })
        .way = Way::slow;
    router.remove("/api/wishes/address", "Takes the address of one's mail away",
                  [setting](const Call& call, const Nothing&) { return remove_address(call, *setting); });
    router.put(
        "/api/wishes/kinds", "Says whether notices of a kind also come by mail",
        [setting](const Call& call, const SetWish& request) { return set_wish(call, request, *setting); });
    router.post("/api/wishes/calendar",
                "Makes the private address of one's calendar, in place of an older one",
                [](const Call& call, const Nothing&) { return make_calendar(call); });
    router.remove("/api/wishes/calendar", "Ends the private address of one's calendar",
                  [setting](const Call& call, const Nothing&) { return end_calendar(call, *setting); });
}

void add_open(Router& router, const std::shared_ptr<const Setting>& setting, CalendarLimits& limits) {
    router
        .get("/api/calendars/{file_name}", "A person's meetings as iCalendar, at their private address",
             [setting, &limits](const Call& call, const CalendarKey& request) {
                 return show_calendar(call, request, *setting, limits);
             })
        .is_open = true;
    router
        .get("/api/mail_stops/{secret}", "Asks whether to end all mail to an account",
             [setting](const Call& call, const StopKey& request) {
                 return show_stop(call, request, *setting);
             })
        .is_open = true;
    Route& stopping = router.post(
        "/api/mail_stops/{secret}", "Ends all mail to the account that a mail went to",
        [setting](const Call& call, const StopMail& request) { return stop_mail(call, request, *setting); });
    stopping.is_open = true;
    stopping.is_for_other_sites = true;
    stopping.body_limit = 4 * 1024;
}

}  // namespace

void add_routes(Router& router, Setting given, CalendarLimits& limits) {
    const auto setting = std::make_shared<const Setting>(std::move(given));
    add_inbox(router, setting);
    add_wishes(router, setting);
    add_open(router, setting, limits);
    router.get("/api/meetings/{meeting_id}/invitation", "Shows who was invited to a meeting, how and when",
               [setting](const Call& call, const Invite& request) {
                   return show_invitation(call, request, *setting);
               });
    router.post(
        "/api/meetings/{meeting_id}/invitation",
        "Sends the plan of a meeting to its members; sent again it tells what changed",
        [setting](const Call& call, const Invite& request) { return invite(call, request, *setting); });
}

}  // namespace gw::notices
