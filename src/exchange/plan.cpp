#include "exchange/plan.h"

#include <algorithm>

namespace gw::exchange {

void Mistakes::add(Mistake mistake) {
    if (is_full()) return;
    if (mistake.row > 0) rows_.insert(mistake.row);
    list_.push_back(std::move(mistake));
}

void Mistakes::finish() {
    std::stable_sort(list_.begin(), list_.end(), [](const Mistake& a, const Mistake& b) {
        return std::tuple(a.row, a.column_letter.size(), std::string_view(a.column_letter)) <
               std::tuple(b.row, b.column_letter.size(), std::string_view(b.column_letter));
    });
    if (is_full())
        list_.push_back(
            {0, "", "", "", "exchange.too_many_mistakes", {{"count", std::to_string(most_mistakes)}}});
}

}  // namespace gw::exchange
