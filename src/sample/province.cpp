#include "sample/province.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "sample/names.h"

namespace gw::sample {

namespace {

constexpr Date long_ago{std::chrono::year{2015}, std::chrono::month{1}, std::chrono::day{1}};

struct GroupKind {
    const char* kind;
    const char* suffix;  // of the unit's code
    const char* name;
};
constexpr GroupKind village_groups[] = {{"front_board", "MT", "Ban công tác Mặt trận"},
                                        {"women_union", "PN", "Chi hội Phụ nữ"},
                                        {"farmers_union", "ND", "Chi hội Nông dân"},
                                        {"youth_union", "TN", "Chi đoàn Thanh niên"},
                                        {"veterans_association", "CCB", "Chi hội Cựu chiến binh"},
                                        {"self_management_group", "TQ", "Tổ tự quản"}};
constexpr GroupKind commune_groups[] = {{"front_board", "MT", "Ủy ban Mặt trận Tổ quốc"},
                                        {"women_union", "PN", "Hội Liên hiệp Phụ nữ"},
                                        {"farmers_union", "ND", "Hội Nông dân"},
                                        {"youth_union", "TN", "Đoàn Thanh niên"},
                                        {"veterans_association", "CCB", "Hội Cựu chiến binh"}};

struct Line {
    std::string level, code, parent_code, type, name;
};

std::vector<Line> read_lines(const std::string& file) {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error("the list of units of the sample province is missing: " + file);
    std::vector<Line> lines;
    std::string text;
    std::getline(stream, text);
    while (std::getline(stream, text)) {
        std::istringstream parts(text);
        Line line;
        for (std::string* part : {&line.level, &line.code, &line.parent_code, &line.type, &line.name})
            std::getline(parts, *part, ',');
        lines.push_back(line);
    }
    return lines;
}

std::string lower_type(const std::string& type) {
    if (type == "Thành phố") return "thành phố";
    if (type == "Huyện") return "huyện";
    if (type == "Thị trấn") return "thị trấn";
    return type == "Phường" ? "phường" : "xã";
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// In the small scale: the communes of the two stories and one neighbour each.
bool is_small_commune(const std::string& code) {
    return code == "02263" || code == "02512" || code == "02260" || code == "02509";
}

class Maker {
public:
    Maker(Scale scale, SampleIds& ids, Province& province) : scale_(scale), ids_(ids), province_(province) {}

    void make(const std::vector<Line>& lines) {
        for (const Line& line : lines) {
            if (line.level == "province")
                province_.root = add(UnitId{}, "TQ", "Đảng bộ tỉnh " + line.name, "province");
        }
        for (const Line& line : lines) {
            if (line.level != "district") continue;
            if (scale_ == Scale::small && line.code != "070" && line.code != "072") continue;
            const UnitId district = add(province_.root, line.code,
                                        "Đảng bộ " + lower_type(line.type) + " " + line.name, "district");
            if (line.code == "072") province_.na_hang = district;
            province_.districts.push_back(district);
            for (const Line& commune : lines)
                if (commune.level == "commune" && commune.parent_code == line.code &&
                    (scale_ == Scale::full || is_small_commune(commune.code)))
                    make_commune(commune, district);
        }
        make_block();
    }

private:
    UnitId add(UnitId parent_id, std::string code, std::string name, std::string kind) {
        const UnitId id = next_id<UnitId>(ids_);
        province_.units.push_back(
            {id, parent_id, std::move(code), std::move(name), std::move(kind), long_ago});
        return id;
    }

    Cell& add_cell(UnitId parent_id, std::string code, std::string place_name, Place place, int quality) {
        Cell cell;
        cell.parent_id = parent_id;
        cell.code = code;
        cell.name = "Chi bộ " + place_name;
        cell.place_name = std::move(place_name);
        cell.place = place;
        cell.quality = std::clamp(quality, 15, 98);
        cell.district = static_cast<int>(province_.districts.size()) - 1;
        cell.id = add(parent_id, std::move(code), cell.name, "cell");
        province_.cells.push_back(std::move(cell));
        return province_.cells.back();
    }

    // Most cells work well, some are in between, a few are weak.
    static int quality_of(Dice& dice, int mean) {
        if (dice.happens_per_mille(18)) return dice.between(22, 42);
        return mean - 24 + dice.between(0, 24) + dice.between(0, 24);
    }

    void add_groups(Cell& cell, int self_management_groups) {
        for (const GroupKind& group : village_groups) {
            const bool is_many = std::string_view(group.kind) == "self_management_group";
            for (int i = 1; i <= (is_many ? self_management_groups : 1); ++i) {
                const std::string number = is_many ? std::to_string(i) : "";
                const std::string name =
                    std::string(group.name) + (is_many ? " số " + number : "") + " " + cell.place_name;
                cell.groups.push_back(
                    {add(cell.id, cell.code + "-" + group.suffix + number, name, group.kind), group.kind});
            }
        }
    }

    void make_commune(const Line& line, UnitId district) {
        Dice dice(seed, "commune " + line.code);
        const bool is_upland =
            line.parent_code == "071" || line.parent_code == "072" || line.parent_code == "073";
        const bool is_town = line.type == "Phường" || line.type == "Thị trấn";
        const bool is_khau_tinh = line.code == "02263", is_an_tuong = line.code == "02512";
        const UnitId commune =
            add(district, line.code, "Đảng bộ " + lower_type(line.type) + " " + line.name, "grassroots");
        if (is_khau_tinh) province_.khau_tinh = commune;
        if (is_an_tuong) province_.an_tuong = commune;
        const int mean = dice.between(70, 84);
        int villages = is_khau_tinh ? 9 : is_an_tuong ? 24 : dice.between(14, 26);
        if (scale_ == Scale::small && !is_khau_tinh) villages = 10;
        const std::vector<std::string> names = village_names(dice, villages, is_upland, "Nà Lung");
        int number = 0;
        for (int i = 0; i < villages; ++i) {
            const std::string code = line.code + "-" + two_digits(++number);
            std::string place_name = "thôn " + names[static_cast<std::size_t>(i)];
            if (is_town) place_name = "tổ dân phố " + std::to_string(number);
            if (is_khau_tinh && i == 3) place_name = "thôn Nà Lung";
            const bool is_na_lung = is_khau_tinh && i == 3, is_cell_2 = is_an_tuong && number == 2;
            Cell& cell =
                add_cell(commune, code, std::move(place_name), Place::village, quality_of(dice, mean));
            if (is_an_tuong) rename(cell, "Chi bộ " + std::to_string(number));
            cell.is_upland = is_upland;
            if (is_na_lung) {
                cell.story = Story::na_lung;
                cell.quality = 82;
                province_.na_lung = cell.id;
                add_groups(cell, 3);
            } else if (is_cell_2) {
                cell.story = Story::an_tuong_2;
                cell.quality = 97;
                province_.an_tuong_2 = cell.id;
                add_groups(cell, 4);
            } else if (is_khau_tinh) {
                add_groups(cell, 1);
            }
        }
        const std::vector<std::string> bodies = commune_bodies();
        const int body_count =
            is_khau_tinh || scale_ == Scale::small ? 3 : dice.between(4, static_cast<int>(bodies.size()));
        for (int i = 0; i < body_count; ++i)
            add_cell(commune, line.code + "-" + two_digits(++number),
                     bodies[static_cast<std::size_t>(i)] + " " + line.name, Place::office,
                     quality_of(dice, mean + 4))
                .is_upland = is_upland;
        for (const GroupKind& group : commune_groups)
            add(commune, line.code + "-" + group.suffix,
                std::string(group.name) + " " + lower_type(line.type) + " " + line.name, group.kind);
    }

    void rename(Cell& cell, const std::string& name) {
        cell.name = name;
        province_.units.back().name = name;
    }

    void make_block() {
        Dice dice(seed, "block");
        province_.block =
            add(province_.root, "KCQ", "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh", "block");
        province_.districts.push_back(province_.block);
        const int count = scale_ == Scale::full ? 128 : 8;
        // Branches the Block consolidates: eight recover, two stay weak, one falls back.
        const int consolidated = scale_ == Scale::full ? 11 : 2;
        int number = 0, weak_count = 0;
        for (const OrganisationName& organisation : block_organisations(dice, count)) {
            const std::string code = "KCQ-" +
                                     std::string(number < 9    ? "00"
                                                 : number < 99 ? "0"
                                                               : "") +
                                     std::to_string(number + 1);
            ++number;
            const bool is_large = organisation.has_cells && (scale_ == Scale::full || number <= 3);
            if (is_large) {
                const UnitId parent =
                    add(province_.block, code, "Đảng bộ " + organisation.name, "grassroots");
                const int cells = scale_ == Scale::full ? dice.between(5, 11) : 3;
                for (int i = 0; i < cells; ++i)
                    add_cell(parent, code + "-" + two_digits(i + 1),
                             department_name(i) + " " + organisation.name, Place::office,
                             quality_of(dice, 82));
            } else {
                add_cell(province_.block, code, organisation.name, Place::office, quality_of(dice, 80));
            }
            if (number % 11 == 6 && weak_count < consolidated) {
                Cell& cell = province_.cells.back();
                cell.consolidation = weak_count % 8 == 1   ? Consolidation::stays_weak
                                     : weak_count % 8 == 5 ? Consolidation::falls_back
                                                           : Consolidation::recovers;
                const int recovered = dice.between(66, 80);
                cell.quality = cell.consolidation == Consolidation::stays_weak ? weak_quality : recovered;
                ++weak_count;
            }
        }
    }

    Scale scale_;
    SampleIds& ids_;
    Province& province_;
};

}  // namespace

const Cell& Province::cell_of(UnitId unit_id) const {
    const auto found =
        std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.id == unit_id; });
    if (found == cells.end()) throw std::logic_error("the sample province has no such cell");
    return *found;
}

std::vector<organisation::KindRow> unit_kinds() {
    return {
        {"province", "Đảng bộ tỉnh", "Province committee", "प्रांतीय समिति", 0, true, false},
        {"district", "Đảng bộ huyện, thành phố", "District committee", "ज़िला समिति", 1, true, false},
        {"block", "Đảng bộ khối", "Block of agencies and enterprises", "कार्यालयों और उद्यमों का ब्लॉक", 1, true,
         false},
        {"grassroots", "Đảng bộ cơ sở", "Grassroots organisation", "जमीनी संगठन", 2, true, false},
        {"cell", "Chi bộ", "Cell", "प्रकोष्ठ", 4, true, true},
        {"front_board", "Mặt trận", "Front work board", "मोर्चा कार्य बोर्ड", 5, false, false},
        {"women_union", "Phụ nữ", "Women's union", "महिला संघ", 5, false, false},
        {"farmers_union", "Nông dân", "Farmers' union", "किसान संघ", 5, false, false},
        {"youth_union", "Thanh niên", "Youth union", "युवा संघ", 5, false, false},
        {"veterans_association", "Cựu chiến binh", "Veterans' association", "पूर्व सैनिक संघ", 5, false, false},
        {"self_management_group", "Tổ tự quản", "Self-management group", "स्व-प्रबंधन समूह", 5, false, false}};
}

std::vector<std::pair<std::string, std::string>> kinds_below() {
    std::vector<std::pair<std::string, std::string>> below = {
        {"district", "province"}, {"block", "province"}, {"grassroots", "district"}, {"grassroots", "block"},
        {"cell", "grassroots"},   {"cell", "district"},  {"cell", "block"}};
    for (const GroupKind& group : village_groups) {
        below.emplace_back(group.kind, "cell");
        below.emplace_back(group.kind, "grassroots");
    }
    return below;
}

Province make_province(const std::string& units_file, Scale scale, SampleIds& ids) {
    Province province;
    Maker(scale, ids, province).make(read_lines(units_file));
    add_people(province, scale == Scale::full ? 60000 : 0, ids);
    return province;
}

}  // namespace gw::sample
