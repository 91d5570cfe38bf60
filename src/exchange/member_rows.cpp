#include "exchange/plan.h"
#include "exchange/row_reader.h"

namespace gw::exchange {

namespace {

// Reads the cells of one row and notes what cannot be understood.
class MemberRowReader : public RowReader {
public:
    using RowReader::RowReader;

    MemberRow read() {
        MemberRow member;
        member.row = row();
        member.code = required_text("code");
        member.full_name = required_text("full_name");
        member.unit_code = required_text("unit_code");
        member.sex = word("sex", sex_of, members::Sex::not_given, "exchange.no_sex");
        member.born_on = day("born_on");
        member.stage = word("stage", stage_of, members::Stage::full, "exchange.no_stage");
        member.office = word("office", office_of, members::Office::none, "exchange.no_office");
        if (has("phone")) member.phone = text("phone");
        if (const auto joined_on = day("joined_on")) member.joined_on = *joined_on;
        member.admitted_on = day("admitted_on");
        member.full_on = day("full_on");
        member.is_excused = word("is_excused", yes_or_no, false, "exchange.no_yes_or_no");
        return member;
    }
};

}  // namespace

FileRows<MemberRow> read_member_rows(std::string_view bytes, std::string_view sheet) {
    return read_rows<MemberRow, MemberRowReader>(Subject::members, bytes, sheet);
}

FileRows<UnitRow> read_unit_rows(std::string_view bytes, std::string_view sheet) {
    class UnitRowReader : public RowReader {
    public:
        using RowReader::RowReader;

        UnitRow read() {
            UnitRow unit;
            unit.row = row();
            unit.code = required_text("code");
            unit.name = required_text("name");
            unit.kind = required_text("kind");
            unit.parent_code = text("parent_code");
            if (const auto from_on = day("from_on")) unit.from_on = *from_on;
            return unit;
        }
    };
    return read_rows<UnitRow, UnitRowReader>(Subject::units, bytes, sheet);
}

}  // namespace gw::exchange
