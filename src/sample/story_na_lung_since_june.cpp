#include "sample/na_lung.h"

namespace gw::sample {

void NaLung::plain_month(unsigned month, const char* title, const char* theme,
                         std::initializer_list<Matter> matters,
                         std::initializer_list<Absence> more_absences) {
    HeldMeeting held = good_meeting(month);
    held.absences.insert(held.absences.end(), more_absences);
    if (held.has_thematic_part) held.agenda.push_back({std::string("Chuyên đề: ") + theme});
    for (const Matter& matter : matters) held.speeches.push_back({matter.speaker, matter.said});
    for (const std::size_t other : {std::size_t{secretary}, std::size_t{2}, std::size_t{8}, std::size_t{10},
                                    std::size_t{7}, std::size_t{6}})
        if (std::none_of(held.speeches.begin(), held.speeches.end(),
                         [&](const Speech& speech) { return speech.member == other; }))
            held.speeches.push_back({other, ""});
    held.agenda.push_back({std::string("Nhiệm vụ tháng ") + std::to_string(month)});
    held.summary = std::string(title) + ".";
    const std::vector<ContributionId> said = book_.hold(held);
    if (month == 9) {
        book_.see_otherwise("no_long_absence", 1000,
                            "Đồng chí đi làm ăn xa đã báo cáo và đề nghị miễn sinh hoạt");
        book_.score_as_visitor(
            "Đảng ủy xã Khau Tinh", of_.recorders.commune_office, "Chi bộ tiến bộ rõ sau góp ý tháng 4.",
            {{"length", 5000, {}},
             {"attendance_share", 4000, {}},
             {"no_long_absence", 0, {}},
             {"content_fits", 3000, {}},
             {"draft_ready", 2000, {}},
             {"committee_met_first", 2000, {}},
             {"notice_given", 1000, {}},
             {"documents_before", 2000, {}},
             {"steps_followed", 5000, {}},
             {"regular_content_covered", 10000, {}},
             {"praise_and_reminders", 2000, "Có biểu dương hai hộ hiến đất ngay tại buổi họp"},
             {"minute_book_complete", 1000, {}},
             {"time_for_thinking", 0, "Phần tư tưởng chỉ vài phút"},
             {"documents_in_handbook", 1000, {}},
             {"speakers", 4000, {}},
             {"chaired_well", 2000, {}},
             {"discussion_steered", 4000, {}},
             {"people_drawn_out", 3000, {}},
             {"summed_up", 1000, {}},
             {"centralism_kept", 1000, {}},
             {"criticism_serious", 2000, {}},
             {"character_kept", 1000, {}},
             {"members_informed", 1000, {}},
             {"last_resolution", 30000, {}},
             {"conclusion_adopted", 2000, {}},
             {"tasks_assigned", 2000, {}}});
    }
    Decisions items;
    std::size_t number = 0;
    for (const Matter& matter : matters) {
        const Date due_on = on(month, matter.due_day),
                   done_on = on(month, matter.done_day ? matter.done_day : matter.due_day);
        items.push_back({matter.decided, {said[number++]}, {}, {}, std::nullopt, ""});
        items.back().tasks = {matter.member ? by(*matter.member, matter.task, due_on, done_on, matter.result,
                                                 matter.is_exceeded)
                                            : by(std::string_view(matter.group), matter.task, due_on, done_on,
                                                 matter.result, matter.is_exceeded)};
    }
    book_.adopt(title, items);
}

void NaLung::summer() {
    plain_month(6, "Nghị quyết tháng 06: trồng rừng, lo cho các hộ mới chuyển", "",
                {{4, "Cây giống ngày 12 về, phải trồng gọn trong tuần mưa đầu tháng thì mới sống.",
                  "Trồng xong sáu héc-ta rừng trước 25 tháng 6; mỗi hộ tự chăm sóc, nghiệm thu chéo.",
                  "Tổ chức trồng và nghiệm thu sáu héc-ta rừng", 4, "", 25, 22,
                  "Trồng xong 6,4 héc-ta, nghiệm thu tỷ lệ sống 94%.", true},
                 {3, "Bốn hộ mới chuyển chưa có nước ăn, đang gánh từ suối.",
                  "Kéo đường ống nước từ mó Khuổi Lung về khu ở mới cho bốn hộ.",
                  "Kéo 600 mét ống nước về khu ở mới", 3, "", 20, 18, "Nước đã về đủ bốn hộ.", false},
                 {8, "Nhà mới cần bếp hợp vệ sinh, chị em góp mỗi người một công.",
                  "Giúp bốn hộ làm bếp và nhà vệ sinh.", "Huy động hội viên giúp bốn hộ làm bếp, nhà vệ sinh",
                  std::nullopt, "women_union", 28, 28, "Đã làm xong ở cả bốn hộ.", false},
                 {6, "Các cháu ở công ty hỏi nhiều về vay vốn về quê chăn nuôi.",
                  "Tổng hợp nhu cầu của người đi làm ăn xa muốn về quê lập nghiệp.",
                  "Hỏi nhu cầu qua nhóm liên lạc, báo cáo chi bộ", 6, "", 28, 26,
                  "Năm người muốn về, hai người xin vay vốn nuôi dê.", false}});
    plain_month(
        7, "Nghị quyết tháng 07: giữ dân an toàn mùa mưa, hỗ trợ lập nghiệp", "",
        {{10, "Tuần trước mưa đêm, hai rãnh bị lấp, nước tràn vào ngõ.",
          "Khơi rãnh thoát nước dọc đường mới, mỗi tổ tự quản nhận một đoạn.",
          "Khơi thông rãnh thoát nước dọc đường mới", std::nullopt, "self_management_group", 20, 15,
          "Khơi thông toàn tuyến, xây thêm hai hố ga.", true},
         {6, "Hai cháu xin vay vốn thiếu người hướng dẫn làm phương án.",
          "Giúp hai thanh niên làm phương án vay vốn nuôi dê.", "Hướng dẫn hai thanh niên lập hồ sơ vay vốn",
          6, "", 25, 24, "Ngân hàng chính sách đã nhận hồ sơ.", false},
         {2, "Ngày 27 tháng 7 nên đến từng nhà chứ đừng gọi ra nhà văn hóa.",
          "Thăm, giúp việc nhà cho các gia đình chính sách trong thôn.",
          "Thăm và giúp việc các gia đình chính sách", std::nullopt, "veterans_association", 27, 26,
          "Thăm ba gia đình, sửa chuồng trại cho một nhà.", false}});
    plain_month(
        8, "Nghị quyết tháng 08: cho con em đến lớp, nguồn đảng viên trẻ",
        "Tạo nguồn, kết nạp đảng viên từ thanh niên đi làm ăn xa",
        {{5, "Đoàn viên được giới thiệu đã học xong lớp bồi dưỡng, nên xét cho làm hồ sơ.",
          "Hoàn thiện hồ sơ đề nghị kết nạp đoàn viên ưu tú.", "Thẩm tra lý lịch, hoàn thiện hồ sơ kết nạp",
          5, "", 30, 28, "Hồ sơ đã gửi Đảng ủy xã.", false},
         {7, "Ba cháu lớp chín nhà xa trường chưa có chỗ trọ.", "Không để học sinh bỏ học đầu năm học mới.",
          "Liên hệ chỗ ở bán trú cho ba học sinh lớp chín", 7, "", 30, 27, "Ba cháu đều được ở bán trú.",
          false},
         {deputy, "Cỏ mọc kín hai lề đường mới, cần có người giữ.",
          "Giao các đoàn thể tự quản từng đoạn đường.", "Nhận tự quản đoạn đường xóm trên, trồng hoa hai bên",
          std::nullopt, "youth_union", 25, 24, "Dọn cỏ, trồng 200 mét hoa mười giờ.", true}});
    // The group that gave the advice looks again.
    const char* effects[] = {
        "Ba nghị quyết tháng 5, 6, 7 đều ghi người phụ trách và thời hạn; 12 trên 13 việc xong đúng hạn.",
        "Tháng 5 có chín người phát biểu, các tháng sau trên một nửa số người dự; nội dung được gửi "
        "trước hai ngày.",
        "Danh sách 34 người đi làm ăn xa có người giữ liên lạc; hai người đã về quê vay vốn, một đoàn "
        "viên được xét kết nạp."};
    for (std::size_t i = 0; i < advice_.size(); ++i)
        book_.confirm_advice(advice_[i], of_.recorders.inspector, on(8, 6), effects[i]);
}

void NaLung::autumn() {
    plain_month(9, "Nghị quyết tháng 09: khắc phục sau bão, giúp nhau gặt lúa", "",
                {{3, "Dự báo bão lớn, phải chằng chống và đưa lúa chín về trước.",
                  "Giúp nhau gặt chạy bão, chằng chống nhà cửa; trực đủ các đêm mưa.",
                  "Phân công các nhóm gặt lúa và chằng chống nhà", 3, "", 9, 8,
                  "Gặt xong 85% diện tích trước bão, không nhà nào tốc mái.", true},
                 {10, "Đường nước của bốn hộ mới hay bị đất vùi.", "Sửa lại mó nước và đường ống sau mưa lũ.",
                  "Sửa mó nước, thay ống hỏng", std::nullopt, "self_management_group", 25, 24,
                  "Nước chảy lại bình thường.", false},
                 {8, "Chị em góp gạo giúp hai nhà mất lúa.", "Vận động giúp các hộ bị thiệt hại.",
                  "Quyên góp giúp hai hộ mất lúa", std::nullopt, "women_union", 28, 25,
                  "Quyên góp được 320 kg gạo và 4,6 triệu đồng.", true}});
    plain_month(10, "Nghị quyết tháng 10: chuyển đổi số, nuôi dê", "",
                {{6, "Hai hộ vay vốn đã nhận tiền, cần người biết kỹ thuật chỉ cho.",
                  "Mời thú y xã tập huấn nuôi dê cho các hộ mới.", "Tổ chức buổi tập huấn nuôi dê tại thôn",
                  6, "", 22, 19, "Mười bốn người dự, hai hộ đã làm xong chuồng.", false},
                 {5, "Bà con còn ra xã xếp hàng làm giấy tờ, trong khi làm được ở nhà.",
                  "Hướng dẫn mỗi hộ có một người dùng được dịch vụ công trực tuyến.",
                  "Đến từng hộ hướng dẫn dịch vụ công trực tuyến", std::nullopt, "youth_union", 30, 28,
                  "41 trên 46 hộ có người dùng được.", false},
                 {deputy, "Rừng mới trồng cỏ tranh lên cao, dễ cháy.",
                  "Phát cỏ, làm đường băng cản lửa cho rừng mới trồng.",
                  "Phát cỏ, làm băng cản lửa 6,4 héc-ta rừng mới", std::nullopt, "farmers_union", 31, 30,
                  "Phát xong, có băng cản lửa phía giáp nương.", false}});
    plain_month(11, "Nghị quyết tháng 11: ngày hội đại đoàn kết, kiểm điểm cuối năm",
                "Tự phê bình và phê bình trước kiểm điểm cuối năm",
                {{2, "Ngày hội đại đoàn kết nên tổ chức gọn, dành tiền sửa sân.",
                  "Tổ chức ngày hội đại đoàn kết tiết kiệm, khánh thành sân thể thao.",
                  "Tổ chức ngày hội đại đoàn kết toàn dân tộc", std::nullopt, "front_board", 18, 17,
                  "Cả thôn dự; sân thể thao được khánh thành.", true},
                 {secretary, "Bản tự kiểm điểm phải nói việc đã nhận và việc chưa xong.",
                  "Đảng viên viết bản tự kiểm điểm theo nhiệm vụ đã đăng ký.",
                  "Thu, đọc trước bản tự kiểm điểm của đảng viên", secretary, "", 30, 29,
                  "Đã thu đủ bản tự kiểm điểm.", false},
                 {4, "Tỷ lệ sống của rừng mới trồng nên kiểm đếm lại trước mùa khô.",
                  "Kiểm đếm, trồng dặm rừng mới trồng.", "Kiểm đếm và trồng dặm cây chết", 4, "", 28, 26,
                  "Tỷ lệ sống 93%, đã trồng dặm 700 cây.", false}});
}

// The year is not over: some work is still open, one piece is late.
void NaLung::december() {
    HeldMeeting held = good_meeting(12);
    held.agenda.push_back({"Kiểm điểm, tự xếp loại chi bộ và đảng viên năm 2024"});
    held.agenda.push_back({"Chuẩn bị Tết Ất Tỵ"});
    held.speeches = {
        {7, "Đường mới đẹp mà tối, các cháu đi học về không nhìn rõ; nên lắp sáu bóng đèn dọc đường."},
        {8, "Cuối năm chị em muốn có gian hàng bán rau sạch, măng khô ở chợ phiên."},
        {5, "Đoàn viên ưu tú đã được xét, cần chuẩn bị chu đáo lễ kết nạp."},
        {deputy, "Năm nay chi bộ ta nhận loại hoàn thành tốt là đúng, vì còn một việc di dời chậm tám ngày."},
        {secretary, "Chi bộ thống nhất tự nhận hoàn thành tốt nhiệm vụ."},
        {2, ""},
        {3, ""},
        {6, ""},
        {10, ""}};
    held.summary = "Chi bộ tự xếp loại hoàn thành tốt nhiệm vụ; quyết nghị ba việc trước Tết.";
    const std::vector<ContributionId> said = book_.hold(held);
    const Date january_3{std::chrono::year{2025}, std::chrono::month{1}, std::chrono::day{3}};
    Decisions items;
    items.push_back({"Lắp sáu bóng đèn năng lượng mặt trời dọc đường lên xóm trên.",
                     {said[0]},
                     {},
                     {},
                     std::nullopt,
                     ""});
    items.back().tasks = {by(7, "Mua và lắp sáu bóng đèn dọc đường lên xóm trên", on(12, 12), std::nullopt,
                             "Đã mua bốn bóng, chờ hai bóng còn lại.")};
    items.back().tasks.back().progress = 60;
    items.back().tasks.push_back(by("front_board", "Vận động các hộ góp công dựng cột đèn", on(12, 24),
                                    std::nullopt, "Mười chín hộ đã nhận góp công."));
    items.back().tasks.back().progress = 30;
    items.push_back({"Mở gian hàng rau sạch, măng khô của thôn ở chợ phiên trước Tết.",
                     {said[1]},
                     {},
                     {},
                     std::nullopt,
                     ""});
    items.back().tasks = {by("women_union", "Đăng ký gian hàng, gom hàng bán chợ phiên", on(12, 20),
                             std::nullopt, "Đã đăng ký gian hàng với xã.")};
    items.back().tasks.back().progress = 40;
    items.push_back(
        {"Chuẩn bị lễ kết nạp đảng viên mới vào dịp 3 tháng 2.", {said[2]}, {}, {}, std::nullopt, ""});
    items.back().tasks = {
        by(5, "Chuẩn bị hồ sơ, địa điểm và chương trình lễ kết nạp", january_3, std::nullopt, "")};
    book_.adopt("Nghị quyết tháng 12: việc trước Tết", items);
}

}  // namespace gw::sample
