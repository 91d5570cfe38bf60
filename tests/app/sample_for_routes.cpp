#include "sample_for_routes.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "platform/db/connection.h"
#include "route_objects.h"
#include "sample/sample.h"

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
    config.data = folder_.file("filled");
    config.database = database_address(config.data, database_);
    config.share = GROUNDWORK_SOURCE_DIR;
    config.today = sample::today;
    App app(config);
    std::ostringstream progress;
    sample::fill(app, progress, sample::Scale::small);
    RouteObjects(app, names_).add();
    app.read("test", [this](const Call& call) { reached_units_ = reached(call); });
}

SampleForRoutes::~SampleForRoutes() {
    if (database_.empty()) return;
    try {
        run_on_server("DROP DATABASE " + database_ + " WITH (FORCE)");
    } catch (const std::exception&) {
        // The throwaway server takes it away when it ends.
    }
}

std::string SampleForRoutes::database_address(const std::string& folder, const std::string& database) const {
    if (dialect_ == Dialect::sqlite) return "sqlite:" + folder + "/groundwork.db";
    const std::string server = server_address();
    return server.substr(0, server.rfind('/') + 1) + database;
}

void SampleForRoutes::with_copy(const std::function<void(const std::vector<std::string>&)>& use) const {
    const FolderForTest folder;
    const std::string data = folder.file("copy");
    fs::copy(folder_.file("filled"), data, fs::copy_options::recursive);
    const std::string database = database_.empty() ? "" : fresh_name();
    if (!database.empty()) run_on_server("CREATE DATABASE " + database + " TEMPLATE " + database_);
    use({"--data", data, "--database", database_address(data, database), "--share", GROUNDWORK_SOURCE_DIR,
         "--today", sample::today, "--log_level", "error"});
    if (!database.empty()) run_on_server("DROP DATABASE " + database + " WITH (FORCE)");
}

}  // namespace gw::test
