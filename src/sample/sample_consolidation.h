// How the Block found eleven weak branches and helped them through the year, and what communes propose.
#pragma once
#include "sample/province.h"
#include "sample/year_book.h"

namespace gw::rulebooks {
class Library;
}

namespace gw::sample {

// In the order of the days, by the acts that people take, so that each case has its story and the figures of
// the records as they stood that day. The year of the cells must be written before.
void write_consolidation(const Call& call, const Province& province, const Recorders& recorders,
                         const rulebooks::Library& library);

}  // namespace gw::sample
