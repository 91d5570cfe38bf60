// Looks into files that the program made with the eyes of other programs.
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace gw::test {

// What a program prints about a file with these bytes; the file's name stands between command and options.
// The test fails when the program does.
std::string printed(const std::string& command, const std::string& bytes, const std::string& options = "");

// Without white space: a line that is broken is still the sentence.
std::string squeezed(const std::string& text);

// The files inside a ZIP file, which DOCX and XLSX are.
std::map<std::string, std::string> parts_of(const std::string& zip_file);

std::size_t count_of(const std::string& text, std::string_view part);

}  // namespace gw::test
