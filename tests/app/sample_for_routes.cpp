#include "sample_for_routes.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "platform/db/connection.h"
#include "route_objects.h"
#include "sample/sample.h"
#include "support/served_program.h"

namespace gw::test {
namespace {

namespace fs = std::filesystem;

std::string server_address() { return std::getenv("GROUNDWORK_TEST_POSTGRES"); }

// PostgreSQL makes and drops databases from a connection to another one.
void run_on_server(const std::string& sql) {
    open_postgres({server_address(), "public"}, PostgresUse::write)->script(sql);
}

std::string fresh_name() {
    static std::atomic<int> count = 0;
    return "routes_" + std::to_string(getpid()) + "_" + std::to_string(++count);
}

void drop(const std::string& database) {
    if (database.empty()) return;
    try {
        run_on_server("DROP DATABASE " + database + " WITH (FORCE)");
    } catch (const std::exception&) {
        // The throwaway server takes it away when it ends.
    }
}

std::string address_of(Dialect dialect, const std::string& data, const std::string& database) {
    if (dialect == Dialect::sqlite) return "sqlite:" + data + "/groundwork.db";
    const std::string server = server_address();
    return server.substr(0, server.rfind('/') + 1) + database;
}

std::map<std::string, std::vector<std::string>> reached(const Call& call) {
    std::map<std::string, std::vector<std::string>> units;
    for (const char* person : sample_people) {
        const auto account = accounts::find_account(call.db, person);
        std::vector<std::string>& ids = units[person];
        call.db.each(
            "SELECT unit_id FROM grants WHERE account_id = :account_id AND from_on <= :today AND "
            "(until_on IS NULL OR until_on > :today)",
            {{"account_id", account->id}, {"today", call.today}}, [&](const Row& row) {
                const auto range = call.tree->reach(*call.tree->find(UnitId{row.number(0)}));
                for (int at = range.first; at < range.end; ++at) ids.push_back(to_text(call.tree->at(at).id));
            });
    }
    return units;
}

}  // namespace

std::string filled(std::string text, const Names& names) {
    for (std::size_t at = 0; (at = text.find('{', at)) != text.npos;) {
        const auto end = text.find('}', at);
        const auto found = end == text.npos ? names.end() : names.find(text.substr(at + 1, end - at - 1));
        if (found == names.end()) ++at;
        else text.replace(at, end - at + 1, found->second), at += found->second.size();
    }
    return text;
}

SampleForRoutes::SampleForRoutes(Dialect dialect) : dialect_(dialect) {
    if (dialect == Dialect::postgres) {
        database_ = fresh_name();
        run_on_server("CREATE DATABASE " + database_);
    }
    Config config;
    config.data = folder_of_data();
    config.database = address_of(dialect, config.data, database_);
    config.share = GROUNDWORK_SOURCE_DIR;
    config.today = sample::today;
    App app(config);
    std::ostringstream progress;
    sample::fill(app, progress, sample::Scale::small);
    RouteObjects(app, names_).add();
    app.read("test", [this](const Call& call) { reached_units_ = reached(call); });
}

SampleForRoutes::~SampleForRoutes() { drop(database_); }

namespace {

std::map<Dialect, std::unique_ptr<SampleForRoutes>>& filled_samples() {
    static std::map<Dialect, std::unique_ptr<SampleForRoutes>> samples;
    return samples;
}

// Takes the samples away when the tests have run: at the exit of the program the libraries that speak to
// PostgreSQL are gone already.
struct SamplesEnd : doctest::IReporter {
    explicit SamplesEnd(const doctest::ContextOptions&) {}
    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats&) override { filled_samples().clear(); }
    void test_case_start(const doctest::TestCaseData&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_end(const doctest::CurrentTestCaseStats&) override {}
    void test_case_exception(const doctest::TestCaseException&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData&) override {}
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}
};
REGISTER_LISTENER("samples_end", 1, SamplesEnd);

}  // namespace

const SampleForRoutes& SampleForRoutes::on(Dialect dialect) {
    auto& sample = filled_samples()[dialect];
    if (!sample) sample = std::make_unique<SampleForRoutes>(dialect);
    return *sample;
}

SampleForRoutes::Copy::Copy(const SampleForRoutes& sample) : data_(folder_.file("copy")) {
    fs::copy(sample.folder_of_data(), data_, fs::copy_options::recursive);
    if (sample.dialect_ == Dialect::postgres) {
        database_ = fresh_name();
        run_on_server("CREATE DATABASE " + database_ + " TEMPLATE " + sample.database_);
    }
    address_ = address_of(sample.dialect_, data_, database_);
    options_ = {"--data",  data_,         "--database",  address_, "--share", GROUNDWORK_SOURCE_DIR,
                "--today", sample::today, "--log_level", "error"};
}

SampleForRoutes::Copy::~Copy() { drop(database_); }

std::unique_ptr<Connection> SampleForRoutes::Copy::connect() const {
    if (database_.empty()) return open_sqlite(file(), SqliteUse::write);
    return open_postgres({address_, "public"}, PostgresUse::write);
}

void SampleForRoutes::Copy::run_sql(const std::string& sql) const { connect()->script(sql); }

std::int64_t SampleForRoutes::Copy::count(const std::string& sql) const { return connect()->count(sql); }

std::string errors_of_start(const std::vector<std::string>& options) {
    std::vector<std::string> words{"serve", "--http_port", "0"};
    words.insert(words.end(), options.begin(), options.end());
    const ProgramOutcome outcome = run_program(GROUNDWORK_PROGRAM, words);
    return outcome.code == 1 ? outcome.errors : "ended with " + std::to_string(outcome.code);
}

}  // namespace gw::test
