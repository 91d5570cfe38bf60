#include "fact_files/result_tables.h"

#include <fcntl.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_reduce.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace gw::fact_files {
namespace {

constexpr std::size_t chunk_rows = 1 << 15;
constexpr std::size_t chunks_at_once = 16;
constexpr std::size_t longest_number = 21;

// A file under a passing name, taken away again unless it is kept.
class PartialFile {
public:
    explicit PartialFile(const std::filesystem::path& path) : path_(path), partial_(path) {
        partial_ += ".partial";
        descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        if (descriptor_ < 0) fail();
    }
    ~PartialFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
        if (!is_kept_) ::unlink(partial_.c_str());
    }
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;

    void write(std::string_view text) {
        while (!text.empty()) {
            const ssize_t count = ::write(descriptor_, text.data(), text.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail();
            text.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void close() {
        const int code = ::close(descriptor_);
        descriptor_ = -1;
        if (code != 0) fail();
    }
    void keep() {
        std::filesystem::rename(partial_, path_);
        is_kept_ = true;
    }

private:
    [[noreturn]] void fail() const {
        throw std::runtime_error("cannot write " + partial_.string() + ": " + std::strerror(errno));
    }

    std::filesystem::path path_;
    std::filesystem::path partial_;
    int descriptor_ = -1;
    bool is_kept_ = false;
};

void append_rows(const ResultTable& table, std::size_t first, std::size_t last, std::string& text) {
    const std::size_t columns = table.columns.size();
    std::vector<std::int64_t> values(columns);
    for (std::size_t row = first; row < last; ++row) {
        table.values_of(row, values.data());
        const std::size_t start = text.size();
        text.resize(start + columns * longest_number);
        char* at = text.data() + start;
        for (const std::int64_t value : values) {
            at = std::to_chars(at, at + longest_number, value).ptr;
            *at++ = ',';
        }
        at[-1] = '\n';
        text.resize(static_cast<std::size_t>(at - text.data()));
    }
}

void write_table(const ResultTable& table, PartialFile& file, Progress& progress) {
    progress.begin("writing " + table.name + ".csv", static_cast<std::int64_t>(table.rows));
    std::string names;
    for (const std::string& name : table.columns) names += (names.empty() ? "" : ",") + name;
    file.write(names + "\n");
    std::vector<std::string> chunks(chunks_at_once);
    for (std::size_t first = 0; first < table.rows; first += chunk_rows * chunks_at_once) {
        tbb::parallel_for(std::size_t{0}, chunks_at_once, [&](std::size_t i) {
            chunks[i].clear();
            const std::size_t begin = std::min(table.rows, first + i * chunk_rows);
            append_rows(table, begin, std::min(table.rows, begin + chunk_rows), chunks[i]);
        });
        for (const std::string& chunk : chunks) file.write(chunk);
        progress.advance(static_cast<std::int64_t>(chunk_rows * chunks_at_once));
    }
    file.close();
}

// Positions of the units of kinds that the rulebook judges.
std::vector<std::size_t> judged_units(const evaluation::Rulebook& rulebook, const evaluation::Tree& tree) {
    std::vector<std::int64_t> kinds;
    for (const evaluation::Subject& subject : rulebook.subjects)
        if (subject.domain == evaluation::Domain::unit)
            kinds.insert(kinds.end(), subject.kinds.begin(), subject.kinds.end());
    std::vector<std::size_t> positions;
    for (std::size_t position = 0; position < tree.size(); ++position)
        if (std::find(kinds.begin(), kinds.end(), tree.kind[position]) != kinds.end())
            positions.push_back(position);
    return positions;
}

}  // namespace

std::vector<ResultTable> result_tables(const evaluation::Rulebook& rulebook, const Year& year,
                                       const evaluation::Result& result) {
    std::vector<ResultTable> tables;
    tables.push_back({"member_result",
                      {"member_id", "cell_id", "score", "pre", "cls"},
                      year.members.rows(),
                      [&](std::size_t row, std::int64_t* values) {
                          values[0] = year.members.ids[row];
                          values[1] = year.units.ids[static_cast<std::size_t>(year.member_units[row])];
                          values[2] = result.members.score[row];
                          values[3] = result.members.pre_class[row];
                          values[4] = result.members.final_class[row];
                      }});
    auto judged = judged_units(rulebook, year.tree);
    const std::size_t judged_count = judged.size();
    tables.push_back({"unit_result",
                      {"unit_id", "score", "pre", "cls", "weak_bits"},
                      judged_count,
                      [&, judged = std::move(judged)](std::size_t row, std::int64_t* values) {
                          const std::size_t position = judged[row];
                          values[0] = year.units.ids[position];
                          values[1] = result.units.score[position];
                          values[2] = result.units.pre_class[position];
                          values[3] = result.units.final_class[position];
                          values[4] = result.units.weak_bits[position];
                      }});
    ResultTable rollup{"rollup", {"unit_id"}, year.tree.size(), [&](std::size_t row, std::int64_t* values) {
                           *values = year.units.ids[row];
                           for (const evaluation::Column& column : result.rollup.columns)
                               *++values = column.values[row];
                       }};
    for (const evaluation::Column& column : result.rollup.columns) rollup.columns.push_back(column.name);
    tables.push_back(std::move(rollup));
    tables.push_back({"weak_list",
                      {"rank", "unit_id", "score", "weak_bits"},
                      result.weak.size(),
                      [&](std::size_t row, std::int64_t* values) {
                          const evaluation::WeakUnit& weak = result.weak[row];
                          values[0] = static_cast<std::int64_t>(row) + 1;
                          values[1] = year.units.ids[static_cast<std::size_t>(weak.position)];
                          values[2] = weak.score;
                          values[3] = weak.bits;
                      }});
    return tables;
}

Checksum checksum_of(const ResultTable& table) {
    const std::int64_t sum = tbb::parallel_reduce(
        tbb::blocked_range<std::size_t>(0, table.rows, chunk_rows), std::int64_t{0},
        [&](const auto& part, std::int64_t sum_before) {
            std::vector<std::int64_t> values(table.columns.size());
            for (std::size_t row = part.begin(); row < part.end(); ++row) {
                table.values_of(row, values.data());
                // Reduced first: an id may be any number, and must not overflow here.
                constexpr std::int64_t modulus = 2147483647;
                std::int64_t hash = values[0] + 1;
                for (std::size_t i = 1; i < values.size(); ++i)
                    hash = (hash % modulus * 1000033 + values[i] % modulus + 1) % modulus;
                sum_before += hash;
            }
            return sum_before;
        },
        std::plus<>());
    return {static_cast<std::int64_t>(table.rows), sum};
}

std::string checksum_line(const std::vector<ResultTable>& tables) {
    const char* const names[] = {"member", "unit", "rollup", "weak"};
    std::string line = "{";
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const Checksum checksum = checksum_of(tables[i]);
        line += std::string(i == 0 ? "\"" : ",\"") + names[i] + "\":[" + std::to_string(checksum.rows) + "," +
                std::to_string(checksum.sum) + "]";
    }
    return line + "}";
}

void write_tables(const std::vector<ResultTable>& tables, const std::string& folder, Progress& progress) {
    std::filesystem::create_directories(folder);
    std::vector<std::unique_ptr<PartialFile>> files;
    for (const ResultTable& table : tables) {
        files.push_back(std::make_unique<PartialFile>(std::filesystem::path(folder) / (table.name + ".csv")));
        write_table(table, *files.back(), progress);
    }
    for (const auto& file : files) file->keep();
}

}  // namespace gw::fact_files
