// What the province, the Block and communes inspect and supervise in the year of the sample.
#pragma once
#include "sample/province.h"
#include "sample/year_book.h"

namespace gw::sample {

// Programmes of the province, the Block and Khau Tinh with inspections in every phase, and one inspection in
// every fourth of the other communes: what was found, answered, mended, looked at again; one fault came back.
void write_inspections(const Call& call, const Province& province, const Recorders& recorders);

}  // namespace gw::sample
