#include "papers/papers_rules.h"

#include <algorithm>

#include "platform/files/files.h"
#include "platform/json/json.h"

namespace gw::papers {

namespace {

Signer signer(const AttendanceFact& person) { return {person.member_id, person.full_name, person.office}; }

}  // namespace

Signers signers_of(const std::optional<MemberId>& chair_id, const std::optional<MemberId>& minute_taker_id,
                   std::span<const AttendanceFact> roll) {
    using members::Office;
    Signers signers;
    const auto is_there = [](const AttendanceFact& one) { return one.mark == meetings::Mark::present; };
    const auto is_chair = [&](const AttendanceFact& one) {
        return !signers.chairs.empty() && signers.chairs.front().member_id == one.member_id;
    };
    if (chair_id)
        for (const AttendanceFact& one : roll)
            if (one.member_id == *chair_id) signers.chairs.push_back(signer(one));
    for (const Office office : {Office::secretary, Office::deputy_secretary})
        for (const AttendanceFact& one : roll)
            if (signers.chairs.empty() && is_there(one) && one.office == office)
                signers.chairs.push_back(signer(one));

    if (minute_taker_id)
        for (const AttendanceFact& one : roll)
            if (one.member_id == *minute_taker_id && !is_chair(one)) signers.seconds.push_back(signer(one));
    for (const Office office : {Office::deputy_secretary, Office::committee_member}) {
        if (!signers.seconds.empty()) break;
        for (const AttendanceFact& one : roll)
            if (is_there(one) && one.office == office && !is_chair(one))
                signers.seconds.push_back(signer(one));
    }
    if (signers.seconds.empty())
        for (const AttendanceFact& one : roll)
            if (is_there(one) && one.is_full && !is_chair(one)) signers.seconds.push_back(signer(one));
    return signers;
}

std::int64_t days_late(Date meets_on, const std::optional<Date>& published_on, Date today) {
    return std::max<std::int64_t>(
        0, day_number(published_on.value_or(today)) - day_number(meets_on) - days_to_publish);
}

std::string place_in(std::string_view unit_name) {
    std::size_t start = unit_name.size();
    for (std::size_t end = unit_name.size(); end > 0;) {
        const std::size_t space = unit_name.rfind(' ', end - 1);
        const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
        if (!printing::starts_with_capital(unit_name.substr(begin, end - begin))) break;
        start = begin;
        end = begin == 0 ? 0 : begin - 1;
    }
    return std::string(start == unit_name.size() ? unit_name : unit_name.substr(start));
}

std::string sha256_of_facts(const Facts& facts) { return sha256_of(to_json(facts)); }

}  // namespace gw::papers
