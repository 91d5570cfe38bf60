#include "sample/sample.h"

#include <chrono>
#include <future>
#include <iomanip>
#include <ostream>

#include "accounts/accounts.h"
#include "app.h"
#include "papers/papers.h"
#include "sample/sample_accounts.h"
#include "sample/sample_consolidation.h"
#include "sample/sample_directives.h"
#include "sample/sample_inspections.h"
#include "sample/sample_notices.h"
#include "sample/sample_obstacles.h"
#include "sample/sample_readings.h"
#include "sample/years.h"

namespace gw::sample {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t cells_at_once = 200;

// Says on one line each how far the filling is.
class Progress {
public:
    explicit Progress(std::ostream& out) : out_(out), start_(Clock::now()) {}

    void say(std::string_view phase, std::size_t done, std::size_t total) {
        const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
        out_ << "  " << phase << std::string(phase.size() < 30 ? 30 - phase.size() : 1, ' ') << std::setw(6)
             << done << " of " << std::setw(6) << total << std::fixed << std::setprecision(1) << std::setw(8)
             << seconds << " s\n"
             << std::flush;
    }

private:
    std::ostream& out_;
    Clock::time_point start_;
};

struct Filling {
    std::int64_t meetings = 0, attendances = 0, contributions = 0, resolutions = 0, tasks = 0, visits = 0;

    void count(const Batch& batch) {
        meetings += static_cast<std::int64_t>(batch.held.size());
        attendances += static_cast<std::int64_t>(batch.attendances.size());
        contributions += static_cast<std::int64_t>(batch.contributions.size());
        resolutions += static_cast<std::int64_t>(batch.resolutions.size());
        tasks += static_cast<std::int64_t>(batch.tasks.size());
        visits += static_cast<std::int64_t>(batch.visits.size());
    }
};

// The rulebooks that the sample chose for its meetings: one ward's sheet for the province, its own for the
// Block.
class SheetsOfYear {
public:
    explicit SheetsOfYear(const rulebooks::Library& library)
        : ward_(library.find("vn.meeting.ward", year)), block_(library.find("vn.meeting.block", year)) {
        if (!ward_ || !block_) throw std::runtime_error("the sample needs its two meeting rulebooks");
        of_ward_ = meetings::self_facts(*ward_);
        of_block_ = meetings::self_facts(*block_);
    }
    const SelfFacts& self_facts(const Cell& cell) const { return is_of_block(cell) ? of_block_ : of_ward_; }
    std::string full_name(const Cell& cell) const {
        return (is_of_block(cell) ? block_ : ward_)->full_name();
    }
    std::vector<meetings::RulebookChoice> choices(const Call& call, const Province& province,
                                                  const Recorders& recorders) const {
        return {{call.new_id<RulebookChoiceId>(), province.root, first_day, ward_->rulebook().id,
                 "Toàn Đảng bộ dùng thống nhất phiếu 28 tiêu chí", recorders.province_office, call.now},
                {call.new_id<RulebookChoiceId>(), province.block, first_day, block_->rulebook().id,
                 "Khối giữ bảng điểm của mình: loại tốt phải qua bốn điều kiện", recorders.block_office,
                 call.now}};
    }

private:
    std::shared_ptr<const rulebooks::Edition> ward_, block_;
    SelfFacts of_ward_, of_block_;
};

// The year of the cells [first, end), scored.
Batch live(const Province& province, const Recorders& recorders, const SheetsOfYear& sheets,
           const rulebooks::Library& rulebooks, std::size_t first, std::size_t end) {
    Batch batch;
    SampleIds ids(1 + static_cast<int>(first / cells_at_once));
    for (std::size_t at = first; at < end; ++at) {
        const Cell& cell = province.cells[at];
        const YearOf of{batch, ids, cell, province.members_of(cell), recorders, sheets.self_facts(cell)};
        const std::size_t first_held = batch.held.size();
        switch (cell.story) {
            case Story::none: live_plain_year(of); break;
            case Story::na_lung: live_year_of_na_lung(of); break;
            case Story::an_tuong_2: live_year_of_an_tuong_2(of); break;
        }
        for (std::size_t i = first_held; i < batch.held.size(); ++i)
            batch.held[i].score_rulebook = sheets.full_name(cell);
    }
    batch.score(rulebooks);
    return batch;
}

// Makes the next cells while those before are being written.
Filling write_years(const Call& call, const Province& province, const Recorders& recorders,
                    const rulebooks::Library& rulebooks, Progress& progress, SampleIds& ids) {
    SampleDirectives asked(province, recorders);
    const SheetsOfYear sheets(rulebooks);
    meetings::add_rulebook_choices(call, sheets.choices(call, province, recorders));
    const std::size_t total = province.cells.size();
    const auto begin = [&](std::size_t first) {
        return std::async(std::launch::async, [&, first] {
            return live(province, recorders, sheets, rulebooks, first,
                        std::min(first + cells_at_once, total));
        });
    };
    Filling filling;
    std::future<Batch> next = begin(0);
    for (std::size_t first = 0; first < total; first += cells_at_once) {
        const Batch batch = next.get();
        if (first + cells_at_once < total) next = begin(first + cells_at_once);
        batch.write(call);
        asked.collect(batch);
        filling.count(batch);
        if (first / cells_at_once % 5 == 4)
            progress.say("the year of the cells", first + cells_at_once, total);
    }
    asked.write(call, ids);
    progress.say("the year of the cells", total, total);
    return filling;
}

// What Na Lung published was approved before; the papers of its last meeting still wait.
void freeze_papers(const Call& call, UnitId unit_id, const papers::Setting& setting) {
    using std::chrono::December, std::chrono::January;
    const Date from = std::chrono::year{year} / January / 1, until = std::chrono::year{year} / December / 31;
    MeetingId last;
    for (const meetings::Meeting& meeting : meetings::meetings_of(call.db, unit_id, from, until)) {
        if (meeting.state != meetings::State::held) continue;
        if (last) papers::freeze(call, last, setting);
        last = meeting.id;
    }
}

std::string detail_of(const Province& province, const Filling& filling) {
    std::string detail = "{\"seed\":" + std::to_string(seed);
    const auto add = [&](const char* what, std::int64_t count) {
        detail += std::string(",\"") + what + "\":" + std::to_string(count);
    };
    add("units", static_cast<std::int64_t>(province.units.size()));
    add("members", static_cast<std::int64_t>(province.members.size()));
    add("meetings", filling.meetings);
    add("attendances", filling.attendances);
    add("contributions", filling.contributions);
    add("resolutions", filling.resolutions);
    add("tasks", filling.tasks);
    add("visits", filling.visits);
    return detail + "}";
}

void write_province(App& app, Scale scale, Progress& progress) {
    SampleIds ids(0);
    const Province province = make_province(app.share() + "/sample/tuyen_quang_units.csv", scale, ids);
    const std::string password_hash = hash_of_password();
    app.write("sample", [&](const Call& call) {
        organisation::add_kinds(call, unit_kinds(), kinds_below());
        organisation::add_units(call, province.units);
        progress.say("units", province.units.size(), province.units.size());
        members::add_members(call, province.members);
        progress.say("members", province.members.size(), province.members.size());
        const Recorders recorders = add_accounts(call, province, password_hash, ids);
        const Filling filling = write_years(call, province, recorders, app.rulebooks(), progress, ids);
        write_obstacles(call, province, recorders);
        write_inspections(call, province, recorders);
        write_readings(call, province, recorders);
        write_consolidation(call, province, recorders, app.rulebooks());
        progress.say("obstacles, inspections, weak units", 1, 1);
        call.record("sample.filled", province.root, province.root, detail_of(province, filling));
    });
}

std::optional<UnitId> find_root(const Call& call) {
    return call.tree->size() == 0 ? std::nullopt : std::optional(call.tree->at(0).id);
}

bool is_reviewed(const Call& call, UnitId root) {
    return classification::find_unit_class(call.db, root, year).has_value();
}

}  // namespace

bool is_empty(App& app) {
    bool answer = false;
    app.read("sample", [&](const Call& call) {
        const auto root = find_root(call);
        answer = !root || (accounts::find_account(call.db, secretary_name) && !is_reviewed(call, *root));
    });
    return answer;
}

void fill(App& app, std::ostream& out, Scale scale) {
    bool has_units = false, is_ours = false;
    app.read("sample", [&](const Call& call) {
        has_units = find_root(call).has_value();
        is_ours = accounts::find_account(call.db, secretary_name).has_value();
    });
    if (has_units && !is_ours)
        throw std::runtime_error("the store holds units already; the sample province needs an empty one");
    out << "Filling the sample province of Tuyên Quang, 2024\n";
    Progress progress(out);
    if (!has_units) write_province(app, scale, progress);
    progress.say("kept for good", 1, 1);
    if (!has_units)
        app.write("sample", [&](const Call& call) {
            const UnitId na_lung = accounts::find_account(call.db, secretary_name)->home_unit_id;
            freeze_papers(call, na_lung, {app.texts(), "vi", {.library = app.rulebooks()}});
            start_series_beside(call, na_lung);
            tell_of_year(call, na_lung, app.texts());
        });
    app.read("sample", [&](const Call& call) {
        const classification::ReviewReport report = classification::review(call, year, app.rulebooks());
        progress.say("review of the year: units", static_cast<std::size_t>(report.unit_count),
                     static_cast<std::size_t>(report.unit_count));
    });
}

}  // namespace gw::sample
