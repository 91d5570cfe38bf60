// The parts that all papers share: head, signatures, counts. Private to composing.
#pragma once
#include "papers/papers_compose.h"

namespace gw::papers {

using printing::Block;
using printing::BlockKind;
using printing::Line;
using printing::LineStyle;
using printing::TableRow;
using printing::upper_case;

inline Texts::Arguments day_arguments(Date day) {
    return {{"day", std::to_string(static_cast<unsigned>(day.day()))},
            {"month", std::to_string(static_cast<unsigned>(day.month()))},
            {"year", std::to_string(static_cast<int>(day.year()))}};
}

struct Composer {
    const Facts& facts;
    const Words& words;
    Document document;

    // The block of lines at the end, a new one after a table or columns.
    std::vector<Line>& lines();
    void add(LineStyle style, std::string text, std::string lead = "");
    void heading(std::string text) { add(LineStyle::heading, std::move(text)); }

    // Unit and number left; motto, place and day right; then kind and subject.
    void head(const std::string& number_text, Date day, const std::string& subject);
    // When, where, who was there; the counts of the roll.
    void circumstances();
    // "task, status at the start, result".
    void ledger();
    void contributions();
    void items(const ResolutionFact& resolution);
    void votes(const ResolutionFact& resolution);
    // Second person left, chair right.
    void signed_by_both();
    // Recipients left, the chair in the name of the unit right.
    void signed_for_unit();

private:
    std::vector<Line> signature_of_chair() const;
};

// A day in words and in short.
std::string day_text(Date day, const Words& words);
// "19:30", as every language of the catalogues writes it.
std::string time_text(std::int64_t minute);
std::string office_name(members::Office office, const Words& words);

}  // namespace gw::papers
