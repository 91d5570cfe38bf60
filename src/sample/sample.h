// The sample province: Tuyen Quang in 2024 with its real districts and communes, a generated but plausible
// year, and the story of Na Lung. Made the same from the same seed; no name of a living person is in it.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>

namespace gw {
class App;
}

namespace gw::sample {

inline constexpr const char* today = "2024-12-16";           // the day the sample lives in
inline constexpr const char* password = "nalung-2024-demo";  // of every sample person
inline constexpr std::uint32_t seed = 21;

// Full: the province. Small: two communes around each of the two stories and a corner of the Block, for
// tests.
enum class Scale { full, small };

// True when nothing was put into the store yet, or when filling it was broken off.
bool is_empty(App& app);
// Fills the store, saying how far it is. Goes on where an earlier filling was broken off: everything but the
// review of the year comes in one transaction, so there is never half a province. Throws std::runtime_error
// when the store holds units that are not the sample's.
void fill(App& app, std::ostream& out, Scale scale = Scale::full);
// The people to sign in as: what they do, where, and their user name.
void print_people(App& app, std::ostream& out);

}  // namespace gw::sample
