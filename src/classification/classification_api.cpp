#include "classification/classes.h"
#include "classification/what_if.h"
#include "organisation/tree.h"
#include "platform/router.h"

namespace gw::classification {

namespace {

ReviewList reviews(const Call& call, const Nothing&) {
    if (call.tree->size() == 0) return {};
    call.require("classification.read", call.tree->at(0).id);
    return {list_reviews(call.db)};
}

struct StartedReview {
    jobs::JobId job_id;  // leaves a ReviewReport
};
BOOST_DESCRIBE_STRUCT(StartedReview, (), (job_id))

}  // namespace

void add_jobs(jobs::Jobs& jobs, const rulebooks::Library& library) {
    jobs.add("classification.review", [&library](const jobs::JobRun& run) {
        run.leave_answer(review(run.call, run.payload<MakeReview>().year, library, run.progress));
    });
}

void add_routes(Router& router, const rulebooks::Library& library, members::Readings& readings) {
    // Lives as long as the routes that hold it.
    const std::shared_ptr<Setting> setting(new Setting(library, readings));
    router
        .get("/api/units/{unit_id}/class",
             "Shows the class of a unit for a year, with the mix and the caps below it",
             [setting](const Call& call, const AskUnitClass& request) {
                 return unit_class(call, request, *setting);
             })
        .way = Way::slow;
    router
        .get("/api/units/{unit_id}/class/proof", "Shows every number that led to the class of a unit",
             [setting](const Call& call, const AskUnitClass& request) {
                 return unit_proof(call, request, *setting);
             })
        .way = Way::slow;
    router
        .get("/api/units/{unit_id}/classes", "Lists the classes of the units below a unit",
             [setting](const Call& call, const ListClasses& request) {
                 return list_classes(call, request, *setting);
             })
        .way = Way::slow;
    router
        .get("/api/units/{unit_id}/member_classes", "Lists the classes of the members of a unit",
             [setting](const Call& call, const AskUnitClass& request) {
                 return member_classes(call, request, *setting);
             })
        .way = Way::slow;
    router.get("/api/units/{unit_id}/self_levels", "Shows what a unit said of itself for a year",
               [setting](const Call& call, const UnitYear& request) {
                   return unit_self_levels(call, request, *setting);
               });
    router.post("/api/units/{unit_id}/self_levels", "Says what a unit thinks of itself for a year",
                [setting](const Call& call, const AssessUnit& request) {
                    return assess_unit(call, request, *setting);
                });
    router
        .get("/api/members/{member_id}/class", "Shows the class of a member for a year",
             [setting](const Call& call, const AskMemberClass& request) {
                 return member_class(call, request, *setting);
             })
        .way = Way::slow;
    router
        .get("/api/members/{member_id}/class/proof",
             "Shows every number that led to the class of a member, which is noted unless it is one's own",
             [setting](const Call& call, const AskMemberClass& request) {
                 return member_proof(call, request, *setting);
             })
        .way = Way::slow;
    router.get("/api/members/{member_id}/self_levels", "Shows what a member said of themselves for a year",
               [setting](const Call& call, const MemberYear& request) {
                   return member_self_levels(call, request, *setting);
               });
    router.post("/api/members/{member_id}/self_levels", "Says what a member thinks of themselves for a year",
                [setting](const Call& call, const AssessMember& request) {
                    return assess_member(call, request, *setting);
                });
    router.get("/api/reviews", "Lists the reviews that were made, the newest first", reviews);
    router.post("/api/reviews", "Begins to propose the classes of a year from the records of all units",
                [setting](const Call& call, const MakeReview& request) {
                    edition_to_review_by(call, request.year, setting->library);
                    return StartedReview{jobs::enqueue(call, "classification.review", request)};
                });
    router.get("/api/units/{unit_id}/what_if", "Lists the numbers of the rulebook in force that may be tried",
               [setting](const Call& call, const AskSettings& request) {
                   return settings_to_try(call, request, setting->library);
               });
    router
        .post("/api/units/{unit_id}/what_if",
              "Shows whose class would be another by other numbers; nothing is kept",
              [setting](const Call& call, const AskWhatIf& request) {
                  return what_if(call, request, *setting);
              })
        .way = Way::slow;
}

}  // namespace gw::classification
