// The tree of a whole nation: how long it takes to put 320,000 units in order, and to find one.
#include <benchmark/benchmark.h>

#include "organisation/tree.h"

using namespace gw;
using namespace gw::organisation;

namespace {

constexpr int unit_count = 320'000;
constexpr int units_below_each = 7;
const Date day{std::chrono::year{2024}, std::chrono::month{5}, std::chrono::day{4}};

std::int64_t id_of(int unit) { return (1'000'000LL + unit) << 22; }

std::vector<TreeUnit> nation() {
    std::vector<TreeUnit> units(unit_count);
    for (int i = 0; i < unit_count; ++i) {
        TreeUnit& unit = units[static_cast<std::size_t>(i)];
        unit.id = UnitId{id_of(i)};
        unit.parent = i == 0 ? -1 : (i - 1) / units_below_each;
        unit.code = "08-" + std::to_string(i);
        unit.name = "Chi bộ thôn số " + std::to_string(i);
        unit.folded_name = "chi bo thon so " + std::to_string(i);
    }
    return units;
}

Tree tree_of_nation() { return Tree(day, {{"cell", "Chi bộ", "Cell", "प्रकोष्ठ", 0, true, true}}, nation()); }

void build_tree(benchmark::State& state) {
    for (auto _ : state) {
        state.PauseTiming();
        auto units = nation();
        state.ResumeTiming();
        const Tree tree(day, {{"cell", "Chi bộ", "Cell", "प्रकोष्ठ", 0, true, true}}, std::move(units));
        benchmark::DoNotOptimize(tree.size());
    }
}

void find_unit(benchmark::State& state) {
    const Tree tree = tree_of_nation();
    int unit = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(tree.find(UnitId{id_of(unit)}));
        unit = (unit + 7919) % unit_count;
    }
}

}  // namespace

BENCHMARK(build_tree)->Unit(benchmark::kMillisecond);
BENCHMARK(find_unit);
