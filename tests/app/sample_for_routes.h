// The small sample with one object for every write of the route table, and the names the table uses for them.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/db/dialect.h"
#include "support/store_for_test.h"

namespace gw {
class Connection;
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
    // A fresh copy, which goes with this. The sample must outlive it.
    class Copy {
    public:
        explicit Copy(const SampleForRoutes& sample);
        ~Copy();
        Copy(const Copy&) = delete;
        Copy& operator=(const Copy&) = delete;

        // The settings that name it, as options of the command line.
        const std::vector<std::string>& options() const { return options_; }
        // Changes the store behind the back of any program.
        void run_sql(const std::string& sql) const;
        std::int64_t count(const std::string& sql) const;
        std::string file() const { return data_ + "/groundwork.db"; }

    private:
        std::unique_ptr<Connection> connect() const;

        FolderForTest folder_;
        std::string data_, database_, address_;
        std::vector<std::string> options_;
    };

    // Filled when it is first asked for.
    static const SampleForRoutes& on(Dialect dialect);
    explicit SampleForRoutes(Dialect dialect);
    ~SampleForRoutes();
    SampleForRoutes(const SampleForRoutes&) = delete;
    SampleForRoutes& operator=(const SampleForRoutes&) = delete;

    const Names& names() const { return names_; }
    // Ids of all units at or below those over which the person holds a role on the day of the sample.
    const std::map<std::string, std::vector<std::string>>& reached_units() const { return reached_units_; }

private:
    std::string folder_of_data() const { return folder_.file("filled"); }

    Dialect dialect_;
    FolderForTest folder_;
    std::string database_;  // on PostgreSQL
    Names names_;
    std::map<std::string, std::vector<std::string>> reached_units_;
};

// Serves until it fails, and gives what it wrote on standard error.
std::string errors_of_start(const std::vector<std::string>& options);

}  // namespace gw::test
