// Visits: a working group goes to a unit, sees how it works, and leaves advice that stays open until it is
// answered.
//
// Words: a *working group* visits; an *advice item* is one sentence of advice with the change expected and
// the day on which somebody looks again, and a *weight*: it is *open*, *answered* by a resolution item of the
// unit, *refused* by the unit with a reason, which the visitors accept or do not, once, *confirmed* by
// somebody who is not of the unit, or *withdrawn*; what the group *found* is kept by findings.
//
// Permissions, over the unit visited: visits.read, visits.record (also withdraw and reply to a refusal),
// visits.confirm, visits.report (refuse advice).
#pragma once
#include <span>

#include "findings/findings.h"
#include "platform/call.h"
#include "visits/orders.h"

namespace gw {
class Router;
class Texts;
using VisitId = Id<struct VisitThing>;
using AdviceItemId = Id<struct AdviceItemThing>;
// The things of capabilities above that a visit may name.
using MeetingId = Id<struct MeetingThing>;
using ResolutionItemId = Id<struct ResolutionItemThing>;
}  // namespace gw

namespace gw::visits {

BOOST_DEFINE_ENUM_CLASS(Kind, survey, meeting_attended, consolidation_check, directive_guided)
BOOST_DEFINE_ENUM_CLASS(AdviceState, open, answered, refused, refusal_accepted, confirmed, withdrawn)
BOOST_DEFINE_ENUM_CLASS(Weight, light, medium, heavy)
BOOST_DEFINE_ENUM_CLASS(RefusalReply, accept, keep_open)

struct Visit {
    VisitId id;
    UnitId unit_id;
    Date visited_on{};
    Kind kind = Kind::survey;
    std::string group_name;
    std::string visitors;  // names, as written in the order
    std::optional<VisitOrderId> order_id;
    std::optional<MeetingId> meeting_id;  // of a meeting attended
    std::optional<std::int64_t> score;    // points the group gives, 0 to 100
    std::string strengths;
    std::string limits;
    AccountId recorded_by;
    Moment recorded_at{};
};
BOOST_DESCRIBE_STRUCT(Visit, (),
                      (id, unit_id, visited_on, kind, group_name, visitors, order_id, meeting_id, score,
                       strengths, limits, recorded_by, recorded_at))

struct AdviceItem {
    AdviceItemId id;
    VisitId visit_id;
    UnitId unit_id;
    std::int64_t number = 1;  // within the visit
    std::string text;
    std::string expected_change;
    Date check_on{};
    Weight weight = Weight::medium;
    AdviceState state = AdviceState::open;
    std::optional<ResolutionItemId> answered_by_item_id;
    std::optional<Date> answered_on;
    std::optional<AccountId> confirmed_by;
    std::optional<Date> confirmed_on;
    std::string effect;          // what changed, or why it was withdrawn
    std::string refusal_reason;  // of the unit; stays when the advice is kept open
    std::optional<AccountId> refused_by;
    std::optional<Date> refused_on;
    std::string refusal_reply;  // of the visitors
    std::optional<AccountId> replied_by;
    std::optional<Date> replied_on;
};
BOOST_DESCRIBE_STRUCT(AdviceItem, (),
                      (id, visit_id, unit_id, number, text, expected_change, check_on, weight, state,
                       answered_by_item_id, answered_on, confirmed_by, confirmed_on, effect, refusal_reason,
                       refused_by, refused_on, refusal_reply, replied_by, replied_on))

struct VisitRecord {
    Visit visit;
    std::string unit_name;
    std::vector<AdviceItem> advice_items;
    std::vector<findings::Finding> findings;  // those the reader may see
};
BOOST_DESCRIBE_STRUCT(VisitRecord, (), (visit, unit_name, advice_items, findings))

struct AdviceToGive {
    std::optional<AdviceItemId> id;
    std::string text;
    std::string expected_change;
    Date check_on{};
    std::optional<Weight> weight = {};  // medium when absent
};
BOOST_DESCRIBE_STRUCT(AdviceToGive, (), (id, text, expected_change, check_on, weight))

struct RecordVisit {
    std::optional<VisitId> id;  // made by the caller, or by the server
    UnitId unit_id;
    Date visited_on{};
    Kind kind = Kind::survey;
    std::string group_name;
    std::optional<std::string> visitors;
    std::optional<VisitOrderId> order_id;  // under which the visit is made
    std::optional<MeetingId> meeting_id;
    std::optional<std::int64_t> score;
    std::optional<std::string> strengths;
    std::optional<std::string> limits;
    std::vector<AdviceToGive> advice_items;
    std::vector<findings::FindingToNote> findings;
};
BOOST_DESCRIBE_STRUCT(RecordVisit, (),
                      (id, unit_id, visited_on, kind, group_name, visitors, order_id, meeting_id, score,
                       strengths, limits, advice_items, findings))

struct VisitKey {
    VisitId visit_id;
};
BOOST_DESCRIBE_STRUCT(VisitKey, (), (visit_id))

struct ListUnitVisits {
    UnitId unit_id;
    std::optional<std::int64_t> year;
};
BOOST_DESCRIBE_STRUCT(ListUnitVisits, (), (unit_id, year))

struct UnitVisits {
    std::vector<VisitRecord> visits;  // the newest first
};
BOOST_DESCRIBE_STRUCT(UnitVisits, (), (visits))

// Without unit_id and within: everything the reader may see.
struct ListAdvice {
    std::optional<UnitId> unit_id, within;
    std::optional<AdviceState> state;
    std::optional<AdviceItemId> after;
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ListAdvice, (), (unit_id, within, state, after, limit))

struct AdviceLine {
    AdviceItem advice_item;
    std::string unit_name;
    std::string group_name;
    Date visited_on{};
};
BOOST_DESCRIBE_STRUCT(AdviceLine, (), (advice_item, unit_name, group_name, visited_on))

struct AdvicePage {
    std::vector<AdviceLine> advice_items;  // by the day somebody looks again
    std::optional<AdviceItemId> next;
};
BOOST_DESCRIBE_STRUCT(AdvicePage, (), (advice_items, next))

struct ConfirmAdvice {
    AdviceItemId advice_item_id;
    std::string effect;
};
BOOST_DESCRIBE_STRUCT(ConfirmAdvice, (), (advice_item_id, effect))

struct WithdrawAdvice {
    AdviceItemId advice_item_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawAdvice, (), (advice_item_id, reason))

struct RefuseAdvice {
    AdviceItemId advice_item_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RefuseAdvice, (), (advice_item_id, reason))

struct ReplyToRefusal {
    AdviceItemId advice_item_id;
    RefusalReply decision = RefusalReply::accept;
    std::string reply;  // why the advice stays open; may be empty when the refusal is accepted
};
BOOST_DESCRIBE_STRUCT(ReplyToRefusal, (), (advice_item_id, decision, reply))

// Records a visit with its advice and findings. The same visit sent again is the one already there.
// Refused: forbidden without visits.record or to people of the unit itself; invalid when the group has no
// name, the day lies in the future, the score is outside 0 to 100, a text is empty or too long, a check or
// due day lies before the visit, a meeting attended is not named, the order does not name the unit, the day
// and the reader; conflict when the id belongs to another visit. Whose order is over is told so.
VisitRecord record(const Call& call, const RecordVisit& request);
// Says what the answered advice changed. Refused: forbidden without visits.confirm or to people of the unit;
// conflict unless the advice is answered; invalid without an effect.
AdviceItem confirm(const Call& call, const ConfirmAdvice& request);
// The unit says why it does not follow the advice, which then leaves its agenda. Refused: forbidden without
// visits.report; conflict unless open, or when it was refused before and kept open; invalid without a reason.
AdviceItem refuse_advice(const Call& call, const RefuseAdvice& request);
// The visitors accept the refusal, or keep the advice open, once. Refused: forbidden without visits.record,
// to people of the unit and to whoever refused it; conflict unless refused; invalid when it is kept open
// without a reply.
AdviceItem reply_to_refusal(const Call& call, const ReplyToRefusal& request);
// Refused: forbidden without visits.record or to people of the unit; conflict when confirmed, withdrawn or
// its refusal accepted; invalid without a reason.
AdviceItem withdraw(const Call& call, const WithdrawAdvice& request);
VisitRecord show(const Call& call, const VisitKey& request);
UnitVisits list_of_unit(const Call& call, const ListUnitVisits& request);
AdvicePage list_advice(const Call& call, const ListAdvice& request);

// For the capabilities above, without a permission check.
std::optional<Visit> find_visit(Db& db, VisitId visit_id);
// The last visit to the unit in which a group attended and scored this meeting of it.
std::optional<Visit> find_visit_of_meeting(Db& db, UnitId unit_id, MeetingId meeting_id);
std::vector<Visit> visits_of(Db& db, UnitId unit_id, Date from, Date until);
std::optional<AdviceItem> find_advice_item(Db& db, AdviceItemId advice_item_id);
std::vector<AdviceItem> open_advice_of(Db& db, UnitId unit_id, Date until);  // given by a visit until then
// Advice given in visits within [from, until], oldest first.
std::vector<AdviceItem> advice_of(Db& db, UnitId unit_id, Date from, Date until);
// A resolution item of the unit answers the advice, also when it was refused; the first answer stays.
// Refused: not_found when there is no such advice for the unit; conflict when it was withdrawn.
AdviceItem mark_answered(const Call& call, AdviceItemId advice_item_id, UnitId unit_id,
                         ResolutionItemId item_id, Date day, const std::string& field);

// For facts of a year, by unit id: visits, and advice of visits within [from, until].
struct UnitCounts {
    UnitId unit_id;
    std::int64_t visits = 0;
    std::int64_t advice_given = 0;     // withdrawn left out, and refused with the visitors' consent
    std::int64_t advice_answered = 0;  // confirmed included, and refused as long as nobody replied
    std::int64_t advice_confirmed = 0;
};
std::vector<UnitCounts> count_by_unit(Db& db, Date from, Date until, std::span<const UnitId> only = {});
// The score of the last visit of each unit that was scored on these days; of those in `only` unless it is
// empty.
std::unordered_map<UnitId, std::int64_t> last_scores(Db& db, Date from, Date until,
                                                     std::span<const UnitId> only = {});

// For the sample: many at once, already checked; the caller writes the audit entry.
void add_visits(const Call& call, std::span<const Visit> visits);
void add_advice_items(const Call& call, std::span<const AdviceItem> advice_items);

// GET and POST /api/units/{unit_id}/visits, GET /api/visits/{visit_id}, /api/advice_items (also as
// /api/advice_items/table.csv and .xlsx), and POST of confirmation, withdrawal, refusal and the reply to it
// below an advice item. `texts` must outlive the router.
void add_routes(Router& router, const Texts& texts);

}  // namespace gw::visits
