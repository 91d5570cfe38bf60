// What the cells of the sample cannot solve themselves: where it went, who was silent, what came back.
#pragma once
#include "sample/province.h"
#include "sample/year_book.h"

namespace gw::sample {

// In the order of the days, by the acts that people take, so that each has its story.
void write_obstacles(const Call& call, const Province& province, const Recorders& recorders);

}  // namespace gw::sample
