// Writes the reference job as the files that `groundwork evaluate` and other engines read:
//     write_reference_job SCALE SEED FOLDER
// units.csv, unit_year.csv and member_year.csv, then sizes.json, which says how large they are. A file is
// there under its name only when it is whole.
#include <array>
#include <charconv>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/reference_job.h"

namespace {

using namespace gw::reference_job;
namespace fs = std::filesystem;

// A table of whole numbers as CSV. It notes the largest and smallest number of each column.
class Csv {
public:
    Csv(fs::path file, const std::vector<std::string_view>& names)
        : file_(std::move(file)), lowest_(names.size(), 0), highest_(names.size(), 0) {
        out_.open(part(), std::ios::binary | std::ios::trunc);
        for (const std::string_view name : names) text_.append(name).push_back(',');
        end_line();
    }

    void add(Number value) {
        lowest_[column_] = std::min(lowest_[column_], value);
        highest_[column_] = std::max(highest_[column_], value);
        ++column_;
        std::array<char, 24> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        text_.append(digits.data(), end).push_back(',');
    }
    template <class Values>
    void add_all(const Values& values) {
        for (const Number value : values) add(value);
    }
    void end_line() {
        text_.back() = '\n';
        column_ = 0;
        ++lines_;
        if (text_.size() > std::size_t{1} << 20) flush();
    }

    // Gives the file its name. Throws when something could not be written.
    void finish() {
        flush();
        out_.close();
        if (!out_) throw std::runtime_error("cannot write " + part().string());
        fs::rename(part(), file_);
    }

    std::size_t rows() const { return lines_ - 1; }
    std::size_t bytes() const { return bytes_; }
    // Bytes of all columns, each in the narrowest of 1, 2, 4 and 8 bytes that holds its numbers.
    std::size_t narrow_bytes() const {
        std::size_t row = 0;
        for (std::size_t i = 0; i < lowest_.size(); ++i) row += width(lowest_[i], highest_[i]);
        return row * rows();
    }

private:
    static std::size_t width(Number lowest, Number highest) {
        if (lowest >= 0 && highest <= 255) return 1;
        if (lowest >= -32768 && highest <= 32767) return 2;
        return lowest >= -2147483648LL && highest <= 2147483647LL ? 4 : 8;
    }
    fs::path part() const { return file_.string() + ".part"; }
    void flush() {
        out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
        bytes_ += text_.size();
        text_.clear();
    }

    fs::path file_;
    std::ofstream out_;
    std::string text_;
    std::vector<Number> lowest_, highest_;
    std::size_t column_ = 0, lines_ = 0, bytes_ = 0;
};

template <class Columns>
std::vector<std::string_view> names_after(std::vector<std::string_view> first, const Columns& columns) {
    first.insert(first.end(), columns.begin(), columns.end());
    return first;
}

void write_job(const Scale& scale, std::uint64_t seed, const fs::path& folder) {
    const Organisation organisation(scale, seed);
    fs::create_directories(folder);
    Csv units(folder / "units.csv", {"unit_id", "parent_id", "kind"});
    Csv unit_year(folder / "unit_year.csv", names_after({"unit_id"}, unit_columns));
    for (std::size_t unit = 0; unit < organisation.unit_count(); ++unit) {
        units.add_all(std::array{static_cast<Number>(unit), organisation.parents[unit],
                                 static_cast<Number>(organisation.kinds[unit])});
        units.end_line();
        unit_year.add(static_cast<Number>(unit));
        unit_year.add_all(organisation.unit_year(unit));
        unit_year.end_line();
    }
    units.finish();
    unit_year.finish();
    Csv member_year(folder / "member_year.csv", names_after({"member_id", "cell_id"}, member_columns));
    organisation.each_member([&](const Member& member) {
        member_year.add(member.id);
        member_year.add(member.cell);
        member_year.add_all(member.year);
        member_year.end_line();
    });
    member_year.finish();

    std::ofstream sizes(folder / "sizes.json");
    sizes << "{\"units\":" << units.rows() << ",\"members\":" << member_year.rows()
          << ",\"csv_bytes\":" << units.bytes() + unit_year.bytes() + member_year.bytes()
          << ",\"narrow_bytes\":"
          << units.narrow_bytes() + unit_year.narrow_bytes() + member_year.narrow_bytes() << "}\n";
    sizes.close();
    if (!sizes) throw std::runtime_error("cannot write sizes.json");
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string_view> arguments(words + 1, words + count);
    std::uint64_t seed = 0;
    const auto is_number = [&](std::string_view text) {
        const auto end = std::from_chars(text.data(), text.data() + text.size(), seed);
        return end.ec == std::errc() && end.ptr == text.data() + text.size();
    };
    const auto* scale =
        arguments.empty() ? scales.end() : std::find_if(scales.begin(), scales.end(), [&](const Scale& one) {
            return one.name == arguments[0];
        });
    if (arguments.size() != 3 || scale == scales.end() || !is_number(arguments[1])) {
        std::cerr << "usage: write_reference_job micro|commune|province|nation SEED FOLDER\n";
        return 1;
    }
    try {
        write_job(*scale, seed, fs::path(arguments[2]));
    } catch (const std::exception& fault) {
        std::cerr << fault.what() << "\n";
        return 2;
    }
    return 0;
}
