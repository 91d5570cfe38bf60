// Rulebooks: editions written by people as TOML files, read, checked and found by year.
//
// Words: an *edition* is one file, valid for some years; a *mistake* has a file, a line and a key; a *worked
// case* is an example with its answer that the edition must reproduce before it may be used.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/evaluate.h"

namespace gw::rulebooks {

struct FileMistake {
    std::string file;
    std::int64_t line = 0;  // from 1
    std::string key;        // path of keys, e.g. "subject.member.criterion.attendance.input"
    std::string message;    // what is wrong and what is expected
};

struct Edition {
    std::string file;
    std::string checksum;  // FNV-1a of the text, 16 hexadecimal digits: which text gave an old result
    std::shared_ptr<const evaluation::Plan> plan;
    std::string text;  // of the file, so that a result can keep what it was made by

    const evaluation::Rulebook& rulebook() const { return evaluation::rulebook_of(*plan); }
    // In force on a day written as 2025-10-28.
    bool is_in_force(std::string_view day) const;
    // "vn.meeting 2025": the words by which a result keeps what it was made by.
    std::string full_name() const { return rulebook().id + " " + rulebook().edition; }
};

struct Reading {
    std::shared_ptr<const Edition> edition;  // empty when there are mistakes
    std::vector<FileMistake> mistakes;       // all at once, by line
};

// Reads one edition. An edition whose own worked cases do not come out is refused like any other mistake.
Reading read_text(std::string_view text, const std::string& file);
Reading read_file(const std::string& file);

// Every *.toml file below a folder, in order of their paths.
class Library {
public:
    // Adds all editions below `folder`; files with mistakes stay out and are listed.
    static Library read_folder(const std::string& folder);

    const std::vector<std::shared_ptr<const Edition>>& editions() const { return editions_; }
    const std::vector<FileMistake>& mistakes() const { return mistakes_; }

    // The edition of rulebook `id` ("vn.classification", "vn.meeting") in force in `year`, or empty.
    std::shared_ptr<const Edition> find(std::string_view id, std::int64_t year) const;
    // The edition of rulebook `id` in force on a day written as 2025-10-28, or empty.
    std::shared_ptr<const Edition> find_on(std::string_view id, std::string_view day) const;
    // The edition by its exact name, for results stored long ago, or empty.
    std::shared_ptr<const Edition> find_edition(std::string_view id, std::string_view edition) const;
    // The same, by its full name.
    std::shared_ptr<const Edition> find_edition(std::string_view full_name) const;

private:
    std::vector<std::shared_ptr<const Edition>> editions_;
    std::vector<FileMistake> mistakes_;
};

// `groundwork rulebook check FILE...`: prints every mistake as "file:line: key: message", or one line per
// good file. Returns 0 when all are good, 2 otherwise.
int check(std::span<const std::string> files, std::ostream& out);

// `groundwork rulebook test FILE...`: prints every worked case as passed or with what came out otherwise.
// Returns 0 when all pass, 1 when some do not, 2 when a file is no rulebook.
int test(std::span<const std::string> files, std::ostream& out);

}  // namespace gw::rulebooks
