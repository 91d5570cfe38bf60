#include "fact_files/csv_columns.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "fact_files/csv_block.h"
#include "fact_files/csv_cell.h"
#include "fact_files/csv_file.h"
#include "fact_files/csv_header.h"
#include "fact_files/csv_quoted.h"
#include "fact_files/memory.h"

namespace gw::fact_files {
namespace {

using evaluation::Range;

constexpr std::int64_t block_bytes = 4 << 20;
constexpr std::int64_t survey_bytes = 256 * 1024;
constexpr std::size_t sampled_rows = 64;
constexpr std::size_t most_rows = 200'000'000;
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

struct Block {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::size_t first_row = 0;
    std::size_t rows = 0;
    std::int64_t row_of_zero = -1;  // within the block: the first line with a zero byte
    bool has_quote = false;
    std::vector<Range> sample;
};

// Counts line feeds; an inner sum of bytes keeps the loop in vector registers.
std::size_t count_lines(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, 255);
        std::uint8_t here = 0;
        for (const char c : part) here = static_cast<std::uint8_t>(here + (c == '\n'));
        count += here;
        text.remove_prefix(part.size());
    }
    return count;
}

class Reader {
public:
    Reader(const std::string& name, std::span<const WantedColumn> wanted, Findings& findings,
           Progress& progress)
        : name_(name), file_(name), wanted_(wanted), findings_(findings), progress_(progress) {}

    CsvTable read() {
        if (!read_header()) return {};
        if (is_quoted_) return slower();
        if (!find_blocks()) return {};
        survey();
        if (is_quoted_) return slower();
        if (!findings_.is_empty() || !has_memory()) return {};
        Findings found;
        std::unique_ptr<CsvTarget> target = fill(guess(), found);
        // The sample knew too little of some column; by now all values are known.
        if (!target->has_room()) {
            const std::vector<Range> ranges = target->found();
            target.reset();
            found = {};
            target = fill(ranges, found);
        }
        findings_.add(found);
        if (is_cut_off_)
            findings_.add({name_, static_cast<std::int64_t>(rows_) + 2, "",
                           "the line is cut off: the file must end with a line break"});
        if (!findings_.is_empty()) return {};
        return {name_, rows_, target->take(), target->found(), {}};
    }

private:
    void refuse(std::int64_t line, const std::string& message) { findings_.add({name_, line, "", message}); }

    CsvTable slower() {
        Findings found;
        CsvTable table = read_quoted(name_, file_, start_, header_.separator, wanted_, found, progress_);
        // The names are read again; what was noted about them is said once.
        if (is_header_read_) found.drop_notes();
        findings_.add(found);
        return findings_.is_empty() ? std::move(table) : CsvTable{};
    }

    bool read_header() {
        if (!file_.trouble().empty()) return refuse(0, file_.trouble()), false;
        if (file_.size() == 0) return refuse(0, "is empty; the first line must name the columns"), false;
        std::string head(static_cast<std::size_t>(std::min<std::int64_t>(file_.size(), longest_line)), '\0');
        file_.read(0, head.data(), head.size());
        if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
            return refuse(0, "is UTF-16; save it as CSV in UTF-8"), false;
        start_ = head.starts_with(utf8_mark) ? static_cast<std::int64_t>(utf8_mark.size()) : 0;
        const std::string_view text = std::string_view(head).substr(static_cast<std::size_t>(start_));
        const std::size_t length = text.find('\n');
        const std::string_view line = text.substr(0, length);
        if (line.find('\0') != line.npos)
            return refuse(1, "holds a zero byte; this is not a table in text"), false;
        if (length == text.npos) {
            if (text.find('\r') != text.npos)
                refuse(1, "lines end with carriage returns alone; save the file with line feeds");
            else if (head.size() == longest_line)
                refuse(1, "the line is longer than 1 MB; this is not a table");
            else refuse(1, "the line is cut off: the file must end with a line break");
            return false;
        }
        header_.separator = find_separator(line);
        is_quoted_ = line.find('"') != line.npos;
        if (is_quoted_) return true;
        std::vector<std::string> names;
        for (std::string_view rest = line;;) {
            const std::size_t end = rest.find(header_.separator);
            names.emplace_back(trimmed_cell(rest.substr(0, end)));
            if (end == rest.npos) break;
            rest.remove_prefix(end + 1);
        }
        header_ = match_columns(name_, header_.separator, std::move(names), wanted_, findings_);
        is_header_read_ = true;
        begin_ = start_ + static_cast<std::int64_t>(length) + 1;
        return findings_.is_empty();
    }

    // Empty lines at the end are nothing; a last line without a line break may be half of one.
    bool find_end() {
        const std::int64_t tail = std::min<std::int64_t>(longest_line, file_.size() - begin_);
        std::string text(static_cast<std::size_t>(tail), '\0');
        file_.read(file_.size() - tail, text.data(), text.size());
        while (text.ends_with("\n\n") || text.ends_with("\n\r\n")) {
            text.pop_back();
            if (text.back() == '\r') text.pop_back();
        }
        is_cut_off_ = !text.empty() && text.back() != '\n';
        if (is_cut_off_) {
            const std::size_t last = text.rfind('\n');
            if (last == text.npos && tail == longest_line)
                return refuse(0, "the last line is longer than 1 MB"), false;
            text.resize(last == text.npos ? 0 : last + 1);
        }
        end_ = file_.size() - tail + static_cast<std::int64_t>(text.size());
        // A table of nothing but line breaks has no rows.
        if (text.find_first_not_of("\r\n") == text.npos && tail == file_.size() - begin_) end_ = begin_;
        return true;
    }

    bool find_blocks() {
        if (!find_end()) return false;
        std::string piece;
        for (std::int64_t at = begin_; at < end_;) {
            std::int64_t end = std::min(end_, at + block_bytes);
            for (std::size_t looked = 0; end < end_;) {
                piece.resize(static_cast<std::size_t>(std::min<std::int64_t>(4096, end_ - end)));
                file_.read(end, piece.data(), piece.size());
                const std::size_t found = piece.find('\n');
                end += static_cast<std::int64_t>(found == piece.npos ? piece.size() : found + 1);
                if (found != piece.npos) break;
                if ((looked += piece.size()) > longest_line)
                    return refuse(0, "has a line longer than 1 MB near byte " + std::to_string(end)), false;
            }
            blocks_.push_back({at, end, 0, 0, -1, false, {}});
            at = end;
        }
        return true;
    }

    // First pass: how many rows there are, whether they are plain, and how wide their numbers seem to be.
    void survey() {
        progress_.begin("counting " + name_, end_ - begin_);
        tbb::parallel_for(std::size_t{0}, blocks_.size(), [&](std::size_t i) {
            std::string& buffer = buffers_.local();
            Block& block = blocks_[i];
            for (std::int64_t at = block.begin; at < block.end; at += survey_bytes) {
                buffer.resize(static_cast<std::size_t>(std::min(survey_bytes, block.end - at)));
                file_.read(at, buffer.data(), buffer.size());
                if (const std::size_t zero = buffer.find('\0'); zero != buffer.npos && block.row_of_zero < 0)
                    block.row_of_zero = static_cast<std::int64_t>(
                        block.rows + count_lines(std::string_view(buffer).substr(0, zero)));
                block.has_quote = block.has_quote || buffer.find('"') != buffer.npos;
                if (at == block.begin && block.row_of_zero < 0 && !block.has_quote) sample(block, buffer);
                block.rows += count_lines(buffer);
            }
            progress_.advance(block.end - block.begin);
        });
        for (Block& block : blocks_) {
            block.first_row = rows_;
            rows_ += block.rows;
            is_quoted_ = is_quoted_ || block.has_quote;
            if (block.row_of_zero >= 0)
                refuse(static_cast<std::int64_t>(block.first_row) + block.row_of_zero + 2,
                       "holds a zero byte; this is not a table in text");
        }
    }

    void sample(Block& block, std::string_view text) const {
        const std::size_t last = text.rfind('\n');
        if (last == text.npos) return;
        Findings ignored;
        CsvBlock rows(name_, header_, wanted_, nullptr, ignored);
        rows.read(text.substr(0, last + 1), 0, sampled_rows);
        block.sample = rows.found();
    }

    std::vector<Range> guess() const {
        std::vector<Range> ranges(wanted_.size());
        for (const Block& block : blocks_)
            for (std::size_t i = 0; i < block.sample.size(); ++i) {
                ranges[i].lowest = std::min(ranges[i].lowest, block.sample[i].lowest);
                ranges[i].highest = std::max(ranges[i].highest, block.sample[i].highest);
            }
        return ranges;
    }

    bool has_memory() {
        std::int64_t bytes_of_row = 16;
        for (const Range& range : guess())
            bytes_of_row += 2 << static_cast<int>(evaluation::width_for(range));
        const std::int64_t free = free_memory();
        if (rows_ > most_rows) {
            refuse(0, "has " + std::to_string(rows_) + " rows; more than " + std::to_string(most_rows) +
                          " cannot be evaluated at once");
        } else if (static_cast<std::int64_t>(rows_) * bytes_of_row > free) {
            refuse(0, std::to_string(rows_) + " rows need about " +
                          std::to_string(static_cast<std::int64_t>(rows_) * bytes_of_row / 1'000'000) +
                          " MB of memory; " + std::to_string(free / 1'000'000) + " MB are free");
        }
        return findings_.is_empty();
    }

    // Second pass: every cell.
    std::unique_ptr<CsvTarget> fill(const std::vector<Range>& ranges, Findings& found) {
        auto target = std::make_unique<CsvTarget>(wanted_, rows_, ranges);
        std::vector<Findings> of_blocks(blocks_.size());
        progress_.begin("reading " + name_, end_ - begin_);
        tbb::parallel_for(std::size_t{0}, blocks_.size(), [&](std::size_t i) {
            std::string& buffer = buffers_.local();
            const Block& block = blocks_[i];
            buffer.resize(static_cast<std::size_t>(block.end - block.begin));
            file_.read(block.begin, buffer.data(), buffer.size());
            if (buffer.back() != '\n') throw std::runtime_error(name_ + " was changed while it was read");
            CsvBlock rows(name_, header_, wanted_, target.get(), of_blocks[i]);
            // The file may be another one by now; more rows than were counted have no place.
            rows.read(buffer, block.first_row, block.rows);
            target->add_found(rows.found());
            progress_.advance(block.end - block.begin);
        });
        for (Findings& one : of_blocks) {
            one.sort_by_line();
            found.add(one);
        }
        return target;
    }

    const std::string& name_;
    CsvFile file_;
    std::span<const WantedColumn> wanted_;
    Findings& findings_;
    Progress& progress_;
    CsvHeader header_;
    bool is_header_read_ = false;
    bool is_quoted_ = false;
    bool is_cut_off_ = false;
    std::int64_t start_ = 0;  // of the line of names
    std::int64_t begin_ = 0;  // of the rows
    std::int64_t end_ = 0;
    std::size_t rows_ = 0;
    std::vector<Block> blocks_;
    tbb::enumerable_thread_specific<std::string> buffers_;
};

}  // namespace

CsvTable read_columns(const std::string& file, std::span<const WantedColumn> wanted, Findings& findings,
                      Progress& progress) {
    return Reader(file, wanted, findings, progress).read();
}

}  // namespace gw::fact_files
