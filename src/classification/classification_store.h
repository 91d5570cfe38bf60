// The rows of classification: classes, self levels, reviews, and the facts that the last review was made
// from.
#pragma once
#include <functional>

#include "classification/classification.h"
#include "classification/year_facts.h"

namespace gw::classification {

// A review that was made, as it is kept.
struct Review {
    ReviewId id;
    std::int64_t year = 0;
    Date as_of{};
    Moment made_at;
    AccountId made_by;
    std::string made_by_name;
    std::string rulebook_id;
    std::string edition;
    std::string checksum;  // of the rulebook's text
    std::string caps;      // JSON text
    std::int64_t member_count = 0;
    std::int64_t unit_count = 0;
    std::int64_t weak_count = 0;
    std::int64_t members_left_out = 0;
    std::int64_t audit_position = 0;  // the last entry of the audit trail that it had seen
};
BOOST_DESCRIBE_STRUCT(Review, (),
                      (id, year, as_of, made_at, made_by, made_by_name, rulebook_id, edition, checksum, caps,
                       member_count, unit_count, weak_count, members_left_out, audit_position))

std::optional<Review> find_last_review(Db& db, std::int64_t year);
std::vector<Review> list_reviews(Db& db);  // the newest first

// Puts the review with its classes and facts in the place of the one before it in the same year.
void keep_review(Db& db, const Review& review, std::string_view rulebook_text, const YearFacts& facts,
                 std::span<const UnitClass> unit_classes, std::span<const MemberClass> member_classes);
// What keep_review was given; nothing when a later review of the year has replaced it.
std::optional<YearFacts> find_facts(Db& db, const Review& review);
std::optional<std::string> find_rulebook_text(Db& db, std::string_view checksum);

std::vector<SelfLevel> self_levels_of(Db& db, SubjectKind subject_kind, std::int64_t subject_id,
                                      std::int64_t year);
void each_self_level(
    Db& db, SubjectKind subject_kind, std::int64_t year,
    const std::function<void(std::int64_t subject_id, const std::string& key, std::int64_t level)>& visit);
void put_self_level(const Call& call, const SelfLevel& level);

std::int64_t last_audit_position(Db& db);
// What a later entry of the audit trail says of where to look.
struct TrailEntry {
    std::int64_t position = 0;
    std::string action;
    std::int64_t subject_id = 0;
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(TrailEntry, (), (position, action, subject_id, unit_id))
std::vector<TrailEntry> trail_since(Db& db, std::int64_t position, std::int64_t limit);
// Changes of records since an entry of the audit trail: those of the units named, and imports into units
// above.
struct LaterChanges {
    std::int64_t count = 0;
    std::optional<Moment> last_at;
};
BOOST_DESCRIBE_STRUCT(LaterChanges, (), (count, last_at))
LaterChanges changes_since(Db& db, std::int64_t audit_position, std::span<const UnitId> units,
                           std::span<const UnitId> above);

}  // namespace gw::classification
