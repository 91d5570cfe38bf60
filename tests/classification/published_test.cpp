// Groups whose results were published, judged again: everybody in them was good or better, and as many were
// excellent as the cap allows.
#include <fstream>
#include <sstream>

#include "year_for_test.h"

namespace gw::test {

namespace {

struct Published {
    std::string place, kind;
    int evaluated = 0, excellent = 0, good = 0;
};

std::vector<Published> published() {
    std::ifstream file(std::string(GROUNDWORK_SOURCE_DIR) +
                       "/tests/data/classification/published_results.csv");
    std::vector<Published> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        std::vector<std::string> values;
        for (std::string value; std::getline(cells, value, ',');) values.push_back(value);
        REQUIRE(values.size() == 7);
        rows.push_back(
            {values[0], values[2], std::stoi(values[3]), std::stoi(values[4]), std::stoi(values[5])});
    }
    return rows;
}

void add_excellent_member(YearForTest& year, UnitId cell, std::vector<MemberId>& people) {
    people.push_back(year.add_member(cell, "Member"));
    for (int task = 0; task < 2; ++task) year.add_task(cell, people.back(), on(3, 1), on(2, 20), true);
}

}  // namespace

TEST_CASE("groups with published results come out as they were published") {
    const auto rows = published();
    REQUIRE(rows.size() == 2);
    for_each_store([&](Store& store) {
        YearForTest year(store);
        for (const Published& row : rows) {
            const UnitId organisation{year.world.ids.next(year.world.now)};
            std::vector<organisation::UnitToAdd> units{
                {organisation, year.world.na_hang, row.place, row.place, "grassroots", on(1, 1)}};
            for (int i = 0; i < (row.kind == "cell" ? row.evaluated : 1); ++i)
                units.push_back({UnitId{year.world.ids.next(year.world.now)}, organisation,
                                 row.place + std::to_string(i), "Cell", "cell", on(1, 1)});
            year.world.write([&](const Call& call) {
                organisation::add_units(call, units);
                call.announce("units");
            });
            for (std::size_t i = 1; i < units.size(); ++i) {
                std::vector<MemberId> people;
                for (int n = 0; n < (row.kind == "member" ? row.evaluated : 1); ++n)
                    add_excellent_member(year, units[i].id, people);
                year.meet_all_year(units[i].id, people);
            }
            year.review();
            year.world.read([&](const Call& call) {
                const auto page = classification::unit_class(call, {organisation, 2024}, year.setting);
                REQUIRE(page.units_below.size() == 1);
                const auto& mix = row.kind == "member" ? page.members : page.units_below[0].mix;
                CHECK_MESSAGE(mix.evaluated == row.evaluated, row.place);
                CHECK_MESSAGE(mix.classes[0].count == row.excellent, row.place);
                CHECK_MESSAGE(mix.classes[1].count == row.good, row.place);
            });
        }
    });
}

}  // namespace gw::test
