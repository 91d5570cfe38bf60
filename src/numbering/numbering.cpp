#include "numbering/numbering.h"

#include "numbering/numbering_store.h"
#include "platform/checks.h"
#include "platform/json/json.h"
#include "platform/router.h"
#include "platform/texts/texts.h"

namespace gw::numbering {

namespace {

// The first character of every word, as capitals are not known to every script: "Chi bộ" is written with
// the letters of the catalogue, "Scout group" without any there becomes "SG".
std::string first_letters(std::string_view name) {
    std::string letters;
    bool is_start = true;
    for (std::size_t i = 0; i < name.size();) {
        std::size_t end = i + 1;
        while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) ++end;
        const std::string_view character = name.substr(i, end - i);
        if (character == " " || character == "," || character == "-") {
            is_start = true;
        } else if (is_start) {
            is_start = false;
            if (character.size() == 1 && character[0] >= 'a' && character[0] <= 'z')
                letters += static_cast<char>(character[0] - 'a' + 'A');
            else letters += character;
        }
        i = end;
    }
    return letters;
}

const std::string& name_in(const organisation::TreeKind& kind, std::string_view language) {
    return language == "hi" ? kind.name_hi : language == "en" ? kind.name_en : kind.name_vi;
}

const char* usual_letters(Kind kind) {
    switch (kind) {
        case Kind::minutes: return "BB";
        case Kind::resolution: return "NQ";
        case Kind::conclusion: return "KL";
        case Kind::score_sheet: return "PC";
    }
    return "";
}

// The units whose days may count, the unit itself first.
std::vector<UnitId> upwards(const Call& call, UnitId unit_id) {
    std::vector<UnitId> units;
    const std::vector<int> path = call.tree->path(call.tree->get(unit_id));
    for (auto position = path.rbegin(); position != path.rend(); ++position)
        units.push_back(call.tree->at(*position).id);
    return units;
}

}  // namespace

Letters::Letters(const Texts& texts, std::string language) : texts_(&texts), language_(std::move(language)) {}

std::string Letters::number_text(std::int64_t number, Kind kind,
                                 const organisation::TreeKind& unit_kind) const {
    const std::string key = "numbering.unit." + unit_kind.key;
    std::string of_kind, of_unit;
    if (texts_) {
        of_kind = texts_->text(language_, "numbering.kind." + to_text(kind));
        if (texts_->has(key)) of_unit = texts_->text(language_, key);
    } else {
        of_kind = usual_letters(kind);
        of_unit = unit_kind.key == "cell" ? "CB" : "ĐU";
    }
    if (of_unit.empty()) of_unit = first_letters(name_in(unit_kind, language_));
    return (number < 10 ? "0" : "") + std::to_string(number) + "-" + of_kind + "/" + of_unit;
}

Date term_of(const Call& call, UnitId unit_id, Date day) {
    for (const UnitId unit : upwards(call, unit_id))
        for (const Date begins_on : term_days(call.db, unit))
            if (begins_on <= day) return begins_on;
    return day.year() / std::chrono::January / std::chrono::day{1};
}

Number give(const Call& call, UnitId unit_id, Kind kind, Date day, const Letters& letters) {
    Number given;
    given.term_begins_on = term_of(call, unit_id, day);
    given.number = take_number(call.db, unit_id, kind, given.term_begins_on);
    given.text = letters.number_text(given.number, kind, call.tree->kind_of(call.tree->get(unit_id)));
    return given;
}

Terms list_terms(const Call& call, const TermsKey& request) {
    const std::vector<UnitId> units = upwards(call, request.unit_id);
    call.require("organisation.read", request.unit_id);
    Terms answer{term_of(call, request.unit_id, call.today), {}};
    std::optional<Date> own_from;  // from then on the days of the units above do not count
    for (const UnitId unit : units)
        for (const Date begins_on : term_days(call.db, unit)) {
            if (own_from && begins_on >= *own_from) continue;
            answer.terms.push_back({unit, call.tree->at(call.tree->get(unit)).name, begins_on});
            if (term_days(call.db, unit).back() == begins_on) own_from = begins_on;
        }
    return answer;
}

Terms begin_term(const Call& call, const BeginTerm& request) {
    call.tree->get(request.unit_id);
    call.require("organisation.change", request.unit_id);
    Problems problems;
    check_day(problems, "begins_on", request.begins_on);
    refuse_if(problems);
    if (keep_term(call.db, request)) {
        call.record("term.begun", request.unit_id, request.unit_id, to_json(request));
        call.announce("terms", request.unit_id);
    }
    return list_terms(call, {request.unit_id});
}

void add_routes(Router& router) {
    router.get("/api/units/{unit_id}/terms", "Lists the days on which terms of a unit begin", list_terms);
    router.post("/api/units/{unit_id}/terms", "Says on which day a term of a unit begins", begin_term);
}

}  // namespace gw::numbering
