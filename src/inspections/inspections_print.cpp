#include "inspections/inspections_print.h"

#include "inspections/inspections_rules.h"
#include "members/members.h"
#include "organisation/tree.h"

namespace gw::inspections {

namespace {

using printing::Block;
using printing::BlockKind;
using printing::LineStyle;

struct Form {
    const Texts& texts;
    std::string language;
    printing::Document document;

    std::string word(const std::string& key, const Texts::Arguments& arguments = {}) const {
        return texts.text(language, "inspections.print." + key, arguments);
    }
    std::string day(Date day) const {
        return word("day", {{"day", std::to_string(static_cast<unsigned>(day.day()))},
                            {"month", std::to_string(static_cast<unsigned>(day.month()))},
                            {"year", std::to_string(static_cast<int>(day.year()))}});
    }
    void add(LineStyle style, std::string text, std::string lead = "") {
        if (document.blocks.empty() || document.blocks.back().kind != BlockKind::lines)
            document.blocks.push_back({BlockKind::lines, {}, {}, {}, {}});
        document.blocks.back().lines.push_back({style, std::move(text), std::move(lead)});
    }
};

bool is_supervision(Kind kind) {
    return kind == Kind::regular_supervision || kind == Kind::thematic_supervision;
}

void add_head(Form& form, const InspectionLine& line, const Paper& paper, const std::string& top_name) {
    Block head{BlockKind::columns, {}, {}, {}, {}};
    head.lines.push_back({LineStyle::organisation, printing::upper_case(line.body_name), ""});
    head.lines.push_back({LineStyle::star, "*", ""});
    head.lines.push_back({LineStyle::number,
                          form.word("number", {{"number", std::to_string(paper.number)},
                                               {"kind", is_supervision(line.inspection.kind) ? "GS" : "KT"}}),
                          ""});
    head.right_lines.push_back({LineStyle::motto, printing::upper_case(top_name), ""});
    head.right_lines.push_back({LineStyle::place, form.day(paper.day), ""});
    form.document.blocks.push_back(std::move(head));
    form.add(LineStyle::kind, printing::upper_case(form.word("title_" + std::to_string(paper.number))));
    form.add(LineStyle::subject, line.inspection.theme);
    form.add(LineStyle::rule, "");
}

void add_circumstances(Form& form, const InspectionLine& line) {
    const Inspection& inspection = line.inspection;
    form.add(LineStyle::entry, form.word("kind_" + to_text(inspection.kind)), form.word("kind"));
    form.add(LineStyle::entry,
             inspection.object_member_id ? line.object_name + ", " + line.object_unit_name : line.object_name,
             form.word("object"));
    form.add(LineStyle::entry,
             form.word("decision_text",
                       {{"number", inspection.decision_number}, {"day", form.day(inspection.decided_on)}}),
             form.word("decision"));
    form.add(LineStyle::entry,
             form.word("period_text", {{"from", form.day(inspection.period_from)},
                                       {"until", form.day(inspection.period_until)}}),
             form.word("period"));
}

void add_team(Form& form, const std::vector<TeamPerson>& team) {
    form.add(LineStyle::heading, form.word("team"));
    Block table{BlockKind::table, {}, {}, {}, {}};
    table.columns = {{form.word("column_number"), 80, true},
                     {form.word("column_name"), 380, false},
                     {form.word("column_part"), 200, false},
                     {form.word("column_duty"), 340, false}};
    for (const TeamPerson& person : team)
        table.rows.push_back({{std::to_string(table.rows.size() + 1), person.full_name,
                               form.word("part_" + to_text(person.part)), person.duty},
                              false});
    form.document.blocks.push_back(std::move(table));
}

void add_findings(Form& form, const InspectionRecord& record) {
    form.add(LineStyle::heading, form.word("findings"));
    if (record.findings.empty()) {
        form.add(LineStyle::body, form.word("no_findings"));
        return;
    }
    Block table{BlockKind::table, {}, {}, {}, {}};
    table.columns = {{form.word("column_number"), 70, true},
                     {form.word("column_finding"), 330, false},
                     {form.word("column_rule"), 220, false},
                     {form.word("column_remedy"), 230, false},
                     {form.word("column_due"), 150, true}};
    for (const findings::Finding& finding : record.findings)
        table.rows.push_back({{std::to_string(table.rows.size() + 1), finding.text, finding.rule_text,
                               finding.remedy, form.day(finding.due_on)},
                              false});
    form.document.blocks.push_back(std::move(table));
}

// The index of the closed file: every paper with its day.
void add_index(Form& form, const InspectionRecord& record) {
    Block table{BlockKind::table, {}, {}, {}, {}};
    table.columns = {{form.word("column_number"), 100, true},
                     {form.word("column_paper"), 500, false},
                     {form.word("column_day"), 200, true},
                     {form.word("column_delivered"), 200, true}};
    for (const Paper& each : record.papers)
        table.rows.push_back({{std::to_string(each.number), form.word("title_" + std::to_string(each.number)),
                               form.day(each.day), each.delivered_on ? form.day(*each.delivered_on) : ""},
                              false});
    form.document.blocks.push_back(std::move(table));
}

void add_signatures(Form& form, const InspectionRecord& record, const Paper& paper) {
    Block signs{BlockKind::columns, {}, {}, {}, {}};
    const bool is_by_both = paper.number == 4 || paper.number == 6 || paper.number == 7 || paper.number == 11;
    const auto sign = [&](std::vector<printing::Line>& lines, const std::string& part,
                          const std::string& name) {
        lines.push_back({LineStyle::signer, printing::upper_case(part), ""});
        lines.push_back({LineStyle::space_to_sign, "", ""});
        lines.push_back({LineStyle::signed_name, name, ""});
    };
    if (is_by_both || paper.number == own_report)
        sign(paper.number == own_report ? signs.right_lines : signs.lines, form.word("object"),
             record.line.object_name);
    if (paper.number != own_report && !record.team.empty())
        sign(signs.right_lines,
             form.word(paper.number == 1 || paper.number == conclusion ? "for_the_body" : "leader"),
             paper.number == 1 || paper.number == conclusion ? "" : record.team.front().full_name);
    form.document.blocks.push_back(std::move(signs));
}

}  // namespace

printing::Document compose(const Call& call, const InspectionRecord& record, const Paper& paper,
                           const Texts& texts, const std::string& language) {
    Form form{texts, language, {}};
    form.document.language = language;
    form.document.author = record.line.body_name;
    form.document.day = paper.day;
    form.document.title = form.word("title_" + std::to_string(paper.number));
    add_head(form, record.line, paper, call.tree->size() > 0 ? call.tree->at(0).name : "");
    add_circumstances(form, record.line);
    if (paper.number == 1 || paper.number == 3) {
        form.add(LineStyle::entry, record.line.inspection.content, form.word("content"));
        if (!record.line.inspection.method.empty())
            form.add(LineStyle::entry, record.line.inspection.method, form.word("method"));
    }
    if (paper.number == 1 || paper.number == 2) add_team(form, record.team);
    form.add(LineStyle::heading, form.word("part_" + std::to_string(paper.number)));
    std::size_t begin = 0;
    while (begin <= paper.text.size()) {
        const std::size_t end = std::min(paper.text.find('\n', begin), paper.text.size());
        if (end > begin) form.add(LineStyle::body, paper.text.substr(begin, end - begin));
        begin = end + 1;
    }
    if (paper.number == 8 || paper.number == conclusion) add_findings(form, record);
    if (paper.number == paper_count) add_index(form, record);
    for (const Answer& answer : record.answers)
        if (answer.paper_number == paper.number)
            form.add(LineStyle::entry, answer.text, form.word("answered", {{"name", answer.said_by_name}}));
    add_signatures(form, record, paper);
    return form.document;
}

}  // namespace gw::inspections
