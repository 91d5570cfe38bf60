#include "platform/router.h"
#include "resolutions/resolutions.h"

namespace gw::resolutions {

void add_routes(Router& router, std::vector<StorySource> story_sources, const numbering::Letters& letters) {
    router.get("/api/resolutions", "Lists the resolutions of a unit in a year, the newest first", list);
    router.post("/api/resolutions", "Writes down what a meeting decided, with citations and tasks",
                [letters](const Call& call, const AdoptResolution& request) {
                    return adopt(call, request, letters);
                });
    router.get("/api/resolutions/{resolution_id}", "Shows a resolution with its items, citations and tasks",
               show);
    router.put("/api/resolutions/{resolution_id}", "Corrects a resolution, with a reason", correct);
    router.get("/api/resolutions/{resolution_id}/versions",
               "Lists what a resolution read before it was corrected", list_versions);
    router.get("/api/resolutions/{resolution_id}/ledger",
               "Shows how the items of earlier resolutions stood at the meeting and what came of them",
               ledger);
    router.get("/api/contributions/mine", "Lists one's own contributions with what became of each",
               own_words);
    router.get("/api/units/{unit_id}/open_items", "Lists the resolution items of a unit that are still open",
               open_items);
    router.post("/api/resolution_items/{resolution_item_id}/closing",
                "Closes an open resolution item, with a reason", close_item);
    router.post("/api/resolution_items/{resolution_item_id}/tasks",
                "Gives one more task for a resolution item", give_task);
    router.get("/api/tasks/{task_id}/origin", "Leads from a task back to the sentences it comes from", trail);
    router.get("/api/contributions/{contribution_id}/outcome", "Shows what became of a contribution",
               contribution_outcome);
    router.get("/api/advice_items/{advice_item_id}/outcome", "Shows what became of advice", advice_outcome);
    router.get("/api/units/{unit_id}/story", "Tells what happened in a unit in a year, by day",
               [sources = std::move(story_sources)](const Call& call, const StoryKey& request) {
                   return story(call, request, sources);
               });
}

}  // namespace gw::resolutions
