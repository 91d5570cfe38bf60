#include "meetings/meetings.h"
#include "platform/router.h"

namespace gw::meetings {

void add_routes(Router& router, Setting given) {
    const auto setting = std::make_shared<const Setting>(std::move(given));
    router.get("/api/meetings", "Lists meetings of a unit or of a part of the tree, the newest first", list);
    router.post(
        "/api/meetings", "Plans a meeting; with what happened in it, records it at once",
        [setting](const Call& call, const AddMeeting& request) { return add(call, request, *setting); });
    router.get(
        "/api/meetings/{meeting_id}", "Shows a meeting with agenda, roll and contributions",
        [setting](const Call& call, const MeetingKey& request) { return show(call, request, *setting); });
    router.put("/api/meetings/{meeting_id}", "Changes a planned meeting", change);
    router.put("/api/meetings/{meeting_id}/agenda",
               "Puts the agenda of a planned meeting in order, and sets aside what comes by itself",
               [setting](const Call& call, const ArrangeAgenda& request) {
                   return arrange(call, request, *setting);
               });
    router.post(
        "/api/meetings/{meeting_id}/move", "Moves a planned meeting, with a reason",
        [setting](const Call& call, const MoveMeeting& request) { return move(call, request, *setting); });
    router.post("/api/meetings/{meeting_id}/cancellation", "Cancels a planned meeting, with a reason",
                [setting](const Call& call, const CancelMeeting& request) {
                    return cancel(call, request, *setting);
                });
    router.post(
        "/api/meetings/{meeting_id}/restoration", "Takes up a cancelled meeting whose time is not past",
        [setting](const Call& call, const MeetingKey& request) { return restore(call, request, *setting); });
    router.get("/api/meetings/{meeting_id}/roll", "Shows who is expected at a meeting, and who came", roll);
    router.post("/api/meetings/{meeting_id}/record", "Records what happened in a meeting",
                [setting](const Call& call, const RecordMeeting& request) {
                    return record(call, request, *setting);
                });
    router.post("/api/meetings/{meeting_id}/publication", "Says that the papers of a meeting are out",
                [setting](const Call& call, const PublishMeeting& request) {
                    return publish(call, request, *setting);
                });
    router.get("/api/units/{unit_id}/roll", "Shows who is expected at a meeting of a unit", roll_of_unit);
    add_score_routes(router, setting);
}

}  // namespace gw::meetings
