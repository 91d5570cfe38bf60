// How much memory a large table may still take.
#pragma once
#include <cstdint>

namespace gw::fact_files {

// Bytes that can be used without driving the machine into swapping, or past the limit of its container.
std::int64_t free_memory();

}  // namespace gw::fact_files
