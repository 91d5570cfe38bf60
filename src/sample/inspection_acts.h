// What bodies, teams and those they look at do in an inspection, on days of the sample year.
#pragma once
#include "findings/findings.h"
#include "inspections/inspections.h"
#include "sample/inspection_sentences.h"
#include "sample/year_acts.h"

namespace gw::sample {

// What is planned: on what, in which month.
struct Subject {
    unsigned month;
    inspections::Kind kind;
    const char* theme;
};

struct InspectionDecision {
    Date decided_on;
    std::string number;
    const char* content;
    const char* method;
    Date period_from, period_until;
};

struct PaperText {
    std::int64_t number;
    Date day;
    std::string text;
    enum { kept, delivered } way = kept;
};

class InspectionActs {
public:
    // `inspector` is the secretary of every team. The call must outlive it.
    InspectionActs(const Call& call, Somebody inspector);

    ProgrammeLineId plan(const Somebody& body, const Subject& subject, UnitId object,
                         std::optional<MemberId> member_id = {});
    // Decides on what it also plans; `body` leads the team.
    InspectionId decide(const Somebody& body, const Subject& subject, const InspectionDecision& decision,
                        UnitId object, std::optional<MemberId> member_id = {});
    void write_papers(const Somebody& who, InspectionId id, std::span<const PaperText> papers);
    void report(const Somebody& object, InspectionId id, Date day, const char* text);
    FindingId find(const Somebody& who, InspectionId id, Date day, findings::FindingToNote note);
    void answer(const Somebody& object, InspectionId id, Date day, const char* text);
    void close(const Somebody& body, InspectionId id, Date day);
    void remedy(const Somebody& owner, FindingId id, Date day, const char* how);
    void check(const Somebody& body, FindingId id, Date day, const char* note);
    void reopen(const Somebody& body, FindingId id, Date day, const char* reason, Date due_on);

private:
    YearActs acts_;
    Somebody inspector_;
};

// Bodies that inspect beside those of the stories: the province, the Block, and every fourth commune.
struct Inspecting {
    Somebody province, block;
};
void inspect_by_rule(InspectionActs& acts, const Province& province, const Inspecting& bodies);

}  // namespace gw::sample
