// The settings of one installation. Every key may stand in a TOML file, in the environment as
// GROUNDWORK_<KEY>, or on the command line as --<key>; the later wins. A key that is not in the struct is an
// error.
#pragma once
#include <map>
#include <string>
#include <vector>

#include <boost/describe/enum.hpp>
#include "platform/record.h"

namespace gw {

struct Config {
    std::string data = "data";  // folder of the store, files and backups
    std::string database = "";  // empty: sqlite:<data>/groundwork.db; or postgresql://...?schema=name
    std::string share =
        "";  // folder of migrations, messages, rulebooks and the browser app; empty: found beside the program
    std::string http_address = "127.0.0.1";
    std::int64_t http_port = 8080;
    std::string tls_certificate = "";  // PEM files; both given: TLS on http_port
    std::string tls_private_key = "";
    bool is_behind_tls = false;       // a proxy ends TLS: cookies are marked Secure
    std::int64_t io_threads = 0;      // 0: one per processor
    std::int64_t worker_threads = 4;  // for slow calls
    std::int64_t readers = 8;         // connections for reads on PostgreSQL
    std::int64_t job_threads = 1;
    std::int64_t zone_minutes = 420;  // offset of the organisation's clock from UTC (Asia/Ho_Chi_Minh: 420)
    std::string language = "vi";      // of people whose language is not known
    std::string log_level = "info";   // debug, info, warning, error
    std::int64_t finding_check_days = 7;        // after a remedy, before its effect may be checked
    std::int64_t inspection_prepare_days = 10;  // from the decision; no rule gives them
    std::int64_t inspection_conduct_days = 30;
    std::int64_t inspection_close_days = 45;
    std::int64_t obstacle_answer_days = 15;   // for the level above, before silence passes an obstacle up
    std::int64_t obstacle_confirm_days = 15;  // for the unit to say whether it is gone
    std::int64_t visit_every_years = 3;       // in which each unit is visited at least once
    std::int64_t consolidation_watch_months = 12;  // after a weak unit left the list
    std::string public_url = "";  // where people reach the app, such as https://groundwork.example; for mails
    std::string smtp_url = "";    // smtp://host:587 or smtps://host:465; empty: no e-mail is sent
    std::string smtp_user = "";   // with one, the connection must be encrypted
    std::string smtp_password_file = "";  // a file that holds nothing but the password
    std::string mail_from = "";           // the sender's address
    std::string today =
        "";  // a day to live in instead of the clock's (for the sample year); empty: the clock's
};
BOOST_DESCRIBE_STRUCT(Config, (),
                      (data, database, share, http_address, http_port, tls_certificate, tls_private_key,
                       is_behind_tls, io_threads, worker_threads, readers, job_threads, zone_minutes,
                       language, log_level, finding_check_days, inspection_prepare_days,
                       inspection_conduct_days, inspection_close_days, obstacle_answer_days,
                       obstacle_confirm_days, visit_every_years, consolidation_watch_months, public_url,
                       smtp_url, smtp_user, smtp_password_file, mail_from, today))

struct ConfigSources {
    std::string file;  // TOML, or empty
    std::map<std::string, std::string> environment;
    std::map<std::string, std::string> command_line;  // key without dashes
};

struct ConfigValue {
    std::string key, value, source;
};

// Reads the settings from all sources. Throws std::runtime_error listing every mistake with its source:
// unknown keys, values of the wrong kind, a file that cannot be read.
Config read_config(const ConfigSources& sources, std::vector<ConfigValue>* origins = nullptr);
// The GROUNDWORK_... variables of this process. Variables named GROUNDWORK_TEST_... are the tests' own.
std::map<std::string, std::string> environment_of_process();
// Where the store is.
std::string database_address(const Config& config);
// The folder with migrations/, messages/, rulebooks/ and web/dist/. Throws when it is not found.
std::string share_folder(const Config& config);

}  // namespace gw
