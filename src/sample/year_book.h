// The year of one cell, written down in the order in which it happened: meetings, resolutions, tasks, visits.
// Keeps the counts of the record right: who was expected, how the last resolution stood, what was carried
// over.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sample/batch.h"
#include "sample/province.h"

namespace gw::sample {

// The accounts that wrote the records down.
struct Recorders {
    AccountId secretary, commune_office, block_office, province_office, inspector, administrator;
    VisitOrderId order_of_april;
};

struct Absence {
    std::size_t member = 0;  // position among the cell's people
    meetings::Mark mark = meetings::Mark::excused;
    std::string reason;
};
struct Speech {
    std::size_t member = 0;
    std::string text;  // empty: spoke, and nothing was noted
};
struct AgendaLine {
    std::string text;
    meetings::SourceKind source_kind = meetings::SourceKind::own;
    std::int64_t source_id = 0;
};

struct HeldMeeting {
    Date day{};
    int start_minute = 19 * 60 + 30;
    int minutes = 95;
    std::string subject;
    std::string place;
    bool has_thematic_part = false;
    std::optional<int> documents_days_before;
    std::optional<int> published_after_days;
    std::vector<Absence> absences;  // everybody else expected came
    std::vector<Speech> speeches;   // by people who came
    std::vector<AgendaLine> agenda;
    std::vector<meetings::SelfMark> marks;
    std::string summary;
    // How the last resolution of the year before stood, which is not in the book: items, and those done.
    std::optional<std::pair<int, int>> earlier_results;
};

struct GivenTask {
    std::string title;
    std::optional<std::size_t> member;  // or the group
    UnitId group;
    Date due_on{};
    std::optional<Date> done_on;
    std::string result;
    bool is_exceeded = false;
    int progress = 0;  // percent, of an open task
};
struct Decision {
    std::string text;
    std::vector<ContributionId> contributions;
    std::vector<AdviceItemId> advice_items;
    std::vector<GivenTask> tasks;
    std::optional<Date> closed_on;  // by a word of the secretary; items with tasks close with them
    std::string close_reason;
};

class YearBook {
public:
    YearBook(Batch& batch, SampleIds& ids, const Cell& cell, std::span<const members::Member> people,
             AccountId recorded_by, AccountId checked_by);

    // Positions of the people expected at a meeting on a day.
    std::vector<std::size_t> expected_on(Date day) const;
    // Records a meeting; returns the ids of its contributions, in the order of `speeches`.
    std::vector<ContributionId> hold(const HeldMeeting& meeting);
    void cancel(Date day, int start_minute, const std::string& subject, const std::string& reason);
    void plan(Date day, int start_minute, const std::string& subject, const std::string& place,
              const std::vector<std::string>& agenda);
    // Adopts a resolution in the last meeting held.
    void adopt(const std::string& title, const std::vector<Decision>& items);
    // Items still open on a day, as lines for an agenda.
    std::vector<AgendaLine> open_items_on(Date day) const;
    void register_task(const GivenTask& task);

    visits::Visit& visit(Date day, visits::Kind kind, std::string group_name, AccountId recorded_by);
    AdviceItemId advise(const std::string& text, const std::string& expected_change, Date check_on);
    void refuse_advice(AdviceItemId advice_item_id, Date day, const std::string& reason);
    void confirm_advice(AdviceItemId advice_item_id, AccountId confirmed_by, Date day,
                        const std::string& effect);
    findings::Finding& find_fault(findings::Gravity gravity, const std::string& text,
                                  const std::string& remedy, Date due_on);
    // A visitor scores the last meeting line by line; points in thousandths, with a word where there is one.
    void score_as_visitor(const std::string& group_name, AccountId scored_by, const std::string& note,
                          std::vector<meetings::Figure> figures);
    // The unit departs from what the record gave the last meeting.
    void see_otherwise(const std::string& criterion, std::int64_t points_milli, const std::string& reason);
    void name_meeting_of_visit();  // the last meeting is the one the last visit attended

    const meetings::Meeting& last_meeting() const { return batch_.held.back(); }
    bool has_met() const { return has_met_; }

private:
    struct Standing {
        std::size_t index = 0;  // in batch_.resolution_items
        std::optional<Date> done_on;
    };
    tasks::Task task_of(const GivenTask& given, tasks::Origin origin, Date created_on);
    visits::AdviceItem& advice_item(AdviceItemId advice_item_id);

    Batch& batch_;
    SampleIds& ids_;
    const Cell& cell_;
    std::span<const members::Member> people_;
    AccountId recorded_by_, checked_by_;
    bool has_met_ = false;
    std::int64_t resolution_count_ = 0;
    std::vector<std::size_t> last_items_;  // in items_, of the last resolution
    std::vector<Standing> items_;          // all of the year
    std::vector<int> excused_running_;     // by person: meetings missed with a reason, running
    std::size_t first_advice_ = 0;         // of this cell, in batch_.advice_items
};

}  // namespace gw::sample
