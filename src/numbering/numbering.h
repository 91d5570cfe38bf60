// Numbering: every paper of a unit gets the next number of its kind within the term, "05-NQ/CB".
//
// Words: a *term* is the time between two congresses of a unit; it begins on a day that the unit has of its
// own, or else the nearest unit above that has one. Where nobody has named a day, every calendar year is a
// term. A *series* is the numbers of one unit, kind and term, from 1 without gaps.
//
// A number is given by the server in the transaction that brings the paper into being, so that records that
// come late or out of order are numbered as they arrive, and a refused one takes no number. A number once
// given stays, also when a term is entered later that would have begun before.
//
// Permissions, over the unit: organisation.read to see the terms, organisation.change to begin one.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "organisation/tree.h"
#include "platform/call.h"

namespace gw {
class Router;
class Texts;
}  // namespace gw

namespace gw::numbering {

BOOST_DEFINE_ENUM_CLASS(Kind, minutes, resolution, conclusion, score_sheet)

// What stands behind the number: the letters of the kind of paper and of the kind of unit.
class Letters {
public:
    // Those of the organisation that the program was first made for.
    Letters() = default;
    // Those of the catalogues, in the organisation's language. The texts outlive the letters.
    Letters(const Texts& texts, std::string language);

    // "05-NQ/CB". A kind of unit without letters gives the first letters of its name.
    std::string number_text(std::int64_t number, Kind kind, const organisation::TreeKind& unit_kind) const;

private:
    const Texts* texts_ = nullptr;
    std::string language_ = "vi";
};

struct Number {
    Date term_begins_on{};
    std::int64_t number = 0;
    std::string text;
};

// The next number of a paper that the unit makes on `day`. Call it in the writer.
Number give(const Call& call, UnitId unit_id, Kind kind, Date day, const Letters& letters);
// The first day of the term in which `day` lies.
Date term_of(const Call& call, UnitId unit_id, Date day);

struct Series {
    UnitId unit_id;
    Kind kind = Kind::resolution;
    Date term_begins_on{};
    std::int64_t last_number = 0;
};
BOOST_DESCRIBE_STRUCT(Series, (), (unit_id, kind, term_begins_on, last_number))
// For papers that have their numbers already (the sample, a paper book): the series go on after them.
void raise(Db& db, std::span<const Series> series);

struct Term {
    UnitId unit_id;  // whose day it is: the unit's own or one above
    std::string unit_name;
    Date begins_on{};
};
BOOST_DESCRIBE_STRUCT(Term, (), (unit_id, unit_name, begins_on))
struct TermsKey {
    UnitId unit_id;
};
BOOST_DESCRIBE_STRUCT(TermsKey, (), (unit_id))
struct Terms {
    Date current_begins_on{};  // of the term of today
    std::vector<Term> terms;   // the newest first; empty when every year is a term
};
BOOST_DESCRIBE_STRUCT(Terms, (), (current_begins_on, terms))
struct BeginTerm {
    UnitId unit_id;
    Date begins_on{};
};
BOOST_DESCRIBE_STRUCT(BeginTerm, (), (unit_id, begins_on))

// The days that count for the unit. Refused: forbidden without organisation.read.
Terms list_terms(const Call& call, const TermsKey& request);
// The same day sent again changes nothing. Refused: forbidden without organisation.change; invalid for a day
// outside 2000 to 2100.
Terms begin_term(const Call& call, const BeginTerm& request);

// GET and POST /api/units/{unit_id}/terms.
void add_routes(Router& router);

}  // namespace gw::numbering
