// Feeds arbitrary bytes to the reading of requests, as a body and as a query: whatever comes, the request is
// read or refused with problems that name a key. Needs no database: the routes here read what the real ones
// read and do nothing. (tests/app/request_reading_test.cpp tries the real ones with made-up texts.)
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "accounts/accounts.h"
#include "meetings/meetings.h"
#include "members/members.h"
#include "organisation/organisation.h"
#include "platform/router.h"
#include "resolutions/resolutions.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace {

using namespace gw;

template <class... Requests>
Router router_of() {
    Router router;
    (router.post("/body/{unit_id}", "", [](const Call&, const Requests&) { return Nothing{}; }), ...);
    (router.get("/query/{unit_id}", "", [](const Call&, const Requests&) { return Nothing{}; }), ...);
    return router;
}

const Router& routes() {
    static const Router router =
        router_of<Nothing, organisation::EstablishUnit, organisation::MoveUnit, accounts::AddAccount,
                  accounts::AddGrant, tasks::AssignTask, tasks::ListTasks, tasks::ChangeTask,
                  tasks::FinishTask, visits::RecordVisit, visits::ListAdvice, meetings::AddMeeting,
                  meetings::RecordMeeting, meetings::ListMeetings, meetings::ScoreSelf,
                  resolutions::AdoptResolution, resolutions::TaskForResolutionItem,
                  resolutions::ListResolutions>();
    return router;
}

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    gw::http::Request request;
    request.body.assign(reinterpret_cast<const char*>(bytes), size);
    request.query = request.body;
    // The first bytes are also the value of the address.
    const Values path_values{{"unit_id", request.body.substr(0, 13)}};
    for (const auto& route : routes().routes()) {
        try {
            require(route->read_request(request, path_values) != nullptr, "a request that is nothing");
        } catch (const Refusal& refusal) {
            require(refusal.reason == Reason::invalid && !refusal.problems.empty(),
                    "a refusal without a problem");
            for (const Problem& problem : refusal.problems)
                require(problem.key.find('.') != std::string::npos, "a problem without a key");
        }
    }
    return 0;
}
