#include "app.h"

#include <csignal>
#include <filesystem>
#include <random>
#include <thread>

#include "accounts/accounts.h"
#include "classification/classification.h"
#include "dashboard/dashboard.h"
#include "exchange/exchange.h"
#include "meetings/meetings.h"
#include "members/members.h"
#include "organisation/organisation.h"
#include "platform/announcements.h"
#include "platform/audit/audit.h"
#include "platform/db/store.h"
#include "platform/files/files.h"
#include "platform/http/gateway.h"
#include "platform/http/server.h"
#include "platform/http/static_files.h"
#include "platform/jobs/jobs.h"
#include "platform/log/log.h"
#include "platform/router.h"
#include "platform/texts/texts.h"
#include "resolutions/resolutions.h"
#include "rulebooks/rulebooks.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw {

namespace fs = std::filesystem;

namespace {

Moment clock_now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

std::string made_folder(const std::string& folder) {
    fs::create_directories(folder);
    return folder;
}

std::uint32_t random_number() {
    return std::random_device()();
}

}  // namespace

struct App::Parts {
    explicit Parts(const Config& given)
        : config(given),
          share(share_folder(config)),
          texts(share + "/messages"),
          files(made_folder(config.data) + "/files"),
          store(Store::open({database_address(config), share + "/migrations", static_cast<int>(config.readers)})),
          rulebooks(rulebooks::Library::read_folder(share + "/rulebooks")) {
        if (!config.today.empty()) {
            Date day{};
            if (!from_text(config.today, day)) throw std::runtime_error("the setting today must be a day such as 2024-12-16");
            const std::int64_t days = day_number(day) - day_number(day_of(clock_now(), zone_minutes()));
            clock_shift = days * 24 * 60 * 60 * 1000;
        }
        for (const auto& mistake : rulebooks.mistakes())
            throw std::runtime_error(mistake.file + ":" + std::to_string(mistake.line) + ": " + mistake.key + ": " + mistake.message);
        rebuild_tree();
        announcements.listen("units", [this](const std::set<UnitId>&) { rebuild_tree(); });
        store->after_commit([this] { announcements.deliver(); });
    }

    int zone_minutes() const { return static_cast<int>(config.zone_minutes); }
    Moment now() const { return {clock_now().milliseconds + clock_shift}; }
    Date today() const { return day_of(now(), zone_minutes()); }

    void rebuild_tree() {
        store->read([this](Db& db) { trees.rebuild(db, today()); });
    }

    Call call_in(Db& db, const Actor& actor) {
        return {db, actor, now(), today(), actor.language, trees.today(), ids, announcements, *store, files, ""};
    }

    Config config;
    std::string share;
    std::int64_t clock_shift = 0;  // milliseconds, when the installation lives in a sample year
    Texts texts;
    Files files;
    Ids ids{random_number()};
    Announcements announcements;
    std::unique_ptr<Store> store;
    organisation::Trees trees;
    rulebooks::Library rulebooks;
};

App::~App() = default;

}  // namespace gw
