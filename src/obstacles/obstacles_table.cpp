#include "obstacles/obstacles_table.h"

#include "organisation/organisation.h"
#include "platform/texts/texts.h"

namespace gw::obstacles {

namespace {

class ObstacleTable {
public:
    ObstacleTable(const Call& call, const Texts& texts) : call_(call), texts_(texts) {
        table_ = {text("list_file"),
                  {text("obstacle"), text("unit"), text("since_on"), text("tried"), text("asked"),
                   text("raised_on"), text("holder"), text("state"), text("owed_by"), text("due_on"),
                   text("done_by"), text("case"), text("ended_on")},
                  {}};
    }
    void add(const std::vector<ObstacleLine>& lines) {
        for (const ObstacleLine& line : lines) {
            const Obstacle& obstacle = line.obstacle;
            // After its end nobody owes an act by a day.
            const spreadsheets::Cell due =
                obstacle.ended_on ? spreadsheets::Cell() : spreadsheets::Cell(obstacle.due_on);
            table_.rows.push_back({obstacle.text, line.unit_name, obstacle.since_on, obstacle.tried,
                                   obstacle.asked, obstacle.raised_on, line.holder_name,
                                   text("state." + to_text(obstacle.state)), line.owed_by_name, due,
                                   spreadsheets::cell_of(obstacle.done_by), line.case_title,
                                   spreadsheets::cell_of(obstacle.ended_on)});
        }
    }
    spreadsheets::Table take() { return std::move(table_); }

private:
    std::string text(const std::string& key) const { return texts_.text(call_.language, "obstacles." + key); }

    const Call& call_;
    const Texts& texts_;
    spreadsheets::Table table_;
};

}  // namespace

spreadsheets::Table table(const Call& call, const ListObstacles& request, const Texts& texts) {
    ObstacleTable table(call, texts);
    const auto page_of = [&](const ListObstacles& page) { return list(call, page); };
    organisation::each_page(request, page_of, [&](const ObstaclePage& page) { table.add(page.obstacles); });
    return table.take();
}

spreadsheets::Table table_of_held(const Call& call, const HolderKey& request, const Texts& texts) {
    ObstacleTable table(call, texts);
    const Held owing = held(call, request);
    table.add(owing.owed);
    table.add(owing.answered);
    return table.take();
}

}  // namespace gw::obstacles
