#include "organisation/founding.h"

#include <algorithm>

namespace gw::organisation {

namespace {

bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || letter == '_';
    });
}

}  // namespace

Problems problems_in(const Founding& founding) {
    Problems problems;
    if (founding.kinds.empty()) problems.push_back({"kinds", "platform.required"});
    std::vector<std::string_view> above;
    for (std::size_t i = 0; i < founding.kinds.size(); ++i) {
        const FoundingKind& kind = founding.kinds[i];
        const std::string field = "kinds/" + std::to_string(i);
        if (!is_key(kind.key)) problems.push_back({field + "/key", "organisation.kind_key_malformed"});
        if (std::find(above.begin(), above.end(), kind.key) != above.end())
            problems.push_back({field + "/key", "organisation.kind_key_twice"});
        for (const auto& [name, text] :
             {std::pair{"name_vi", &kind.name_vi}, {"name_en", &kind.name_en}, {"name_hi", &kind.name_hi}})
            if (trimmed(*text).empty()) problems.push_back({field + "/" + name, "platform.required"});
        for (const std::string& parent : kind.stands_below)
            if (parent != kind.key && std::find(above.begin(), above.end(), parent) == above.end())
                problems.push_back(
                    {field + "/stands_below", "organisation.kind_not_above", {{"kind", parent}}});
        above.push_back(kind.key);
    }
    if (std::find(above.begin(), above.end(), founding.top.kind) == above.end())
        problems.push_back({"top/kind", "organisation.no_such_kind"});
    if (trimmed(founding.top.code).empty()) problems.push_back({"top/code", "platform.required"});
    if (trimmed(founding.top.name).empty()) problems.push_back({"top/name", "platform.required"});
    return problems;
}

void found(const Call& call, const Founding& founding) {
    refuse_if(problems_in(founding));
    if (call.tree->size() > 0) throw Refusal(Reason::conflict, Problem{"", "organisation.founded_already"});
    std::vector<KindRow> kinds;
    std::vector<std::pair<std::string, std::string>> below;
    for (const FoundingKind& kind : founding.kinds) {
        kinds.push_back({kind.key, kind.name_vi, kind.name_en, kind.name_hi,
                         static_cast<std::int64_t>(kinds.size()), kind.is_judged, kind.has_members});
        for (const std::string& parent : kind.stands_below) below.emplace_back(kind.key, parent);
    }
    add_kinds(call, kinds, below);
    const UnitToAdd top{call.new_id<UnitId>(), {},
                        founding.top.code,     founding.top.name,
                        founding.top.kind,     founding.top.established_on};
    add_units(call, std::span(&top, 1));
    call.record("organisation.founded", top.id, top.id);
    call.announce("units", top.id);
}

}  // namespace gw::organisation
