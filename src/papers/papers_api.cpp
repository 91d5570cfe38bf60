#include "papers/papers.h"
#include "papers/papers_compose.h"
#include "platform/router.h"
#include "printing/printing.h"

namespace gw::papers {

namespace {

// "Số 05-NQ/CB.pdf" as a name that every disk takes.
std::string file_name(const PaperPage& page, const Setting& setting, const char* ending) {
    const Words words(setting.texts, setting.language);
    std::string name = words("kind_name." + to_text(page.paper.kind));
    if (!page.paper.number_text.empty()) name += " " + page.paper.number_text;
    name += " " + to_text(page.meets_on);
    if (page.version > 1) name += " v" + std::to_string(page.version);
    for (char& c : name)
        if (c == '/' || c == '\\' || c == ':') c = '-';
    return name + ending;
}

Download as_pdf(const PaperPage& page, const Setting& setting) {
    return {file_name(page, setting, ".pdf"), "application/pdf", printing::pdf_of(page.document)};
}

Download as_docx(const PaperPage& page, const Setting& setting) {
    return {file_name(page, setting, ".docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            printing::docx_of(page.document)};
}

}  // namespace

void add_routes(Router& router, Setting given) {
    const auto setting = std::make_shared<const Setting>(std::move(given));
    const std::string of_meeting = "/api/meetings/{meeting_id}/papers";
    router.get(of_meeting, "Lists the papers of a meeting, who approved them and whose approval is missing",
               [setting](const Call& call, const meetings::MeetingKey& request) {
                   return list(call, request, *setting);
               });
    router.get(
        of_meeting + "/{kind}", "Shows a paper, as it was frozen or as the record says today",
        [setting](const Call& call, const PaperKey& request) { return show(call, request, *setting); });
    router.post(of_meeting + "/{kind}/approvals",
                "Approves a paper; with the approval of both it is frozen as a version",
                [setting](const Call& call, const ApprovePaper& request) {
                    return approve(call, request, *setting);
                });
    // Laying out takes tens of milliseconds.
    router
        .get(of_meeting + "/{kind}/pdf", "Gives a paper as PDF",
             [setting](const Call& call, const PaperKey& request) {
                 return as_pdf(show(call, request, *setting), *setting);
             })
        .way = Way::slow;
    router
        .get(of_meeting + "/{kind}/docx", "Gives a paper as DOCX",
             [setting](const Call& call, const PaperKey& request) {
                 return as_docx(show(call, request, *setting), *setting);
             })
        .way = Way::slow;
    router
        .get("/api/papers/{paper_id}/pdf", "Gives a frozen paper as PDF",
             [setting](const Call& call, const KeptPaperKey& request) {
                 return as_pdf(show_kept(call, request, *setting), *setting);
             })
        .way = Way::slow;
    router
        .get("/api/papers/{paper_id}/docx", "Gives a frozen paper as DOCX",
             [setting](const Call& call, const KeptPaperKey& request) {
                 return as_docx(show_kept(call, request, *setting), *setting);
             })
        .way = Way::slow;
}

}  // namespace gw::papers
