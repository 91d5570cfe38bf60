// Feeds arbitrary bytes to the reader of uploaded tables as CSV: it reads them or says why not, within its
// limits.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "exchange/columns.h"
#include "exchange/table_reader.h"
#include "platform/text.h"

namespace {

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    gw::exchange::TableLimits limits;
    limits.rows = 50, limits.columns = 10, limits.cell_bytes = 200;
    std::size_t last_row = 0, rows = 0;
    try {
        gw::exchange::read_csv(
            text,
            [&](std::size_t row, const std::vector<gw::exchange::Cell>& cells) {
                require(row > last_row, "rows go backwards");
                last_row = row;
                require(++rows <= limits.rows + 1, "more rows than the limit");
                require(cells.size() <= limits.columns, "more columns than the limit");
                for (const auto& cell : cells) {
                    require(cell.text.size() <= limits.cell_bytes, "a cell over its limit");
                    require(gw::is_valid_utf8(cell.text), "a cell that is no UTF-8");
                    gw::exchange::day_in(cell.text);
                    gw::exchange::comparable(cell.text);
                }
            },
            limits);
    } catch (const gw::exchange::UnreadableTable& trouble) {
        require(trouble.key.starts_with("exchange."), "trouble without a sentence");
    }
    return 0;
}
