// Feeds arbitrary bytes to the reader of tables of numbers: it gives columns of one length within their
// ranges, or says what is wrong. A table read the fast way and the way for quotes is the same table.
#include <sys/mman.h>
#include <tbb/global_control.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "fact_files/csv_columns.h"

namespace {

using namespace gw::fact_files;

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

const std::vector<WantedColumn> wanted{
    {{"a", "b"}, {0, INT64_MAX}, false}, {{"c"}, {-5, 300}, true}, {{"d"}, {INT64_MIN, INT64_MAX}, true}};

// A file that stands in memory alone.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view text) : descriptor_(::memfd_create("table", MFD_CLOEXEC)) {
        require(descriptor_ >= 0, "no file in memory");
        require(::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size()),
                "not written");
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    std::string name() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

std::optional<CsvTable> read(std::string_view text) {
    const MemoryFile file(text);
    Findings findings;
    Progress progress(false);
    CsvTable table = read_columns(file.name(), wanted, findings, progress);
    require(static_cast<std::int64_t>(findings.list().size()) <= findings.count(),
            "more findings than counted");
    for (const Finding& finding : findings.list())
        require(!finding.message.empty(), "a finding without words");
    if (!findings.is_empty()) {
        require(table.columns.empty(), "columns of a refused table");
        return std::nullopt;
    }
    require(table.columns.size() == wanted.size(), "a column too many or too few");
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& column = table.columns[i];
        require(column.values.size() == table.rows, "a column of another length");
        require(column.given.empty() || column.given.size() == table.rows, "a mask of another length");
        for (std::size_t row = 0; row < table.rows; ++row) {
            require(wanted[i].range.holds(column.values[row]), "a value outside its range");
            require(table.ranges[i].holds(column.values[row]), "a value outside the range found");
        }
    }
    return table;
}

bool is_plain(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') return false;
        if (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n')) return false;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const tbb::global_control one_thread(tbb::global_control::max_allowed_parallelism, 1);
    const std::string rows(reinterpret_cast<const char*>(bytes), size);
    read(rows);
    const auto plain = read("a,c,d\n" + rows);
    if (!is_plain(rows)) return 0;
    const auto quoted = read("\"a\",c,d\n" + rows);
    require(plain.has_value() == quoted.has_value(), "one way reads it and the other does not");
    if (!plain) return 0;
    require(plain->rows == quoted->rows, "another number of rows");
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& one = plain->columns[i];
        const auto& other = quoted->columns[i];
        require(one.values == other.values, "other values");
        for (std::size_t row = 0; row < plain->rows; ++row)
            require(
                (one.given.empty() || one.given[row] != 0) == (other.given.empty() || other.given[row] != 0),
                "known in one way and not in the other");
    }
    return 0;
}
