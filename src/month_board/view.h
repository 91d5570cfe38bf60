// One month of the cells below a unit, with all that the board says of each. Private to month_board.
#pragma once
#include <map>
#include <unordered_map>

#include "month_board/months.h"

namespace gw::month_board {

// What is usual among similar cells, by kind and band of size.
class Similar {
public:
    Similar(const Months::Kept& kept, int month);
    struct Usual {
        std::optional<std::int64_t> share;
        std::int64_t count = 0;
    };
    Usual of(std::size_t cell) const;

private:
    const Months::Kept& kept_;
    std::map<std::pair<int, int>, Usual> usual_;
};

class View {
public:
    View(const Months::Kept& kept, int month, std::unordered_map<UnitId, Date> urged)
        : kept_(kept), month_(month), urged_(std::move(urged)) {}

    const Months::Kept& kept() const { return kept_; }
    int month() const { return month_; }
    Standing standing(std::size_t cell) const { return standing(cell, month_); }
    Standing standing(std::size_t cell, int month) const {
        return standing_of(kept_.record(cell, month), kept_.circumstances[cell], month, kept_.today);
    }
    UnitId unit(std::size_t cell) const { return kept_.tree->at(kept_.cells[cell]).id; }
    std::optional<Date> urged_on(std::size_t cell) const;
    // The first day on which the cell may be urged again, when that is not today.
    std::optional<Date> next_urge_on(std::size_t cell) const;
    // The month of the quarter, up to this one, that had a thematic topic.
    std::optional<int> topic_month(std::size_t cell, int month) const;
    void add(std::size_t cell, int month, MonthTotals& totals) const;
    // Everything but the title of the resolution.
    CellMonth line(std::size_t cell, const Similar& similar) const;

private:
    const Months::Kept& kept_;
    int month_;
    std::unordered_map<UnitId, Date> urged_;
};

MonthTotals totals_of(const View& view, std::size_t first, std::size_t end, int month);

}  // namespace gw::month_board
