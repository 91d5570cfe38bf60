#include "fact_files/csv_block.h"

#include <algorithm>

#include "fact_files/csv_cell.h"

namespace gw::fact_files {

using evaluation::Range;

CsvTarget::CsvTarget(std::span<const WantedColumn> wanted, std::size_t rows, const std::vector<Range>& guess)
    : rows_(rows), found_(wanted.size()), has_given_(std::make_unique<std::once_flag[]>(wanted.size())) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        columns_.push_back({wanted[i].names.front(), evaluation::Numbers::unwritten(rows, guess[i]), {}});
        views_.push_back(columns_.back().values.view());
    }
}

namespace {

template <class T>
void narrow(std::span<const std::int64_t> values, void* first, std::size_t row) {
    T* const out = static_cast<T*>(first) + row;
    for (std::size_t i = 0; i < values.size(); ++i) out[i] = static_cast<T>(values[i]);
}

// Stands where no value is known; nothing outside the range is ever stored.
std::int64_t harmless_value(const Range& range) {
    return std::clamp<std::int64_t>(0, range.lowest, range.highest);
}

bool has_room_for(evaluation::Width width, const Range& range) {
    return evaluation::width_for(range) <= width;
}

void join(Range& range, const Range& other) {
    range.lowest = std::min(range.lowest, other.lowest);
    range.highest = std::max(range.highest, other.highest);
}

}  // namespace

void CsvTarget::store(std::size_t column, std::size_t first_row, std::span<const std::int64_t> values,
                      const Range& found) {
    const evaluation::View& view = views_[column];
    if (!has_room_for(view.width, found)) return;
    switch (view.width) {
        case evaluation::Width::u8: narrow<std::uint8_t>(values, view.first, first_row); break;
        case evaluation::Width::i16: narrow<std::int16_t>(values, view.first, first_row); break;
        case evaluation::Width::i32: narrow<std::int32_t>(values, view.first, first_row); break;
        case evaluation::Width::i64: narrow<std::int64_t>(values, view.first, first_row); break;
    }
}

void CsvTarget::set_unknown(std::size_t column, std::size_t row) {
    std::call_once(has_given_[column], [&] { columns_[column].given.assign(rows_, 1); });
    columns_[column].given[row] = 0;
}

void CsvTarget::add_found(std::span<const Range> found) {
    if (found.empty()) return;
    const std::lock_guard guard(mutex_);
    if (is_found_empty_) found_.assign(found.begin(), found.end());
    else
        for (std::size_t i = 0; i < found.size(); ++i) join(found_[i], found[i]);
    is_found_empty_ = false;
}

bool CsvTarget::has_room() const {
    for (std::size_t i = 0; i < found_.size(); ++i)
        if (!has_room_for(views_[i].width, found_[i])) return false;
    return true;
}

CsvBlock::CsvBlock(const std::string& file, const CsvHeader& header, std::span<const WantedColumn> wanted,
                   CsvTarget* target, Findings& findings)
    : file_(file),
      header_(header),
      wanted_(wanted),
      target_(target),
      findings_(findings),
      stage_(wanted.size() * batch) {}

void CsvBlock::read(std::string_view text, std::size_t first_row, std::size_t most_rows) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end && most_rows > 0) {
        batch_start_ = first_row;
        std::size_t rows = 0;
        for (; rows < batch && rows < most_rows && at != end; ++rows) at = read_line(at, rows);
        flush(first_row, rows);
        first_row += rows;
        most_rows -= rows;
    }
}

// Reads one line into the stage; returns where the next begins.
const char* CsvBlock::read_line(const char* at, std::size_t row) {
    const char separator = header_.separator;
    const char* const line = at;
    const std::size_t fields = header_.wanted_of_field.size();
    if (*at == '\n' || (*at == '\r' && at[1] == '\n')) {
        wrong_fields(line, row);
        return at + (*at == '\n' ? 1 : 2);
    }
    for (std::size_t field = 0; field < fields; ++field) {
        const std::int32_t wanted = header_.wanted_of_field[field];
        if (wanted < 0) {
            while (*at != separator && *at != '\n') ++at;
        } else {
            const char* const begin = at;
            std::int64_t value = 0;
            for (unsigned digit = 0; (digit = static_cast<unsigned>(*at) - '0') <= 9; ++at)
                if (at - begin < 18) value = value * 10 + digit;
            const std::ptrdiff_t digits = at - begin;
            if (*at == '\r' && at[1] == '\n') ++at;
            if (digits > 0 && digits <= 18 && (*at == separator || *at == '\n'))
                stage_[static_cast<std::size_t>(wanted) * batch + row] = value;
            else at = read_careful(begin, static_cast<std::size_t>(wanted), row);
        }
        const bool is_last = field + 1 == fields;
        if ((*at == '\n') != is_last) {
            wrong_fields(line, row);
            while (*at != '\n') ++at;
            break;
        }
        if (!is_last) ++at;
    }
    return at + 1;
}

// A cell that is not simply digits: empty, negative, with spaces, or wrong. Returns where it ends.
const char* CsvBlock::read_careful(const char* at, std::size_t wanted, std::size_t row) {
    const char* const begin = at;
    while (*at != header_.separator && *at != '\n') ++at;
    const CellReading cell = read_cell({begin, static_cast<std::size_t>(at - begin)}, wanted_[wanted]);
    const bool is_number = cell.is_known && cell.mistake.empty();
    stage_[wanted * batch + row] = is_number ? cell.value : harmless_value(wanted_[wanted].range);
    if (target_ == nullptr) return at;
    if (!cell.mistake.empty())
        findings_.add({file_, line_of(batch_start_ + row), wanted_[wanted].names.front(), cell.mistake});
    else if (!cell.is_known) target_->set_unknown(wanted, batch_start_ + row);
    return at;
}

void CsvBlock::wrong_fields(const char* line, std::size_t row) {
    for (std::size_t wanted = 0; wanted < wanted_.size(); ++wanted)
        stage_[wanted * batch + row] = harmless_value(wanted_[wanted].range);
    if (target_ == nullptr) return;
    std::size_t fields = 1;
    const char* end = line;
    for (; *end != '\n'; ++end) fields += *end == header_.separator;
    const std::size_t expected = header_.wanted_of_field.size();
    const bool is_blank = trimmed_cell({line, static_cast<std::size_t>(end - line)}).empty();
    findings_.add({file_, line_of(batch_start_ + row), "",
                   is_blank ? "the line is empty"
                            : "the line has " + std::to_string(fields) + " cells instead of " +
                                  std::to_string(expected)});
}

void CsvBlock::flush(std::size_t first_row, std::size_t rows) {
    const bool is_first = found_.empty();
    if (is_first) found_.resize(wanted_.size());
    for (std::size_t wanted = 0; wanted < wanted_.size(); ++wanted) {
        const std::span<const std::int64_t> values(stage_.data() + wanted * batch, rows);
        Range range{values[0], values[0]};
        for (const std::int64_t value : values) {
            range.lowest = std::min(range.lowest, value);
            range.highest = std::max(range.highest, value);
        }
        if (is_first) found_[wanted] = range;
        else join(found_[wanted], range);
        if (target_ == nullptr) continue;
        target_->store(wanted, first_row, values, range);
        const Range& allowed = wanted_[wanted].range;
        if (allowed.holds(range)) continue;
        for (std::size_t row = 0; row < rows; ++row)
            if (!allowed.holds(values[row]))
                findings_.add({file_, line_of(first_row + row), wanted_[wanted].names.front(),
                               outside_of(values[row], allowed)});
    }
}

}  // namespace gw::fact_files
