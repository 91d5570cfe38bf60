// The small sample with one object for every write of the route table, and the names the table uses for them.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "platform/db/dialect.h"
#include "support/store_for_test.h"

namespace gw {
class App;
struct Config;
}  // namespace gw

namespace gw::test {

inline constexpr const char* sample_people[] = {"dangvien", "thuky",   "vanphong", "khoi",
                                                "tinhuy",   "kiemtra", "lanhdao",  "quantri"};

// {na_lung} -> its id, and so on: see routes.tsv.
using Names = std::map<std::string, std::string>;
std::string filled(std::string text, const Names& names);

// A store filled once, of which copies are quickly made: a file, or a template database of PostgreSQL.
class SampleForRoutes {
public:
    explicit SampleForRoutes(Dialect dialect);
    ~SampleForRoutes();
    SampleForRoutes(const SampleForRoutes&) = delete;
    SampleForRoutes& operator=(const SampleForRoutes&) = delete;

    const Names& names() const { return names_; }
    // Ids of all units at or below those over which the person holds a role on the day of the sample.
    const std::map<std::string, std::vector<std::string>>& reached_units() const { return reached_units_; }
    // Calls `use` with the settings of a fresh copy, as options of the command line, and takes the copy away.
    void with_copy(const std::function<void(const std::vector<std::string>& options)>& use) const;

private:
    std::string database_address(const std::string& folder, const std::string& database) const;

    Dialect dialect_;
    FolderForTest folder_;
    std::string database_;  // on PostgreSQL
    Names names_;
    std::map<std::string, std::vector<std::string>> reached_units_;
};

}  // namespace gw::test
