#include <algorithm>

#include "sample/sentences.h"
#include "sample/years.h"

namespace gw::sample {

namespace {

constexpr int weak_below = 45;
constexpr int slow_below = 60;

// What some cells near the stories do, so that the level above finds something worth a look.
enum class Habit {
    none,
    copies_minutes,
    ends_on_last_day,
    everybody_there,
    gives_no_tasks,
    late_in_december
};
constexpr std::pair<std::string_view, Habit> habits[] = {
    {"02263-02", Habit::copies_minutes},   {"02263-06", Habit::ends_on_last_day},
    {"02263-07", Habit::late_in_december}, {"02263-08", Habit::gives_no_tasks},
    {"02512-05", Habit::everybody_there},  {"02512-07", Habit::late_in_december}};

Habit habit_of(std::string_view code) {
    const auto found = std::find_if(std::begin(habits), std::end(habits),
                                    [&](const auto& entry) { return entry.first == code; });
    return found == std::end(habits) ? Habit::none : found->second;
}

constexpr const char* copied_summary =
    "Chi bộ đánh giá bà con đã gặt xong lúa mùa, phơi khô cất kho, riêng ba hộ ven suối còn chậm vì nước to. "
    "Thống nhất vận động các hộ góp ngày công phát quang hai bên đường lên nương, khơi lại mương phai đầu "
    "thôn, che chắn chuồng trâu trước mùa rét, dự trữ rơm đủ đến sau Tết. Giao đồng chí trưởng thôn cùng chi "
    "hội phụ nữ đến từng nhà nhắc việc, ghi tên những hộ chưa làm để buổi họp sau báo cáo lại.";

Date moved(Date day, int days) { return date_of(day_number(day) + days); }

// Throws what happens to one cell, month after month.
class PlainYear {
public:
    PlainYear(const YearOf& of, AccountId recorded_by, AccountId checked_by)
        : of_(of),
          dice_(seed, "year " + of.cell.code),
          book_(of.batch, of.ids, of.cell, of.people, recorded_by, checked_by) {}

    void live() {
        const Cell& cell = of_.cell;
        habit_ = habit_of(cell.code);
        become(cell.is_consolidated() ? weak_quality : cell.quality);
        meeting_day_ = dice_.between(3, 5);
        const int office_starts[] = {14 * 60, 15 * 60 + 30, 16 * 60};
        start_minute_ = cell.place == Place::village ? 19 * 60 + 30 : dice_.one_of(office_starts);
        thematic_shift_ = dice_.below(3);
        if (of_.cell.is_consolidated()) visit_month_ = 3, misses_meetings_ = dice_.happens(60);
        else if (dice_.happens(is_weak_ ? 60 : 9)) visit_month_ = dice_.between(2, 9);
        topic_ = dice_.below(1000);
        for (unsigned month = 1; month <= 12; ++month) {
            if (of_.cell.is_consolidated() && month == 6) become(cell.quality);
            if (cell.consolidation == Consolidation::falls_back && month == 10) become(weak_quality);
            live_month(month);
        }
        if (of_.cell.is_consolidated()) check_consolidation();
        register_year(book_, of_, dice_, is_weak_ ? 970 : 995, 22 + quality_ / 5,
                      is_weak_         ? 3
                      : quality_ >= 82 ? 4
                                       : 3);
        book_.plan(next_meeting_on(12), start_minute_, subject_of(1), place(),
                   {"Đánh giá kết quả thực hiện nghị quyết tháng 12", "Nhiệm vụ tháng 01 năm 2025"});
    }

private:
    struct Advised {
        AdviceItemId id;
        const AdviceTopic* topic;
    };

    void become(int quality) {
        quality_ = quality;
        is_weak_ = quality < weak_below;
        is_slow_ = quality < slow_below;
    }

    std::string place() const {
        return of_.cell.place == Place::village ? "Nhà văn hóa" : "Phòng họp cơ quan";
    }
    static std::string subject_of(unsigned month) {
        return "Sinh hoạt thường kỳ tháng " + std::string(month < 10 ? "0" : "") + std::to_string(month);
    }
    Date next_meeting_on(unsigned month) const {
        if (month < 12) return on(month + 1, static_cast<unsigned>(meeting_day_));
        return {std::chrono::year{2025}, std::chrono::month{1},
                std::chrono::day{static_cast<unsigned>(meeting_day_)}};
    }

    void live_month(unsigned month) {
        const Date day = on(month, static_cast<unsigned>(meeting_day_));
        if (habit_ == Habit::late_in_december && month == 12) {
            // Nothing was sent yet.
        } else if (misses_meetings_ && month < 5 && month != 3) {
            book_.cancel(day, start_minute_, subject_of(month), dice_.one_of(cancel_reasons()));
        } else if (dice_.happens_per_mille(is_weak_ ? 210 : quality_ < 60 ? 14 : 2)) {
            book_.cancel(day, start_minute_, subject_of(month), dice_.one_of(cancel_reasons()));
        } else {
            hold(month, day);
        }
        if (static_cast<int>(month) == visit_month_) visit(month, day);
    }

    void hold(unsigned month, Date day) {
        HeldMeeting held;
        held.day = day;
        held.start_minute = start_minute_;
        held.minutes = is_weak_ ? dice_.between(58, 96) : dice_.between(84 + quality_ / 10, 118);
        if (of_.people.size() >= 30) held.minutes += 26;
        held.subject = subject_of(month);
        held.place = place();
        held.has_thematic_part =
            (month + static_cast<unsigned>(thematic_shift_)) % 3 == 0 && (!is_weak_ || dice_.happens(60));
        if (!dice_.happens(is_weak_ ? 50 : 6)) held.documents_days_before = dice_.between(1, 3);
        if (!dice_.happens(is_weak_ ? 45 : 7)) held.published_after_days = dice_.between(0, 2);
        else held.published_after_days = dice_.between(3, 8);
        const std::vector<std::size_t> present = call_roll(held);
        mark(held);
        const std::vector<const Topic*> chosen = choose_topics();
        speak(held, present, chosen);
        held.agenda = {{"Đánh giá kết quả thực hiện nghị quyết tháng trước"},
                       {"Thảo luận, quyết nghị nhiệm vụ trong tháng"}};
        if (held.has_thematic_part)
            held.agenda.push_back(
                {std::string("Chuyên đề: ") + dice_.one_of(thematic_subjects(of_.cell.place))});
        for (const AgendaLine& line : book_.open_items_on(day)) held.agenda.push_back(line);
        for (const Advised& advised : to_answer_)
            held.agenda.push_back({advised.topic->advice, meetings::SourceKind::advice, advised.id.number});
        if (month == 1) held.earlier_results = {3, is_weak_ ? 1 : 3};
        held.summary = "Chi bộ thảo luận, thống nhất " + std::to_string(chosen.size() + to_answer_.size()) +
                       " việc của tháng.";
        if (habit_ == Habit::copies_minutes && (month == 10 || month == 11))
            held.summary += std::string(" ") + copied_summary;
        decide(month, book_.hold(held), chosen);
    }

    // Fills the absences; returns who is there.
    std::vector<std::size_t> call_roll(HeldMeeting& held) {
        const int percent = std::min(98, (is_weak_ ? 78 : 85) + quality_ * 12 / 100);
        std::vector<std::size_t> present;
        for (const std::size_t member : book_.expected_on(held.day)) {
            if (present.empty() || dice_.happens(percent) || habit_ == Habit::everybody_there) {
                present.push_back(member);
            } else if (dice_.happens(is_weak_ ? 35 : 4)) {
                held.absences.push_back({member, meetings::Mark::absent, ""});
            } else {
                held.absences.push_back(
                    {member, meetings::Mark::excused, dice_.one_of(absence_reasons(of_.cell.place))});
            }
        }
        return present;
    }

    void mark(HeldMeeting& held) {
        const int yes = std::min(99, 34 + quality_ * 66 / 100);
        for (const meetings::ScoreFact& fact : of_.self_facts)
            held.marks.push_back(
                {fact.key, dice_.happens(yes) ? fact.highest : std::max(fact.lowest, fact.highest - 1)});
    }

    std::vector<const Topic*> choose_topics() {
        const std::span<const Topic> all = topics(of_.cell.place);
        std::vector<const Topic*> chosen;
        for (int i = dice_.between(2, 3); i > 0; --i)
            chosen.push_back(&all[static_cast<std::size_t>(topic_++) % all.size()]);
        return chosen;
    }

    // One word on each topic, and others who speak without a note of it.
    void speak(HeldMeeting& held, std::vector<std::size_t> present, const std::vector<const Topic*>& chosen) {
        const std::size_t share = static_cast<std::size_t>(dice_.between(16, 36) + quality_ * 35 / 100);
        std::size_t count = std::max<std::size_t>(1, present.size() * share / 100);
        count = std::min(std::max(count, std::min(chosen.size(), present.size())), present.size());
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t other =
                i + static_cast<std::size_t>(dice_.below(static_cast<int>(present.size() - i)));
            std::swap(present[i], present[other]);
            held.speeches.push_back({present[i], i < chosen.size() ? chosen[i]->said : ""});
        }
    }

    GivenTask give(unsigned month, const char* title, const char* result, const char* exceeded_result) {
        GivenTask task;
        task.title = title;
        const std::vector<std::size_t> expected = book_.expected_on(book_.last_meeting().meets_on);
        task.member = expected[static_cast<std::size_t>(owner_++) % expected.size()];
        task.due_on = moved(next_meeting_on(month), -dice_.between(1, 8));
        const Outcome outcome = throw_outcome(month, true);
        if (outcome == Outcome::in_time)
            task.done_on =
                std::max(moved(task.due_on, -dice_.between(0, 9)), moved(book_.last_meeting().meets_on, 3));
        if (outcome == Outcome::late) task.done_on = moved(task.due_on, dice_.between(4, 33));
        if (outcome != Outcome::never && habit_ == Habit::ends_on_last_day) task.done_on = task.due_on;
        if (task.done_on && *task.done_on > last_day) task.done_on.reset();
        task.is_exceeded = task.done_on && dice_.happens(18 + quality_ / 5);
        if (task.done_on) task.result = task.is_exceeded ? exceeded_result : result;
        else task.progress = 10 * dice_.between(1, 7);
        return task;
    }

    enum class Outcome { in_time, late, never };
    // A task has somebody behind it; an item without a task is the first to be forgotten.
    Outcome throw_outcome(unsigned month, bool is_task) {
        if (month == 12) return dice_.happens(30) ? Outcome::in_time : Outcome::never;
        const int in_time = is_task && is_weak_    ? 700
                            : is_task || !is_slow_ ? 870 + quality_
                            : is_weak_             ? 400
                                                   : 470;
        if (dice_.happens_per_mille(in_time)) return Outcome::in_time;
        const int late = is_task ? (is_weak_ ? 75 : 96) : is_weak_ ? 20 : is_slow_ ? 12 : 88;
        return dice_.happens(late) ? Outcome::late : Outcome::never;
    }

    void decide(unsigned month, const std::vector<ContributionId>& spoken,
                const std::vector<const Topic*>& chosen) {
        std::vector<Decision> items;
        for (const Advised& advised : to_answer_) {
            Decision item;
            item.text = advised.topic->decided;
            item.advice_items = {advised.id};
            item.tasks.push_back(
                give(month, advised.topic->task, advised.topic->result, advised.topic->result));
            items.push_back(std::move(item));
        }
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            Decision item;
            item.text = chosen[i]->decided;
            if (i < spoken.size()) item.contributions = {spoken[i]};
            const bool gives_task = habit_ != Habit::gives_no_tasks || month % 3 == 0;
            if (gives_task && (i == 0 || (i == 1 && dice_.happens(30)))) {
                item.tasks.push_back(
                    give(month, chosen[i]->task, chosen[i]->result, chosen[i]->exceeded_result));
            } else if (const Outcome outcome = throw_outcome(month, false); outcome != Outcome::never) {
                const Date closed_on =
                    moved(next_meeting_on(month),
                          outcome == Outcome::late ? dice_.between(5, 30) : -dice_.between(1, 7));
                if (closed_on <= last_day) {
                    item.closed_on = closed_on;
                    item.close_reason = "Đã thực hiện xong, bí thư báo cáo.";
                }
            }
            items.push_back(std::move(item));
        }
        for (const Advised& advised : to_answer_)
            if (dice_.happens(72)) confirmations_.push_back(advised);
        book_.adopt("Nghị quyết sinh hoạt chi bộ tháng " + std::to_string(month), items);
        for (const Advised& advised : confirmations_) {
            const Date day = moved(book_.last_meeting().meets_on, dice_.between(40, 70));
            if (day <= last_day) book_.confirm_advice(advised.id, visitor(), day, advised.topic->effect);
        }
        confirmations_.clear();
        to_answer_.clear();
    }

    AccountId visitor() const {
        return is_of_block(of_.cell) ? of_.recorders.block_office : of_.recorders.province_office;
    }
    std::string group_name() {
        if (is_of_block(of_.cell)) return "Tổ công tác của Đảng ủy Khối";
        return dice_.happens(40) ? "Tổ công tác của Ban Tổ chức Tỉnh ủy"
                                 : "Tổ công tác của Ban Tổ chức cấp ủy cấp huyện";
    }

    void visit(unsigned month, Date meeting_day) {
        const bool attends =
            book_.has_met() && book_.last_meeting().meets_on == meeting_day && dice_.happens(60);
        const Date day = attends ? meeting_day : on(month, static_cast<unsigned>(dice_.between(9, 26)));
        visits::Visit& visit = book_.visit(
            day, attends ? visits::Kind::meeting_attended : visits::Kind::survey, group_name(), visitor());
        visit.score = std::clamp(quality_ + dice_.between(-5, 9), 20, 97);
        visit.strengths =
            is_weak_ ? "Đảng viên có nguyện vọng sinh hoạt đều trở lại." : dice_.one_of(strengths());
        visit.limits = dice_.one_of(limits());
        if (attends) book_.name_meeting_of_visit();
        int topic = dice_.below(static_cast<int>(advice_topics().size()));
        for (int i = dice_.between(1, is_weak_ ? 3 : 2); i > 0; --i) {
            const AdviceTopic& chosen =
                advice_topics()[static_cast<std::size_t>(topic++) % advice_topics().size()];
            const AdviceItemId id = book_.advise(chosen.advice, chosen.expected_change, moved(day, 90));
            if (!dice_.happens(is_weak_ ? 35 : 6)) to_answer_.push_back({id, &chosen});
            else if (!is_weak_ && month >= 8)
                book_.refuse_advice(
                    id, moved(day, 12),
                    "Chi bộ đã có quy chế riêng về việc này từ đầu năm, đang làm đều; đề nghị "
                    "đoàn xem lại tại buổi sinh hoạt tới.");
        }
        if (dice_.happens(is_weak_ ? 90 : 40)) find_faults(day, is_weak_ ? dice_.between(1, 3) : 1);
    }

    void find_faults(Date day, int count) {
        const int mild = 5;  // the last two are serious
        int topic = dice_.below(is_weak_ ? static_cast<int>(fault_topics().size()) : mild);
        for (; count > 0; --count) {
            const FaultTopic& fault =
                fault_topics()[static_cast<std::size_t>(topic++) % fault_topics().size()];
            findings::Finding& finding =
                book_.find_fault(fault.gravity, fault.fault, fault.remedy, moved(day, 45));
            // Where nobody sees to it, a remedy waits until help comes.
            const int waits = of_.cell.is_consolidated() ? 60 : 0;
            const Date remedied_on = moved(day, waits + dice_.between(15, 44)),
                       closed_on = moved(remedied_on, dice_.between(7, 22));
            const bool recovers = of_.cell.consolidation == Consolidation::recovers;
            if (remedied_on > last_day || dice_.happens(recovers ? 0 : is_weak_ ? 45 : 7)) continue;
            finding.state = findings::State::remedied;
            finding.remedied_how = fault.how;
            finding.remedied_on = remedied_on;
            if (closed_on > last_day || dice_.happens(recovers ? 0 : 12)) continue;
            finding.state = findings::State::closed;
            finding.closing_note = "Đã xem lại tại chỗ, việc khắc phục đạt yêu cầu.";
            finding.closed_by = visitor();
            finding.closed_on = closed_on;
        }
    }

    // The Block looks in autumn how the branches are that it helps.
    void check_consolidation() {
        visits::Visit& visit = book_.visit(
            on(10, static_cast<unsigned>(dice_.between(8, 28))), visits::Kind::consolidation_check,
            "Tổ công tác củng cố cơ sở của Đảng ủy Khối", of_.recorders.block_office);
        visit.score = std::clamp(quality_ + dice_.between(-3, 6), 20, 97);
        visit.strengths = is_weak_ ? "Đã kiện toàn chi ủy, có phân công phụ trách."
                                   : "Sinh hoạt đi vào nền nếp, các hạn chế đầu năm đã khắc phục.";
        visit.limits = is_weak_ ? "Còn bỏ họp, nghị quyết không được rà kết quả, đảng viên ít phát biểu."
                                : "Cần giữ kết quả, tránh tái yếu kém.";
    }

    const YearOf& of_;
    Dice dice_;
    YearBook book_;
    Habit habit_ = Habit::none;
    int quality_ = 0;
    bool is_weak_ = false;
    bool is_slow_ = false;          // leaves much of what it decided undone
    bool misses_meetings_ = false;  // three of the first four months
    int meeting_day_ = 3;
    int start_minute_ = 0;
    int thematic_shift_ = 0;
    int visit_month_ = 0;
    int topic_ = 0;
    int owner_ = 1;
    std::vector<Advised> to_answer_;
    std::vector<Advised> confirmations_;
};

}  // namespace

void live_plain_year(const YearOf& of) {
    const Recorders& recorders = of.recorders;
    const bool is_block = is_of_block(of.cell), is_of_khau_tinh = of.cell.code.starts_with("02263");
    PlainYear(of, recorders.administrator,
              is_block          ? recorders.block_office
              : is_of_khau_tinh ? recorders.commune_office
                                : recorders.province_office)
        .live();
}

std::vector<meetings::SelfMark> marks_without(const SelfFacts& facts,
                                              std::initializer_list<std::string_view> without) {
    std::vector<meetings::SelfMark> marks;
    for (const meetings::ScoreFact& fact : facts) {
        const bool is_missing = std::find(without.begin(), without.end(), fact.key) != without.end();
        marks.push_back({fact.key, is_missing ? fact.lowest : fact.highest});
    }
    return marks;
}

void register_year(YearBook& book, const YearOf& of, Dice& dice, int done_per_mille, int exceeded,
                   int self_level) {
    const auto registered = [&](const Registration& registration) {
        GivenTask task;
        task.title = registration.title;
        task.due_on = on(12, static_cast<unsigned>(dice.between(1, 12)));
        if (dice.happens_per_mille(done_per_mille)) {
            const bool is_late = done_per_mille < 1000 && dice.happens(2);
            task.done_on = is_late ? std::min(moved(task.due_on, dice.between(1, 9)), last_day)
                                   : moved(task.due_on, -dice.between(0, 75));
            task.is_exceeded = dice.happens(exceeded);
            task.result = task.is_exceeded ? registration.exceeded_result : registration.result;
        } else {
            task.progress = 10 * dice.between(2, 8);
        }
        return task;
    };
    const auto say = [&](classification::SubjectKind kind, std::int64_t subject_id, const char* key,
                         std::int64_t level) {
        of.batch.self_levels.push_back(
            {kind, Id<struct classification::SubjectThing>{subject_id}, year, key, level});
    };
    GivenTask of_unit = registered(dice.one_of(unit_registrations(of.cell.place)));
    of_unit.group = of.cell.id;
    book.register_task(of_unit);
    say(classification::SubjectKind::unit, of.cell.id.number, "self_level", self_level);
    for (std::size_t i = 0; i < of.people.size(); ++i) {
        const members::Member& person = of.people[i];
        if (person.is_excused || person.is_suspended || person.joined_on > on(6, 30)) continue;
        GivenTask task = registered(dice.one_of(member_registrations(of.cell.place)));
        task.member = i;
        book.register_task(task);
        say(classification::SubjectKind::member, person.id.number, "self_level_results",
            done_per_mille < 1000 && dice.happens(6) ? 2
            : dice.happens(45)                       ? 4
                                                     : 3);
        say(classification::SubjectKind::member, person.id.number, "self_level_politics",
            dice.happens(60) ? 4 : 3);
    }
}

}  // namespace gw::sample
