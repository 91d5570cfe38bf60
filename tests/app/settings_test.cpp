// What an installation sets reaches the capability that it is for.
#include <doctest/doctest.h>

#include "sample/sample.h"
#include "sample_for_routes.h"
#include "support/served_program.h"

namespace gw::test {

TEST_CASE("the days that are set are those that inspections, findings, obstacles and plans of visits keep") {
    const SampleForRoutes& sample = SampleForRoutes::on(Dialect::sqlite);
    const SampleForRoutes::Copy copy(sample);
    std::vector<std::string> options = copy.options();
    for (const char* word :
         {"--inspection_prepare_days", "11", "--inspection_conduct_days", "23", "--inspection_close_days",
          "37", "--finding_check_days", "5", "--obstacle_answer_days", "9", "--visit_every_years", "4"})
        options.emplace_back(word);
    ServedProgram program(GROUNDWORK_PROGRAM, options);
    ApiClient client(program.port());
    const auto says = [&](const char* user_name, const std::string& verb, const std::string& path,
                          const std::string& body, const std::vector<std::string>& words) {
        REQUIRE(client.sign_in(user_name, sample::password) == 200);
        const auto answer = client.ask(verb, filled(path, sample.names()), filled(body, sample.names()));
        CHECK_MESSAGE(answer.status == 200, answer.body);
        for (const std::string& word : words)
            CHECK_MESSAGE(answer.body.find(word) != std::string::npos, "no ", word, " in ", answer.body);
    };
    // The day of the sample is 16 December 2024.
    says(
        "vanphong", "POST", "/api/units/{khau_tinh}/inspections",
        R"({"kind":"regular_inspection","object_unit_id":"{na_lung}","theme":"Sinh hoạt","content":"Chế độ",)"
        R"("period_from":"2024-01-01","period_until":"2024-06-30","decision_number":"2-QĐ",)"
        R"("team":[{"account_id":"{account_kiemtra}","part":"leader"}]})",
        {R"("prepare_by":"2024-12-27")", R"("conduct_by":"2025-01-08")", R"("close_by":"2025-01-22")"});
    says("thuky", "POST", "/api/findings/{finding_1}/remedy", R"({"remedied_how":"Đã lập sổ"})", {});
    says("thuky", "GET", "/api/findings/{finding_1}", "", {R"("check_from":"2024-12-21")"});
    says("thuky", "POST", "/api/obstacles",
         R"({"unit_id":"{na_lung}","text":"Thiếu nước","since_on":"2024-11-01","tried":"","asked":"Sửa bể"})",
         {R"("due_on":"2024-12-25")"});
    says("vanphong", "POST", "/api/visit_plans",
         R"({"unit_id":"{khau_tinh}","from_on":"2024-12-16","until_on":"2024-12-31","count":1,"teams":[]})",
         {R"("every_years":4)"});
}

}  // namespace gw::test
