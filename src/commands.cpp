#include "commands.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "accounts/accounts.h"
#include "app.h"
#include "commands_evaluation.h"
#include "exchange/exchange.h"
#include "organisation/founding.h"
#include "platform/audit/audit.h"
#include "platform/db/store.h"
#include "platform/files/folder_lock.h"
#include "platform/json/json.h"
#include "platform/log/log.h"
#include "platform/texts/texts.h"
#include "sample/sample.h"

namespace gw {

namespace {

void start_log(const Config& config) {
    log::Level level = log::Level::info;
    if (!from_text(config.log_level, level))
        throw std::runtime_error("log_level must be debug, info, warning or error");
    log::start(level);
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream stream(path, std::ios::binary);
    stream << text;
    if (!stream.flush()) throw std::runtime_error("cannot write " + path);
}

// The language of the person at the shell, from the environment.
std::string shell_language() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        for (const char* language : {"vi", "en", "hi"})
            if (const char* value = std::getenv(name); value && std::string_view(value).starts_with(language))
                return language;
    return "en";
}

int serve(const Config& config) {
    start_log(config);
    App app(config);
    app.serve([&](unsigned short port) {
        std::cout << "Groundwork answers at http" << (config.tls_certificate.empty() ? "" : "s") << "://"
                  << config.http_address << ":" << port << "\n"
                  << std::flush;
    });
    log::stop();
    return 0;
}

int demo(Config config) {
    config.today = sample::today;
    start_log(config);
    App app(config);
    if (sample::is_empty(app)) sample::fill(app, std::cout);
    app.serve([&](unsigned short port) {
        std::cout << "\nOpen http://" << config.http_address << ":" << port
                  << "/ and sign in as one of these people; the password of all is " << sample::password
                  << "\n\n";
        sample::print_people(app, std::cout);
        std::cout << "\nPress Ctrl+C to stop.\n" << std::flush;
    });
    log::stop();
    return 0;
}

// A program that serves keeps units and figures in memory and hears of its own changes only: what changes
// them at the shell is refused until it has ended.
int while_nobody_serves(const Config& config, const std::function<int(App&)>& change) {
    App app(config);
    const FolderLock lock(config.data);
    return change(app);
}

int found(App& app, const std::string& file) {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error("cannot read " + file);
    std::stringstream text;
    text << stream.rdbuf();
    organisation::Founding founding;
    Problems problems;
    read_json_text(text.str(), founding, {}, problems);
    refuse_if(problems);
    app.write("found", [&](const Call& call) { organisation::found(call, founding); });
    std::cout << "founded " << founding.top.name
              << "; now add an administrator: groundwork accounts add NAME --full_name ... --unit "
              << founding.top.code << " --role administrator\n";
    return 0;
}

int verify_audit(App& app, const std::string& expected_hash) {
    audit::Verdict verdict;
    app.read("audit verify", [&](const Call& call) { verdict = audit::verify(call.db, expected_hash); });
    if (verdict.broken_position) {
        std::cerr << "The audit trail is broken at position " << *verdict.broken_position << ": "
                  << verdict.what << "\n";
        return 2;
    }
    std::cout << "The audit trail is whole: " << verdict.entry_count << " entries, last hash "
              << verdict.last_hash << "\n";
    return 0;
}

int describe(const std::string& folder) {
    write_file(folder + "/openapi.json", openapi_page());
    std::cout << "wrote " << folder << "/openapi.json\n";
    return 0;
}

// The password comes from standard input, so that it stands in no list of processes and no shell history.
int add_account(App& app, const std::string& user_name, const std::string& full_name,
                const std::string& unit_code, const std::string& role) {
    std::string password;
    std::cout << "Password for " << user_name << ": " << std::flush;
    std::getline(std::cin, password);
    refuse_if(accounts::problems_in_password(password, user_name, "password"));
    const std::string hash = Passwords().hash(password);
    app.write("accounts add", [&](const Call& call) {
        accounts::add_person(
            call, {.user_name = user_name, .full_name = full_name, .unit_code = unit_code, .role_key = role},
            hash);
    });
    std::cout << "\nadded " << user_name << "\n";
    return 0;
}

int import_file(App& app, const std::string& subject_text, const std::string& file) {
    exchange::Subject subject{};
    if (!from_text(subject_text, subject)) throw std::runtime_error("--subject must be members or units");
    std::string report;
    bool is_good = false;
    app.read(
        "import",
        [&](const Call& call) {
            is_good = exchange::import_file(call, app.texts(), subject, file, "", report);
        },
        shell_language());
    std::cout << report;
    return is_good ? 0 : 2;
}

}  // namespace

Commands::Commands(CLI::App& program) {
    auto command = [this](CLI::App& parent, const char* name, const char* what, std::function<int()> run) {
        CLI::App* added = parent.add_subcommand(name, what);
        added->callback([this, run = std::move(run)] { chosen_ = run; });
        add_setting_options(*added);
        return added;
    };

    command(program, "serve", "Serve the browser app and the API", [this] { return serve(config()); });
    CLI::App* demo_command =
        command(program, "demo", "Fill the sample province and serve it", [this] { return demo(config()); });
    demo_command->add_option_function<std::string>(
        "--port", [this](const std::string& port) { settings_["http_port"] = port; },
        "The port to answer on (short for --http_port)");
    command(program, "migrate", "Create or update the store, then stop", [this] {
        App app(config());
        std::cout << "the store is up to date\n";
        return 0;
    });
    command(program, "found",
            "Begin an organisation in an empty store: kinds of unit and the unit at the top",
            [this] { return while_nobody_serves(config(), [&](App& app) { return found(app, file_); }); })
        ->add_option("file", file_, "JSON; see the folder foundings")
        ->required();
    command(program, "fill", "Fill an empty store with the sample province, then stop", [this] {
        Config filled = config();
        filled.today = sample::today;
        return while_nobody_serves(filled, [](App& app) {
            sample::fill(app, std::cout);
            return 0;
        });
    });
    command(program, "backup", "Write a consistent copy of the SQLite store",
            [this] {
                App app(config());
                app.store().back_up(file_);
                std::cout << "wrote " << file_ << "\n";
                return 0;
            })
        ->add_option("file", file_, "Where the copy goes")
        ->required();
    command(program, "config", "Print every setting and where its value comes from", [this] {
        std::vector<ConfigValue> origins;
        read_config({config_file_, environment_of_process(), settings_}, &origins);
        for (const auto& origin : origins)
            std::cout << origin.key << " = " << origin.value << "    (" << origin.source << ")\n";
        return 0;
    });

    CLI::App* audit_command = program.add_subcommand("audit", "The audit trail")->require_subcommand(1);
    command(*audit_command, "verify", "Check the hash chain; finds the first changed entry",
            [this] {
                App app(config());
                return verify_audit(app, expected_hash_);
            })
        ->add_option("--last_hash", expected_hash_,
                     "A last hash noted earlier: proves that nothing was cut off since");

    CLI::App* accounts_command =
        program.add_subcommand("accounts", "People who sign in")->require_subcommand(1);
    CLI::App* add_command =
        command(*accounts_command, "add", "Add an account; the password is read from standard input", [this] {
            App app(config());
            return add_account(app, user_name_, full_name_, unit_code_, role_);
        });
    add_command->add_option("user_name", user_name_, "Name to sign in with")->required();
    add_command->add_option("--full_name", full_name_, "Name shown to others")->required();
    add_command->add_option("--unit", unit_code_, "Code of the unit the person comes from")->required();
    add_command->add_option("--role", role_, "Role held there, such as administrator")->required();

    evaluation_ = std::make_unique<EvaluationCommands>(
        program, chosen_, [this] { return share_folder(config()) + "/messages"; });

    CLI::App* import_command = command(
        program, "import", "Import units or members from CSV or XLSX: all of the file or nothing", [this] {
            return while_nobody_serves(config(), [&](App& app) { return import_file(app, subject_, file_); });
        });
    import_command->add_option("--subject", subject_, "members or units")->required();
    import_command->add_option("file", file_, "CSV or XLSX")->required();

    command(program, "describe", "Write the OpenAPI page of all routes", [this] { return describe(folder_); })
        ->add_option("folder", folder_, "Folder for openapi.json")
        ->required();
}

void Commands::add_setting_options(CLI::App& command) {
    command.add_option("--config", config_file_, "TOML file with settings");
    Config defaults;
    each_field(defaults, [&](const char* name, const auto&) {
        command
            .add_option_function<std::string>(
                "--" + std::string(name), [this, name](const std::string& value) { settings_[name] = value; })
            ->group("Settings");
    });
}

Config Commands::config() const { return read_config({config_file_, environment_of_process(), settings_}); }

Commands::~Commands() = default;

int Commands::run() { return chosen_(); }

std::string Commands::sentence(const Problem& problem) const {
    return Texts(share_folder(config()) + "/messages").text(shell_language(), problem.key, problem.arguments);
}

}  // namespace gw
