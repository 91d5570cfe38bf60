// The year of the cell of Nà Lung village: general resolutions and few words until March, a visit in April,
// an answer to its advice in May, the work done by June, and better meetings from then on.
#pragma once
#include <algorithm>

#include "sample/years.h"

namespace gw::sample {

class NaLung {
public:
    explicit NaLung(const YearOf& of)
        : of_(of),
          book_(of.batch, of.ids, of.cell, of.people, of.recorders.secretary, of.recorders.commune_office) {}

    void live();

private:
    static constexpr const char* place = "Nhà văn hóa thôn Nà Lung";

    UnitId group(std::string_view kind) const {
        return std::find_if(of_.cell.groups.begin(), of_.cell.groups.end(),
                            [&](const Group& group) { return group.kind == kind; })
            ->id;
    }

    // Something decided without a task, and how it ended.
    static Decision decided(const char* text, std::vector<ContributionId> said, Date closed_on,
                            const char* how) {
        return {text, std::move(said), {}, {}, closed_on, how};
    }

    static GivenTask by(std::size_t member, const char* title, Date due_on, std::optional<Date> done_on,
                        const char* result, bool is_exceeded = false) {
        return {title, member, {}, due_on, done_on, result, is_exceeded, 0};
    }
    GivenTask by(std::string_view kind, const char* title, Date due_on, std::optional<Date> done_on,
                 const char* result, bool is_exceeded = false) const {
        return {title, std::nullopt, group(kind), due_on, done_on, result, is_exceeded, 0};
    }

    // A meeting as they were until April: late papers, short, a few speak.
    HeldMeeting weak_meeting(unsigned month) const {
        HeldMeeting held = meeting(month);
        held.minutes = 72;
        held.published_after_days = 6;
        held.absences = {{9, meetings::Mark::excused, "Đi rừng, có xin phép"},
                         {11, meetings::Mark::excused, "Đi làm ăn xa, có báo cáo"}};
        held.marks =
            marks_without(of_.self_facts, {"draft_ready", "time_for_thinking", "discussion_steered",
                                           "people_drawn_out", "praise_and_reminders", "criticism_serious",
                                           "tasks_assigned", "documents_in_handbook"});
        return held;
    }

    HeldMeeting meeting(unsigned month) const {
        HeldMeeting held;
        held.day = on(month, 4);
        held.subject =
            "Sinh hoạt thường kỳ tháng " + std::string(month < 10 ? "0" : "") + std::to_string(month);
        held.place = place;
        held.agenda = {{"Đánh giá kết quả thực hiện nghị quyết tháng trước"}};
        for (const AgendaLine& line : book_.open_items_on(held.day)) held.agenda.push_back(line);
        return held;
    }

    // A meeting as they are since May.
    HeldMeeting good_meeting(unsigned month) const {
        HeldMeeting held = meeting(month);
        held.minutes = 105;
        held.documents_days_before = 2;
        held.published_after_days = 1;
        held.absences = {{11, meetings::Mark::excused, "Đi làm ăn xa, có báo cáo"}};
        held.marks = marks_without(of_.self_facts, {"praise_and_reminders"});
        held.has_thematic_part = month % 3 == 2;
        return held;
    }
    void first_quarter();
    void april();
    void may();
    void summer();
    void autumn();
    void december();

    // The pattern of every month since: who said it, what was decided, who does it.
    struct Matter {
        std::size_t speaker;
        const char* said;
        const char* decided;
        const char* task;
        std::optional<std::size_t> member;  // or the group
        const char* group;
        unsigned due_day;   // of the same month
        unsigned done_day;  // 0: on the due day
        const char* result;
        bool is_exceeded;
    };
    void plain_month(unsigned month, const char* title, const char* theme,
                     std::initializer_list<Matter> matters,
                     std::initializer_list<Absence> more_absences = {});

    using Decisions = std::vector<Decision>;
    static constexpr std::size_t secretary = 0, deputy = 1;  // positions among the people

    const YearOf& of_;
    YearBook book_;
    std::vector<AdviceItemId> advice_;
};

}  // namespace gw::sample
