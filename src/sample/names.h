// Names of people, villages and organisations, put together from parts that are usual in the region.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "members/members.h"
#include "sample/dice.h"

namespace gw::sample {

// Districts of the uplands have more Tày, Dao and Nùng families than the lowlands.
std::string person_name(Dice& dice, members::Sex sex, bool is_upland);
// `count` different names of villages, none of them in `taken`.
std::vector<std::string> village_names(Dice& dice, int count, bool is_upland, std::string_view taken);

struct OrganisationName {
    std::string name;        // "Sở Giáo dục và Đào tạo"
    bool has_cells = false;  // large enough for several cells
};
// The `count` agencies and enterprises of the Block, large ones first.
std::vector<OrganisationName> block_organisations(Dice& dice, int count);
// Parts of a large organisation that have a cell each.
std::string department_name(int number);
// Bodies of a commune that have a cell of their own: schools, health station, police ...
std::vector<std::string> commune_bodies();

}  // namespace gw::sample
