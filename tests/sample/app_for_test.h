// A program on an empty store, living on the last day of the sample.
#pragma once
#include <doctest/doctest.h>

#include <memory>
#include <sstream>
#include <string>

#include "app.h"
#include "organisation/organisation.h"
#include "sample/sample.h"
#include "support/store_for_test.h"

namespace gw::test {

inline Date on(unsigned month, unsigned day) {
    return {std::chrono::year{2024}, std::chrono::month{month}, std::chrono::day{day}};
}

struct AppForTest {
    explicit AppForTest(Dialect dialect) : store(dialect) {
        store.close();
        config.data = folder.path();
        config.database = store.config().address;
        config.today = sample::today;
        app = std::make_unique<App>(config);
    }
    void start_again() {
        app.reset();
        app = std::make_unique<App>(config);
    }
    std::string fill(sample::Scale scale = sample::Scale::small) {
        std::ostringstream out;
        sample::fill(*app, out, scale);
        return out.str();
    }
    template <class Look>
    void read(Look look) {
        app->read("test", [&](const Call& call) { look(call); });
    }

    StoreForTest store;
    FolderForTest folder;
    Config config;
    std::unique_ptr<App> app;
};

inline UnitId unit_named(const Call& call, std::string_view name) {
    for (const organisation::TreeUnit& unit : call.tree->units())
        if (unit.name == name) return unit.id;
    FAIL("no unit is called ", name);
    return {};
}

}  // namespace gw::test
