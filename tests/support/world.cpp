#include "support/world.h"

#include <unistd.h>

#include <filesystem>

namespace gw::test {

namespace {
using std::chrono::day, std::chrono::month, std::chrono::year;
const Date founded = year{2020} / month{1} / day{1};
}  // namespace

World::World(Store& given) : store(given) {
    static int count = 0;
    folder = (std::filesystem::temp_directory_path() /
              ("groundwork-world-" + std::to_string(getpid()) + "-" + std::to_string(++count)))
                 .string();
    std::filesystem::create_directories(folder);
    files = std::make_unique<Files>(folder + "/files");
    go_to(year{2024} / month{5} / day{4});
    announcements.listen("units", [this](const std::set<UnitId>&) {
        store.read([this](Db& db) { trees.rebuild(db, day_of(now, zone_minutes)); });
    });
    auto number = [this](const char*) { return UnitId{ids.next(now)}; };
    tuyen_quang = number("root"), na_hang = number("d1"), khau_tinh = number("g1"), na_lung = number("c1"),
    ban_lang = number("c2");
    front_board = number("f1"), son_phu = number("g2"), phia_trang = number("c3"), city = number("d2"),
    an_tuong = number("g3");
    cell_1 = number("c4"), cell_2 = number("c5"), self_management_group = number("s1");
    write([&](const Call& call) {
        using Kind = organisation::KindRow;
        const std::vector<Kind> kinds{
            {"province", "Đảng bộ tỉnh", "Provincial organisation", "प्रांतीय संगठन", 0, true, false},
            {"district", "Đảng bộ huyện", "District organisation", "ज़िला संगठन", 1, true, false},
            {"grassroots", "Đảng bộ cơ sở", "Grassroots organisation", "जमीनी संगठन", 2, true, false},
            {"cell", "Chi bộ", "Cell", "प्रकोष्ठ", 3, true, true},
            {"front_board", "Ban công tác Mặt trận", "Front work board", "मोर्चा कार्य समिति", 4, false, false},
            {"self_management_group", "Tổ nhân dân tự quản", "Self-management group", "जन-स्व-प्रबंधन समूह", 4,
             false, false}};
        const std::vector<std::pair<std::string, std::string>> below{
            {"district", "province"},      {"grassroots", "district"}, {"cell", "grassroots"},
            {"front_board", "grassroots"}, {"front_board", "cell"},    {"self_management_group", "cell"}};
        organisation::add_kinds(call, kinds, below);
        const std::vector<organisation::UnitToAdd> units{
            {tuyen_quang, {}, "08", "Tuyên Quang", "province", founded},
            {na_hang, tuyen_quang, "072", "Na Hang", "district", founded},
            {khau_tinh, na_hang, "02263", "Khau Tinh", "grassroots", founded},
            {na_lung, khau_tinh, "02263-1", "Nà Lung", "cell", founded},
            {ban_lang, khau_tinh, "02263-2", "Bản Lãng", "cell", founded},
            {front_board, na_lung, "02263-1-MT", "Ban công tác Mặt trận Nà Lung", "front_board", founded},
            {son_phu, na_hang, "02257", "Sơn Phú", "grassroots", founded},
            {phia_trang, son_phu, "02257-1", "Phia Trang", "cell", founded},
            {city, tuyen_quang, "070", "Thành phố Tuyên Quang", "district", founded},
            {an_tuong, city, "02512", "An Tường", "grassroots", founded},
            {cell_1, an_tuong, "02512-1", "Chi bộ 1", "cell", founded},
            {cell_2, an_tuong, "02512-2", "Chi bộ 2", "cell", founded},
            {self_management_group, cell_2, "02512-2-TQ", "Tổ tự quản số 3", "self_management_group",
             founded}};
        organisation::add_units(call, units);
        call.announce("units");
    });
}

World::~World() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

Call World::call_in(Db& db, const Actor& actor) {
    return {db,    actor,  now,   day_of(now, zone_minutes), "en", trees.today(), ids, announcements,
            store, *files, "TEST"};
}

void World::write(const Actor& actor, const std::function<void(const Call&)>& change) {
    store.write([&](Db& db) { change(call_in(db, actor)); });
    announcements.deliver();
}

void World::read(const Actor& actor, const std::function<void(const Call&)>& look) {
    store.read([&](Db& db) { look(call_in(db, actor)); });
}

Actor World::person(std::vector<std::string> permissions, UnitId unit_id, MemberId member_id) {
    Actor actor;
    actor.account_id = AccountId{ids.next(now)};
    actor.member_id = member_id;
    actor.home_unit_id = unit_id;
    actor.name = "a person";
    auto holds = [permissions](std::string_view wanted) {
        return std::find(permissions.begin(), permissions.end(), wanted) != permissions.end();
    };
    actor.reach = [this, holds, unit_id](std::string_view permission) -> std::vector<Reach> {
        const auto position = trees.today()->find(unit_id);
        if (!position || !holds(permission)) return {};
        return {trees.today()->reach(*position)};
    };
    actor.may = [this, reach = actor.reach](std::string_view permission, UnitId wanted) {
        const auto position = trees.today()->find(wanted);
        const auto reached = reach(permission);
        return position && !reached.empty() && trees.today()->is_within(*position, reached[0]);
    };
    return actor;
}

void World::go_to(Date day, int minute_of_day) { now = moment_of(day, minute_of_day, zone_minutes); }

std::int64_t World::audit_count() {
    std::int64_t count = 0;
    read([&](const Call& call) { count = call.db.count("SELECT COUNT(*) FROM audit_entries"); });
    return count;
}

bool refuses(const std::function<void()>& act, Reason reason, std::string_view key) {
    try {
        act();
    } catch (const Refusal& refusal) {
        for (const Problem& problem : refusal.problems)
            if (refusal.reason == reason && problem.key == key) return true;
        MESSAGE("refused otherwise: " << to_text(refusal.reason) << " " << refusal.what());
        return false;
    }
    MESSAGE("was not refused");
    return false;
}

}  // namespace gw::test
