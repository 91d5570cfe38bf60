// Resolutions: what a meeting decided, item by item, until each is done.
//
// Words: a *resolution* has *items*; an item may *cite* contributions of the meeting, directives, advice of a
// working group and items of earlier meetings that it goes on with, and gives *tasks*; an item is *open*
// until its tasks are closed with one of them done, or a later decision closes it, and returns on every
// agenda of the unit until then (*carried over*); it is *dropped* by a decision only, and an open task makes
// its item open; the *ledger* of a resolution says how every item of the earlier ones stood at the start of
// the meeting and what came of it; the *trail* leads from a task back to the sentence it comes from, the
// *outcome* from a sentence forward to what became of it; the *story* is what happened in a unit, by day.
//
// Permissions, over the unit: resolutions.read, resolutions.adopt (also close an item, correct a resolution);
// adopting with tasks asks for tasks.assign too. What became of one's own words may be read by everyone. The
// trail of a task may be read by everyone who may read the task.
#pragma once
#include <functional>
#include <span>

#include "directives/directives.h"
#include "meetings/meetings.h"
#include "numbering/numbering.h"
#include "platform/call.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw {
using ResolutionId = Id<struct ResolutionThing>;
}

namespace gw::resolutions {

// The sentence cited, as the kind says.
using CitedId = Id<struct CitedThing>;
using LinkId = Id<struct LinkThing>;

BOOST_DEFINE_ENUM_CLASS(CitationKind, contribution, advice, directive, resolution_item)
BOOST_DEFINE_ENUM_CLASS(ItemState, open, done, dropped)
// What the last ledger that names an item says of it.
BOOST_DEFINE_ENUM_CLASS(LedgerOutcome, none, carried_over, done, dropped)
BOOST_DEFINE_ENUM_CLASS(StartState, open, late, done, dropped)

struct Resolution {
    ResolutionId id;
    MeetingId meeting_id;
    UnitId unit_id;
    Date term_begins_on{};
    std::int64_t number = 0;  // continuous from 1 within unit and term
    std::string number_text;  // "05-NQ/CB", as printed
    std::string title;
    Date adopted_on{};
    std::int64_t votes_for = 0;
    std::int64_t votes_called = 0;  // all full members expected, absent ones included
    bool needs_two_thirds = false;
    AccountId adopted_by;  // who wrote it down
    Moment created_at{};
    std::int64_t version = 1;  // counted up by each correction
};
BOOST_DESCRIBE_STRUCT(Resolution, (),
                      (id, meeting_id, unit_id, term_begins_on, number, number_text, title, adopted_on,
                       votes_for, votes_called, needs_two_thirds, adopted_by, created_at, version))

// An item as it is kept. While `closed_as` is open, its tasks say whether it is done: see ResolutionItem.
struct KeptResolutionItem {
    ResolutionItemId id;
    ResolutionId resolution_id;
    UnitId unit_id;
    std::int64_t number = 1;  // within the resolution
    std::string text;
    std::int64_t task_count = 0;
    std::int64_t carried_over = 0;          // how many later resolutions found it open
    ItemState closed_as = ItemState::open;  // by a decision
    std::optional<Date> closed_on;
    std::string close_reason;
    std::optional<ResolutionId> closed_by_resolution_id;
    std::optional<std::int64_t> votes_for;  // its own count; without one it was voted with the whole
    std::int64_t votes_called = 0;          // all full members expected, absent ones included
    bool needs_two_thirds = false;
    LedgerOutcome ledger_outcome = LedgerOutcome::none;
};
BOOST_DESCRIBE_STRUCT(KeptResolutionItem, (),
                      (id, resolution_id, unit_id, number, text, task_count, carried_over, closed_as,
                       closed_on, close_reason, closed_by_resolution_id, votes_for, votes_called,
                       needs_two_thirds, ledger_outcome))

struct Citation {
    ResolutionItemId resolution_item_id;
    CitationKind kind = CitationKind::contribution;
    CitedId cited_id;
};
BOOST_DESCRIBE_STRUCT(Citation, (), (resolution_item_id, kind, cited_id))

// An item as it stands: open while a task of it is open; done when all its tasks are done or dropped and one
// is done. One whose tasks were all dropped stays open until a decision closes it.
struct ResolutionItem {
    ResolutionItemId id;
    ResolutionId resolution_id;
    UnitId unit_id;
    std::int64_t number = 1;
    std::string text;
    ItemState state = ItemState::open;
    std::int64_t carried_over = 0;
    std::optional<Date> closed_on;
    std::string close_reason;
    std::int64_t tasks_total = 0;
    std::int64_t tasks_closed = 0;
    std::optional<std::int64_t> votes_for;  // its own count, out of votes_called
    std::int64_t votes_called = 0;
    bool needs_two_thirds = false;
};
BOOST_DESCRIBE_STRUCT(ResolutionItem, (),
                      (id, resolution_id, unit_id, number, text, state, carried_over, closed_on, close_reason,
                       tasks_total, tasks_closed, votes_for, votes_called, needs_two_thirds))

// A sentence that was cited, with who said it and when.
struct CitedSentence {
    CitationKind kind = CitationKind::contribution;
    CitedId id;
    std::string text;
    std::string who;  // the speaker, the working group, or the unit that sent it
    Date day{};
    std::optional<MeetingId> meeting_id;
    std::optional<VisitId> visit_id;
};
BOOST_DESCRIBE_STRUCT(CitedSentence, (), (kind, id, text, who, day, meeting_id, visit_id))

struct ResolutionItemLine {
    ResolutionItem item;
    std::string number_text;  // of its resolution
    Date adopted_on{};
    MeetingId meeting_id;
    std::vector<CitedSentence> citations;
    std::vector<tasks::TaskLine> tasks;
};
BOOST_DESCRIBE_STRUCT(ResolutionItemLine, (), (item, number_text, adopted_on, meeting_id, citations, tasks))

struct ResolutionRecord {
    Resolution resolution;
    std::string unit_name;
    std::vector<ResolutionItemLine> items;
};
BOOST_DESCRIBE_STRUCT(ResolutionRecord, (), (resolution, unit_name, items))

// One line of a ledger: a task of an earlier item, or the item itself when no task says how it stands.
// Frozen with the resolution.
struct LedgerLine {
    ResolutionId resolution_id;  // whose ledger
    std::int64_t number = 1;
    ResolutionItemId resolution_item_id;
    std::string item_number_text;  // of the resolution the item stands in
    std::string item_text;
    std::int64_t carried_over = 0;  // how many resolutions before this one found it open
    std::optional<TaskId> task_id;
    std::string task_title;
    std::string owner_name;
    std::optional<Date> due_on;
    StartState start_state = StartState::open;  // when the meeting began
    std::int64_t start_progress = 0;            // percent
    std::string result;                         // what was reported by then
    LedgerOutcome outcome = LedgerOutcome::carried_over;
    std::string reason;  // of the decision that closed it
};
BOOST_DESCRIBE_STRUCT(LedgerLine, (),
                      (resolution_id, number, resolution_item_id, item_number_text, item_text, carried_over,
                       task_id, task_title, owner_name, due_on, start_state, start_progress, result, outcome,
                       reason))

struct Ledger {
    ResolutionId resolution_id;
    std::vector<LedgerLine> lines;  // items in the order of adoption, their tasks by due day
};
BOOST_DESCRIBE_STRUCT(Ledger, (), (resolution_id, lines))

struct ResolutionKey {
    ResolutionId resolution_id;
};
BOOST_DESCRIBE_STRUCT(ResolutionKey, (), (resolution_id))

struct ListResolutions {
    UnitId unit_id;
    std::optional<std::int64_t> year;
    std::optional<MeetingId> meeting_id;
};
BOOST_DESCRIBE_STRUCT(ListResolutions, (), (unit_id, year, meeting_id))

struct UnitResolutions {
    std::vector<ResolutionRecord> resolutions;  // the newest first
};
BOOST_DESCRIBE_STRUCT(UnitResolutions, (), (resolutions))

struct OpenItemsKey {
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(OpenItemsKey, (), (unit_id))

struct OpenResolutionItems {
    std::vector<ResolutionItemLine> items;  // the oldest first
    std::vector<ResolutionItemLine> done;   // whose result no ledger told yet
};
BOOST_DESCRIBE_STRUCT(OpenResolutionItems, (), (items, done))

struct CitationToAdd {
    CitationKind kind = CitationKind::contribution;
    CitedId cited_id;
};
BOOST_DESCRIBE_STRUCT(CitationToAdd, (), (kind, cited_id))

struct TaskToGive {
    std::optional<TaskId> id;
    std::string title;
    tasks::OwnerKind owner_kind = tasks::OwnerKind::member;
    std::optional<MemberId> owner_member_id;
    std::optional<UnitId> owner_unit_id;
    Date due_on{};
    std::optional<std::string> answerable_name = {};
};
BOOST_DESCRIBE_STRUCT(TaskToGive, (),
                      (id, title, owner_kind, owner_member_id, owner_unit_id, due_on, answerable_name))

struct ResolutionItemToAdopt {
    std::optional<ResolutionItemId> id;
    std::string text;
    std::vector<CitationToAdd> citations;
    std::vector<TaskToGive> tasks;
    std::optional<std::int64_t> votes_for = {};  // when the item was voted on by itself
    std::optional<bool> needs_two_thirds = {};
};
BOOST_DESCRIBE_STRUCT(ResolutionItemToAdopt, (), (id, text, citations, tasks, votes_for, needs_two_thirds))

// What a resolution decides about an open item of an earlier one.
struct ResolutionItemToClose {
    ResolutionItemId resolution_item_id;
    ItemState state = ItemState::done;  // done or dropped
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ResolutionItemToClose, (), (resolution_item_id, state, reason))

struct AdoptResolution {
    std::optional<ResolutionId> id;
    MeetingId meeting_id;
    std::string title;
    std::optional<Date> adopted_on;  // the day of the meeting when absent
    std::int64_t votes_for = 0;
    std::optional<bool> needs_two_thirds;
    std::vector<ResolutionItemToAdopt> items;
    std::vector<ResolutionItemToClose> closings;
};
BOOST_DESCRIBE_STRUCT(AdoptResolution, (),
                      (id, meeting_id, title, adopted_on, votes_for, needs_two_thirds, items, closings))

// The resolution as it should read: every item of it in its order, those to add after them.
struct CorrectResolution {
    ResolutionId resolution_id;
    std::int64_t version = 0;
    std::string reason;
    std::string title;
    std::int64_t votes_for = 0;
    std::optional<bool> needs_two_thirds;
    std::vector<ResolutionItemToAdopt> items;  // of those there are: id, text and votes
};
BOOST_DESCRIBE_STRUCT(CorrectResolution, (),
                      (resolution_id, version, reason, title, votes_for, needs_two_thirds, items))

// A resolution as it read before a correction.
struct ResolutionVersion {
    std::int64_t version = 0;  // while it read so
    std::string title;
    std::int64_t votes_for = 0;
    std::int64_t votes_called = 0;
    bool needs_two_thirds = false;
    std::vector<std::string> items;  // their wording, in their order
    std::string reason;              // why it was corrected
    std::string replaced_by_name;
    Moment replaced_at{};
};
BOOST_DESCRIBE_STRUCT(ResolutionVersion, (),
                      (version, title, votes_for, votes_called, needs_two_thirds, items, reason,
                       replaced_by_name, replaced_at))
struct ResolutionVersions {
    std::vector<ResolutionVersion> versions;  // the newest first
};
BOOST_DESCRIBE_STRUCT(ResolutionVersions, (), (versions))

struct TaskForResolutionItem {
    ResolutionItemId resolution_item_id;
    TaskToGive task;
};
BOOST_DESCRIBE_STRUCT(TaskForResolutionItem, (), (resolution_item_id, task))

// A task, the item it comes from, and the sentences the item cites: two steps. A task of another origin has
// only the first, or the advice or directive it was given for.
struct Trail {
    tasks::TaskLine task;
    std::optional<ResolutionItem> item;
    std::optional<Resolution> resolution;
    std::vector<CitedSentence> sentences;
};
BOOST_DESCRIBE_STRUCT(Trail, (), (task, item, resolution, sentences))

struct ContributionKey {
    ContributionId contribution_id;
};
BOOST_DESCRIBE_STRUCT(ContributionKey, (), (contribution_id))
struct AdviceItemKey {
    AdviceItemId advice_item_id;
};
BOOST_DESCRIBE_STRUCT(AdviceItemKey, (), (advice_item_id))

struct Outcome {
    CitedSentence sentence;
    std::vector<ResolutionItemLine> items;  // that cite it, the oldest first
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (sentence, items))

struct OwnWordsKey {
    std::optional<ContributionId> after;  // the last one of the page before
    std::optional<std::int64_t> limit;    // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(OwnWordsKey, (), (after, limit))

struct OwnWords {
    std::vector<Outcome> words;  // the newest first
    std::optional<ContributionId> next;
};
BOOST_DESCRIBE_STRUCT(OwnWords, (), (words, next))

BOOST_DEFINE_ENUM_CLASS(StoryKind, visit, advice, finding, meeting, resolution, resolution_item, task,
                        advice_confirmed, finding_closed, unit_class)

struct StoryLink {
    StoryKind kind = StoryKind::meeting;
    LinkId id;
};
BOOST_DESCRIBE_STRUCT(StoryLink, (), (kind, id))

// One thing that happened, or is to happen. A task appears on the day it was done, an open task on the day it
// is due; a resolution item on the day it was closed, an open item on the day it was adopted.
struct StoryEntry {
    Date day{};
    StoryKind kind = StoryKind::meeting;
    LinkId id;
    std::string title;
    std::string detail;
    std::string who;  // group, speaker, owner
    std::optional<std::int64_t> score_milli;
    std::optional<std::int64_t> maximum_milli;
    std::string state;               // text form of the thing's own state or class
    std::vector<StoryLink> because;  // earlier things it follows from
};
BOOST_DESCRIBE_STRUCT(StoryEntry, (),
                      (day, kind, id, title, detail, who, score_milli, maximum_milli, state, because))

struct StoryKey {
    UnitId unit_id;
    std::optional<std::int64_t> year;  // of today when absent
};
BOOST_DESCRIBE_STRUCT(StoryKey, (), (unit_id, year))

struct Story {
    UnitId unit_id;
    std::int64_t year = 0;
    std::vector<StoryEntry> entries;  // by day; on one day causes come first
};
BOOST_DESCRIBE_STRUCT(Story, (), (unit_id, year, entries))

// More entries from capabilities above (the year's class), handed over in app.cpp.
using StorySource = std::function<std::vector<StoryEntry>(const Call&, UnitId, std::int64_t year)>;

// Writes a resolution down: its items with their citations and tasks; cited advice is answered, cited
// directives are made concrete; items of earlier meetings still open are carried over, or closed as it says,
// their open tasks with them; its ledger is frozen. The same resolution sent again is the one already there.
// Refused: forbidden without resolutions.adopt, or without tasks.assign when it gives tasks; invalid when the
// meeting was not held, the title or an item is empty or too long, there is no item, the votes are below the
// majority (more than half of all full members expected; two thirds when needed) or above the full members
// present (those of an item likewise; one that needs two thirds and has no count of its own is held to the
// count of the whole), the day lies before the meeting or in the future, a cited contribution is not of the
// meeting, cited advice or a cited item is not of the unit, the item is of the same meeting, an item to close
// is not open in the unit, a closing has no reason; as tasks::assign for tasks; conflict when the id belongs
// to another.
ResolutionRecord adopt(const Call& call, const AdoptResolution& request,
                       const numbering::Letters& letters = {});
// Corrects the wording, the votes, and adds items that were forgotten; no item leaves but by a decision. What
// it read before is kept. Refused: forbidden as adopt; conflict on an old version; invalid without a reason,
// when an item is missing (resolutions.item_missing), when an item there is given tasks or citations
// (resolutions.only_wording), and as adopt.
ResolutionRecord correct(const Call& call, const CorrectResolution& request);
// Closes an open item outside a meeting, with a reason, and its open tasks with it. Refused: conflict when it
// is closed already; invalid otherwise.
ResolutionItemLine close_item(const Call& call, const ResolutionItemToClose& request);
// Gives one more task for an item. Refused: conflict when the item was closed by a decision.
tasks::Task give_task(const Call& call, const TaskForResolutionItem& request);

UnitResolutions list(const Call& call, const ListResolutions& request);
ResolutionRecord show(const Call& call, const ResolutionKey& request);
// What it read before each correction, to those who may read it; not_found otherwise.
ResolutionVersions list_versions(const Call& call, const ResolutionKey& request);
Ledger ledger(const Call& call, const ResolutionKey& request);
OpenResolutionItems open_items(const Call& call, const OpenItemsKey& request);
Trail trail(const Call& call, const tasks::TaskKey& request);
Outcome contribution_outcome(const Call& call, const ContributionKey& request);
Outcome advice_outcome(const Call& call, const AdviceItemKey& request);
// What the reader said in meetings, and what became of it. Empty for who is no member.
OwnWords own_words(const Call& call, const OwnWordsKey& request);
Story story(const Call& call, const StoryKey& request, const std::vector<StorySource>& sources);

// For the capabilities beside and above, without a permission check.
std::vector<ResolutionItem> open_items_of(Db& db, UnitId unit_id);  // the oldest first
// What `meetings` asks for: open items for the agenda, and how the last resolution before a day stood on it.
std::vector<meetings::AgendaProposal> agenda_of_open_items(const Call& call, UnitId unit_id, Date day);
std::vector<meetings::AgendaProposal> agenda_of_advice(const Call& call, UnitId unit_id, Date day);
std::optional<meetings::Results> results_of_last(const Call& call, UnitId unit_id, Date day);
// The ledger frozen with a resolution; without one how the items of earlier meetings stood on the day of the
// meeting.
std::vector<LedgerLine> ledger_of_meeting(const Call& call, const meetings::Meeting& meeting,
                                          const std::optional<ResolutionId>& resolution_id);
std::vector<ResolutionRecord> records_of_meeting(const Call& call, MeetingId meeting_id);
std::optional<meetings::VisitorScore> visitor_score(const Call& call, MeetingId meeting_id);
// What `directives` asks for: items that cite a directive, by unit, those dropped left out.
std::vector<directives::UnitWork> items_citing(const Call& call, DirectiveId directive_id);
bool is_cited(const Call& call, ContributionId contribution_id);  // by an item of a resolution

// For facts of a year, by unit id: resolutions adopted within [from, until] and their items. An item is *due*
// when it is done, when all its tasks are due by `until`, or when it gave no task and a later resolution
// found it open; dropped items are not due. It is done on time when no task of it was done late and no later
// resolution found it without a task and open.
struct UnitCounts {
    UnitId unit_id;
    std::int64_t resolutions = 0;
    std::int64_t items = 0;
    std::int64_t items_due = 0;
    std::int64_t items_done = 0;          // of those due
    std::int64_t items_done_on_time = 0;  // of those done
};
std::vector<UnitCounts> count_by_unit(Db& db, Date from, Date until, std::span<const UnitId> only = {});

// Whose resolution an item stands in.
std::optional<UnitId> unit_of_item(Db& db, ResolutionItemId item_id);

// For the sample: many at once, already checked; the caller writes the audit entry. The numbers go on after
// theirs.
void add_resolutions(const Call& call, std::span<const Resolution> resolutions);
void add_items(const Call& call, std::span<const KeptResolutionItem> items);
void add_citations(const Call& call, std::span<const Citation> citations);
void add_ledger_lines(const Call& call, std::span<const LedgerLine> lines);

// The ledger of a resolution, for its paper.
std::vector<LedgerLine> ledger_of(Db& db, ResolutionId resolution_id);

// GET and POST /api/resolutions, GET and PUT /api/resolutions/{resolution_id}, GET of its ledger and
// versions, GET /api/units/{unit_id}/open_items, /api/contributions/mine, POST closing and tasks below
// /api/resolution_items/{resolution_item_id}, GET /api/tasks/{task_id}/origin,
// /api/contributions/{contribution_id}/outcome, /api/advice_items/{advice_item_id}/outcome,
// /api/units/{unit_id}/story.
void add_routes(Router& router, std::vector<StorySource> story_sources = {},
                const numbering::Letters& letters = {});

}  // namespace gw::resolutions
