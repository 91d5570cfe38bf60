#include <unordered_map>

#include "exchange/plan.h"
#include "organisation/tree.h"
#include "platform/files/files.h"

namespace gw::exchange {

namespace {

using members::Member;

constexpr std::size_t batch = 2000;

// Our field names and those of the file are the same but for the unit, which a file names by its code.
std::string_view file_field(std::string_view field) { return field == "unit_id" ? "unit_code" : field; }

class MemberPlanner {
public:
    MemberPlanner(const Call& call, const FileRows<MemberRow>& file) : call_(call), file_(file) {
        plan_.mistakes = file.mistakes;
        plan_.row_count = file.row_count;
        plan_.ignored_columns = file.columns->ignored();
    }

    MemberPlan make() {
        for (int position = 0; position < call_.tree->size(); ++position)
            units_.emplace(call_.tree->at(position).code, position);
        std::vector<std::string> codes;
        codes.reserve(file_.rows.size());
        for (const MemberRow& row : file_.rows)
            if (!row.code.empty()) codes.push_back(row.code);
        known_ = members::members_by_code(call_.db, codes);
        for (const MemberRow& row : file_.rows) {
            if (plan_.mistakes.is_full()) break;
            check(row);
        }
        plan_.mistakes.finish();
        plan_.fingerprint = sha256_of(traces_);
        return std::move(plan_);
    }

private:
    void wrong(const MemberRow& row, std::string_view field, std::string_view value, std::string key,
               std::vector<std::pair<std::string, std::string>> arguments = {}) {
        plan_.mistakes.add(
            file_.columns->mistake(row.row, field, value, std::move(key), std::move(arguments)));
    }

    bool may_reach(UnitId unit_id) {
        const auto [place, is_new] = reachable_.try_emplace(unit_id, false);
        if (is_new) place->second = may_bring_in(call_, Subject::members, unit_id);
        return place->second;
    }

    std::optional<UnitId> find_unit(const MemberRow& row) {
        if (row.unit_code.empty()) return std::nullopt;
        const auto found = units_.find(row.unit_code);
        if (found == units_.end()) {
            wrong(row, "unit_code", row.unit_code, "exchange.no_such_unit");
            return std::nullopt;
        }
        const UnitId unit_id = call_.tree->at(found->second).id;
        if (!may_reach(unit_id)) wrong(row, "unit_code", row.unit_code, "exchange.out_of_reach");
        else if (!call_.tree->kind_of(found->second).has_members)
            wrong(row, "unit_code", row.unit_code, "members.unit_has_no_members");
        return unit_id;
    }

    void check(const MemberRow& row) {
        const auto unit_id = find_unit(row);
        if (row.code.empty()) return;
        if (const auto [first, is_first] = row_of_code_.emplace(row.code, row.row); !is_first) {
            wrong(row, "code", row.code, "exchange.code_twice", {{"row", std::to_string(first->second)}});
            return;
        }
        const auto known = known_.find(row.code);
        const Member* before = known == known_.end() ? nullptr : &known->second;
        if (before && !may_reach(before->unit_id))
            wrong(row, "code", row.code, "exchange.member_out_of_reach");
        const Member after = member_after(row, before, unit_id);
        for (const Problem& problem : members::problems_in(after, call_.today)) {
            // What is empty was noted when the row was read.
            if (problem.key == "members.required") continue;
            wrong(row, file_field(problem.field), value_of(after, problem.field), problem.key,
                  problem.arguments);
        }
        if (before && before->left_on) wrong(row, "code", row.code, "members.has_left");
        if (plan_.mistakes.has_row(row.row)) return;
        keep(row, before, after);
    }

    Member member_after(const MemberRow& row, const Member* before, std::optional<UnitId> unit_id) const {
        Member member = before ? *before : Member{};
        member.code = row.code;
        member.full_name = row.full_name;
        if (unit_id) member.unit_id = *unit_id;
        if (row.sex) member.sex = *row.sex;
        if (row.born_on) member.born_on = *row.born_on;
        if (row.stage) member.stage = *row.stage;
        if (row.office) member.office = *row.office;
        if (row.phone) member.phone = *row.phone;
        if (row.admitted_on) member.admitted_on = *row.admitted_on;
        if (row.full_on) member.full_on = *row.full_on;
        if (row.is_excused) member.is_excused = *row.is_excused;
        const bool moves = before && before->unit_id != member.unit_id;
        if (row.joined_on) member.joined_on = *row.joined_on;
        else if (!before || moves) member.joined_on = call_.today;
        return member;
    }

    static std::string value_of(const Member& member, std::string_view field) {
        std::string value;
        each_field(member, [&](const char* name, const auto& held) {
            if (field == name) value = shown(held);
        });
        return value;
    }

    template <class T>
    static std::string shown(const T& value) {
        if constexpr (is_optional<T>) return value ? to_text(*value) : std::string();
        else if constexpr (std::is_same_v<T, bool>) return value ? "1" : "0";
        else if constexpr (std::is_integral_v<T>) return std::to_string(value);
        else if constexpr (std::is_same_v<T, std::string>) return value;
        else return to_text(value);
    }

    void keep(const MemberRow& row, const Member* before, const Member& after) {
        if (before && *before == after) {
            ++plan_.unchanged_count;
            return;
        }
        SampleRow sample{static_cast<std::int64_t>(row.row),
                         before ? RowOutcome::changed : RowOutcome::added,
                         after.code,
                         after.full_name,
                         {}};
        if (before) {
            each_field(after, [&](const char* name, const auto&) {
                const std::string_view field = name;
                std::string was = value_of(*before, field), is = value_of(after, field);
                if (was == is) return;
                if (field == "unit_id") {
                    was = unit_code(before->unit_id);
                    is = row.unit_code;
                }
                sample.changes.push_back({std::string(file_field(field)), std::move(was), std::move(is)});
            });
            traces_ += "changed " + to_text(after.id) + " " + std::to_string(before->version) + "\n";
            ++plan_.changed_count;
            plan_.to_change.push_back(after);
        } else {
            traces_ += "added " + after.code + " " + to_text(after.unit_id) + "\n";
            ++plan_.new_count;
            plan_.to_add.push_back(after);
        }
        if (plan_.sample.size() < most_sample_rows) plan_.sample.push_back(std::move(sample));
    }

    std::string unit_code(UnitId unit_id) const {
        const auto position = call_.tree->find(unit_id);
        return position ? call_.tree->at(*position).code : std::string();
    }

    const Call& call_;
    const FileRows<MemberRow>& file_;
    MemberPlan plan_;
    std::string traces_;
    std::unordered_map<std::string_view, int> units_;
    std::unordered_map<std::string, Member> known_;
    std::unordered_map<std::string_view, std::size_t> row_of_code_;
    std::unordered_map<UnitId, bool> reachable_;
};

}  // namespace

MemberPlan plan_members(const Call& call, const FileRows<MemberRow>& file) {
    return MemberPlanner(call, file).make();
}

void bring_in(const Call& call, const MemberPlan& plan, const Progress& progress) {
    const std::size_t total = plan.to_add.size() + plan.to_change.size();
    const auto told = [&](std::size_t done) {
        progress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
    };
    for (std::size_t start = 0; start < plan.to_add.size(); start += batch) {
        std::vector<Member> rows(
            plan.to_add.begin() + static_cast<std::ptrdiff_t>(start),
            plan.to_add.begin() + static_cast<std::ptrdiff_t>(std::min(start + batch, plan.to_add.size())));
        for (Member& row : rows) row.id = call.new_id<MemberId>();
        members::add_members(call, rows);
        told(start + rows.size());
    }
    for (std::size_t start = 0; start < plan.to_change.size(); start += batch) {
        const std::size_t count = std::min(batch, plan.to_change.size() - start);
        members::change_members(call, std::span(plan.to_change).subspan(start, count));
        told(plan.to_add.size() + start + count);
    }
}

}  // namespace gw::exchange
