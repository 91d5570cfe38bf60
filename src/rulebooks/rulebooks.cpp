#include "rulebooks/rulebooks.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>

#include "rulebooks/rulebook_reader.h"
#include "rulebooks/worked_cases.h"

namespace gw::rulebooks {
namespace {

std::string checksum_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    std::string digits(16, '0');
    for (std::size_t i = digits.size(); i-- > 0; hash >>= 4) digits[i] = "0123456789abcdef"[hash & 15];
    return digits;
}

// "fact.member.meetings_due" is where the engine sees a fact; the file calls it "fact.meetings_due".
std::string path_in_file(const std::string& path) {
    for (const std::string_view domain : {"fact.member.", "fact.unit.", "fact.meeting."})
        if (path.starts_with(domain)) return "fact." + path.substr(domain.size());
    return path;
}

std::string first_day_of(const evaluation::Rulebook& rulebook) {
    return rulebook.first_day.empty() ? std::to_string(rulebook.valid_from) + "-01-01" : rulebook.first_day;
}

std::string last_day_of(const evaluation::Rulebook& rulebook) {
    if (!rulebook.valid_until) return "9999-12-31";
    return rulebook.last_day.empty() ? std::to_string(*rulebook.valid_until) + "-12-31" : rulebook.last_day;
}

// A text that was read and compiled; whether its worked cases come out was not asked yet.
struct Draft {
    std::map<std::string, std::int64_t> lines;
    std::shared_ptr<const evaluation::Plan> plan;  // empty when there are mistakes
    std::vector<FileMistake> mistakes;

    void add(const evaluation::Mistakes& found, const std::string& file) {
        for (const evaluation::Mistake& mistake : found)
            mistakes.push_back(
                {file, line_of(lines, path_in_file(mistake.path)), mistake.path, mistake.message});
    }
};

bool is_within(const std::string& path, const std::string& table) {
    return path == table || (path.starts_with(table) && path[table.size()] == '.');
}

std::string table_of(const std::string& path) {
    const std::size_t dot = path.rfind('.');
    return dot == std::string::npos ? "" : path.substr(0, dot);
}

// What could not be read, and what may look wrong only because of it.
class Unread {
public:
    explicit Unread(const std::vector<FileMistake>& mistakes) {
        for (const FileMistake& mistake : mistakes) add(mistake.key);
    }
    // Everything else is made of facts, aggregates and the lists of names.
    bool is_at_the_root() const { return is_at_the_root_; }
    bool explains(const std::string& path) const {
        return std::find(subjects_.begin(), subjects_.end(), path) != subjects_.end() ||
               std::any_of(tables_.begin(), tables_.end(),
                           [&](const std::string& table) { return is_within(path, table); });
    }

private:
    void add(const std::string& path) {
        for (const std::string part :
             {"fact", "aggregate", "class", "level", "kind", "languages", "subject", "sources"})
            is_at_the_root_ =
                is_at_the_root_ || (is_within(path, part) && (part != "subject" || path == part));
        tables_.push_back(path);
        if (!path.starts_with("subject.")) return;
        const std::string subject = path.substr(0, path.find('.', std::string("subject.").size()));
        // Other parts are made of these.
        if (is_within(path, subject + ".derived") || path.ends_with(".input") || path.ends_with(".key"))
            tables_.push_back(subject);
        if (is_within(path, subject + ".criterion") || is_within(path, subject + ".deduction"))
            tables_.push_back(table_of(path));
        if (path.ends_with(".maximum") || path.ends_with(".group"))
            for (const char* part : {".maximum", ".group", ".threshold"}) tables_.push_back(subject + part);
        if (is_within(path, subject + ".threshold")) tables_.push_back(subject + ".threshold");
        subjects_.push_back(subject);
    }

    bool is_at_the_root_ = false;
    std::vector<std::string> tables_;
    std::vector<std::string> subjects_;  // with a mistake somewhere; by itself no path below them
};

Draft compile_text(std::string_view text, const std::string& file) {
    ReadText read = read_toml(text, file);
    Draft draft{std::move(read.lines), nullptr, std::move(read.mistakes)};
    // What is not well-formed is not judged further: mistakes would be invented that are not there.
    const Unread unread(draft.mistakes);
    if (draft.lines.empty() || unread.is_at_the_root()) return draft;
    const bool is_well_formed = draft.mistakes.empty();
    evaluation::Compilation compilation = evaluation::compile(std::move(read.rulebook));
    std::erase_if(compilation.mistakes,
                  [&](const evaluation::Mistake& mistake) { return unread.explains(mistake.path); });
    draft.add(compilation.mistakes, file);
    if (is_well_formed) draft.plan = std::move(compilation.plan);
    return draft;
}

// The text of a file, or a mistake.
std::string text_of(const std::string& file, std::vector<FileMistake>& mistakes) {
    // A rulebook is written by people; a larger file is something else.
    constexpr std::uintmax_t largest = 4'000'000;
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error) {
        mistakes.push_back({file, 1, "", "cannot be read: " + error.message()});
        return {};
    }
    if (size > largest) {
        mistakes.push_back({file, 1, "", "is larger than 4 MB; a rulebook is a text written by people"});
        return {};
    }
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) mistakes.push_back({file, 1, "", "cannot be read"});
    return text.str();
}

void print(const std::vector<FileMistake>& mistakes, std::ostream& out) {
    for (const FileMistake& mistake : mistakes)
        out << mistake.file << ":" << mistake.line << ": " << (mistake.key.empty() ? "" : mistake.key + ": ")
            << mistake.message << "\n";
}

}  // namespace

Reading read_text(std::string_view text, const std::string& file) {
    Reading reading;
    Draft draft = compile_text(text, file);
    if (draft.plan != nullptr) draft.add(problems_in_cases(*draft.plan), file);
    reading.mistakes = std::move(draft.mistakes);
    if (reading.mistakes.empty())
        reading.edition = std::make_shared<const Edition>(
            Edition{file, checksum_of(text), std::move(draft.plan), std::string(text)});
    std::stable_sort(reading.mistakes.begin(), reading.mistakes.end(),
                     [](const FileMistake& a, const FileMistake& b) { return a.line < b.line; });
    return reading;
}

Reading read_file(const std::string& file) {
    Reading reading;
    const std::string text = text_of(file, reading.mistakes);
    return reading.mistakes.empty() ? read_text(text, file) : reading;
}

Library Library::read_folder(const std::string& folder) {
    Library library;
    std::vector<std::string> files;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error))
        if (at->is_regular_file() && at->path().extension() == ".toml") files.push_back(at->path().string());
    if (error) library.mistakes_.push_back({folder, 1, "", "cannot be read: " + error.message()});
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) {
        Reading reading = read_file(file);
        if (reading.edition == nullptr) {
            library.mistakes_.insert(library.mistakes_.end(), reading.mistakes.begin(),
                                     reading.mistakes.end());
            continue;
        }
        const evaluation::Rulebook& rulebook = reading.edition->rulebook();
        for (const auto& other : library.editions_) {
            const evaluation::Rulebook& one = other->rulebook();
            const bool is_apart =
                first_day_of(one) > last_day_of(rulebook) || first_day_of(rulebook) > last_day_of(one);
            if (one.id == rulebook.id && !is_apart)
                library.mistakes_.push_back(
                    {file, 1, "valid_from",
                     "is valid in the same years as " + other->file + "; the earlier file is used"});
        }
        library.editions_.push_back(std::move(reading.edition));
    }
    return library;
}

std::shared_ptr<const Edition> Library::find(std::string_view id, std::int64_t year) const {
    for (const auto& edition : editions_) {
        const evaluation::Rulebook& rulebook = edition->rulebook();
        if (rulebook.id == id && rulebook.valid_from <= year &&
            year <= rulebook.valid_until.value_or(INT64_MAX))
            return edition;
    }
    return nullptr;
}

bool Edition::is_in_force(std::string_view day) const {
    return first_day_of(rulebook()) <= day && day <= last_day_of(rulebook());
}

std::shared_ptr<const Edition> Library::find_on(std::string_view id, std::string_view day) const {
    for (const auto& edition : editions_)
        if (edition->rulebook().id == id && edition->is_in_force(day)) return edition;
    return nullptr;
}

std::shared_ptr<const Edition> Library::find_edition(std::string_view full_name) const {
    for (const auto& one : editions_)
        if (one->full_name() == full_name) return one;
    return nullptr;
}

std::shared_ptr<const Edition> Library::find_edition(std::string_view id, std::string_view edition) const {
    for (const auto& one : editions_)
        if (one->rulebook().id == id && one->rulebook().edition == edition) return one;
    return nullptr;
}

int check(std::span<const std::string> files, std::ostream& out) {
    int code = 0;
    for (const std::string& file : files) {
        const Reading reading = read_file(file);
        print(reading.mistakes, out);
        if (reading.edition == nullptr) {
            code = 2;
            continue;
        }
        const evaluation::Rulebook& rulebook = reading.edition->rulebook();
        std::size_t criteria = 0;
        std::size_t cases = 0;
        for (const evaluation::Subject& subject : rulebook.subjects) {
            criteria += subject.criteria.size();
            cases += subject.cases.size();
        }
        out << file << ": good: " << rulebook.id << " " << rulebook.edition << ", "
            << rulebook.subjects.size() << " subjects, " << criteria << " criteria, " << cases
            << " worked cases\n";
    }
    return code;
}

int test(std::span<const std::string> files, std::ostream& out) {
    int code = 0;
    for (const std::string& file : files) {
        std::vector<FileMistake> mistakes;
        const std::string text = text_of(file, mistakes);
        Draft draft;
        if (mistakes.empty()) draft = compile_text(text, file);
        mistakes.insert(mistakes.end(), draft.mistakes.begin(), draft.mistakes.end());
        print(mistakes, out);
        if (draft.plan == nullptr) {
            code = 2;
            continue;
        }
        std::size_t failed = 0;
        const std::vector<CaseOutcome> outcomes = run_cases(*draft.plan);
        for (const CaseOutcome& outcome : outcomes) {
            const std::string place =
                file + ":" + std::to_string(line_of(draft.lines, outcome.path)) + ": " + outcome.path;
            if (outcome.mistakes.empty()) out << place << ": passed\n";
            for (const evaluation::Mistake& mistake : outcome.mistakes)
                out << place << ": FAILED: " << mistake.message << "\n";
            failed += !outcome.mistakes.empty();
        }
        out << file << ": " << outcomes.size() - failed << " of " << outcomes.size()
            << " worked cases passed\n";
        if (failed > 0) code = std::max(code, 1);
    }
    return code;
}

}  // namespace gw::rulebooks
