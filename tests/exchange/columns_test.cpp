#include "exchange/columns.h"

#include <doctest/doctest.h>

#include "platform/texts/texts.h"

namespace gw::exchange {

namespace {

std::vector<Cell> header(const std::vector<std::string>& names) {
    std::vector<Cell> cells;
    for (const auto& name : names) cells.push_back({name.empty() ? CellKind::empty : CellKind::text, name});
    return cells;
}

}  // namespace

TEST_CASE("columns are known by their header in three languages, in any order") {
    for (const auto& names : {std::vector<std::string>{"full_name", "unit_code", "code"},
                              {"HO VA TEN *", "Mã chi bộ", "Số thẻ Đảng viên"},
                              {"Name (as on the card)", "Cell code", "Card number"},
                              {"पूरा नाम", "इकाई कोड", "कार्ड संख्या"}}) {
        std::vector<Mistake> mistakes;
        const Columns columns(Subject::members, 1, header(names), mistakes);
        CHECK(mistakes.empty());
        CHECK(columns.ignored().empty());
        CHECK(columns.cell("code", header({"a", "b", "c"})).text == "c");
        CHECK(columns.cell("sex", header({"a", "b", "c"})).kind == CellKind::empty);
        CHECK(columns.cell("code", header({"a"})).kind == CellKind::empty);
    }
}

TEST_CASE("missing, doubled and unknown columns are told") {
    std::vector<Mistake> mistakes;
    const Columns columns(Subject::members, 3, header({"Tên", "code", "", "Số thẻ", "mã đơn vị", "Quê quán"}),
                          mistakes);
    REQUIRE(mistakes.size() == 2);
    CHECK(mistakes[0].key == "exchange.column_twice");
    CHECK(mistakes[0].column_letter == "D");
    CHECK(mistakes[0].row == 3);
    CHECK(mistakes[1].key == "exchange.column_missing");
    CHECK(mistakes[1].arguments[0].second == "full_name");
    CHECK(columns.ignored() == "Tên\nQuê quán");
}

TEST_CASE("the template of each language is understood whole") {
    const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
    for (const Subject subject : {Subject::members, Subject::units})
        for (const auto& language : texts.languages()) {
            std::vector<std::string> names;
            for (const auto& column : columns_of(subject))
                names.push_back(texts.text(language, "exchange.column." + std::string(column.field)));
            std::vector<Mistake> mistakes;
            const Columns columns(subject, 1, header(names), mistakes);
            CHECK_MESSAGE(mistakes.empty(), language << " " << to_text(subject));
            CHECK_MESSAGE(columns.ignored().empty(), language << " " << columns.ignored());
        }
}

TEST_CASE("the words of an exported table are understood in each language") {
    using members::Office, members::Stage, members::Sex;
    const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
    for (const auto& language : texts.languages()) {
        for (const Stage stage : {Stage::candidate, Stage::probationary, Stage::full})
            CHECK_MESSAGE(stage_of(texts.text(language, "members.stage." + to_text(stage))) == stage,
                          language);
        for (const Office office :
             {Office::none, Office::secretary, Office::deputy_secretary, Office::committee_member})
            CHECK_MESSAGE(office_of(texts.text(language, "members.office." + to_text(office))) == office,
                          language);
        for (const Sex sex : {Sex::not_given, Sex::female, Sex::male})
            CHECK_MESSAGE(sex_of(texts.text(language, "members.sex." + to_text(sex))) == sex, language);
    }
    CHECK(stage_of("DU BI") == Stage::probationary);
    CHECK(!stage_of("perhaps"));
    CHECK(yes_or_no("Có") == true);
    CHECK(yes_or_no("नहीं") == false);
    CHECK(!yes_or_no("maybe"));
}

TEST_CASE("days are written in several ways, never guessed") {
    const Date day = std::chrono::year{2024} / std::chrono::month{4} / std::chrono::day{17};
    for (const char* text :
         {"2024-04-17", "17/4/2024", "17/04/2024", "17-4-2024", "17.04.2024", "2024-04-17 00:00:00"})
        CHECK_MESSAGE(day_in(text) == day, text);
    for (const char* text : {"", "4/17/2024", "17/4/24", "17/4-2024", "31/2/2024", "2024", "17/4/2024 x",
                             "-1/4/2024", "17//2024", "1/2", "17/4/02024", "/4/2024"})
        CHECK_MESSAGE(!day_in(text), text);
}

}  // namespace gw::exchange
