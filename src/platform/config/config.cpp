#include "platform/config/config.h"

#include <toml++/toml.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include "platform/text.h"

extern char** environ;

namespace gw {

namespace fs = std::filesystem;

namespace {

// Puts a text into one setting; says what is wrong with it, or nothing.
template <class T>
std::string set(T& field, const std::string& text) {
    if constexpr (std::is_same_v<T, bool>) {
        if (text != "true" && text != "false") return "must be true or false";
        field = text == "true";
    } else if constexpr (std::is_integral_v<T>) {
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), field);
        if (fault != std::errc{} || end != text.data() + text.size() || field < 0)
            return "must be a whole number from 0 up";
    } else {
        field = text;
    }
    return {};
}

std::string text_of(const toml::node& node) {
    if (const auto text = node.value<std::string>(); text && node.is_string()) return *text;
    if (node.is_boolean()) return *node.value<bool>() ? "true" : "false";
    if (node.is_integer()) return std::to_string(*node.value<std::int64_t>());
    return "?";
}

// What toml++ 3.3 ends the program on instead of refusing: broken [tables], and letters beyond ASCII outside
// quotes. Settings need neither, so they are refused here by line.
void refuse_what_breaks_the_reader(const std::string& file) {
    std::ifstream stream(file);
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
        const std::string_view text = trimmed(line);
        const std::string where = file + ":" + std::to_string(number) + ": ";
        if (text.starts_with('['))
            throw std::runtime_error(where + "settings stand at the top, not in [tables]");
        for (const char letter : text.substr(0, text.find_first_of("\"'#")))
            if (static_cast<unsigned char>(letter) >= 128)
                throw std::runtime_error(where + "put text with other letters than a to z in quotes");
    }
}

std::map<std::string, std::string> values_of_file(const std::string& file) {
    std::map<std::string, std::string> values;
    if (file.empty()) return values;
    refuse_what_breaks_the_reader(file);
    try {
        for (const auto& [key, node] : toml::parse_file(file)) values[std::string(key.str())] = text_of(node);
    } catch (const toml::parse_error& error) {
        const auto where = error.source().begin;
        throw std::runtime_error(file + (where.line > 0 ? ":" + std::to_string(where.line) : "") + ": " +
                                 std::string(error.description()));
    }
    return values;
}

}  // namespace

Config read_config(const ConfigSources& sources, std::vector<ConfigValue>* origins) {
    Config config;
    std::map<std::string, ConfigValue> seen;
    each_field(config, [&](const char* name, const auto& field) {
        std::string text;
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, std::string>) text = field;
        else if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, bool>)
            text = field ? "true" : "false";
        else text = std::to_string(field);
        seen[name] = {name, text, "default"};
    });
    std::string mistakes;
    auto apply = [&](const std::map<std::string, std::string>& values, const std::string& source) {
        for (const auto& value : values) {
            const std::string& key = value.first;
            const std::string& text = value.second;
            bool is_known = false;
            each_field(config, [&](const char* name, auto& field) {
                if (key != name) return;
                is_known = true;
                if (const std::string wrong = set(field, text); !wrong.empty())
                    mistakes += source + ": " + key + " " + wrong + "\n";
                seen[key] = {key, text, source};
            });
            if (!is_known) mistakes += source + ": there is no setting " + key + "\n";
        }
    };
    apply(values_of_file(sources.file), sources.file);
    apply(sources.environment, "environment");
    apply(sources.command_line, "command line");
    if (config.http_port > 65535) mistakes += "http_port must be at most 65535\n";
    if (config.consolidation_watch_months > 120)
        mistakes += "consolidation_watch_months must be at most 120\n";
    if (config.tls_certificate.empty() != config.tls_private_key.empty())
        mistakes += "tls_certificate and tls_private_key go together: give both or none\n";
    if (!config.smtp_url.empty() && (config.mail_from.empty() || config.public_url.empty()))
        mistakes += "smtp_url needs mail_from and public_url: mails have a sender and lead back to the app\n";
    if (!config.smtp_url.empty() && !config.smtp_url.starts_with("smtp://") &&
        !config.smtp_url.starts_with("smtps://"))
        mistakes += "smtp_url must begin with smtp:// or smtps://\n";
    if (!config.public_url.empty() &&
        ((!config.public_url.starts_with("https://") && !config.public_url.starts_with("http://")) ||
         config.public_url.ends_with('/')))
        mistakes += "public_url must begin with https:// or http:// and end without a slash\n";
    if (config.smtp_user.empty() != config.smtp_password_file.empty())
        mistakes += "smtp_user and smtp_password_file go together: give both or none\n";
    if (!mistakes.empty()) throw std::runtime_error(mistakes.substr(0, mistakes.size() - 1));
    if (origins) each_field(config, [&](const char* name, const auto&) { origins->push_back(seen[name]); });
    return config;
}

std::map<std::string, std::string> environment_of_process() {
    std::map<std::string, std::string> values;
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (!text.starts_with("GROUNDWORK_") || text.starts_with("GROUNDWORK_TEST_") || equals == text.npos)
            continue;
        std::string key;
        for (char letter : text.substr(11, equals - 11))
            key += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        values[key] = text.substr(equals + 1);
    }
    return values;
}

std::string database_address(const Config& config) {
    return config.database.empty() ? "sqlite:" + (fs::path(config.data) / "groundwork.db").string()
                                   : config.database;
}

std::string share_folder(const Config& config) {
    if (!config.share.empty()) {
        if (!fs::is_directory(fs::path(config.share) / "migrations"))
            throw std::runtime_error("the folder given as `share` holds no migrations: " + config.share);
        return config.share;
    }
    std::error_code fault;
    const fs::path program = fs::read_symlink("/proc/self/exe", fault).parent_path();
    for (const fs::path& candidate :
         {program / "..", program / ".." / "share" / "groundwork", fs::path(GROUNDWORK_SOURCE_DIR)})
        if (fs::is_directory(candidate / "migrations") && fs::is_directory(candidate / "messages"))
            return fs::weakly_canonical(candidate).string();
    throw std::runtime_error(
        "the folder with migrations, messages and the browser app was not found; name it with --share");
}

}  // namespace gw
