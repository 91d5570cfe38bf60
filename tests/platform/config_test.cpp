#include "platform/config/config.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

namespace gw::test {

namespace {

std::string file_of(const std::string& text) {
    const auto file = std::filesystem::temp_directory_path() / "groundwork-config-test.toml";
    std::ofstream(file) << text;
    return file.string();
}

std::string complaint(const ConfigSources& sources) {
    try {
        read_config(sources);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("the command line beats the environment, which beats the file, which beats the default") {
    ConfigSources sources{file_of("http_port = 1\nlanguage = \"en\"\nis_behind_tls = true\n"), {}, {}};
    CHECK(read_config(sources).http_port == 1);
    CHECK(read_config(sources).is_behind_tls);
    sources.environment["http_port"] = "2";
    CHECK(read_config(sources).http_port == 2);
    sources.command_line["http_port"] = "3";
    std::vector<ConfigValue> origins;
    CHECK(read_config(sources, &origins).http_port == 3);
    CHECK(read_config(sources).language == "en");
    for (const auto& origin : origins) {
        if (origin.key == "http_port") CHECK(origin.source == "command line");
        if (origin.key == "io_threads") CHECK(origin.source == "default");
        if (origin.key == "language") CHECK(origin.source == sources.file);
    }
}

TEST_CASE("unknown keys and values of the wrong kind are all named with their source") {
    const std::string said = complaint({file_of("http_prot = 1\nhttp_port = \"many\"\n"),
                                        {{"shares", "x"}},
                                        {{"is_behind_tls", "perhaps"}}});
    CHECK(said.find("there is no setting http_prot") != std::string::npos);
    CHECK(said.find("http_port must be a whole number") != std::string::npos);
    CHECK(said.find("environment: there is no setting shares") != std::string::npos);
    CHECK(said.find("is_behind_tls must be true or false") != std::string::npos);
}

TEST_CASE("mail settings that cannot work together are refused") {
    CHECK(complaint({"", {{"smtp_url", "smtp://mail.example:587"}}, {}})
              .find("needs mail_from and public_url") != std::string::npos);
    CHECK(complaint({"",
                     {{"smtp_url", "mail.example"},
                      {"mail_from", "a@b.example"},
                      {"public_url", "https://b.example"}},
                     {}})
              .find("must begin with smtp://") != std::string::npos);
    CHECK(complaint({"", {{"public_url", "https://b.example/"}}, {}}).find("without a slash") !=
          std::string::npos);
    CHECK(complaint({"", {{"smtp_user", "a"}}, {}}).find("go together") != std::string::npos);
    CHECK(complaint({"",
                     {{"smtp_url", "smtps://mail.example"},
                      {"mail_from", "a@b.example"},
                      {"public_url", "https://b.example"}},
                     {}})
              .empty());
}

TEST_CASE("a watch over weak units of more than ten years is refused") {
    CHECK(complaint({"", {{"consolidation_watch_months", "121"}}, {}}).find("at most 120") !=
          std::string::npos);
    CHECK(complaint({"", {{"consolidation_watch_months", "-1"}}, {}}).find("from 0 up") != std::string::npos);
    CHECK(complaint({"", {{"consolidation_watch_months", "6"}}, {}}).empty());
}

TEST_CASE("lines that would end the TOML reader are refused by line") {
    CHECK(complaint({file_of("language = \"vi\"\n[+x]\n"), {}, {}}).find(":2: settings stand at the top") !=
          std::string::npos);
    CHECK(complaint({file_of("ngôn = 1\n"), {}, {}}).find(":1: put text") != std::string::npos);
    CHECK(complaint({file_of("data = \"thư mục\" # chú thích\n"), {}, {}}).empty());
}

TEST_CASE("a file that is not TOML is named with its line, a certificate needs its key") {
    CHECK(complaint({file_of("language = \"vi\"\nhttp_port =\n"), {}, {}}).find(":2") != std::string::npos);
    CHECK(complaint({"", {}, {{"tls_certificate", "a.pem"}}}).find("go together") != std::string::npos);
    CHECK(complaint({"", {}, {{"http_port", "70000"}}}).find("at most 65535") != std::string::npos);
}

}  // namespace gw::test
