#include <algorithm>

#include "platform/checks.h"
#include "platform/json/json.h"
#include "resolutions/resolutions.h"
#include "resolutions/resolutions_parts.h"
#include "resolutions/resolutions_rules.h"
#include "resolutions/resolutions_store.h"

namespace gw::resolutions {

ResolutionRecord correct(const Call& call, const CorrectResolution& request) {
    auto resolution = find_resolution(call.db, request.resolution_id);
    if (!resolution) refuse_unknown("resolution_id");
    call.require("resolutions.adopt", resolution->unit_id);
    if (std::any_of(request.items.begin(), request.items.end(),
                    [](const ResolutionItemToAdopt& item) { return !item.tasks.empty(); }))
        call.require("tasks.assign", resolution->unit_id);
    if (resolution->version != request.version)
        throw Refusal(Reason::conflict, Problem{"version", "resolutions.changed_meanwhile"});
    const auto meeting = meetings::find_meeting(call.db, resolution->meeting_id);
    if (!meeting) refuse_unknown("meeting_id");
    std::vector<KeptResolutionItem> items = items_of(call.db, resolution->id);
    const Votes votes = votes_in(call, *meeting);
    Problems problems = problems_in(request, items);
    check_votes(request.votes_for, request.needs_two_thirds.value_or(false), request.items, votes, problems);
    check_citations(call, request.items, *meeting, problems);
    refuse_if(problems);
    check_free_ids(call, request.items, items.size(), problems);
    if (!problems.empty()) throw Refusal(Reason::conflict, problems);

    ResolutionVersion before{resolution->version,
                             resolution->title,
                             resolution->votes_for,
                             resolution->votes_called,
                             resolution->needs_two_thirds,
                             {},
                             request.reason,
                             call.actor.name,
                             call.now};
    for (const KeptResolutionItem& item : items) before.items.push_back(item.text);
    keep_version(call.db, resolution->id, before);
    resolution->title = request.title;
    resolution->votes_for = request.votes_for;
    resolution->votes_called = votes.called;
    resolution->needs_two_thirds = request.needs_two_thirds.value_or(false);
    ++resolution->version;
    call.db.update("resolutions", *resolution);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const ResolutionItemToAdopt& asked = request.items[i];
        items[i].text = asked.text;
        items[i].votes_for = asked.votes_for;
        items[i].votes_called = votes.called;
        items[i].needs_two_thirds = asked.needs_two_thirds.value_or(false);
        call.db.update("resolution_items", items[i]);
    }
    keep_items(call, request.items, *resolution, items.size());
    call.record("resolution.corrected", resolution->id, resolution->unit_id, to_json(request));
    call.announce("resolutions", resolution->unit_id);
    return record_of(call, *resolution);
}

ResolutionVersions list_versions(const Call& call, const ResolutionKey& request) {
    return {versions_of(call.db, show(call, request).resolution.id)};
}

}  // namespace gw::resolutions
