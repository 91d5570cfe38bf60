#include "exchange/table_reader.h"

#include "platform/text.h"

namespace gw::exchange {

void read_table(std::string_view bytes, std::string_view sheet, const VisitRow& visit,
                const TableLimits& limits) {
    if (bytes.empty()) throw UnreadableTable("exchange.file_is_empty");
    if (bytes.starts_with("PK\x03\x04")) return read_workbook(bytes, sheet, visit, limits);
    // The old binary Excel format, and every workbook with a password.
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) throw UnreadableTable("exchange.old_or_locked_workbook");
    if (bytes.starts_with("%PDF")) throw UnreadableTable("exchange.no_table");
    read_csv(bytes, visit, limits);
}

std::string column_letters(std::size_t column) {
    std::string letters;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters;
}

std::string day_of_serial(double serial, bool counts_from_1904) {
    constexpr std::int64_t days_from_1899_12_30 = 25'569;  // to 1970-01-01
    constexpr std::int64_t days_from_1904_01_01 = 24'107;
    constexpr double last_serial = 2'958'465;  // 9999-12-31
    if (!(serial >= 1 && serial <= last_serial)) return {};
    auto day = static_cast<std::int64_t>(serial);
    if (counts_from_1904) return to_text(date_of(day - days_from_1904_01_01));
    // Excel believes in a 29 February 1900, its day 60; before it the count is one off.
    if (day < 60) ++day;
    return to_text(date_of(day - days_from_1899_12_30));
}

}  // namespace gw::exchange
