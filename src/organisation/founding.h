// Founding: the first step of an installation. A file says which kinds of unit there are, which may stand
// below which, and what the unit at the top is called.
#pragma once
#include <string>
#include <vector>

#include "organisation/organisation.h"

namespace gw::organisation {

struct FoundingKind {
    std::string key;
    std::string name_vi, name_en, name_hi;
    bool is_judged = true;
    bool has_members = false;
    std::vector<std::string> stands_below;  // keys of kinds; empty for the kind of the top unit
};
BOOST_DESCRIBE_STRUCT(FoundingKind, (),
                      (key, name_vi, name_en, name_hi, is_judged, has_members, stands_below))

struct FoundingUnit {
    std::string code, name, kind;
    Date established_on{};
};
BOOST_DESCRIBE_STRUCT(FoundingUnit, (), (code, name, kind, established_on))

struct Founding {
    std::vector<FoundingKind> kinds;  // in the order of their level, the top first
    FoundingUnit top;
};
BOOST_DESCRIBE_STRUCT(Founding, (), (kinds, top))

// Everything wrong with a founding: no kinds, a key twice or not of a-z and _, a name missing, a kind that
// stands below one that is not there or stands further down, a top unit of no known kind.
Problems problems_in(const Founding& founding);

// Makes the kinds and the top unit. Refused: invalid for its mistakes; conflict when there are units already.
void found(const Call& call, const Founding& founding);

}  // namespace gw::organisation
