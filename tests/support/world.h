// A small world for tests: a store, a clock that stands still, counted ids, and calls made as anybody.
//
// The sample units, the same in every test:
//   Tuyen Quang (province)
//     Na Hang (district)
//       Khau Tinh (grassroots)      cells Na Lung, Ban Lang; Front work board
//       Son Phu (grassroots)        cells Phia Trang
//     Tuyen Quang city (district)
//       An Tuong (grassroots)       cells 1 and 2; self-management group
#pragma once
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>

#include "organisation/organisation.h"
#include "platform/announcements.h"
#include "platform/call.h"
#include "platform/db/store.h"
#include "platform/files/files.h"

namespace gw::test {

struct World {
    explicit World(Store& store);

    // Runs `change` as one call in the writer, as `actor`; throws what it throws. Announcements are
    // delivered.
    void write(const Actor& actor, const std::function<void(const Call&)>& change);
    void write(const std::function<void(const Call&)>& change) { write(program, change); }
    void read(const Actor& actor, const std::function<void(const Call&)>& look);
    void read(const std::function<void(const Call&)>& look) { read(program, look); }

    // Somebody who holds `permissions` over `unit_id` and everything below it.
    Actor person(std::vector<std::string> permissions, UnitId unit_id, MemberId member_id = {});
    void go_to(Date day, int minute_of_day = 12 * 60);
    std::shared_ptr<const organisation::Tree> tree() const { return trees.today(); }
    std::int64_t audit_count();

    Store& store;
    Actor program = program_actor("test");
    Moment now;
    int zone_minutes = 420;
    Ids ids{1};
    Announcements announcements;
    organisation::Trees trees;
    std::string folder;  // a temporary folder, gone with the world
    std::unique_ptr<Files> files;

    UnitId tuyen_quang, na_hang, khau_tinh, na_lung, ban_lang, front_board, son_phu, phia_trang, city,
        an_tuong, cell_1, cell_2, self_management_group;

    ~World();

private:
    Call call_in(Db& db, const Actor& actor);
};

// Whether `act` is refused for `reason` with a problem of `key` among its mistakes.
bool refuses(const std::function<void()>& act, Reason reason, std::string_view key);

}  // namespace gw::test
