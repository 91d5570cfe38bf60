// Reads the TOML text of one edition into a rulebook and remembers on which line each part stands.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/rulebook.h"
#include "rulebooks/rulebooks.h"

namespace gw::rulebooks {

struct ReadText {
    evaluation::Rulebook rulebook;
    std::map<std::string, std::int64_t> lines;  // by path of keys
    std::vector<FileMistake> mistakes;          // of form: not TOML, unknown keys, wrong types, formulas
};

ReadText read_toml(std::string_view text, const std::string& file);

// The line of the longest known beginning of `path`; 1 when there is none.
std::int64_t line_of(const std::map<std::string, std::int64_t>& lines, std::string path);

}  // namespace gw::rulebooks
