#include "visits/advice_table.h"

#include "organisation/organisation.h"
#include "platform/texts/texts.h"

namespace gw::visits {

spreadsheets::Table table_of_advice(const Call& call, const ListAdvice& request, const Texts& texts) {
    const auto text = [&](const std::string& key) { return texts.text(call.language, "visits." + key); };
    spreadsheets::Table table{
        text("advice_file"),
        {text("advice"), text("expected_change"), text("unit"), text("group"), text("visited_on"),
         text("check_on"), text("weight"), text("state"), text("answered_on"), text("confirmed_on"),
         text("effect"), text("refusal_reason"), text("refusal_reply")},
        {}};
    const auto page_of = [&](const ListAdvice& page) { return list_advice(call, page); };
    organisation::each_page(request, page_of, [&](const AdvicePage& page) {
        for (const AdviceLine& line : page.advice_items) {
            const AdviceItem& advice = line.advice_item;
            table.rows.push_back({advice.text, advice.expected_change, line.unit_name, line.group_name,
                                  line.visited_on, advice.check_on, text("weight." + to_text(advice.weight)),
                                  text("state." + to_text(advice.state)),
                                  spreadsheets::cell_of(advice.answered_on),
                                  spreadsheets::cell_of(advice.confirmed_on), advice.effect,
                                  advice.refusal_reason, advice.refusal_reply});
        }
    });
    return table;
}

}  // namespace gw::visits
