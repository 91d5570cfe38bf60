#include "sample/na_lung.h"

namespace gw::sample {

void NaLung::live() {
    first_quarter();
    april();
    may();
    summer();
    autumn();
    december();
    Dice dice(seed, "registrations of Na Lung");
    register_year(book_, of_, dice, 1000, 30, 3);
    book_.plan(
        Date{std::chrono::year{2025}, std::chrono::month{1}, std::chrono::day{4}}, 19 * 60 + 30,
        "Sinh hoạt thường kỳ tháng 01 năm 2025", place,
        {"Đánh giá kết quả thực hiện nghị quyết tháng 12", "Thông báo kết quả xếp loại năm 2024",
         "Đăng ký nhiệm vụ năm 2025 của chi bộ và đảng viên", "Chuẩn bị Tết Ất Tỵ và lễ hội Lồng Tông"});
}

void NaLung::first_quarter() {
    HeldMeeting january = weak_meeting(1);
    january.earlier_results = {3, 3};
    january.agenda.push_back({"Nhiệm vụ tháng 01, chuẩn bị đón Tết Giáp Thìn"});
    january.speeches = {{secretary, "Tháng này tập trung chuẩn bị Tết, các đồng chí tiếp tục cố gắng."},
                        {deputy, "Tôi nhất trí với báo cáo của đồng chí bí thư."},
                        {3, "Tết đông người đi làm xa về, cần có người nắm tình hình trong thôn."},
                        {4, ""}};
    january.summary = "Chi bộ nhất trí với dự thảo báo cáo.";
    std::vector<ContributionId> said = book_.hold(january);
    const Decision new_year = decided("Tổ chức cho nhân dân đón Tết vui tươi, an toàn, tiết kiệm.", {said[0]},
                                      on(2, 2), "Đã thực hiện, nhân dân đón Tết an toàn.");
    const Decision economy = decided("Tăng cường lãnh đạo phát triển kinh tế, xã hội trong thôn.", {},
                                     on(2, 3), "Các hộ đã làm đất vụ xuân.");
    Decision security{"Giữ vững an ninh trật tự trên địa bàn.", {said[2]}, {}, {}, {}, ""};
    security.tasks.push_back(
        by(deputy, "Nắm tình hình an ninh dịp Tết", on(2, 3), on(2, 1), "Trong tháng không có vụ việc."));
    book_.adopt("Nghị quyết tháng 01", {new_year, economy, security});

    HeldMeeting february = weak_meeting(2);
    february.agenda.push_back({"Nhiệm vụ tháng 02, sản xuất vụ xuân"});
    february.speeches = {{secretary, "Vụ xuân năm nay rét đậm, bà con chú ý giữ mạ và trâu bò."},
                         {5, "Chi đoàn còn ít người vì các cháu đi làm công ty, xin chi bộ quan tâm."},
                         {deputy, ""},
                         {6, ""}};
    february.summary = "Chi bộ nhất trí chỉ đạo sản xuất vụ xuân.";
    said = book_.hold(february);
    const Decision spring = decided("Chỉ đạo nhân dân gieo cấy vụ xuân đúng thời vụ.", {said[0]}, on(3, 1),
                                    "Gieo cấy xong trong khung thời vụ.");
    const Decision people = decided("Tiếp tục đẩy mạnh công tác phát triển đảng viên.", {said[1]}, on(6, 24),
                                    "Đã có quần chúng ưu tú được cử đi học lớp bồi dưỡng nhận thức về Đảng.");
    Decision forest{
        "Làm tốt công tác bảo vệ rừng mùa khô.", {}, {}, {}, on(3, 3), "Không để xảy ra cháy rừng."};
    const Decision fees = decided("Thu nộp đảng phí đúng quy định.", {}, on(2, 28), "Đã nộp đủ.");
    Decision animals{"Phòng, chống rét cho đàn gia súc.", {said[0]}, {}, {}, {}, ""};
    animals.tasks.push_back(by(deputy, "Nhắc các hộ che chắn chuồng trâu bò", on(2, 29), on(2, 28),
                               "Không có gia súc chết rét."));
    book_.adopt("Nghị quyết tháng 02", {spring, people, forest, fees, animals});

    HeldMeeting march = weak_meeting(3);
    march.agenda.push_back({"Nhiệm vụ tháng 03"});
    march.speeches = {{secretary, "Đường lên xóm trên xấu quá, đề nghị các đồng chí vận động bà con."},
                      {deputy, "Tôi nhất trí."},
                      {7, "Trẻ nhỏ trong thôn đang sốt nhiều, loa thôn nên nhắc các nhà."},
                      {3, ""}};
    march.summary = "Chi bộ nhất trí với dự thảo nghị quyết.";
    said = book_.hold(march);
    const Decision road = decided("Quan tâm tu sửa đường giao thông nông thôn.", {said[0]}, on(6, 1),
                                  "Thay bằng việc đổ bê tông theo Nghị quyết số 05, đã làm xong.");
    Decision health{"Tuyên truyền nhân dân phòng bệnh mùa xuân hè.", {said[2]}, {}, {}, {}, ""};
    health.tasks.push_back(by(deputy, "Tuyên truyền phòng bệnh trên loa thôn", on(4, 3), on(4, 2),
                              "Đã tuyên truyền trên loa thôn."));
    Decision maize{
        "Chăm sóc ngô xuân, phòng trừ sâu keo mùa thu.", {}, {}, {}, on(4, 1), "Ngô phát triển tốt."};
    const Decision culture = decided("Duy trì phong trào văn hóa, văn nghệ.", {}, on(4, 3),
                                     "Đội văn nghệ đã biểu diễn ngày 26 tháng 3.");
    Decision school{
        "Vận động học sinh đi học đều sau Tết.", {}, {}, {}, on(3, 29), "Không có học sinh bỏ học."};
    book_.adopt("Nghị quyết tháng 03", {road, health, maize, culture, school});
}

void NaLung::april() {
    HeldMeeting april = weak_meeting(4);
    april.minutes = 90;
    april.marks = marks_without(of_.self_facts,
                                {"draft_ready", "time_for_thinking", "discussion_steered", "people_drawn_out",
                                 "criticism_serious", "tasks_assigned", "documents_in_handbook"});
    april.agenda.push_back({"Nhiệm vụ tháng 04; tổ công tác của Ban Tổ chức Tỉnh ủy dự sinh hoạt"});
    april.speeches = {{secretary, "Tháng tư chuẩn bị thu hoạch ngô sớm, các đồng chí bám nắm tình hình."},
                      {deputy, "Mùa mưa sắp đến, mấy nhà ở chân đồi tôi thấy lo."},
                      {5, ""},
                      {6, ""},
                      {3, ""},
                      {4, ""},
                      {7, ""}};
    april.summary = "Chi bộ nhất trí nhiệm vụ tháng 4, tiếp thu ý kiến của tổ công tác.";
    const std::vector<ContributionId> said = book_.hold(april);
    const Decision maize = decided("Chỉ đạo thu hoạch ngô xuân sớm, chuẩn bị vụ mùa.", {said[0]}, on(5, 2),
                                   "Thu hoạch xong diện tích ngô sớm.");
    const Decision rain =
        decided("Chủ động phòng, chống thiên tai.", {said[1]}, on(5, 3), "Đã rà soát các hộ ở chân taluy.");
    const Decision holiday = decided("Tuyên truyền kỷ niệm ngày 30 tháng 4 và ngày 1 tháng 5.", {}, on(5, 1),
                                     "Các hộ đã treo cờ, thôn tổ chức giao lưu bóng chuyền.");
    book_.adopt("Nghị quyết tháng 04", {maize, rain, holiday});

    visits::Visit& visit = book_.visit(on(4, 4), visits::Kind::meeting_attended,
                                       "Tổ công tác của Ban Tổ chức Tỉnh ủy", of_.recorders.inspector);
    visit.visitors =
        "Ba cán bộ theo quyết định cử tổ công tác tháng 4 năm 2024, cùng đại diện Đảng ủy xã Khau Tinh";
    visit.order_id = of_.recorders.order_of_april;
    visit.score = 70;
    visit.strengths =
        "Chi bộ đoàn kết, giữ nền nếp sinh hoạt ngày 04 hằng tháng; đảng viên đi họp đều dù đường xa; bí "
        "thư sát dân, được tin cậy.";
    visit.limits =
        "Nghị quyết còn chung chung; ít đảng viên phát biểu, thảo luận chưa đến cùng; chưa có cách nắm "
        "và động viên đảng viên, thanh niên đi làm ăn xa.";
    book_.name_meeting_of_visit();
    book_.score_as_visitor(visit.group_name, of_.recorders.inspector,
                           "Chấm ngay sau buổi họp, đã trao đổi với chi ủy từng điểm khác nhau.",
                           {{"length", 5000, {}},
                            {"attendance_share", 3000, {}},
                            {"no_long_absence", 0, {}},
                            {"content_fits", 0, "Nội dung còn chung, chưa sát việc của thôn"},
                            {"draft_ready", 0, {}},
                            {"committee_met_first", 2000, {}},
                            {"notice_given", 0, "Hai đồng chí nói không nhận được thông báo"},
                            {"documents_before", 0, {}},
                            {"steps_followed", 5000, {}},
                            {"regular_content_covered", 10000, {}},
                            {"praise_and_reminders", 2000, {}},
                            {"minute_book_complete", 1000, {}},
                            {"time_for_thinking", 0, {}},
                            {"documents_in_handbook", 0, {}},
                            {"speakers", 4000, {}},
                            {"chaired_well", 2000, {}},
                            {"discussion_steered", 0, {}},
                            {"people_drawn_out", 3000, "Bí thư biết gợi chuyện, không khí cởi mở"},
                            {"summed_up", 1000, {}},
                            {"centralism_kept", 1000, {}},
                            {"criticism_serious", 0, {}},
                            {"character_kept", 1000, {}},
                            {"members_informed", 1000, {}},
                            {"last_resolution", 27000, {}},
                            {"conclusion_adopted", 2000, {}},
                            {"tasks_assigned", 0, {}}});
    advice_ = {
        book_.advise(
            "Nghị quyết còn chung chung: mỗi việc cần ghi rõ ai làm, làm đến đâu và bao giờ xong.",
            "Từ tháng 5, mỗi việc trong nghị quyết có tên người phụ trách và thời hạn; buổi sau rà kết "
            "quả từng việc.",
            on(8, 1)),
        book_.advise(
            "Ít đảng viên phát biểu: cần gửi nội dung trước và gợi ý để mỗi đồng chí chuẩn bị ý kiến.",
            "Trên một nửa số đảng viên dự họp phát biểu, có ý kiến về việc cụ thể của thôn.", on(8, 1)),
        book_.advise(
            "Thanh niên và đảng viên đi làm ăn xa chưa được liên hệ thường xuyên: cần có người phụ "
            "trách, có danh sách và cách giữ liên lạc.",
            "Có danh sách, có người giữ liên lạc với từng nhóm; nắm được nguồn phát triển đảng viên.",
            on(8, 1))};
}

void NaLung::may() {
    HeldMeeting may = good_meeting(5);
    for (const auto& [number, text] :
         {std::pair{0,
                    "Nghị quyết còn chung chung: mỗi việc cần ghi rõ ai làm, làm đến đâu và bao giờ xong."},
          std::pair{
              1, "Ít đảng viên phát biểu: cần gửi nội dung trước và gợi ý để mỗi đồng chí chuẩn bị ý kiến."},
          std::pair{2,
                    "Thanh niên và đảng viên đi làm ăn xa chưa được liên hệ thường xuyên: cần có người "
                    "phụ trách, có danh sách và cách giữ liên lạc."}})
        may.agenda.push_back(
            {text, meetings::SourceKind::advice, advice_[static_cast<std::size_t>(number)].number});
    may.agenda.push_back({"Bê tông hóa đường lên xóm trên"});
    may.agenda.push_back({"Phòng, chống sạt lở trước mùa mưa"});
    may.agenda.push_back({"Chuyên đề: Tạo nguồn, kết nạp đảng viên ở thôn, bản"});
    may.marks =
        marks_without(of_.self_facts, {"praise_and_reminders", "committee_met_first", "criticism_serious"});
    may.speeches = {
        {deputy,
         "Đoạn đường từ nhà văn hóa lên xóm trên gần ba trăm mét, cứ mưa là xe máy không lên được. Xi "
         "măng xã đã hỗ trợ, thôn mình góp công, góp cát thì cuối tháng làm xong."},
        {3,
         "Bốn hộ ở chân taluy năm ngoái đã sạt hai lần. Phải giúp các hộ ấy chuyển lên khu đất nhà văn "
         "hóa cũ trước tháng sáu, chờ mưa to thì không kịp."},
        {5,
         "Bí thư chi đoàn thôn hai năm nay việc gì cũng xung phong, bà con quý mến. Tôi đề nghị chi bộ "
         "giới thiệu cháu đi học lớp cảm tình Đảng và tôi xin nhận giúp đỡ."},
        {4,
         "Rừng keo khai thác xong còn bỏ trống sáu héc-ta. Nếu đăng ký giống mỡ và keo mô ngay trong "
         "tháng này thì kịp vụ trồng."},
        {6,
         "Thanh niên thôn ta hơn ba mươi cháu đi làm công ty ở xa, chi bộ chỉ gặp dịp Tết. Nên lập nhóm "
         "liên lạc, mỗi đảng viên giữ mối với vài cháu."},
        {7,
         "Tôi ở xóm xa, đến nơi mới biết bàn việc gì nên không phát biểu được. Đề nghị gửi nội dung "
         "trước hai ngày để anh em đọc."},
        {8,
         "Chi hội phụ nữ nhận lo cơm nước cho những ngày làm đường và vận động chị em nhường thêm đất ở "
         "hai khúc cua."},
        {10, "Tổ tự quản xóm tôi sẵn sàng trực những đêm mưa, nhưng cần đèn pin và một cái loa."},
        {secretary,
         "Ý kiến hôm nay đều là việc thật. Chi ủy tiếp thu góp ý của tổ công tác: việc nào cũng phải có "
         "người nhận và ngày xong."}};
    may.summary =
        "Chi bộ tiếp thu ba góp ý của tổ công tác, quyết nghị sáu việc, mỗi việc có người phụ trách và "
        "thời hạn.";
    const std::vector<ContributionId> said = book_.hold(may);

    Decisions items;
    items.push_back(
        {"Đổ bê tông đường từ nhà văn hóa lên xóm trên (280 mét) bằng xi măng xã hỗ trợ và ngày công của "
         "dân; đồng chí phó bí thư phụ trách, xong trước 31 tháng 5.",
         {said[0], said[6]},
         {},
         {},
         std::nullopt,
         ""});
    items.back().tasks = {
        by(deputy, "Chỉ huy đổ bê tông 280 mét đường lên xóm trên", on(5, 31), on(5, 29),
           "Đổ xong 320 mét, vượt 40 mét đến tận ngõ cuối; 215 ngày công.", true),
        by("front_board", "Vận động các hộ hiến đất mở rộng nền đường", on(5, 20), on(5, 17),
           "Chín hộ hiến 260 mét vuông đất, không hộ nào đòi đền bù."),
        by("women_union", "Lo cơm nước cho những ngày làm đường, vận động nhường đất ở hai khúc cua",
           on(5, 31), on(5, 29), "Nấu cơm sáu ngày công tập trung; hai khúc cua được mở rộng.")};
    items.push_back(
        {"Di dời bốn hộ ở chân taluy đến khu nhà văn hóa cũ trước 31 tháng 5; tổ tự quản trực những đêm "
         "mưa lớn.",
         {said[1], said[7]},
         {},
         {},
         std::nullopt,
         ""});
    items.back().tasks = {by(3, "Giúp bốn hộ ở chân taluy chuyển chỗ ở", on(5, 31), on(6, 8),
                             "Bốn hộ đã chuyển xong; chậm tám ngày vì chờ san nền."),
                          by("self_management_group", "Trực canh, báo động sạt lở những đêm mưa lớn",
                             on(5, 31), on(5, 30), "Có lịch trực, đã trực bảy đêm; xã cấp đèn pin và loa.")};
    items.push_back(
        {"Giới thiệu đồng chí bí thư chi đoàn thôn học lớp bồi dưỡng nhận thức về Đảng; phân công một "
         "đảng viên giúp đỡ.",
         {said[2]},
         {},
         {},
         std::nullopt,
         ""});
    items.back().tasks = {by("youth_union", "Họp chi đoàn, lập hồ sơ giới thiệu đoàn viên ưu tú", on(5, 25),
                             on(5, 22), "Chi đoàn nhất trí giới thiệu, hồ sơ đã gửi Đảng ủy xã."),
                          by(5, "Giúp đỡ đoàn viên ưu tú được giới thiệu", on(5, 31), on(5, 28),
                             "Đã hướng dẫn viết đơn, lý lịch; đoàn viên được gọi học lớp tháng 6.")};
    items.push_back(
        {"Đăng ký cây giống, chuẩn bị trồng lại sáu héc-ta rừng sau khai thác; ưu tiên cây mỡ và keo mô.",
         {said[3]},
         {},
         {},
         std::nullopt,
         ""});
    items.back().tasks = {by(4, "Tổng hợp nhu cầu cây giống, ký hợp đồng với vườn ươm", on(5, 25), on(5, 24),
                             "Đã đặt 13.000 cây giống cho mười một hộ."),
                          by("farmers_union", "Vận động các hộ phát dọn thực bì, cuốc hố", on(5, 31),
                             on(5, 31), "Đã phát dọn, cuốc hố đủ sáu héc-ta.")};
    items.push_back(
        {"Lập danh sách đảng viên, thanh niên đi làm ăn xa; mỗi đảng viên giữ liên lạc với một nhóm, báo "
         "cáo hằng tháng.",
         {said[4]},
         {advice_[2]},
         {},
         std::nullopt,
         ""});
    items.back().tasks = {
        by(6, "Lập danh sách và nhóm liên lạc với người đi làm ăn xa", on(5, 20), on(5, 18),
           "Danh sách 34 người, nhóm liên lạc có 31 người tham gia, chia cho tám đảng viên.")};
    items.push_back(
        {"Từ nay mỗi việc trong nghị quyết ghi rõ người phụ trách, thời hạn; nội dung họp gửi trước hai "
         "ngày, gợi ý để đảng viên chuẩn bị ý kiến.",
         {said[5], said[8]},
         {advice_[0], advice_[1]},
         {},
         std::nullopt,
         ""});
    items.back().tasks = {
        by(secretary, "Soạn mẫu nghị quyết có cột người phụ trách, thời hạn; gửi nội dung trước hai ngày",
           on(5, 31), on(5, 27), "Đã dùng mẫu mới; nội dung tháng 6 gửi ngày 02 tháng 6.")};
    book_.adopt("Nghị quyết tháng 05: mỗi việc có người làm, có ngày xong", items);
}

void live_year_of_na_lung(const YearOf& of) { NaLung(of).live(); }

}  // namespace gw::sample
