#include "platform/log/log.h"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "platform/endings.h"
#include "platform/json/json.h"

namespace gw::log {

namespace {

constexpr std::size_t waiting_lines = 8192;

std::shared_ptr<spdlog::logger>& logger() {
    static std::shared_ptr<spdlog::logger> one;
    return one;
}

spdlog::level::level_enum native(Level level) {
    switch (level) {
        case Level::debug: return spdlog::level::debug;
        case Level::info: return spdlog::level::info;
        case Level::warning: return spdlog::level::warn;
        case Level::error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

}  // namespace

void start(Level lowest) {
    const EndingsHeldBack held_back;
    spdlog::init_thread_pool(waiting_lines, 1);
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    // A full queue drops the oldest lines rather than hold up a call.
    logger() = std::make_shared<spdlog::async_logger>("groundwork", sink, spdlog::thread_pool(),
                                                      spdlog::async_overflow_policy::overrun_oldest);
    logger()->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                          spdlog::pattern_time_type::utc);
    logger()->set_level(native(lowest));
    logger()->flush_on(spdlog::level::warn);
}

void stop() {
    if (!logger()) return;
    logger()->flush();
    logger().reset();
    spdlog::shutdown();
}

bool is_on(Level level) { return logger() && logger()->should_log(native(level)); }

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (!is_on(level)) return;
    std::string line = "\"event\":";
    json::append_text(line, event);
    for (const auto& [name, value] : fields) {
        line += ",\"";
        line += name;
        line += "\":";
        if (const auto* number = std::get_if<std::int64_t>(&value)) json::append_number(line, *number);
        else json::append_text(line, std::get<std::string_view>(value));
    }
    logger()->log(native(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace gw::log
