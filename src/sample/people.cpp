#include <algorithm>

#include "sample/names.h"
#include "sample/province.h"

namespace gw::sample {

namespace {

using members::Member;
using members::Office;
using members::Sex;
using members::Stage;

constexpr std::size_t named_people = 12;  // of each story

Date some_day(Dice& dice, int from_year, int until_year) {
    return {std::chrono::year{dice.between(from_year, until_year)},
            std::chrono::month{static_cast<unsigned>(dice.between(1, 12))},
            std::chrono::day{static_cast<unsigned>(dice.between(1, 28))}};
}

Date years_later(Date day, int years) {
    const Date later{day.year() + std::chrono::years{years}, day.month(), day.day()};
    return later.ok() ? later : Date{later.year(), later.month(), std::chrono::day{28}};
}

int wished_size(Dice& dice, const Cell& cell) {
    if (cell.story == Story::na_lung) return 19;
    if (cell.story == Story::an_tuong_2) return 34;
    return cell.place == Place::village ? dice.between(8, 24) : dice.between(6, 17);
}

Office office_at(std::size_t position, std::size_t count) {
    if (position == 0) return Office::secretary;
    if (position == 1 && count >= 7) return Office::deputy_secretary;
    if (position == 2 && count >= 10) return Office::committee_member;
    if ((position == 3 || position == 4) && count >= 28) return Office::committee_member;
    return Office::none;
}

Member make_member(Dice& dice, const Cell& cell, std::size_t position) {
    Member member;
    member.unit_id = cell.id;
    member.sex = dice.happens(42) ? Sex::female : Sex::male;
    // Those who speak in the stories: the women's words are a woman's, the rest of the named ones men's.
    const bool is_named = cell.story != Story::none && position < named_people;
    if (is_named) member.sex = position == 8 || position == 5 ? Sex::female : Sex::male;
    member.full_name = person_name(dice, member.sex, cell.is_upland);
    member.office = office_at(position, cell.member_count);
    const bool is_village = cell.place == Place::village;
    const bool is_probationary = position >= 4 && dice.happens_per_mille(is_village ? 46 : 42);
    if (is_probationary) {
        member.stage = Stage::probationary;
        member.born_on = some_day(dice, 1988, 2004);
        member.admitted_on =
            on(static_cast<unsigned>(dice.between(1, 10)), static_cast<unsigned>(dice.between(6, 28)));
        member.joined_on = *member.admitted_on;
        return member;
    }
    const int born = is_named || member.office != Office::none ? dice.between(1964, 1990)
                     : is_village                              ? dice.between(1944, 1998)
                                                               : dice.between(1966, 1998);
    member.born_on = some_day(dice, born, born);
    const int admitted = std::min(2022, born + dice.between(20, 34));
    member.admitted_on = some_day(dice, admitted, admitted);
    member.full_on = years_later(*member.admitted_on, 1);
    member.joined_on = *member.admitted_on;
    if (member.office == Office::none) {
        member.is_excused = born < 1949 && dice.happens(75);
        member.is_suspended = !member.is_excused && dice.happens_per_mille(1);
    }
    if (dice.happens_per_mille(cell.quality < 45 ? 22 : 4))
        member.discipline = dice.happens(65) ? 1 : dice.happens(80) ? 2 : 3;
    return member;
}

// Makes the sizes add up to `wanted`, one person at a time.
void adjust_sizes(Province& province, std::int64_t wanted) {
    std::int64_t total = 0;
    for (const Cell& cell : province.cells) total += static_cast<std::int64_t>(cell.member_count);
    for (std::size_t at = 0; total != wanted; at = (at + 7) % province.cells.size()) {
        Cell& cell = province.cells[at];
        if (cell.story != Story::none || (total > wanted && cell.member_count <= 6)) continue;
        if (total < wanted) ++cell.member_count, ++total;
        else --cell.member_count, --total;
    }
}

}  // namespace

void add_people(Province& province, std::int64_t wanted, SampleIds& ids) {
    for (Cell& cell : province.cells) {
        Dice dice(seed, "size " + cell.code);
        cell.member_count = static_cast<std::size_t>(wished_size(dice, cell));
    }
    if (wanted) adjust_sizes(province, wanted);
    std::int64_t number = 0;
    for (Cell& cell : province.cells) {
        Dice dice(seed, "people " + cell.code);
        cell.first_member = province.members.size();
        for (std::size_t position = 0; position < cell.member_count; ++position) {
            Member member = make_member(dice, cell, position);
            // In the cells of the two stories everybody named comes to the meetings of the whole year.
            if (cell.story != Story::none && position < named_people) {
                if (member.stage == Stage::probationary) {
                    member.stage = Stage::full;
                    member.joined_on = member.admitted_on.emplace(
                        on(1, 1).year() - std::chrono::years{4}, std::chrono::month{3}, std::chrono::day{26});
                    member.full_on = years_later(*member.admitted_on, 1);
                }
                member.is_excused = member.is_suspended = false;
            }
            if (cell.story != Story::none) member.discipline = 0;
            member.id = next_id<MemberId>(ids);
            std::string digits = std::to_string(++number);
            member.code = "25" + std::string(6 - digits.size(), '0') + digits;
            province.members.push_back(std::move(member));
        }
    }
}

}  // namespace gw::sample
