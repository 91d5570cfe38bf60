#include "sample/sample_readings.h"

#include "accounts/accounts.h"
#include "members/members.h"

namespace gw::sample {

namespace {

using members::Part;

class Looks {
public:
    explicit Looks(const Call& call) : call_(call) {}

    // `member` is none for a list.
    void add(AccountId reader, const char* role_key, UnitId over, UnitId unit_id,
             const members::Member* member, Part part, Date day, int minute, std::int64_t times = 1) {
        const auto account = accounts::find_account(call_.db, reader);
        members::Reading reading;
        reading.unit_id = unit_id;
        if (member) reading.member_id = member->id;
        reading.part = part;
        reading.day = day;
        reading.reader_account_id = reader;
        reading.reader_name = account->full_name;
        reading.reader_member_id = account->member_id.value_or(MemberId{});
        reading.reader_unit_id = account->home_unit_id;
        reading.role_key = role_key;
        reading.ground_unit_id = over;
        reading.first_at = moment_of(day, minute, zone_minutes);
        reading.last_at = moment_of(day, minute + 11 * static_cast<int>(times - 1), zone_minutes);
        reading.times = times;
        readings_.push_back(std::move(reading));
    }
    void write() { members::add_readings(call_.db, readings_); }

private:
    const Call& call_;
    std::vector<members::Reading> readings_;
};

}  // namespace

void write_readings(const Call& call, const Province& province, const Recorders& recorders) {
    Looks looks(call);
    const auto na_lung = province.members_of(province.cell_of(province.na_lung));
    const auto of_na_lung = [&](AccountId reader, const char* role_key, UnitId over, std::size_t member,
                                Part part, Date day, int minute, std::int64_t times = 1) {
        looks.add(reader, role_key, over, province.na_lung, &na_lung[member], part, day, minute, times);
    };
    of_na_lung(recorders.secretary, "secretary", province.na_lung, 3, Part::file, on(2, 20), 20 * 60 + 5, 2);
    of_na_lung(recorders.commune_office, "commune_office", province.khau_tinh, 5, Part::file, on(4, 3),
               8 * 60 + 40, 3);
    of_na_lung(recorders.commune_office, "commune_office", province.khau_tinh, 1, Part::file, on(6, 12),
               14 * 60 + 15);
    of_na_lung(recorders.province_office, "organising_commission", province.root, 0, Part::file, on(7, 9),
               10 * 60);
    of_na_lung(recorders.commune_office, "commune_office", province.khau_tinh, 5, Part::class_proof,
               on(12, 5), 9 * 60 + 20);
    of_na_lung(recorders.province_office, "organising_commission", province.root, 5, Part::class_proof,
               on(12, 11), 15 * 60 + 30, 2);
    of_na_lung(recorders.secretary, "secretary", province.na_lung, 5, Part::file, on(12, 12), 19 * 60 + 10);
    looks.add(recorders.inspector, "inspector", province.na_lung, province.na_lung, nullptr, Part::list,
              on(4, 16), 8 * 60 + 5);
    looks.add(recorders.inspector, "inspector", province.na_lung, province.na_lung, nullptr, Part::list,
              on(12, 10), 13 * 60 + 50);
    looks.add(recorders.inspector, "inspector", province.an_tuong_2, province.an_tuong_2, nullptr, Part::list,
              on(12, 10), 16 * 60 + 20);
    looks.add(recorders.commune_office, "commune_office", province.khau_tinh, province.khau_tinh, nullptr,
              Part::list_with_below, on(9, 4), 10 * 60 + 25);
    looks.add(recorders.block_office, "block_office", province.block, province.block, nullptr,
              Part::list_with_below, on(11, 25), 9 * 60);
    looks.write();
}

}  // namespace gw::sample
