// Structured log lines: one JSON object per line on standard error, written off the caller's thread.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <boost/describe/enum.hpp>
#include "platform/record.h"

namespace gw::log {

BOOST_DEFINE_ENUM_CLASS(Level, debug, info, warning, error)

using Field = std::pair<std::string_view, std::variant<std::string_view, std::int64_t>>;

void start(Level lowest);
// Writes what waits; called at the end of the program.
void stop();
bool is_on(Level level);
// {"at":"2024-05-04T12:30:00.123Z","level":"info","event":"call","status":200,...}
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace gw::log
