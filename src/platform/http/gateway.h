// From an HTTP request to a call and back: finds the route, signs the caller in, reads the request, opens the
// transaction, answers as JSON or problem+json, and writes one log line. The only place that knows both
// sides.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/announcements.h"
#include "platform/db/store.h"
#include "platform/http/http.h"
#include "platform/http/static_files.h"
#include "platform/router.h"
#include "platform/texts/texts.h"

namespace gw::http {

inline constexpr std::string_view session_cookie = "groundwork_session";

// Takes away the answers kept for repeated sendings that are older than `before`.
void forget_answers(Db& db, Moment before);

struct GatewayParts {
    const Router& router;
    Store& store;
    const Texts& texts;
    Ids& ids;
    Announcements& announcements;
    Files& files;
    const StaticFiles* static_files = nullptr;  // the browser app; null where there is none
    std::function<std::shared_ptr<const organisation::Tree>()> tree;
    // Who a session token belongs to; null when it belongs to nobody (any more).
    std::function<std::shared_ptr<const Actor>(std::string_view token, Moment now, Date today)> find_actor;
    std::function<Moment()> clock;
    // Whether a person ended the session of this token: its device must then forget what it holds.
    std::function<bool(std::string_view token)> was_ended = {};
    int zone_minutes = 0;
    std::string language = "vi";
    bool marks_cookies_secure = false;
    int worker_threads = 4;
};

class Gateway {
public:
    explicit Gateway(GatewayParts parts);
    ~Gateway();
    Application application();
    // Waits for slow calls that are running. Call after the server has ended.
    void close();

private:
    struct Inside;
    std::shared_ptr<Inside> inside_;
};

}  // namespace gw::http
