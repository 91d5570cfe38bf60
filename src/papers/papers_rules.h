// Decisions about papers that need no database.
#pragma once
#include "papers/papers.h"
#include "papers/papers_facts.h"

namespace gw::papers {

// Whose approval counts in which capacity; see papers.h.
struct Signers {
    std::vector<Signer> chairs, seconds;
};
Signers signers_of(const std::optional<MemberId>& chair_id, const std::optional<MemberId>& minute_taker_id,
                   std::span<const AttendanceFact> roll);

// Days after the last day to publish; 0 when in time.
std::int64_t days_late(Date meets_on, const std::optional<Date>& published_on, Date today);

// "Khau Tinh" of "Đảng bộ xã Khau Tinh": the capitalised words at the end, or all of it.
std::string place_in(std::string_view unit_name);

std::string sha256_of_facts(const Facts& facts);

}  // namespace gw::papers
