// The text forms in which values travel to PostgreSQL.
#pragma once
#include <span>
#include <string>

#include "platform/db/db.h"

namespace gw {

// A value that is not NULL.
std::string text_of(const Value& value);
// Adds one element to the text of an array, which begins with "{".
void add_array_element(const Value& value, std::string& array);
// Adds one row to the text that COPY reads.
void add_copy_line(std::span<const Value> row, std::string& lines);

}  // namespace gw
