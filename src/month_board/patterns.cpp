#include "month_board/patterns.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "month_board/month_board_patterns.h"
#include "month_board/month_board_store.h"
#include "organisation/organisation.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::month_board {

namespace {

constexpr std::size_t meetings_running = 12;
constexpr std::int64_t fewest_hits = 2;                       // one resolution without tasks is no pattern
constexpr double always = 0.8;                                // of the tasks
constexpr std::int64_t counted_again_after = 60 * 60 * 1000;  // milliseconds
constexpr std::size_t cells_for_phrases = 2000;  // whose phrases are counted: enough to know what is common

std::int64_t of_million(double chance) { return static_cast<std::int64_t>(chance * 1e6 + 0.5); }

Tally attendance_of(const CellYear& cell) {
    Tally tally;
    const std::size_t first =
        cell.meetings.size() > meetings_running ? cell.meetings.size() - meetings_running : 0;
    for (std::size_t i = first; i < cell.meetings.size(); ++i) {
        tally.hits += cell.meetings[i].present;
        tally.tries += cell.meetings[i].expected;
    }
    return tally;
}

// Of each kind of cell, one tally of every cell.
struct Compared {
    PatternKind kind;
    Tally (*tally_of)(const CellYear&);
    bool (*is_worth_a_look)(const CellYear&, const Tally&);
};
constexpr Compared compared[] = {
    {PatternKind::always_present, attendance_of,
     [](const CellYear& cell, const Tally& tally) {
         return cell.meetings.size() >= meetings_running && tally.hits == tally.tries;
     }},
    {PatternKind::empty_resolutions,
     [](const CellYear& cell) {
         return Tally{cell.empty_resolutions, cell.resolutions};
     },
     [](const CellYear&, const Tally& tally) { return tally.hits >= fewest_hits; }},
    {PatternKind::last_day,
     [](const CellYear& cell) {
         return Tally{cell.done_on_last_day, cell.tasks_done};
     },
     [](const CellYear&, const Tally& tally) {
         return static_cast<double>(tally.hits) >= always * static_cast<double>(tally.tries);
     }},
};

void compare(const Compared& what, std::span<const CellYear> cells, std::span<const int> kinds,
             std::vector<Pattern>& found) {
    std::map<int, Peers> peers;
    for (std::size_t i = 0; i < cells.size(); ++i) peers[kinds[i]].add(what.tally_of(cells[i]));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Tally tally = what.tally_of(cells[i]);
        if (tally.tries == 0 || !what.is_worth_a_look(cells[i], tally)) continue;
        const Spread spread = peers[kinds[i]].without(tally);
        if (spread.cells + 1 < fewest_similar) continue;
        const double chance = chance_of_at_least(tally, spread);
        if (chance > rarest_shown) continue;
        Pattern& pattern = found.emplace_back();
        pattern.kind = what.kind;
        pattern.unit_id = cells[i].unit_id;
        pattern.hits = tally.hits;
        pattern.tries = tally.tries;
        pattern.peer_rate = static_cast<std::int64_t>(spread.mean() * 1000 + 0.5);
        pattern.peer_cells = static_cast<std::int64_t>(spread.cells);
        // So many cells do not tell of anything rarer than one of them.
        const double rarest_known = 1 / static_cast<double>(spread.cells + 1);
        pattern.chance_of_million = of_million(std::max(chance, rarest_known));
    }
}

// The two minutes of each cell that are most alike, and how alike those of all cells are.
void compare_minutes(std::span<const CellYear> cells, std::vector<Pattern>& found) {
    SharedPhrases phrases;
    const std::size_t step = cells.size() / cells_for_phrases + 1;
    for (std::size_t i = 0; i < cells.size(); i += step) {
        std::vector<Shingles> texts;
        for (const auto& meeting : cells[i].meetings) texts.push_back(shingles_of(meeting.words));
        phrases.add_cell(texts);
    }
    struct Likeliest {
        std::size_t cell = 0, one = 0, other = 0;
        double likeness = 0;
    };
    std::vector<Likeliest> shown;
    std::int64_t pairs = 0, alike_pairs = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::vector<Shingles> own;
        for (const auto& meeting : cells[i].meetings)
            own.push_back(phrases.without(shingles_of(meeting.words)));
        Likeliest likeliest{i};
        for (std::size_t a = 0; a < own.size(); ++a)
            for (std::size_t b = a + 1; b < own.size(); ++b) {
                if (std::min(own[a].size(), own[b].size()) < fewest_shingles) continue;
                ++pairs;
                const double share = likeness(own[a], own[b]);
                if (share >= alike_enough) ++alike_pairs;
                if (share > likeliest.likeness) likeliest = {i, a, b, share};
            }
        if (likeliest.likeness >= alike_enough) shown.push_back(likeliest);
    }
    for (const Likeliest& likeliest : shown) {
        const CellYear& cell = cells[likeliest.cell];
        Pattern& pattern = found.emplace_back();
        pattern.kind = PatternKind::copied_minutes;
        pattern.unit_id = cell.unit_id;
        pattern.hits = static_cast<std::int64_t>(likeliest.likeness * 100 + 0.5);
        pattern.tries = 100;
        pattern.peer_cells = pairs;
        pattern.chance_of_million = of_million(static_cast<double>(alike_pairs) / static_cast<double>(pairs));
        pattern.meeting_id = cell.meetings[likeliest.one].id;
        pattern.other_meeting_id = cell.meetings[likeliest.other].id;
        pattern.met_on = cell.meetings[likeliest.one].on;
        pattern.other_met_on = cell.meetings[likeliest.other].on;
    }
}

}  // namespace

std::vector<Pattern> patterns_in(std::span<const CellYear> cells, std::span<const int> kinds) {
    std::vector<Pattern> found;
    for (const Compared& what : compared) compare(what, cells, kinds, found);
    compare_minutes(cells, found);
    std::stable_sort(found.begin(), found.end(), [](const Pattern& a, const Pattern& b) {
        return a.chance_of_million < b.chance_of_million;
    });
    return found;
}

struct Patterns::Inside {
    std::mutex lock;
    std::shared_ptr<const organisation::Tree> tree;
    Moment counted_at{};
    std::shared_ptr<const std::vector<Pattern>> found;
};

Patterns::Patterns() : inside_(std::make_unique<Inside>()) {}
Patterns::~Patterns() = default;

std::shared_ptr<const std::vector<Pattern>> Patterns::find(const Call& call, Moment& counted_at) {
    const std::lock_guard hold(inside_->lock);
    const std::int64_t age = call.now.milliseconds - inside_->counted_at.milliseconds;
    if (!inside_->found || inside_->tree != call.tree || age > counted_again_after || age < 0) {
        const std::vector<CellYear> cells = cell_years(call.db, call.today);
        std::vector<int> kinds;
        std::vector<CellYear> standing;
        for (const CellYear& cell : cells)
            if (const auto position = call.tree->find(cell.unit_id)) {
                standing.push_back(cell);
                kinds.push_back(call.tree->at(*position).kind);
            }
        inside_->found = std::make_shared<const std::vector<Pattern>>(patterns_in(standing, kinds));
        inside_->tree = call.tree;
        inside_->counted_at = call.now;
    }
    counted_at = inside_->counted_at;
    return inside_->found;
}

namespace {

void require_look(const Call& call, UnitId unit_id, int position) {
    if (call.actor.may("month_board.read", unit_id)) return;
    // What is said of a cell, the cell may read.
    const bool is_cell = call.tree->kind_of(position).has_members;
    call.require(is_cell ? "meetings.read" : "month_board.read", unit_id);
}

const Pattern& pattern_of(const std::vector<Pattern>& found, const SayOfPattern& request) {
    const auto pattern = std::find_if(found.begin(), found.end(), [&](const Pattern& each) {
        return each.unit_id == request.unit_id && each.kind == request.kind;
    });
    if (pattern == found.end()) refuse_unknown("kind");
    return *pattern;
}

PatternRemark say(const Call& call, const SayOfPattern& request, SaidAs said_as) {
    PatternRemark remark{call.new_id<PatternRemarkId>(),
                         request.unit_id,
                         request.kind,
                         static_cast<int>(call.today.year()),
                         said_as,
                         std::string(trimmed(request.text)),
                         call.today,
                         call.now,
                         call.actor.account_id,
                         call.actor.name};
    add_remark(call.db, remark);
    call.record(said_as == SaidAs::answer ? "pattern.answered" : "pattern.closed", remark.id, request.unit_id,
                to_json(remark));
    call.announce("month_board", request.unit_id);
    return remark;
}

}  // namespace

PatternPage list_patterns(const Call& call, const UnitKey& request, Patterns& patterns) {
    const int position = call.tree->get(request.unit_id);
    require_look(call, request.unit_id, position);
    PatternPage page;
    const auto found = patterns.find(call, page.counted_at);
    const Reach reach = call.tree->reach(position);
    for (int at = reach.first; at < reach.end; ++at)
        if (call.tree->kind_of(at).has_members) ++page.cells;
    std::map<std::pair<UnitId, PatternKind>, std::vector<PatternRemark>> remarks;
    for (PatternRemark& remark : remarks_of_year(call.db, static_cast<int>(call.today.year())))
        remarks[{remark.unit_id, remark.kind}].push_back(std::move(remark));
    for (Pattern pattern : *found) {
        const auto at = call.tree->find(pattern.unit_id);
        if (!at || !call.tree->is_within(*at, reach)) continue;
        const auto& unit = call.tree->at(*at);
        pattern.name = unit.name;
        if (unit.parent >= 0) pattern.above_name = call.tree->at(unit.parent).name;
        pattern.remarks = remarks[{pattern.unit_id, pattern.kind}];
        for (const PatternRemark& remark : pattern.remarks)
            if (remark.said_as == SaidAs::fine) pattern.is_fine = true;
        page.patterns.push_back(std::move(pattern));
    }
    std::stable_partition(page.patterns.begin(), page.patterns.end(),
                          [](const Pattern& pattern) { return !pattern.is_fine; });
    page.shown_by_chance = static_cast<std::int64_t>(rarest_shown * 100 + 0.5);
    page.may_answer = call.actor.may("meetings.record", request.unit_id);
    page.may_close = call.actor.may("month_board.review", request.unit_id);
    return page;
}

PatternRemark answer_pattern(const Call& call, const SayOfPattern& request, Patterns& patterns) {
    call.tree->get(request.unit_id);
    call.require("meetings.record", request.unit_id);
    Problems problems;
    check_text(problems, "text", request.text);
    refuse_if(problems);
    Moment counted_at;
    const auto found = patterns.find(call, counted_at);
    pattern_of(*found, request);
    return say(call, request, SaidAs::answer);
}

PatternRemark close_pattern(const Call& call, const SayOfPattern& request, Patterns& patterns) {
    call.tree->get(request.unit_id);
    call.require("month_board.review", request.unit_id);
    Problems problems;
    check_length(problems, "text", request.text);
    refuse_if(problems);
    Moment counted_at;
    const auto found = patterns.find(call, counted_at);
    pattern_of(*found, request);
    for (const PatternRemark& remark : remarks_of_year(call.db, static_cast<int>(call.today.year())))
        if (remark.unit_id == request.unit_id && remark.kind == request.kind &&
            remark.said_as == SaidAs::fine)
            throw Refusal(Reason::conflict, Problem{"", "month_board.looked_at"});
    return say(call, request, SaidAs::fine);
}

}  // namespace gw::month_board
