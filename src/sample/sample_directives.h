// What the levels above asked of the cells of the two stories, and what the cells made of it: the province's
// plan for Resolution 21, the commune's plan against forest fires in its second edition, and a reminder.
#pragma once
#include <map>

#include "directives/directives.h"
#include "sample/batch.h"
#include "sample/year_book.h"

namespace gw::sample {

class SampleDirectives {
public:
    SampleDirectives(const Province& province, const Recorders& recorders);

    // Looks in a batch for the items that make the directives concrete.
    void collect(const Batch& batch);
    void write(const Call& call, SampleIds& ids) const;

private:
    struct Decided {
        ResolutionItemId id;
        std::string text;
        Date adopted_on{};
    };
    // The first item of a cell since a day whose text begins so.
    const Decided* find_item(UnitId cell_id, Date since, std::string_view begins = "") const;
    std::vector<UnitId> cells_of(UnitId commune_id) const;

    const Province& province_;
    const Recorders& recorders_;
    std::map<UnitId, std::vector<Decided>> items_;  // of the cells asked, in the order of adoption
};

}  // namespace gw::sample
