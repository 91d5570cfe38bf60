#include "fact_files/findings.h"

#include <algorithm>
#include <ostream>

namespace gw::fact_files {
namespace {

void print_place(const Finding& finding, std::ostream& out) {
    out << finding.file;
    if (finding.line > 0) out << ":" << finding.line;
    out << ": ";
    if (!finding.column.empty()) out << finding.column << ": ";
}

}  // namespace

void Findings::add(const Findings& others) {
    const std::size_t room = most_shown - std::min(most_shown, list_.size());
    const std::size_t taken = std::min(room, others.list_.size());
    list_.insert(list_.end(), others.list_.begin(),
                 others.list_.begin() + static_cast<std::ptrdiff_t>(taken));
    notes_.insert(notes_.end(), others.notes_.begin(), others.notes_.end());
    count_ += others.count_;
}

void Findings::sort_by_line() {
    std::stable_sort(list_.begin(), list_.end(),
                     [](const Finding& a, const Finding& b) { return a.line < b.line; });
}

void Findings::print(std::ostream& out) const {
    for (const Finding& note : notes_) {
        print_place(note, out);
        out << "note: " << note.message << "\n";
    }
    for (const Finding& finding : list_) {
        print_place(finding, out);
        out << finding.message << "\n";
    }
    const auto shown = static_cast<std::int64_t>(list_.size());
    if (count_ > shown) out << "and " << count_ - shown << " more\n";
}

}  // namespace gw::fact_files
