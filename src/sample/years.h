// The year of each cell: made up for most, written by hand for the two stories.
#pragma once
#include "sample/year_book.h"

namespace gw::sample {

// What units say of their own meetings: every mark the rulebook of the year asks for.
using SelfFacts = std::vector<meetings::ScoreFact>;

struct YearOf {
    Batch& batch;
    SampleIds& ids;
    const Cell& cell;
    std::span<const members::Member> people;
    const Recorders& recorders;
    const SelfFacts& self_facts;
};

void live_plain_year(const YearOf& of);
void live_year_of_na_lung(const YearOf& of);
void live_year_of_an_tuong_2(const YearOf& of);

// Marks that all say yes, apart from those named in `without`.
std::vector<meetings::SelfMark> marks_without(const SelfFacts& facts,
                                              std::initializer_list<std::string_view> without);

// What members and the cell registered in January and reached by December; `done_per_mille` of it, `exceeded`
// percent beyond what was promised. Says what members and cell think of their year.
void register_year(YearBook& book, const YearOf& of, Dice& dice, int done_per_mille, int exceeded,
                   int self_level);

}  // namespace gw::sample
