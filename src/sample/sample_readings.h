// Who looked at the files of members in the year of the sample.
#pragma once
#include "sample/province.h"
#include "sample/year_book.h"

namespace gw::sample {

// Nà Lung and the second cell of An Tường were looked at through the year: by their committees, by the
// province before classes were decided, by the working group. The Block took its list before its review.
void write_readings(const Call& call, const Province& province, const Recorders& recorders);

}  // namespace gw::sample
