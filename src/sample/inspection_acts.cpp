#include "sample/inspection_acts.h"

namespace gw::sample {

using inspections::Part;

InspectionActs::InspectionActs(const Call& call, Somebody inspector)
    : acts_(call, seed + 1), inspector_(std::move(inspector)) {}

ProgrammeLineId InspectionActs::plan(const Somebody& body, const Subject& subject, UnitId object,
                                     std::optional<MemberId> member_id) {
    ProgrammeLineId id;
    acts_.as(body, on(1, 15), [&](const Call& call) {
        id = inspections::plan_line(
                 call,
                 {{}, body.home_unit_id, year, subject.month, subject.kind, object, member_id, subject.theme})
                 .line.id;
    });
    return id;
}

InspectionId InspectionActs::decide(const Somebody& body, const Subject& subject,
                                    const InspectionDecision& decision, UnitId object,
                                    std::optional<MemberId> member_id) {
    inspections::DecideInspection asked;
    asked.unit_id = body.home_unit_id;
    asked.line_id = plan(body, subject, object, member_id);
    asked.kind = subject.kind;
    asked.object_unit_id = object;
    asked.object_member_id = member_id;
    asked.theme = subject.theme;
    asked.content = decision.content;
    asked.method = decision.method;
    asked.period_from = decision.period_from;
    asked.period_until = decision.period_until;
    asked.decision_number = decision.number;
    asked.team = {{body.account_id, Part::leader, "Phụ trách chung, làm việc với cấp ủy, chi ủy"},
                  {inspector_.account_id, Part::secretary, "Xem sổ sách, ghi biên bản, giữ hồ sơ"}};
    // Nobody outside the sample's accounts signs in, so the team of a body without one has its inspector
    // only.
    if (!body.account_id) asked.team = {{inspector_.account_id, Part::leader, "Trưởng đoàn, giữ hồ sơ"}};
    inspections::Setting setting;
    setting.candidates = [&](const Call&, UnitId, UnitId) {
        return std::vector<inspections::Candidate>{
            {body.account_id, body.name, body.home_unit_id},
            {inspector_.account_id, inspector_.name, inspector_.home_unit_id}};
    };
    InspectionId id;
    acts_.as(body, decision.decided_on,
             [&](const Call& call) { id = inspections::decide(call, asked, setting).line.inspection.id; });
    return id;
}

void InspectionActs::write_papers(const Somebody& who, InspectionId id, std::span<const PaperText> papers) {
    for (const PaperText& paper : papers)
        acts_.as(who, paper.day, [&](const Call& call) {
            inspections::write_paper(call, {id, paper.number, paper.text, {}});
            if (paper.way == PaperText::delivered) inspections::deliver(call, {id, paper.number});
        });
}

void InspectionActs::report(const Somebody& object, InspectionId id, Date day, const char* text) {
    acts_.as(object, day, [&](const Call& call) {
        inspections::write_paper(call, {id, inspections::own_report, text, {}});
    });
}

FindingId InspectionActs::find(const Somebody& who, InspectionId id, Date day, findings::FindingToNote note) {
    FindingId finding_id;
    acts_.as(who, day, [&](const Call& call) {
        finding_id = inspections::note_findings(call, {id, {std::move(note)}}, {}).findings.back().id;
    });
    return finding_id;
}

void InspectionActs::answer(const Somebody& object, InspectionId id, Date day, const char* text) {
    acts_.as(object, day, [&](const Call& call) {
        inspections::answer(call, {id, inspections::conclusion, text});
    });
}

void InspectionActs::close(const Somebody& body, InspectionId id, Date day) {
    acts_.as(body, day, [&](const Call& call) { inspections::close(call, {id}); });
}

void InspectionActs::remedy(const Somebody& owner, FindingId id, Date day, const char* how) {
    acts_.as(owner, day, [&](const Call& call) { findings::report_remedied(call, {id, how, {}}); });
}

void InspectionActs::check(const Somebody& body, FindingId id, Date day, const char* note) {
    acts_.as(body, day, [&](const Call& call) { findings::close(call, {id, note}, {}); });
}

void InspectionActs::reopen(const Somebody& body, FindingId id, Date day, const char* reason, Date due_on) {
    acts_.as(body, day, [&](const Call& call) { findings::reopen(call, {id, reason, due_on}); });
}

}  // namespace gw::sample
