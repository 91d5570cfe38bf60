#include "sample/sample_obstacles.h"

#include <algorithm>

#include "obstacles/obstacles.h"
#include "sample/names.h"
#include "sample/year_acts.h"

namespace gw::sample {

namespace {

using obstacles::Way;

struct Kind {
    const char* texts[3];
    const char* tried;
    const char* asked;
    const char* solved;
    const char* advised;
};

// As cells of villages write them, each kind in several words.
constexpr Kind of_villages[] = {
    {{"Nhà văn hóa thôn chưa có điện, họp chi bộ buổi tối phải dùng đèn pin.",
      "Nhà sinh hoạt cộng đồng chưa được kéo điện, chi bộ chỉ họp được ban ngày.",
      "Duong dien chua keo den nha van hoa thon, buoi toi khong hop duoc."},
     "Đã mượn máy nổ của hộ dân, tốn xăng và ồn.",
     "Đề nghị kéo đường điện từ trục chính vào nhà văn hóa, khoảng 300 m.",
     "Điện lực kéo đường dây trong kế hoạch quý tới; xã lo cột, thôn góp công.",
     "Vốn năm nay đã phân bổ hết. Chi bộ họp nhờ điểm trường cho đến khi có vốn."},
    {{"Đảng viên trẻ đi làm công ty ở Bắc Ninh, nhiều tháng không về sinh hoạt được.",
      "Phần lớn đảng viên trẻ đi làm ăn xa ở các khu công nghiệp, chi bộ chỉ còn người cao tuổi dự họp.",
      "Dang vien tre di lam an xa, khong ve sinh hoat chi bo duoc."},
     "Đã gọi điện và gửi nội dung họp qua điện thoại.",
     "Đề nghị hướng dẫn việc chuyển sinh hoạt tạm thời và họp trực tuyến cho người đi xa.",
     "Làm thủ tục chuyển sinh hoạt tạm thời cho từng người; lập danh sách gửi nơi đến.",
     "Đi làm dưới ba tháng thì không chuyển sinh hoạt; chi bộ cho miễn công tác có thời hạn theo quy định."},
    {{"Bí thư chi bộ chưa có máy tính, biên bản vẫn phải viết tay rồi mang lên xã.",
      "Chi bộ không có máy tính và máy in, bí thư phải nhờ xã đánh máy biên bản.",
      "Bi thu chi bo khong co may tinh de lam bien ban va bao cao."},
     "Đã nhờ con cháu đánh máy hộ.",
     "Đề nghị cấp một máy tính, hoặc cho dùng chung máy của thôn.",
     "Cấp máy tính đã qua sử dụng của văn phòng, kèm một buổi hướng dẫn.",
     "Ghi biên bản trên điện thoại bằng phần mềm này, xã in giúp khi cần."},
    {{"Đất làm đường vào thôn vướng sổ đỏ của ba hộ, chưa giải phóng được mặt bằng.",
      "Tuyến đường nội thôn không mở rộng được vì đất đã cấp sổ đỏ cho hộ dân.",
      "Vuong so do cua cac ho nen khong lam duoc duong be tong vao thon."},
     "Đã vận động ba lần; hai hộ đồng ý nếu được điều chỉnh sổ đỏ không mất phí.",
     "Đề nghị cấp trên cho đo lại và điều chỉnh giấy chứng nhận cho các hộ hiến đất.",
     "Văn phòng đăng ký đất đai đo lại, điều chỉnh giấy chứng nhận, không thu phí của hộ hiến đất.",
     "Việc điều chỉnh phải theo thứ tự hồ sơ; chi bộ tiếp tục vận động các hộ ký biên bản hiến đất."},
    {{"Bể nước sinh hoạt tập trung hỏng đã hai năm, dân bản thiếu nước mùa khô.",
      "Công trình nước sạch của thôn xuống cấp, mùa khô bà con thiếu nước sinh hoạt.",
      "Mua kho ba con thieu nuoc sinh hoat vi be nuoc tap trung bi hong."},
     "Thôn đã tự vá bể hai lần nhưng vẫn rò.",
     "Đề nghị sửa bể và thay 1,2 km đường ống.",
     "Sửa bể, thay đường ống bằng vốn chương trình nước sạch nông thôn.",
     "Chưa có trong danh mục đầu tư. Xã hỗ trợ téc nhựa cho các hộ khó nhất trong mùa khô."},
    {{"Thôn không có sóng điện thoại, đảng viên không dùng được sổ tay điện tử.",
      "Sóng di động ở bản rất yếu, đảng viên không mở được sổ tay điện tử.",
      "Khong co song dien thoai o thon nen khong dung duoc so tay dang vien dien tu."},
     "Đã kiến nghị với nhà mạng qua xã từ năm ngoái.",
     "Đề nghị làm việc với nhà mạng về trạm phát sóng.",
     "Nhà mạng dựng trạm phát sóng mới trong kế hoạch xóa vùng lõm.",
     "Ứng dụng dùng được khi không có mạng; số liệu gửi đi khi đảng viên xuống xã."},
    {{"Chi bộ không có người thay bí thư đã cao tuổi, không ai nhận việc.",
      "Bí thư cao tuổi xin nghỉ nhưng chi bộ chưa tìm được người thay.",
      "Kho tim nguoi ke can bi thu chi bo vi dang vien deu tren 60 tuoi."},
     "Đã bàn ở ba cuộc họp, người được giới thiệu đều từ chối.",
     "Đề nghị cấp ủy giới thiệu người về làm bí thư một nhiệm kỳ.",
     "Đảng ủy cử một cấp ủy viên về sinh hoạt và làm bí thư, kèm người kế cận tại chỗ.",
     "Chi bộ cử phó bí thư làm quen việc trong sáu tháng, cấp ủy viên phụ trách kèm trực tiếp."},
};
constexpr Kind of_offices[] = {
    {{"Đảng viên trực ca, đi công trình nên không tháng nào họp đủ người.",
      "Nhiều đảng viên đi công trình xa, chi bộ khó họp đủ.",
      "Dang vien truc ca lien tuc, chi bo khong hop du nguoi."},
     "Đã chia hai buổi họp nhưng nghị quyết không đủ người biểu quyết.",
     "Đề nghị cho tổ chức sinh hoạt theo tổ đảng và họp trực tuyến có biểu quyết.",
     "Đồng ý cho sinh hoạt theo tổ đảng; họp toàn chi bộ mỗi quý.",
     "Theo quy định chi bộ vẫn họp mỗi tháng; có thể họp trực tuyến cho người đi công trình."},
    {{"Không có nguồn kết nạp vì lao động là hợp đồng ngắn hạn.",
      "Công nhân hợp đồng ngắn hạn nên ba năm chưa có nguồn kết nạp đảng viên.",
      "Ba nam nay khong co nguon ket nap vi lao dong ngan han."},
     "Đã phối hợp công đoàn giới thiệu, người được giới thiệu nghỉ việc giữa chừng.",
     "Đề nghị hướng dẫn việc theo dõi người được giới thiệu khi họ đổi nơi làm việc.",
     "Đảng ủy Khối thống nhất với nơi đến việc bàn giao hồ sơ người được giới thiệu.",
     "Chọn nguồn từ đoàn viên có hợp đồng dài hạn trước; Đảng ủy Khối mở lớp tại chỗ trong quý."},
};

class Year {
public:
    Year(const Call& call, const Province& province, const Recorders& recorders)
        : province_(province), recorders_(recorders), acts_(call, seed) {}

    void write() {
        write_stories();
        for (const Cell& cell : province_.cells) {
            Dice dice(seed, "obstacle" + cell.code);
            if (cell.story == Story::none && dice.happens(cell.is_upland ? 14 : 9)) write_plain(cell, dice);
        }
        // What nobody answered until today has gone up on its days.
        acts_.as({{}, "", province_.root}, last_day,
                 [&](const Call& call) { obstacles::settle(call, setting_); });
    }

private:
    std::string name_for(UnitId unit_id) {
        Dice dice(seed, "obstacles of " + to_text(unit_id));
        return person_name(dice, dice.happens(50) ? members::Sex::female : members::Sex::male, false);
    }

    ObstacleId raise(const Cell& cell, Date day, const Kind& kind, std::size_t wording, Date since) {
        ObstacleId id;
        const auto people = province_.members_of(cell);
        acts_.as({recorders_.secretary, people[0].full_name, cell.id}, day, [&](const Call& call) {
            id = obstacles::raise(call, {{}, cell.id, kind.texts[wording], since, kind.tried, kind.asked},
                                  setting_)
                     .line.obstacle.id;
        });
        return id;
    }
    void answer(ObstacleId id, UnitId holder, Date day, Way way, const char* text,
                std::optional<Date> done_by = {}) {
        acts_.as({recorders_.commune_office, name_for(holder), holder}, day, [&](const Call& call) {
            obstacles::answer(call, {id, way, text, done_by}, setting_);
        });
    }
    void confirm(const Cell& cell, ObstacleId id, Date day, const char* text) {
        acts_.as({recorders_.secretary, province_.members_of(cell)[0].full_name, cell.id}, day,
                 [&](const Call& call) {
                     obstacles::confirm(call, {id, true, text}, setting_);
                 });
    }
    void reopen(const Cell& cell, ObstacleId id, Date day, const char* reason) {
        acts_.as({recorders_.secretary, province_.members_of(cell)[0].full_name, cell.id}, day,
                 [&](const Call& call) {
                     obstacles::reopen(call, {id, reason}, setting_);
                 });
    }

    void write_stories() {
        const Cell& na_lung = province_.cell_of(province_.na_lung);
        const Kind &electricity = of_villages[0], &away = of_villages[1], &computer = of_villages[2],
                   &title = of_villages[3], &water = of_villages[4];
        const UnitId commune = province_.khau_tinh;
        const ObstacleId tank = raise(na_lung, on(3, 4), water, 0, on(1, 10));
        answer(tank, commune, on(3, 12), Way::answer, water.advised);
        reopen(na_lung, tank, on(3, 20), "Téc nhựa chỉ đủ cho sáu hộ, còn mười một hộ vẫn phải gánh nước.");
        answer(tank, commune, on(3, 28), Way::pass_up, "Sửa bể và đường ống vượt khả năng ngân sách của xã.");
        answer(tank, province_.na_hang, on(4, 8), Way::solve, water.solved, on(6, 30));
        confirm(na_lung, tank, on(7, 5), "Nước đã về đến tất cả các hộ.");
        const ObstacleId machine = raise(na_lung, on(11, 25), computer, 0, on(1, 2));
        answer(machine, commune, on(12, 9), Way::solve, computer.solved, on(12, 13));
        raise(na_lung, on(12, 10), electricity, 0, on(9, 1));
        const Cell& an_tuong = province_.cell_of(province_.an_tuong_2);
        const ObstacleId road = raise(an_tuong, on(10, 28), title, 1, on(8, 15));
        answer(road, province_.an_tuong, on(11, 6), Way::pass_up,
               "Điều chỉnh giấy chứng nhận thuộc thẩm quyền cấp trên.");
        raise(an_tuong, on(12, 12), away, 1, on(6, 1));
        // The cells beside Na Lung say the same in other words.
        std::size_t wording = 1;
        for (const Cell& cell : province_.cells)
            if (cell.parent_id == province_.khau_tinh && cell.id != province_.na_lung && wording < 3) {
                raise(cell, on(12, 4 + static_cast<unsigned>(wording)), electricity, wording, on(9, 1));
                ++wording;
            }
    }

    // Bodies differ: some answer within days, some late in their time, some not at all.
    void write_plain(const Cell& cell, Dice& dice) {
        const bool is_office = cell.place == Place::office;
        const Kind& kind = is_office ? dice.one_of(of_offices) : dice.one_of(of_villages);
        const auto wording = static_cast<std::size_t>(dice.below(3));
        const std::int64_t first = day_number(on(1, 8)), last = day_number(on(12, 14));
        const std::int64_t raised = first + dice.below(static_cast<int>(last - first));
        const auto later = [&](std::int64_t days) { return date_of(raised + days); };
        const ObstacleId id = raise(cell, later(0), kind, wording, later(-dice.between(10, 200)));
        std::int64_t taken = 0;  // days since it was raised
        for (UnitId holder = parent_of(cell.id); holder; holder = parent_of(holder)) {
            // Silence passes it up on the day after the last one.
            if (dice.happens(holder == province_.root ? 25 : 12)) {
                taken += setting_.answer_days + 1;
                if (holder != province_.root) continue;
            }
            Dice habit(seed, "habit of " + to_text(holder));
            taken += std::clamp(habit.between(2, 14) + dice.between(-2, 3), 1, 15);
            if (raised + taken > day_number(last_day)) return;
            if (holder != province_.root && dice.happens(22)) {
                answer(id, holder, later(taken), Way::pass_up,
                       "Việc này vượt thẩm quyền và ngân sách của cấp mình.");
                continue;
            }
            if (dice.happens(40)) return answer(id, holder, later(taken), Way::answer, kind.advised);
            const std::int64_t done = taken + dice.between(10, 50);
            answer(id, holder, later(taken), Way::solve, kind.solved, later(done));
            if (raised + done + 4 <= day_number(last_day) && dice.happens(80))
                confirm(cell, id, later(done + 4), "Việc đã xong.");
            return;
        }
    }

    UnitId parent_of(UnitId unit_id) const {
        const auto tree = acts_.trees().today();
        const int parent = tree->at(tree->get(unit_id)).parent;
        return parent < 0 ? UnitId{} : tree->at(parent).id;
    }

    const Province& province_;
    const Recorders& recorders_;
    obstacles::Setting setting_;
    YearActs acts_;
};

}  // namespace

void write_obstacles(const Call& call, const Province& province, const Recorders& recorders) {
    Year(call, province, recorders).write();
}

}  // namespace gw::sample
