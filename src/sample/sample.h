// The sample province: Tuyen Quang in 2024 with its real districts and communes, a generated but plausible year, and
// the story of Na Lung. Made the same from the same seed; no name of a living person is in it.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>

namespace gw {
class App;
}

namespace gw::sample {

inline constexpr const char* today = "2024-12-16";  // the day the sample lives in
inline constexpr const char* password = "nalung-2024-demo";  // of every sample person
inline constexpr std::uint32_t seed = 21;

// True when nothing was ever put into the store.
bool is_empty(App& app);
// Fills the store, saying how far it is.
void fill(App& app, std::ostream& out);
// The people to sign in as: what they do, where, and their user name.
void print_people(App& app, std::ostream& out);

}  // namespace gw::sample
