#include "support/printed.h"

#include <unistd.h>
#include <zip.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

namespace gw::test {

namespace fs = std::filesystem;

std::string printed(const std::string& command, const std::string& bytes, const std::string& options) {
    const fs::path file = fs::temp_directory_path() / ("paper-" + std::to_string(getpid()));
    std::ofstream(file, std::ios::binary) << bytes;
    FILE* const pipe = popen((command + " " + file.string() + " " + options).c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    char piece[4096];
    for (std::size_t count; (count = fread(piece, 1, sizeof piece, pipe)) > 0;) text.append(piece, count);
    const int status = pclose(pipe);
    fs::remove(file);
    REQUIRE(status == 0);
    return text;
}

std::string squeezed(const std::string& text) {
    std::string all;
    for (const char c : text)
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') all += c;
    return all;
}

std::map<std::string, std::string> parts_of(const std::string& zip_file) {
    std::map<std::string, std::string> parts;
    zip_error_t error;
    zip_source_t* const source = zip_source_buffer_create(zip_file.data(), zip_file.size(), 0, &error);
    zip_t* const zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    REQUIRE(zip != nullptr);
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
        zip_stat_t stat;
        REQUIRE(zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &stat) == 0);
        std::string content(stat.size, '\0');
        zip_file_t* const file = zip_fopen_index(zip, static_cast<zip_uint64_t>(i), 0);
        REQUIRE(zip_fread(file, content.data(), content.size()) == static_cast<zip_int64_t>(content.size()));
        zip_fclose(file);
        parts.emplace(stat.name, std::move(content));
    }
    zip_discard(zip);
    return parts;
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

}  // namespace gw::test
