// Every kind of mistake in a rulebook is found, with its line and its key.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "rulebooks/rulebooks.h"

using namespace gw::rulebooks;

namespace {

// A small good rulebook; each case below changes one place.
const std::string good = R"TOML(format = 1
id = "test"
edition = "1"
valid_from = 2024
languages = ["en"]
title = { en = "Test" }
[sources]
law = "a law"
[[class]]
key = "good"
number = 2
text = { en = "Good" }
[[class]]
key = "bad"
number = 1
text = { en = "Bad" }
[[level]]
key = "low"
number = 1
text = { en = "Low" }
[[level]]
key = "high"
number = 2
text = { en = "High" }
[[kind]]
key = "cell"
number = 1
text = { en = "Cell" }
[[fact]]
of = "members"
key = "held"
range = [0, 100]
text = { en = "Held" }
basis = "source"
source = "law"
[[fact]]
of = "members"
key = "due"
range = [0, 100]
when_missing = 0
text = { en = "Due" }
basis = "sample"
[[aggregate]]
key = "count"
over = "members"
where = "final_class > 0"
text = { en = "Members" }
basis = "sample"
[[aggregate]]
key = "below"
over = "subtree"
sum = "count"
text = { en = "Members below" }
basis = "sample"
[[subject]]
key = "member"
judges = "members"
maximum = 16
text = { en = "Member" }
[[subject.group]]
key = "all"
maximum = 16
text = { en = "All" }
basis = "sample"
[[subject.derived]]
key = "share"
formula = "ratio(held, due, 10000)"
text = { en = "Share" }
[[subject.criterion]]
key = "line"
group = "all"
maximum = 5
input = "share"
scoring = "line"
line = [[5000, 0], [10000, 5]]
text = { en = "Line" }
basis = "sample"
[[subject.criterion]]
key = "step"
group = "all"
maximum = 8
input = "held"
scoring = "steps"
steps = [{ to = 3, points = 0 }, { from = 4, to = 9, points = 4 }]
otherwise = 8
text = { en = "Step" }
basis = "sample"
[[subject.criterion]]
key = "level"
group = "all"
maximum = 2
input = "if(held > 5, level.high, level.low)"
scoring = "level"
levels = [1, 2]
text = { en = "Level" }
basis = "sample"
[[subject.criterion]]
key = "some"
group = "all"
maximum = 1
scoring = "choice"
choice = [{ when = "held > 0", points = 1, text = { en = "Some" } }]
text = { en = "Some" }
basis = "sample"
[[subject.deduction]]
key = "missed"
amount = "min(2, max(0, due - held))"
text = { en = "Missed" }
basis = "sample"
[[subject.not_classified]]
key = "nothing_due"
state = "exempt"
when = "due = 0"
text = { en = "Nothing due" }
basis = "sample"
[[subject.at_most]]
key = "too_few"
class = "bad"
when = "input.line < 6000"
text = { en = "Too few" }
basis = "sample"
[[subject.threshold]]
class = "good"
minimum = 10
basis = "sample"
[subject.cap]
class = "good"
percent = 20
base = "evaluated"
group = "parent"
rounding = "floor"
tie_break = ["-score", "-held", "id"]
text = { en = "A fifth" }
basis = "sample"
[[subject.case]]
name = "all held"
facts = { held = 10, due = 10 }
score = 16
maximum = 16
class = "good"
[[counter]]
key = "judged"
over = "members"
when = "is_evaluated"
text = { en = "Judged" }
)TOML";

std::string changed(const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    text.replace(at, from.size(), to);
    return text;
}

std::int64_t line_with(const std::string& text, const std::string& part) {
    const std::size_t at = text.find(part);
    REQUIRE_MESSAGE(at != std::string::npos, part);
    return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
}

struct Case {
    const char* from;
    const char* to;
    const char* on_line_of;  // a text on the line that the mistake must name
    const char* message;     // part of it
};

const Case cases[] = {
    {"format = 1", "format = 2", "format = 2", "must be 1"},
    {"id = \"test\"", "id = 5", "id = 5", "must be a text"},
    {"edition = \"1\"\n", "", "format", "is missing; expected a text"},
    {"valid_from = 2024", "valid_from = 2024\nvalid_until = 2020", "valid_until", "before valid_from"},
    {"valid_from = 2024", "valid_from = 2024\nvalid_form = 1", "valid_form", "not a key known here"},
    {"valid_from = 2024", "valid_from = 2024\nfirst_day = \"28.10.2024\"", "first_day",
     "must be a day such as"},
    {"valid_from = 2024", "valid_from = 2024\nfirst_day = \"2024-02-30\"", "first_day",
     "must be a day such as"},
    {"valid_from = 2024", "valid_from = 2024\nfirst_day = \"2025-01-01\"", "first_day",
     "in the year of valid_from"},
    {"valid_from = 2024", "valid_from = 2024\nlast_day = \"2024-12-30\"", "last_day",
     "in the year of valid_until"},
    {"valid_from = 2024", "valid_from = 2024\nvalid_until = 2025\nlast_day = \"2024-12-30\"", "last_day",
     "in the year of valid_until"},
    {"valid_from = 2024",
     "valid_from = 2024\nvalid_until = 2024\nfirst_day = \"2024-06-02\"\nlast_day = \"2024-06-01\"",
     "last_day", "is before first_day"},
    {"valid_from = 2024", "valid_from = 2024\napplies = \"sometimes\"", "applies",
     "is not one of: by_default, where_chosen"},
    {"languages = [\"en\"]", "languages = [\"en\", \"fr\"]", "languages", "not one of vi, en, hi"},
    {"languages = [\"en\"]", "languages = [\"en\", \"vi\"]", "title =", "the text in \"vi\" is missing"},
    {"[sources]", "[sources", "[sources", "is not TOML"},
    {"[sources]", "đơn_vị = 1\n[sources]", "đơn_vị", "must stand in quotes"},
    {"[sources]", "[+sources]", "[+sources]", "does not begin with a letter"},
    {"key = \"bad\"\nnumber = 1", "key = \"bad\"\nnumber = 2", "number = 2\ntext = { en = \"Bad\"",
     "used twice"},
    {"key = \"bad\"\nnumber = 1", "key = \"bad\"\nnumber = 0", "number = 0", "at least 1"},
    {"key = \"due\"", "key = \"held\"", "of = \"members\"", "used twice"},
    {"key = \"due\"", "key = \"Due\"", "key = \"Due\"", "is not a key"},
    {"range = [0, 100]", "range = [100, 0]", "range = [100, 0]", "lowest value is above"},
    {"range = [0, 100]", "range = [0]", "range = [0]", "[lowest, highest]"},
    {"when_missing = 0", "when_missing = 101", "when_missing", "outside the range"},
    {"basis = \"source\"\nsource = \"law\"", "basis = \"rumour\"", "rumour", "must be source, general"},
    {"source = \"law\"", "source = \"rumour\"", "rumour", "no \"rumour\" in [sources]"},
    {"basis = \"source\"\nsource = \"law\"", "basis = \"source\"", "basis = \"source\"", "names its source"},
    {"formula = \"ratio(held, due, 10000)\"", "formula = \"ratio(hold, due, 10000)\"", "hold",
     "did you mean \"held\"?"},
    {"formula = \"ratio(held, due, 10000)\"", "formula = \"ratio(held due, 10000)\"", "held due",
     "expected \",\" or \")\" (at character 12)"},
    {"formula = \"ratio(held, due, 10000)\"", "formula = \"ratio(held - due, due, 0)\"", "held - due",
     "may not be negative"},
    {"formula = \"ratio(held, due, 10000)\"", "formula = \"div(held, due)\"", "div(held", "b of at least 1"},
    {"formula = \"ratio(held, due, 10000)\"", "formula = \"held * 9000000000000000000\"",
     "9000000000000000000", "could leave 64 bits"},
    {"formula = \"ratio(held, due, 10000)\"", "formula = \"mean(held, due, held, 0)\"", "mean(",
     "must be a number"},
    {"formula = \"ratio(held, due, 10000)\"", "formula = \"input.line\"", "formula = \"input.line\"",
     "there is no \"input.line\" here"},
    {"line = [[5000, 0], [10000, 5]]", "line = [[5000, 0], [5000, 5]]", "line = [[", "overlap"},
    {"line = [[5000, 0], [10000, 5]]", "line = [[5000, 5]]", "line = [[", "at least two points"},
    {"line = [[5000, 0], [10000, 5]]", "line = [[5000, 0], [10000, 4]]", "maximum = 5",
     "best that can be reached is 4"},
    {"line = [[5000, 0], [10000, 5]]", "line = [[5000, -1], [10000, 5]]", "[[subject.criterion]]",
     "must not be negative"},
    {"line = [[5000, 0], [10000, 5]]", "line = [5000, 0]", "line = [5000", "list of [x, points] pairs"},
    {"{ from = 4, to = 9, points = 4 }", "{ from = 5, to = 9, points = 4 }", "steps = [",
     "gap: nothing is said about 4 to 4"},
    {"{ from = 4, to = 9, points = 4 }", "{ from = 3, to = 9, points = 4 }", "steps = [", "overlap: 3 to 3"},
    {"{ from = 4, to = 9, points = 4 }", "{ to = 2, points = 4 }", "steps = [", "overlap: 2 comes after 3"},
    {"levels = [1, 2]", "levels = [1, 2, 2]", "levels = [1, 2, 2]", "gives points for 3 levels"},
    {"scoring = \"line\"", "scoring = \"curve\"", "curve", "is not one of: direct, line"},
    {"maximum = 16\ntext = { en = \"Member\" }", "maximum = 17\ntext = { en = \"Member\" }", "maximum = 17",
     "sum to 16, not to 17"},
    {"key = \"all\"\nmaximum = 16", "key = \"all\"\nmaximum = 20", "maximum = 20", "sum to 16, not to 20"},
    {"group = \"all\"", "group = \"any\"", "group = \"any\"", "no group \"any\""},
    {"when = \"held > 0\"", "when = \"held >= 0\"", "choice = [", "always holds"},
    {"when = \"due = 0\"", "when = \"due > 100\"", "due > 100", "can never hold"},
    {"amount = \"min(2, max(0, due - held))\"", "amount = \"due - held\"", "[[subject.deduction]]",
     "could become negative"},
    {"class = \"bad\"\nwhen", "class = \"worse\"\nwhen", "worse", "no class \"worse\""},
    {"minimum = 10", "minimum = 17", "[[subject.threshold]]", "cannot be reached"},
    {"[subject.cap]\nclass = \"good\"", "[subject.cap]\nclass = \"best\"", "best", "no class \"best\""},
    {"[subject.cap]\nclass = \"good\"", "[subject.cap]\nclass = \"bad\"", "[subject.cap]\nclass",
     "no class below to fall to"},
    {"percent = 20", "percent = 120", "percent = 120", "0 to 100"},
    {"\"-held\"", "\"-halved\"", "-halved", "neither score, id nor a fact"},
    {"group = \"parent\"", "group = \"ancestor\"\nancestor = \"moon\"", "moon", "no kind \"moon\""},
    {"sum = \"count\"", "sum = \"below\"", "[[aggregate]]\nkey = \"below\"", "is made from itself"},
    {"where = \"final_class > 0\"", "where = \"final_class > 2\"", "final_class > 2", "can never hold"},
    {"judges = \"members\"", "judges = \"members\"\nkinds = [\"cell\"]",
     "kinds =", "only subjects that judge units"},
    {"judges = \"members\"", "judges = \"members\"\nweak_when = \"held > 3\"", "weak_when",
     "need each other"},
    {"score = 16\nmaximum", "score = 15\nmaximum", "[[subject.case]]", "the score comes out as 16, not 15"},
    {"maximum = 16\nclass", "maximum = 15\nclass", "[[subject.case]]",
     "available maximum comes out as 16, not 15"},
    {"maximum = 16\nclass = \"good\"", "maximum = 16\nclass = \"bad\"", "[[subject.case]]",
     "the class comes out as good, not bad"},
    {"facts = { held = 10, due = 10 }", "facts = { held = 10, dew = 10, due = 10 }", "[[subject.case]]",
     "no fact \"dew\""},
    {"facts = { held = 10, due = 10 }", "facts = { held = 101, due = 10 }", "[[subject.case]]",
     "not within 0 to 100"},
};

}  // namespace

TEST_CASE("the rulebook that the cases change is good") {
    const Reading reading = read_text(good, "good.toml");
    for (const FileMistake& mistake : reading.mistakes) MESSAGE(mistake.key << ": " << mistake.message);
    REQUIRE(reading.edition != nullptr);
    CHECK(reading.edition->checksum.size() == 16);
}

TEST_CASE("an edition counts from its first day to its last, both included") {
    const Reading reading = read_text(
        changed(
            "valid_from = 2024",
            "valid_from = 2024\nvalid_until = 2025\nfirst_day = \"2024-02-29\"\nlast_day = \"2025-10-27\""),
        "days.toml");
    REQUIRE(reading.edition != nullptr);
    CHECK_FALSE(reading.edition->is_in_force("2024-02-28"));
    CHECK(reading.edition->is_in_force("2024-02-29"));
    CHECK(reading.edition->is_in_force("2025-10-27"));
    CHECK_FALSE(reading.edition->is_in_force("2025-10-28"));
}

TEST_CASE("each mistake is found on its line") {
    for (const Case& one : cases) {
        const std::string text = changed(one.from, one.to);
        const Reading reading = read_text(text, "bad.toml");
        CAPTURE(std::string(one.to));
        CHECK(reading.edition == nullptr);
        std::string all;
        const FileMistake* found = nullptr;
        for (const FileMistake& mistake : reading.mistakes) {
            all += std::to_string(mistake.line) + ": " + mistake.key + ": " + mistake.message + "\n";
            if (found == nullptr && mistake.message.find(one.message) != std::string::npos) found = &mistake;
        }
        CAPTURE(all);
        REQUIRE(found != nullptr);
        const std::int64_t line = line_with(text, one.on_line_of);
        // A mistake names the line of its key, or the first line of its table, which stands a little above.
        CHECK(found->line >= line - 8);
        CHECK(found->line <= line + 1);
        CHECK(found->file == "bad.toml");
    }
}

TEST_CASE("all mistakes come at once, in the order of their lines") {
    std::string text = changed("valid_from = 2024", "valid_from = \"2024\"");
    text.replace(text.find("\"line\"\nline"), 6, "\"lime\"");
    text.replace(text.find("over = \"members\""), 16, "over = \"nobody\"");
    const Reading reading = read_text(text, "bad.toml");
    CHECK(reading.mistakes.size() >= 3);
    CHECK(std::is_sorted(reading.mistakes.begin(), reading.mistakes.end(),
                         [](const FileMistake& a, const FileMistake& b) { return a.line < b.line; }));
}

TEST_CASE("a class that another takes everything from cannot be reached") {
    const std::string text =
        changed("[[class]]\nkey = \"bad\"",
                "[[class]]\nkey = \"best\"\nnumber = 3\ntext = { en = \"Best\" }\n[[class]]\nkey = \"bad\"");
    std::string with_threshold = text;
    with_threshold.replace(with_threshold.find("[subject.cap]"), 0,
                           "[[subject.threshold]]\nclass = \"best\"\nminimum = 5\nbasis = \"sample\"\n");
    const Reading shadowed = read_text(with_threshold, "bad.toml");
    REQUIRE(shadowed.mistakes.size() == 1);
    CHECK(shadowed.mistakes[0].message.find("a higher class takes every score from 5") != std::string::npos);
    const Reading without = read_text(text, "bad.toml");
    REQUIRE(without.mistakes.size() == 1);
    CHECK(without.mistakes[0].message.find("\"best\" cannot be reached") != std::string::npos);
}

TEST_CASE("a subject without a worked case is refused") {
    std::string text = good;
    const std::size_t from = text.find("[[subject.case]]");
    text.erase(from, text.find("[[counter]]") - from);
    const Reading reading = read_text(text, "bad.toml");
    REQUIRE(reading.mistakes.size() == 1);
    CHECK(reading.mistakes[0].message.find("no worked case") != std::string::npos);
}

TEST_CASE("a file with every kind of mistake is answered with all of them, each at its line and key") {
    struct Planted {
        const char* from;
        const char* to;
        const char* on_line_of;  // the line that must be named
        const char* key;
        const char* message;  // part of it
    };
    const Planted planted[] = {
        {"valid_from = 2024", "valid_from = 2024\nvalid_form = 1", "valid_form", "valid_form",
         "not a key known here"},
        {"when_missing = 0", "when_missing = 101", "when_missing", "fact.member.due.when_missing",
         "outside the range"},
        {"where = \"final_class > 0\"", "where = \"last_class > 0\"", "last_class", "aggregate.count.where",
         "there is no \"last_class\" here"},
        {"sum = \"count\"", "sum = \"below + count\"", "[[aggregate]]\nkey = \"below\"", "aggregate.below",
         "is made from itself"},
        {"maximum = 16\ntext = { en = \"Member\" }", "maximum = 17\ntext = { en = \"Member\" }",
         "maximum = 17", "subject.member.maximum", "sum to 16, not to 17"},
        {"ratio(held, due, 10000)", "ratio(hold, due, 10000)", "hold", "subject.member.derived.share.formula",
         "did you mean \"held\"?"},
        {"line = [[5000, 0], [10000, 5]]", "line = [[5000, 0], [4000, 5]]", "line = [[",
         "subject.member.criterion.line.line", "overlap"},
        {"{ from = 4, to = 9, points = 4 }", "{ from = 5, to = 9, points = 4 }", "steps = [",
         "subject.member.criterion.step.steps", "gap: nothing is said about 4 to 4"},
        {"if(held > 5, level.high, level.low)", "held * 9000000000000000000", "9000000000000000000",
         "subject.member.criterion.level.input", "could leave 64 bits"},
        {"when = \"due = 0\"", "when = \"due > 100\"", "due > 100",
         "subject.member.not_classified.nothing_due.when", "can never hold"},
        {"minimum = 10", "minimum = 18", "[[subject.threshold]]", "subject.member.threshold.good",
         "cannot be reached"},
        {"[subject.cap]\nclass = \"good\"", "[subject.cap]\nclass = \"best\"", "class = \"best\"",
         "subject.member.cap.class", "no class \"best\""},
        {"\"-held\"", "\"-halved\"", "-halved", "subject.member.cap.tie_break",
         "neither score, id nor a fact"},
        {"when = \"is_evaluated\"", "when = \"is_evaluate\"", "is_evaluate\"", "counter.judged.when",
         "there is no"}};
    std::string text = good;
    for (const Planted& one : planted) {
        const std::size_t at = text.find(one.from);
        REQUIRE_MESSAGE(at != std::string::npos, one.from);
        text.replace(at, std::string(one.from).size(), one.to);
    }
    const Reading reading = read_text(text, "bad.toml");
    CHECK(reading.edition == nullptr);
    std::string all;
    for (const FileMistake& one : reading.mistakes)
        all += std::to_string(one.line) + ": " + one.key + ": " + one.message + "\n";
    CAPTURE(all);
    for (const Planted& one : planted) {
        CAPTURE(std::string(one.to));
        const auto found =
            std::find_if(reading.mistakes.begin(), reading.mistakes.end(), [&](const FileMistake& m) {
                return m.message.find(one.message) != std::string::npos && m.key == one.key;
            });
        REQUIRE(found != reading.mistakes.end());
        CHECK(found->line == line_with(text, one.on_line_of));
        CHECK(found->file == "bad.toml");
    }
}

TEST_CASE("half a formula and a mistake elsewhere are both said, and nothing is made of the half") {
    std::string text = changed("formula = \"ratio(held, due, 10000)\"", "formula = \"ratio(held +\"");
    text.replace(text.find("when = \"is_evaluated\""), 21, "when = \"is_evaluate\"");
    const Reading reading = read_text(text, "bad.toml");
    REQUIRE(reading.mistakes.size() == 2);
    CHECK(reading.mistakes[0].key == "subject.member.derived.share.formula");
    CHECK(reading.mistakes[1].key == "counter.judged.when");
}
