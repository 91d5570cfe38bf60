// The year of cell 2 of An Tường ward: after each meeting a resolution made of its members' own words, with
// work for the Front work board, the mass organisations and the people's self-management groups.
#include <algorithm>

#include "sample/years.h"

namespace gw::sample {

namespace {

// What a member said in a month, what was decided, and which group does it.
struct Word {
    unsigned month;
    const char* said;
    const char* decided;
    const char* group;
    const char* task;
    const char* result;
    bool is_exceeded;
};

constexpr Word words[] = {
    {1, "Chợ cóc đầu ngõ 14 lấn hết lòng đường, giờ tan học rất nguy hiểm.",
     "Sắp xếp lại chỗ bán hàng đầu ngõ 14, trả lại lòng đường.", "self_management_group",
     "Vận động, kẻ vạch chỗ bán hàng đầu ngõ 14", "Mười một hộ bán hàng đã chuyển vào trong vạch.", true},
    {1, "Tết này nên đến thăm những nhà có người ốm lâu ngày.",
     "Thăm, tặng quà các gia đình khó khăn trước Tết.", "front_board",
     "Rà danh sách, thăm các gia đình khó khăn", "Thăm 23 gia đình, nhiều hơn dự kiến năm nhà.", true},
    {2, "Sau Tết rượu chè, cờ bạc dễ phát sinh, phải nhắc nhau từ đầu năm.",
     "Các hộ ký cam kết không cờ bạc, không gây mất trật tự.", "veterans_association",
     "Vận động các hộ ký cam kết an ninh trật tự", "Toàn bộ 186 hộ đã ký.", false},
    {2, "Hàng cây đường Lê Đại Hành khô hết vì không ai tưới.", "Chi đoàn nhận chăm sóc hàng cây.",
     "youth_union", "Tưới, trồng dặm hàng cây đường Lê Đại Hành", "Trồng dặm 40 cây, lập lịch tưới.", true},
    {3, "Nhiều chị em bán hàng chưa biết thanh toán không tiền mặt.",
     "Hướng dẫn tiểu thương thanh toán không dùng tiền mặt.", "women_union",
     "Hướng dẫn các hộ bán hàng dùng mã thanh toán", "37 hộ đã dùng mã thanh toán.", true},
    {3, "Ngõ 9 ngập mỗi khi mưa vì rãnh bị bịt.", "Thông rãnh ngõ 9, không để hộ nào lấn rãnh.",
     "self_management_group", "Huy động dân khơi rãnh ngõ 9",
     "Khơi 160 mét rãnh, hai hộ tự tháo bậc lấn rãnh.", false},
    {4, "Camera an ninh đầu tổ hỏng hai cái từ năm ngoái.", "Sửa và lắp thêm camera an ninh bằng xã hội hóa.",
     "front_board", "Vận động kinh phí sửa, lắp camera", "Sửa hai, lắp thêm bốn camera.", true},
    {4, "Các cháu nghỉ lễ không có chỗ chơi, ra sông tắm rất lo.", "Mở lớp bơi và sân chơi cho thiếu nhi.",
     "youth_union", "Phối hợp mở lớp dạy bơi cho thiếu nhi", "28 cháu học bơi, tất cả biết bơi.", true},
    {5, "Vườn ươm của các bác nông dân cần nước sạch, giếng bị phèn.",
     "Hỗ trợ hộ trồng rau lắp bể lọc, làm rau an toàn.", "farmers_union",
     "Hướng dẫn các hộ trồng rau làm bể lọc nước", "Chín hộ có bể lọc, rau đạt kiểm tra.", false},
    {5, "Hai nhà ngõ 6 cãi nhau vì máng nước, tổ hòa giải nên đến sớm.",
     "Hòa giải mâu thuẫn ngõ 6, không để thành đơn thư.", "self_management_group", "Hòa giải hai hộ ngõ 6",
     "Hai hộ bắt tay, cùng làm lại máng nước.", false},
    {6, "Rác để sai giờ, chó mèo bới ra đường.", "Thống nhất giờ đổ rác, mỗi cụm một điểm tập kết.",
     "women_union", "Tuyên truyền giờ đổ rác, kiểm tra điểm tập kết", "Không còn rác để sai giờ ở năm cụm.",
     true},
    {6, "Chữ ký số và ứng dụng định danh, các cụ còn sợ.", "Giúp người cao tuổi cài đặt định danh điện tử.",
     "youth_union", "Đến nhà giúp người cao tuổi cài định danh điện tử", "Giúp 64 cụ cài đặt thành công.",
     true},
    {7, "Tháng bảy nên tu sửa phần mộ và thăm các mẹ.", "Chăm sóc nhà bia, thăm gia đình chính sách.",
     "veterans_association", "Tu sửa nhà bia, thăm gia đình chính sách", "Sơn lại nhà bia, thăm 14 gia đình.",
     true},
    {7, "Nhà trọ công nhân đông mà chưa khai báo đủ.", "Rà soát tạm trú ở các nhà trọ.",
     "self_management_group", "Cùng công an phường rà soát tạm trú", "Rà 21 nhà trọ, khai báo đủ.", false},
    {8, "Đầu năm học cần giúp các cháu nhà khó khăn sách vở.", "Trao học bổng cho học sinh khó khăn của tổ.",
     "front_board", "Vận động quỹ, trao học bổng đầu năm học", "Trao 18 suất học bổng.", true},
    {8, "Sân nhà văn hóa bỏ phí buổi tối.", "Mở lớp dân vũ, cờ tướng buổi tối ở nhà văn hóa.", "women_union",
     "Tổ chức lớp dân vũ buổi tối", "Lớp có 45 chị em dự đều.", true},
    {9, "Nước sông lên, các nhà ven sông phải có người giúp dọn đồ.",
     "Giúp các hộ ven sông kê dọn, sơ tán khi có lũ.", "self_management_group",
     "Giúp các hộ ven sông kê dọn, sơ tán", "Giúp 32 hộ, không ai bị nạn.", true},
    {9, "Sau lũ bùn ngập đường, phải dọn ngay kẻo bệnh.", "Tổng vệ sinh sau lũ, phun khử khuẩn.",
     "veterans_association", "Huy động dân dọn bùn, phun khử khuẩn", "Dọn xong trong ba ngày.", true},
    {10, "Vườn rau bị lũ vùi, bà con thiếu giống vụ đông.", "Hỗ trợ giống rau vụ đông cho hộ bị thiệt hại.",
     "farmers_union", "Cấp giống rau vụ đông cho hộ thiệt hại", "Cấp giống cho 12 hộ, đã lên xanh.", true},
    {10, "Phụ nữ đơn thân nhiều chị khó, cần góp vốn xoay vòng.", "Lập nhóm tiết kiệm giúp phụ nữ khó khăn.",
     "women_union", "Lập nhóm tiết kiệm quay vòng", "Nhóm 30 chị, cho ba chị vay đợt đầu.", false},
    {11, "Ngày hội đại đoàn kết nên để người dân tự nói việc mình làm được.",
     "Tổ chức ngày hội đại đoàn kết do dân tự kể.", "front_board", "Tổ chức ngày hội đại đoàn kết",
     "Hơn 500 người dự, bảy hộ kể việc tốt.", true},
    {11, "Đèn trang trí ngõ cũ rồi, thanh niên làm lại được.",
     "Chi đoàn làm tuyến đường thanh niên tự quản sáng đẹp.", "youth_union",
     "Lắp đèn, vẽ tường tuyến đường thanh niên", "Vẽ 120 mét tường, lắp 30 đèn.", true},
    {12, "Cuối năm trộm cắp vặt hay xảy ra, các tổ nên trực đêm.", "Các tổ tự quản trực đêm từ nay đến Tết.",
     "self_management_group", "Trực đêm theo lịch đến Tết Ất Tỵ", "", false},
    {12, "Danh sách hộ khó khăn dịp Tết phải công khai để dân góp ý.",
     "Công khai danh sách hộ được giúp dịp Tết.", "front_board",
     "Niêm yết, lấy ý kiến danh sách hộ được giúp", "", false},
};

}  // namespace

void live_year_of_an_tuong_2(const YearOf& of) {
    Dice dice(seed, "cell 2 of An Tuong");
    YearBook book(of.batch, of.ids, of.cell, of.people, of.recorders.administrator,
                  of.recorders.province_office);
    const auto group = [&](std::string_view kind, std::size_t turn) {
        std::vector<UnitId> found;
        for (const Group& candidate : of.cell.groups)
            if (candidate.kind == kind) found.push_back(candidate.id);
        return found[turn % found.size()];
    };
    constexpr const char* place = "Nhà văn hóa tổ dân phố 2";
    std::size_t turn = 0;
    for (unsigned month = 1; month <= 12; ++month) {
        HeldMeeting held;
        held.day = on(month, 5);
        held.minutes = 122;
        held.subject =
            "Sinh hoạt thường kỳ tháng " + std::string(month < 10 ? "0" : "") + std::to_string(month);
        held.place = place;
        held.has_thematic_part = month % 3 == 0;
        held.documents_days_before = 3;
        held.published_after_days = 1;
        held.marks = marks_without(of.self_facts, {});
        if (month == 1) held.earlier_results = {3, 3};
        held.agenda = {{"Đánh giá kết quả thực hiện nghị quyết tháng trước"},
                       {"Ý kiến của đảng viên về việc của tổ dân phố"}};
        if (held.has_thematic_part) held.agenda.push_back({"Chuyên đề: Dân vận khéo ở khu dân cư"});
        const std::vector<std::size_t> expected = book.expected_on(held.day);
        // One member is away each month; more than half of the others speak.
        const std::size_t away = 12 + month % (expected.size() - 12);
        held.absences = {{expected[away], meetings::Mark::excused, "Đi công tác, có báo cáo"}};
        std::vector<const Word*> of_month;
        for (const Word& word : words)
            if (word.month == month) of_month.push_back(&word);
        for (std::size_t i = 0; i < of_month.size(); ++i)
            held.speeches.push_back({expected[2 + (month * 2 + i) % 10], of_month[i]->said});
        for (std::size_t i = 0; held.speeches.size() < expected.size() * 6 / 10; ++i)
            if (i != away && std::none_of(held.speeches.begin(), held.speeches.end(),
                                          [&](const Speech& speech) { return speech.member == expected[i]; }))
                held.speeches.push_back({expected[i], ""});
        held.summary =
            "Chi bộ quyết nghị từ ý kiến của đảng viên, giao việc cho Mặt trận, đoàn thể và các tổ tự quản.";
        const std::vector<ContributionId> said = book.hold(held);
        std::vector<Decision> items;
        for (std::size_t i = 0; i < of_month.size(); ++i) {
            const Word& word = *of_month[i];
            GivenTask task{word.task,
                           std::nullopt,
                           group(word.group, turn++),
                           on(month, 27),
                           on(month, static_cast<unsigned>(20 + dice.below(7))),
                           word.result,
                           word.is_exceeded,
                           0};
            GivenTask follow{std::string("Theo dõi, báo cáo: ") + word.task,
                             expected[i + month % 8],
                             {},
                             on(month, 29),
                             on(month, 28),
                             "Đã báo cáo chi bộ kết quả.",
                             dice.happens(50),
                             0};
            if (month == 12) {
                const Date next_year{std::chrono::year{2025}, std::chrono::month{1}, std::chrono::day{3}};
                task.due_on = follow.due_on = next_year;
                task.done_on = follow.done_on = std::nullopt;
                follow.result = "";
                task.progress = 30;
            }
            items.push_back(
                {word.decided, {said[i]}, {}, {std::move(task), std::move(follow)}, std::nullopt, ""});
        }
        book.adopt("Nghị quyết tháng " + std::to_string(month) + ": từ ý kiến của đảng viên", items);
    }
    register_year(book, of, dice, 1000, 70, 4);
    book.plan(Date{std::chrono::year{2025}, std::chrono::month{1}, std::chrono::day{5}}, 19 * 60 + 30,
              "Sinh hoạt thường kỳ tháng 01 năm 2025", place,
              {"Đánh giá kết quả thực hiện nghị quyết tháng 12", "Đăng ký nhiệm vụ năm 2025"});
}

}  // namespace gw::sample
