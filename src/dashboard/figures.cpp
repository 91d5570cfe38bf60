#include "dashboard/dashboard_store.h"
#include "members/members.h"
#include "platform/db/store.h"
#include "platform/log/log.h"

namespace gw::dashboard {

namespace {

constexpr int smallest_cell =
    3;  // full members; below this a cell cannot meet as one (charter, minimum of a cell)

// How long the thread that counts stays away after counting, as a multiple of what the counting took.
constexpr int rest_for_each = 9;

void add(UnitFigures& to, const UnitFigures& more, std::int64_t sign = 1) {
    using Fields = boost::describe::describe_members<UnitFigures, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Fields>([&](auto field) { to.*field.pointer += sign * (more.*field.pointer); });
}

// What follows from the kind of the unit rather than from its records.
void finish(UnitFigures& figures, const organisation::TreeKind& kind) {
    figures.units = kind.is_judged ? 1 : 0;
    figures.cells = kind.has_members ? 1 : 0;
    figures.small_cells = kind.has_members && figures.full_members < members::fewest_full_members ? 1 : 0;
    if (kind.has_members) return;
    figures.cells_met_last_month = figures.cells_visited = 0;  // an upper unit is no cell
    // The class mix is of cells: an upper unit's own class would be counted beside those it sums up.
    figures.class_excellent = figures.class_good = figures.class_completed = figures.class_not_completed = 0;
}

}  // namespace

Figures::~Figures() { stop(); }

void Figures::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

void Figures::start(Surroundings surroundings, Announcements& announcements) {
    surroundings_.emplace(std::move(surroundings));
    for (const char* topic :
         {"members", "meetings", "tasks", "visits", "resolutions", "classification", "consolidation"})
        announcements.listen(topic, [this](const std::set<UnitId>& units) { mark_stale(units); });
    announcements.listen("units", [this](const std::set<UnitId>&) { mark_stale({}); });
    thread_ = std::jthread([this](std::stop_token stopping) { count_while_running(stopping); });
}

void Figures::mark_stale(const std::set<UnitId>& units) {
    const std::lock_guard hold(stale_lock_);
    if (units.empty()) is_all_stale_ = true;
    stale_.insert(units.begin(), units.end());
    ++marked_;
    changed_.notify_all();
}

Figures::Stale Figures::take_stale() {
    const std::lock_guard hold(stale_lock_);
    Stale stale{{}, std::exchange(is_all_stale_, false), marked_};
    stale.units.swap(stale_);
    return stale;
}

void Figures::give_back(const Stale& stale) {
    const std::lock_guard hold(stale_lock_);
    stale_.insert(stale.units.begin(), stale.units.end());
    is_all_stale_ = is_all_stale_ || stale.is_all;
}

void Figures::count(Db& db, const std::shared_ptr<const organisation::Tree>& tree, Date today,
                    const Stale& stale) {
    if (stale.is_all || tree != counted_.tree || today != counted_on_) recount_all(db, tree, today);
    else recount(db, stale.units, today);
    const std::lock_guard hold(stale_lock_);
    counted_up_to_ = stale.up_to;
    counted_now_.notify_all();
}

void Figures::bring_up_to_date(Db& db, const std::shared_ptr<const organisation::Tree>& tree, Date today) {
    count(db, tree, today, take_stale());
}

// The store may be away for a while: then what is stale stays so.
bool Figures::count_or_log() {
    const Stale stale = take_stale();
    const auto count_stale = [&] {
        try {
            surroundings_->store.read(
                [&](Db& db) { count(db, surroundings_->tree(), surroundings_->today(), stale); });
            return true;
        } catch (const std::exception& error) {
            log::write(log::Level::error, "figures", {{"what", error.what()}});
            give_back({stale.units, true, stale.up_to});
            return false;
        }
    };
    if (!stale.is_all) return count_stale();
    // Counting everything walks through most of the store. The memory in which the thread's connection saw
    // it ends with the thread.
    bool is_counted = false;
    std::thread([&] { is_counted = count_stale(); }).join();
    return is_counted;
}

void Figures::count_while_running(std::stop_token stopping) {
    while (!stopping.stop_requested()) {
        const auto began = std::chrono::steady_clock::now();
        const bool is_counted = count_or_log();
        const auto rest = rest_for_each * (std::chrono::steady_clock::now() - began);
        std::unique_lock hold(stale_lock_);
        // While nobody asks, many changes are counted at once, and the processor is left to those who make
        // them.
        changed_.wait_for(hold, stopping, rest, [&] { return waiting_ > 0 && marked_ > counted_up_to_; });
        const auto pause = std::chrono::seconds(is_counted ? 20 : 1);
        changed_.wait_for(hold, stopping, pause, [&] { return is_counted && marked_ > counted_up_to_; });
    }
}

void Figures::recount_all(Db& db, const std::shared_ptr<const organisation::Tree>& tree, Date today) {
    const auto size = static_cast<std::size_t>(tree->size());
    std::vector<UnitFigures> direct(size);
    count_records(db, today, {}, [&](UnitId unit_id) -> UnitFigures* {
        const auto position = tree->find(unit_id);
        return position ? &direct[static_cast<std::size_t>(*position)] : nullptr;
    });
    for (int i = 0; i < tree->size(); ++i) finish(direct[static_cast<std::size_t>(i)], tree->kind_of(i));
    std::vector<UnitFigures> total = direct;
    for (int i = tree->size() - 1; i > 0; --i)  // children stand behind their parents
        if (tree->at(i).parent >= 0)
            add(total[static_cast<std::size_t>(tree->at(i).parent)], total[static_cast<std::size_t>(i)]);
    const std::unique_lock hold(figures_lock_);
    direct_ = std::move(direct);
    counted_ = {tree, std::move(total)};
    counted_on_ = today;
}

void Figures::recount(Db& db, const std::set<UnitId>& units, Date today) {
    std::unordered_map<UnitId, std::pair<int, UnitFigures>> fresh;  // with the position
    std::vector<std::int64_t> ids;
    for (const UnitId unit_id : units) {
        const auto position = counted_.tree->find(unit_id);
        if (!position) continue;
        fresh.emplace(unit_id, std::pair(*position, UnitFigures{}));
        ids.push_back(unit_id.number);
    }
    if (ids.empty()) return;
    count_records(db, today, ids, [&](UnitId unit_id) { return &fresh.at(unit_id).second; });
    const std::unique_lock hold(figures_lock_);
    for (auto& [unit_id, counted] : fresh) {
        auto& [position, figures] = counted;
        finish(figures, counted_.tree->kind_of(position));
        UnitFigures difference = figures;
        add(difference, direct_[static_cast<std::size_t>(position)], -1);
        direct_[static_cast<std::size_t>(position)] = figures;
        for (const int above : counted_.tree->path(position))
            add(counted_.total[static_cast<std::size_t>(above)], difference);
    }
}

void Figures::wait_until_counted() {
    if (!surroundings_) return;
    std::unique_lock hold(stale_lock_);
    const std::int64_t wanted = marked_;
    if (counted_up_to_ >= wanted) return;
    const auto longest =
        counted_up_to_ == 0 ? std::chrono::milliseconds(10'000) : std::chrono::milliseconds(250);
    ++waiting_;
    changed_.notify_all();
    counted_now_.wait_for(hold, longest, [&] { return counted_up_to_ >= wanted; });
    --waiting_;
}

std::optional<UnitFigures> Figures::of(UnitId unit_id) {
    wait_until_counted();
    const std::shared_lock hold(figures_lock_);
    if (!counted_.tree) return std::nullopt;
    const auto position = counted_.tree->find(unit_id);
    if (!position) return std::nullopt;
    return counted_.total[static_cast<std::size_t>(*position)];
}

std::vector<std::pair<UnitId, UnitFigures>> Figures::below(UnitId unit_id) {
    wait_until_counted();
    const std::shared_lock hold(figures_lock_);
    std::vector<std::pair<UnitId, UnitFigures>> rows;
    if (!counted_.tree) return rows;
    const auto position = counted_.tree->find(unit_id);
    if (!position) return rows;
    for (const int child : counted_.tree->children(*position))
        rows.emplace_back(counted_.tree->at(child).id, counted_.total[static_cast<std::size_t>(child)]);
    return rows;
}

}  // namespace gw::dashboard
