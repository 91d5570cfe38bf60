#include "sample/sample_accounts.h"

#include <algorithm>
#include <ostream>

#include "accounts/accounts.h"
#include "app.h"
#include "sample/names.h"
#include "visits/visits.h"

namespace gw::sample {

namespace {

constexpr Date next_year{std::chrono::year{2025}, std::chrono::month{1}, std::chrono::day{1}};
// Among the people of Nà Lung: the sample member, and who leads the Front work board.
constexpr std::size_t member_position = 5, speaker_position = 2;

struct Person {
    const char* user_name;
    const char* what;  // printed for whoever tries the sample
};
constexpr Person people[] = {{secretary_name, "secretary of the cell"},
                             {"dangvien", "member of the cell"},
                             {"mattran", "speaker of the cell's Front work board"},
                             {"vanphong", "office of the commune's organisation"},
                             {"khoi", "office of the Block of agencies and enterprises"},
                             {"tinhuy", "organising commission of the province"},
                             {"kiemtra", "inspector with an order for some units"},
                             {"doan", "member of a working group, by its order only"},
                             {"lanhdao", "leader of the province"},
                             {"quantri", "administrator"},
                             {"antuong", "secretary of cell 2 of An Tường ward"},
                             {"totuquan", "head of a self-management group there, not a member"}};

std::string padded(std::string text, std::size_t width) {
    const std::size_t length = character_count(text);
    return text + std::string(length < width ? width - length : 1, ' ');
}

// The order of April, and one that is under way: its member reaches its units by nothing else.
VisitOrderId add_orders(const Call& call, const Province& province, const Recorders& recorders,
                        AccountId member, SampleIds& ids) {
    const auto order_of = [&](const char* number, visits::Purpose purpose, const char* subject, Date from,
                              Date until) {
        visits::Order order;
        order.id = next_id<VisitOrderId>(ids);
        order.unit_id = province.root;
        order.number_text = number;
        order.purpose = purpose;
        order.subject = subject;
        order.from_on = from;
        order.until_on = until;
        order.ordered_by = recorders.province_office;
        order.ordered_at = moment_of(date_of(day_number(from) - 3), 9 * 60, zone_minutes);
        return order;
    };
    const std::vector<visits::Order> orders{
        order_of("12-QĐ/BTCTU", visits::Purpose::attend_meeting,
                 "Dự sinh hoạt chi bộ tháng 4, nắm việc ra nghị quyết ở thôn.", on(4, 1), on(4, 30)),
        order_of("47-QĐ/BTCTU", visits::Purpose::survey,
                 "Xem lại việc thực hiện gợi ý trong năm trước khi xếp loại.", on(12, 9), on(12, 20))};
    const std::vector<visits::OrderUnit> units{{orders[0].id, province.na_lung},
                                               {orders[1].id, province.na_lung},
                                               {orders[1].id, province.an_tuong_2}};
    const std::vector<visits::OrderMember> members{{orders[0].id, recorders.inspector, true},
                                                   {orders[0].id, member, false},
                                                   {orders[1].id, member, true}};
    visits::add_orders(call, orders, units, members);
    return orders[0].id;
}

bool is_self_managed(const Group& group) { return std::string_view(group.kind) == "self_management_group"; }

}  // namespace

std::string hash_of_password() { return Passwords().hash(password); }

Recorders add_accounts(const Call& outer, const Province& province, const std::string& password_hash,
                       SampleIds& ids) {
    // The units were added in this very transaction, so the tree in memory does not know them yet.
    organisation::Trees trees;
    trees.rebuild(outer.db, outer.today);
    Call call = outer;
    call.tree = trees.today();

    Dice dice(seed, "accounts");
    const auto add = [&](const char* user_name, std::string full_name, UnitId home, const char* role,
                         const members::Member* member = nullptr) {
        accounts::AddAccount request;
        request.id = next_id<AccountId>(ids);
        request.user_name = user_name;
        request.full_name = std::move(full_name);
        request.home_unit_id = home;
        if (member) request.member_id = member->id;
        accounts::add_account(call, request, password_hash);
        if (role) accounts::add_grant(call, {*request.id, role, home, first_day, std::nullopt});
        return *request.id;
    };
    const auto name = [&](members::Sex sex) { return person_name(dice, sex, false); };
    const auto na_lung = province.members_of(province.cell_of(province.na_lung));
    Recorders recorders;
    recorders.secretary =
        add(secretary_name, na_lung[0].full_name, province.na_lung, "secretary", &na_lung[0]);
    const members::Member& member = na_lung[member_position];
    add("dangvien", member.full_name, province.na_lung, "member", &member);
    for (const Group& group : province.cell_of(province.na_lung).groups)
        if (group.kind == "front_board")
            add("mattran", na_lung[speaker_position].full_name, group.id, "group_speaker",
                &na_lung[speaker_position]);
    recorders.commune_office =
        add("vanphong", name(members::Sex::female), province.khau_tinh, "commune_office");
    recorders.block_office = add("khoi", name(members::Sex::male), province.block, "block_office");
    recorders.province_office =
        add("tinhuy", name(members::Sex::male), province.root, "organising_commission");
    recorders.inspector = add("kiemtra", name(members::Sex::female), province.root, nullptr);
    add("lanhdao", name(members::Sex::male), province.root, "leader");
    recorders.administrator = add("quantri", name(members::Sex::male), province.root, "administrator");
    const AccountId member_of_group = add("doan", name(members::Sex::female), province.root, nullptr);

    // The order of April, and that of the look back at the end of the year: exactly its units and days.
    accounts::add_grant(call, {recorders.inspector, "inspector", province.na_lung, on(4, 1), on(9, 1)});
    accounts::add_grant(call, {recorders.inspector, "inspector", province.na_lung, on(12, 2), next_year});
    accounts::add_grant(call, {recorders.inspector, "inspector", province.an_tuong_2, on(12, 2), next_year});
    for (const Cell& cell : province.cells)
        if (cell.is_consolidated())
            accounts::add_grant(call, {recorders.inspector, "inspector", cell.id, on(12, 2), next_year});
    recorders.order_of_april = add_orders(call, province, recorders, member_of_group, ids);

    // In An Tường: the secretary of cell 2, and a neighbour who heads one of its self-management groups.
    const Cell& cell_2 = province.cell_of(province.an_tuong_2);
    const members::Member& secretary = province.members_of(cell_2)[0];
    add("antuong", secretary.full_name, cell_2.id, "secretary", &secretary);
    // The third of them keeps watch at night in December.
    auto group = cell_2.groups.begin();
    for (int i = 0; i < 3; ++i, ++group) group = std::find_if(group, cell_2.groups.end(), is_self_managed);
    add("totuquan", name(members::Sex::male), std::prev(group)->id, "group_speaker");
    return recorders;
}

void print_people(App& app, std::ostream& out) {
    app.read("sample", [&](const Call& call) {
        for (const Person& person : people) {
            const auto account = accounts::find_account(call.db, person.user_name);
            if (!account) continue;
            const auto position = call.tree->find(account->home_unit_id);
            out << "  " << padded(account->user_name, 10) << padded(account->full_name, 22)
                << padded(person.what, 48) << (position ? call.tree->at(*position).name : "") << "\n";
        }
    });
}

}  // namespace gw::sample
