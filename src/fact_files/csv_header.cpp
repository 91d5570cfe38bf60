#include "fact_files/csv_header.h"

#include <algorithm>

namespace gw::fact_files {
namespace {

// A name as it may be repeated to a person: a file that is no table at all holds anything.
std::string shown(const std::string& name) {
    std::string text;
    for (const char c : name.substr(0, 60)) text += static_cast<unsigned char>(c) < ' ' ? '?' : c;
    return text;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + shown(name);
    return text;
}

}  // namespace

char find_separator(std::string_view line) {
    std::size_t commas = 0, semicolons = 0, tabs = 0;
    bool is_quoted = false;
    for (const char c : line) {
        if (c == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        commas += c == ',';
        semicolons += c == ';';
        tabs += c == '\t';
    }
    if (tabs > commas && tabs > semicolons) return '\t';
    return semicolons > commas ? ';' : ',';
}

CsvHeader match_columns(const std::string& file, char separator, std::vector<std::string> names,
                        std::span<const WantedColumn> wanted, Findings& findings) {
    CsvHeader header;
    header.separator = separator;
    header.wanted_of_field.assign(names.size(), -1);
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& accepted = wanted[i].names;
        bool is_found = false;
        for (std::size_t field = 0; field < names.size(); ++field) {
            if (std::find(accepted.begin(), accepted.end(), names[field]) == accepted.end()) continue;
            if (is_found) findings.add({file, 1, names[field], "the column stands twice"});
            is_found = true;
            header.wanted_of_field[field] = static_cast<std::int32_t>(i);
        }
        if (!is_found) missing.push_back(accepted.front());
    }
    if (!missing.empty())
        findings.add(
            {file, 1, "",
             (missing.size() == 1 ? "the column is missing: " : "columns are missing: ") + joined(missing)});
    std::vector<std::string> extra;
    for (std::size_t field = 0; field < names.size(); ++field)
        if (header.wanted_of_field[field] < 0) extra.push_back(names[field]);
    if (!extra.empty() && missing.empty())
        findings.note(file, (extra.size() == 1 ? "the rulebook does not ask for the column: "
                                               : "the rulebook does not ask for the columns: ") +
                                joined(extra));
    header.names = std::move(names);
    return header;
}

}  // namespace gw::fact_files
