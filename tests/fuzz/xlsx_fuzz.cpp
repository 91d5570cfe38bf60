// Feeds arbitrary bytes to the reader of workbooks: as a whole zip, and as the XML of the sheet of a sound
// one.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "exchange/table_reader.h"
#include "exchange/workbook_for_test.h"

namespace {

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

void read(std::string_view bytes) {
    gw::exchange::TableLimits limits;
    limits.rows = 50, limits.columns = 10, limits.cell_bytes = 200, limits.unpacked_bytes = 1u << 20,
    limits.shared_bytes = 10'000;
    std::size_t rows = 0;
    try {
        gw::exchange::read_workbook(
            bytes, "",
            [&](std::size_t row, const std::vector<gw::exchange::Cell>& cells) {
                require(row > 0, "a row without a number");
                require(++rows <= limits.rows + 1, "more rows than the limit");
                require(cells.size() <= limits.columns, "more columns than the limit");
                for (const auto& cell : cells)
                    require(cell.text.size() <= limits.cell_bytes, "a cell over its limit");
            },
            limits);
    } catch (const gw::exchange::UnreadableTable& trouble) {
        require(trouble.key.starts_with("exchange."), "trouble without a sentence");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    read(text);
    read(gw::test::zip_of(gw::test::workbook_parts(std::string(text))));
    auto parts = gw::test::workbook_parts("<row><c t=\"s\" s=\"1\"><v>0</v></c></row>", std::string(text));
    read(gw::test::zip_of(parts));
    parts[3].second = text;  // the styles
    read(gw::test::zip_of(parts));
    return 0;
}
