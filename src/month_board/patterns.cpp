#include "month_board/patterns.h"

#include <algorithm>
#include <future>
#include <map>
#include <mutex>

#include "month_board/month_board_patterns.h"
#include "month_board/month_board_store.h"
#include "organisation/organisation.h"
#include "platform/checks.h"
#include "platform/db/store.h"
#include "platform/json/json.h"

namespace gw::month_board {

namespace {

constexpr std::size_t meetings_running = 12;
constexpr std::int64_t fewest_hits = 2;                       // one resolution without tasks is no pattern
constexpr double always = 0.8;                                // of the tasks
constexpr std::int64_t counted_again_after = 60 * 60 * 1000;  // milliseconds
constexpr std::size_t cells_for_phrases = 1000;  // whose phrases are counted: enough to know what is common

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

// What is kept of a cell once its records are put away.
struct Compact {
    UnitId unit_id;
    int kind = 0;
    Tally tallies[std::size(compared)];
    bool is_worth_a_look[std::size(compared)] = {};
};

void compare(std::size_t what, std::span<const Compact> cells, std::vector<Pattern>& found) {
    std::map<int, Peers> peers;
    for (const Compact& cell : cells) peers[cell.kind].add(cell.tallies[what]);
    for (const Compact& cell : cells) {
        const Tally tally = cell.tallies[what];
        if (tally.tries == 0 || !cell.is_worth_a_look[what]) continue;
        const Spread spread = peers[cell.kind].without(tally);
        if (spread.cells + 1 < fewest_similar) continue;
        const double chance = chance_of_at_least(tally, spread);
        if (chance > rarest_shown) continue;
        Pattern& pattern = found.emplace_back();
        pattern.kind = compared[what].kind;
        pattern.unit_id = cell.unit_id;
        pattern.hits = tally.hits;
        pattern.tries = tally.tries;
        pattern.peer_rate = static_cast<std::int64_t>(spread.mean() * 1000 + 0.5);
        pattern.peer_cells = static_cast<std::int64_t>(spread.cells);
        // So many cells do not tell of anything rarer than one of them.
        const double rarest_known = 1 / static_cast<double>(spread.cells + 1);
        pattern.chance_of_million = of_million(std::max(chance, rarest_known));
    }
}

SharedPhrases phrases_of(std::size_t cells, const EachCellYear& each) {
    SharedPhrases phrases;
    each(cells / cells_for_phrases + 1, [&](const CellYear& cell, int) {
        std::vector<Shingles> texts;
        for (const auto& meeting : cell.meetings) texts.push_back(shingles_of(meeting.words));
        phrases.add_cell(texts);
    });
    phrases.settle();
    return phrases;
}

// The two minutes of each cell that are most alike, and how alike those of all cells are.
class Minutes {
public:
    explicit Minutes(SharedPhrases phrases) : phrases_(std::move(phrases)) {}

    void look_at(const CellYear& cell) {
        std::vector<Shingles> own;
        for (const auto& meeting : cell.meetings) own.push_back(phrases_.without(shingles_of(meeting.words)));
        double most = 0;
        std::size_t one = 0, other = 0;
        for (std::size_t a = 0; a < own.size(); ++a)
            for (std::size_t b = a + 1; b < own.size(); ++b) {
                if (std::min(own[a].size(), own[b].size()) < fewest_shingles) continue;
                ++pairs_;
                const double share = likeness(own[a], own[b]);
                if (share >= alike_enough) ++alike_pairs_;
                if (share > most) most = share, one = a, other = b;
            }
        if (most < alike_enough) return;
        Pattern& pattern = shown_.emplace_back();
        pattern.kind = PatternKind::copied_minutes;
        pattern.unit_id = cell.unit_id;
        pattern.hits = static_cast<std::int64_t>(most * 100 + 0.5);
        pattern.tries = 100;
        pattern.meeting_id = cell.meetings[one].id;
        pattern.other_meeting_id = cell.meetings[other].id;
        pattern.met_on = cell.meetings[one].on;
        pattern.other_met_on = cell.meetings[other].on;
    }

    void add_to(std::vector<Pattern>& found) {
        for (Pattern& pattern : shown_) {
            pattern.peer_cells = pairs_;
            pattern.chance_of_million =
                of_million(static_cast<double>(alike_pairs_) / static_cast<double>(pairs_));
            found.push_back(std::move(pattern));
        }
    }

private:
    SharedPhrases phrases_;
    std::vector<Pattern> shown_;
    std::int64_t pairs_ = 0, alike_pairs_ = 0;
};

}  // namespace

std::vector<Pattern> patterns_in(std::size_t cells, const EachCellYear& each) {
    Minutes minutes(phrases_of(cells, each));
    std::vector<Compact> compacts;
    compacts.reserve(cells);
    each(1, [&](const CellYear& cell, int kind) {
        minutes.look_at(cell);
        Compact& compact = compacts.emplace_back(Compact{cell.unit_id, kind, {}, {}});
        for (std::size_t i = 0; i < std::size(compared); ++i) {
            compact.tallies[i] = compared[i].tally_of(cell);
            compact.is_worth_a_look[i] = compared[i].is_worth_a_look(cell, compact.tallies[i]);
        }
    });
    std::vector<Pattern> found;
    for (std::size_t i = 0; i < std::size(compared); ++i) compare(i, compacts, found);
    minutes.add_to(found);
    std::stable_sort(found.begin(), found.end(), [](const Pattern& a, const Pattern& b) {
        return a.chance_of_million < b.chance_of_million;
    });
    return found;
}

namespace {

std::vector<Pattern> patterns_of_tree(Db& db, Date today, const organisation::Tree& tree) {
    std::vector<UnitId> cells;
    std::vector<int> kinds;
    for (int at = 0; at < tree.size(); ++at) {
        if (!tree.kind_of(at).has_members) continue;
        cells.push_back(tree.at(at).id);
        kinds.push_back(tree.at(at).kind);
    }
    return patterns_in(
        cells.size(), [&](std::size_t step, const std::function<void(const CellYear&, int)>& visit) {
            std::vector<UnitId> chosen;
            for (std::size_t i = 0; i < cells.size(); i += step) chosen.push_back(cells[i]);
            each_cell_year(db, today, chosen,
                           [&](std::size_t i, const CellYear& cell) { visit(cell, kinds[i * step]); });
        });
}

// Counting walks through most of the store. The memory in which a connection saw it ends with its thread.
std::vector<Pattern> count_patterns(const Call& call) {
    if (!call.store.reads_are_local()) return patterns_of_tree(call.db, call.today, *call.tree);
    auto counted = std::async(std::launch::async, [&] {
        std::vector<Pattern> found;
        call.store.read([&](Db& db) { found = patterns_of_tree(db, call.today, *call.tree); });
        return found;
    });
    return counted.get();
}

}  // namespace

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
        inside_->found = std::make_shared<const std::vector<Pattern>>(count_patterns(call));
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
