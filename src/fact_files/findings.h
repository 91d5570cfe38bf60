// What is wrong in files of facts, gathered so that a reader learns of everything at once: the first twenty
// places by file, line and column, and how many more there are.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace gw::fact_files {

struct Finding {
    std::string file;
    std::int64_t line = 0;  // from 1 with the line of names; 0 when the file as a whole is meant
    std::string column;     // empty when the line as a whole is meant
    std::string message;
};

class Findings {
public:
    static constexpr std::size_t most_shown = 20;

    void add(Finding finding) {
        ++count_;
        if (list_.size() < most_shown) list_.push_back(std::move(finding));
    }
    // Adds what another list found; its places come after the ones here.
    void add(const Findings& others);
    // Nothing is wrong, but somebody ought to know.
    void note(std::string file, std::string message) {
        notes_.push_back({std::move(file), 0, "", std::move(message)});
    }

    void drop_notes() { notes_.clear(); }
    void sort_by_line();

    bool is_empty() const { return count_ == 0; }
    std::int64_t count() const { return count_; }
    const std::vector<Finding>& list() const { return list_; }
    const std::vector<Finding>& notes() const { return notes_; }

    // "file:line: column: message", one line each; notes first.
    void print(std::ostream& out) const;

private:
    std::int64_t count_ = 0;
    std::vector<Finding> list_;
    std::vector<Finding> notes_;
};

}  // namespace gw::fact_files
