#include "classification/classes.h"
#include "organisation/tree.h"
#include "platform/router.h"

namespace gw::classification {

namespace {

ReviewList reviews(const Call& call, const Nothing&) {
    if (call.tree->size() == 0) return {};
    call.require("classification.read", call.tree->at(0).id);
    return {list_reviews(call.db)};
}

}  // namespace

void add_routes(Router& router, const rulebooks::Library& library, members::Readings& readings) {
    // Lives as long as the routes that hold it.
    const std::shared_ptr<Setting> setting(new Setting{library, readings, Reviews(library)});
    router.get(
        "/api/units/{unit_id}/class",
        "Shows the class of a unit for a year, with the mix and the caps below it",
        [setting](const Call& call, const UnitYear& request) { return unit_class(call, request, *setting); });
    router.get(
        "/api/units/{unit_id}/class/proof", "Shows every number that led to the class of a unit",
        [setting](const Call& call, const UnitYear& request) { return unit_proof(call, request, *setting); });
    router.get("/api/units/{unit_id}/classes", "Lists the classes of the units below a unit",
               [setting](const Call& call, const ListClasses& request) {
                   return list_classes(call, request, *setting);
               });
    router.get("/api/units/{unit_id}/member_classes", "Lists the classes of the members of a unit",
               [setting](const Call& call, const UnitYear& request) {
                   return member_classes(call, request, *setting);
               });
    router.get("/api/units/{unit_id}/self_levels", "Shows what a unit said of itself for a year",
               [setting](const Call& call, const UnitYear& request) {
                   return unit_self_levels(call, request, *setting);
               });
    router.post("/api/units/{unit_id}/self_levels", "Says what a unit thinks of itself for a year",
                [setting](const Call& call, const AssessUnit& request) {
                    return assess_unit(call, request, *setting);
                });
    router.get("/api/members/{member_id}/class", "Shows the class of a member for a year",
               [setting](const Call& call, const MemberYear& request) {
                   return member_class(call, request, *setting);
               });
    router.get("/api/members/{member_id}/class/proof",
               "Shows every number that led to the class of a member, which is noted unless it is one's own",
               [setting](const Call& call, const MemberYear& request) {
                   return member_proof(call, request, *setting);
               });
    router.get("/api/members/{member_id}/self_levels", "Shows what a member said of themselves for a year",
               [setting](const Call& call, const MemberYear& request) {
                   return member_self_levels(call, request, *setting);
               });
    router.post("/api/members/{member_id}/self_levels", "Says what a member thinks of themselves for a year",
                [setting](const Call& call, const AssessMember& request) {
                    return assess_member(call, request, *setting);
                });
    router.get("/api/reviews", "Lists the reviews that were made, the newest first", reviews);
    router
        .post("/api/reviews", "Proposes the classes of a year from the records of all units",
              [setting](const Call& call, const MakeReview& request) {
                  return review(call, request.year, setting->library);
              })
        .way = Way::slow;
}

}  // namespace gw::classification
