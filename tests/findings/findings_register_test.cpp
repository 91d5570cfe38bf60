// The register of findings, page by page and as a table to keep.
#include "cell.h"
#include "findings/findings_table.h"
#include "platform/router.h"
#include "platform/texts/texts.h"

namespace gw::findings {

namespace {

std::size_t table_size(Cell& cell, const Texts& texts) {
    std::size_t rows = 0;
    cell.world.read(cell.inspector, [&](const Call& call) { rows = table(call, {}, texts).rows.size(); });
    return rows;
}

}  // namespace

TEST_CASE("the register is ordered and narrowed, page by page") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const auto of = [&](Gravity gravity, const char* due_on, const char* noted_on) {
            Source source = cell.source();
            source.day = day(noted_on);
            return cell.noted(
                [&](FindingToNote& note) {
                    note.gravity = gravity;
                    note.due_on = day(due_on);
                },
                source);
        };
        const FindingId a = of(Gravity::minor, "2024-05-01", "2024-04-17");
        const FindingId b = of(Gravity::serious, "2024-06-01", "2024-03-01");
        const FindingId c = of(Gravity::moderate, "2024-04-20", "2024-04-01");
        const auto ordered = [&](Order order) {
            std::vector<FindingId> ids;
            ListFindings request;
            request.order = order;
            request.limit = 1;
            cell.world.read(cell.secretary, [&](const Call& call) {
                do {
                    const FindingPage page = list(call, request);
                    for (const FindingLine& line : page.findings) ids.push_back(line.finding.id);
                    request.after = page.next;
                } while (request.after);
            });
            return ids;
        };
        CHECK(ordered(Order::due_on) == std::vector{c, a, b});
        CHECK(ordered(Order::gravity) == std::vector{b, c, a});
        CHECK(ordered(Order::age) == std::vector{b, c, a});
        cell.world.read(cell.secretary, [&](const Call& call) {
            const auto count = [&](const std::function<void(ListFindings&)>& narrow) {
                ListFindings request;
                narrow(request);
                return list(call, request).findings.size();
            };
            CHECK(count([](ListFindings& r) { r.gravity = Gravity::serious; }) == 1);
            CHECK(count([](ListFindings& r) { r.is_late = true; }) == 2);
            CHECK(count([](ListFindings& r) { r.is_late = false; }) == 1);
            CHECK(count([](ListFindings& r) { r.came_back = true; }) == 0);
            CHECK(count([](ListFindings& r) { r.came_back = false; }) == 3);
            CHECK(count([](ListFindings& r) { r.state = State::closed; }) == 0);
            CHECK(list(call, {}).findings[0].is_late);
        });
        cell.world.read(cell.neighbour, [&](const Call& call) { CHECK(list(call, {}).findings.empty()); });
    });
}

TEST_CASE("the register comes as a table that holds what its reader sees, without names of members") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
        cell.noted([&](FindingToNote& note) {
            note.text = "Việc của một người";
            note.about_member_id = cell.people[2];
            note.owner_member_id = cell.people[1];
        });
        const FindingId open = cell.noted([&](FindingToNote& note) {
            note.text = "=Sổ \"thu\" thiếu";
            note.rule_text = "Quy định về đảng phí";
            note.gravity = Gravity::serious;
            note.owner_member_id = cell.people[1];
        });
        cell.remedied(cell.noted());
        const auto rows_of = [&](const Actor& actor, const ListFindings& request) {
            std::size_t rows = 0;
            cell.world.read(actor, [&](const Call& call) {
                const spreadsheets::Table made = table(call, request, texts);
                CHECK(made.rows.size() == list(call, request).findings.size());
                for (const auto& row : made.rows) CHECK(row.size() == made.headings.size());
                CHECK(spreadsheets::csv_of(made).find("Nguyễn Văn") == std::string::npos);
                rows = made.rows.size();
            });
            return rows;
        };
        ListFindings remedied;
        remedied.state = State::remedied;
        CHECK(rows_of(cell.inspector, {}) == 3);
        CHECK(rows_of(cell.inspector, remedied) == 1);
        CHECK(rows_of(cell.secretary, {}) == 2);
        CHECK(rows_of(cell.other_member, {}) == 2);
        CHECK(rows_of(cell.neighbour, {}) == 0);
        cell.world.read(cell.secretary, [&](const Call& call) {
            ListFindings serious;
            serious.gravity = Gravity::serious;
            const Download file =
                spreadsheets::download_of(table(call, serious, texts), spreadsheets::Format::csv);
            CHECK(file.file_name == "findings.csv");
            CHECK(file.bytes.find("\"'=Sổ \"\"thu\"\" thiếu\",Nà Lung,Serious,Quy định về đảng phí") !=
                  std::string::npos);
            CHECK(file.bytes.find("2024-04-17,2024-05-01,Not remedied,,,0,late") != std::string::npos);
            CHECK(list(call, serious).findings[0].finding.id == open);
        });
        // More than a page of the list.
        for (int i = 0; i < 201; ++i) cell.noted();
        CHECK(table_size(cell, texts) == 204);
        cell.world.read(cell.neighbour, [&](const Call& call) {
            ListFindings elsewhere;
            elsewhere.unit_id = cell.world.na_lung;
            CHECK(refuses([&] { table(call, elsewhere, texts); }, Reason::forbidden, "platform.forbidden"));
        });
    });
}

}  // namespace gw::findings
