#include "sample/names.h"

#include <set>

namespace gw::sample {

namespace {

constexpr const char* upland_families[] = {
    "Nông", "Hoàng", "Ma",     "Triệu",  "Bàn",   "Lý", "Đặng", "Quan", "Hà",   "Vi",  "Chẩu", "Phùng",
    "La",   "Lương", "Nguyễn", "Nguyễn", "Hoàng", "Ma", "Nông", "Hà",   "Trần", "Lục", "Chúc", "Bế"};
constexpr const char* lowland_families[] = {
    "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần",   "Lê",  "Phạm", "Hoàng", "Vũ",    "Đỗ", "Bùi",  "Đặng",
    "Ma",     "Nông",   "Lý",     "Đinh", "Trương", "Lưu", "Phan", "Hà",    "Lương", "Âu", "Ninh", "Tạ"};
constexpr const char* middles_of_women[] = {"Thị",  "Thị",      "Thị",     "Thị Thu", "Thị Hồng", "Thị Thanh",
                                            "Ngọc", "Thị Bích", "Thị Kim", "Minh",    "Thị Mai"};
constexpr const char* middles_of_men[] = {"Văn", "Văn",  "Văn",  "Đức",  "Xuân",  "Quang", "Minh",
                                          "Hữu", "Ngọc", "Đình", "Công", "Thanh", "Tiến"};
constexpr const char* names_of_women[] = {
    "Hương", "Hoa",  "Lan",   "Thảo",   "Hiền",  "Yến",  "Nga",   "Thủy",   "Huệ",   "Liên", "Nhung", "Dung",
    "Hạnh",  "Loan", "Tuyết", "Xuân",   "Hằng",  "Linh", "Trang", "Phượng", "Duyên", "Thơm", "Mến",   "Chiêm",
    "Viện",  "Thoa", "Bình",  "Nguyệt", "Quyên", "Vân",  "Oanh",  "Hồng",   "Chi",   "Anh"};
constexpr const char* names_of_men[] = {
    "Hùng", "Dũng", "Sơn",  "Tuấn", "Thắng", "Hải",   "Cường", "Long",  "Thành", "Trung", "Đông", "Nam",
    "Việt", "Tùng", "Khoa", "Lâm",  "Quý",   "Tú",    "Bảo",   "Thịnh", "Toàn",  "Hiệp",  "Kiên", "Phúc",
    "Đạt",  "Luân", "Chức", "Thụ",  "Khánh", "Giang", "Huấn",  "Hưng",  "Thuận", "Vinh",  "Điệp", "Tráng"};

constexpr const char* upland_first[] = {"Nà",   "Bản", "Khuổi", "Phia", "Pác",    "Cốc", "Tát",
                                        "Lũng", "Nặm", "Khau",  "Thôm", "Phiêng", "Nà",  "Bản"};
constexpr const char* upland_second[] = {
    "Lằm",  "Tấu",     "Thuôn", "Chang", "Khoang", "Mỏ",    "Vài", "Ngoặng", "Cọn",   "Tông", "Luông",
    "Chúc", "Nghiềng", "Củng",  "Đồn",   "Pài",    "Mạ",    "Kẹn", "Hin",    "Phầy",  "Khá",  "Coóc",
    "Pấu",  "Tạng",    "Bẻ",    "Chẻ",   "Liềm",   "Trang", "Lạ",  "Muông",  "Phung", "Giáng"};
constexpr const char* lowland_first[] = {"Đồng", "Làng", "Tân", "Minh", "Phúc", "Hưng", "Trung", "Vĩnh",
                                         "Yên",  "Gò",   "Cây", "Đèo",  "Ao",   "Hòa",  "An"};
constexpr const char* lowland_second[] = {
    "Tâm",  "Thắng", "Lập", "Tiến", "Sơn", "Thịnh", "Hòa",  "Mít",   "Chanh", "Vàng", "Quang", "Trại",
    "Bình", "Thái",  "Mới", "Xoan", "Bụt", "Dầy",   "Cháy", "Khoai", "Phú",   "Lũng", "Đài",   "Giếng"};

constexpr const char* departments[] = {"Sở Giáo dục và Đào tạo",
                                       "Sở Y tế",
                                       "Sở Nông nghiệp và Phát triển nông thôn",
                                       "Sở Tài chính",
                                       "Sở Kế hoạch và Đầu tư",
                                       "Sở Giao thông vận tải",
                                       "Sở Xây dựng",
                                       "Sở Công Thương",
                                       "Sở Nội vụ",
                                       "Sở Tư pháp",
                                       "Sở Tài nguyên và Môi trường",
                                       "Sở Lao động, Thương binh và Xã hội",
                                       "Sở Văn hóa, Thể thao và Du lịch",
                                       "Sở Thông tin và Truyền thông",
                                       "Sở Khoa học và Công nghệ",
                                       "Văn phòng Ủy ban nhân dân tỉnh",
                                       "Thanh tra tỉnh",
                                       "Cục Thuế tỉnh",
                                       "Kho bạc Nhà nước tỉnh",
                                       "Bảo hiểm xã hội tỉnh",
                                       "Bệnh viện Đa khoa tỉnh",
                                       "Bệnh viện Y dược cổ truyền",
                                       "Bệnh viện Phổi",
                                       "Bệnh viện Phục hồi chức năng",
                                       "Trường Đại học Tân Trào",
                                       "Trường Cao đẳng nghề Kỹ thuật - Công nghệ",
                                       "Đài Phát thanh và Truyền hình",
                                       "Điện lực tỉnh",
                                       "Bưu điện tỉnh",
                                       "Tòa án nhân dân tỉnh"};
constexpr const char* small_bodies[] = {"Chi cục Kiểm lâm",
                                        "Chi cục Thủy lợi",
                                        "Chi cục Chăn nuôi và Thú y",
                                        "Chi cục Trồng trọt và Bảo vệ thực vật",
                                        "Chi cục Quản lý thị trường",
                                        "Chi cục Phát triển nông thôn",
                                        "Chi cục Dân số",
                                        "Chi cục Thống kê",
                                        "Trung tâm Khuyến nông",
                                        "Trung tâm Kiểm soát bệnh tật",
                                        "Trung tâm Giám định y khoa",
                                        "Trung tâm Trợ giúp pháp lý",
                                        "Trung tâm Dịch vụ việc làm",
                                        "Trung tâm Công tác xã hội",
                                        "Trung tâm Phục vụ hành chính công",
                                        "Trung tâm Văn hóa tỉnh",
                                        "Bảo tàng tỉnh",
                                        "Thư viện tỉnh",
                                        "Đoàn Nghệ thuật dân tộc",
                                        "Hội Chữ thập đỏ",
                                        "Hội Nhà báo",
                                        "Hội Văn học nghệ thuật",
                                        "Liên minh Hợp tác xã",
                                        "Liên hiệp các tổ chức hữu nghị",
                                        "Quỹ Bảo vệ và Phát triển rừng",
                                        "Ban Quản lý các khu công nghiệp",
                                        "Ban Dân tộc",
                                        "Ban Quản lý dự án giao thông"};
constexpr const char* trades[] = {
    "Lâm nghiệp", "Chè",  "Xi măng",   "Mía đường", "Khoáng sản", "Xây dựng", "Cấp thoát nước",   "May mặc",
    "Vận tải",    "Giấy", "Thủy điện", "Dược phẩm", "Thương mại", "Cơ khí",   "Môi trường đô thị"};
constexpr const char* firm_names[] = {"Thành Tuyên", "Sông Lô",    "Tân Trào", "Phú Lâm",   "An Hòa",
                                      "Bình Thuận",  "Minh Quang", "Đông Bắc", "Hồng Phát", "Sông Gâm"};
constexpr const char* school_names[] = {
    "Minh Khai", "Ỷ La",      "Tân Long", "Sông Lô",   "Thượng Lâm", "Hòa Phú", "Kim Bình", "Phù Lưu",
    "Xuân Huy",  "Trung Sơn", "Tháng 10", "Kim Xuyên", "Đông Thọ",   "Sơn Nam", "Hà Lang",  "Lâm Bình"};

}  // namespace

std::string person_name(Dice& dice, members::Sex sex, bool is_upland) {
    std::string name = is_upland ? dice.one_of(upland_families) : dice.one_of(lowland_families);
    name += ' ';
    name += sex == members::Sex::female ? dice.one_of(middles_of_women) : dice.one_of(middles_of_men);
    name += ' ';
    name += sex == members::Sex::female ? dice.one_of(names_of_women) : dice.one_of(names_of_men);
    return name;
}

std::vector<std::string> village_names(Dice& dice, int count, bool is_upland, std::string_view taken) {
    std::set<std::string> used{std::string(taken)};
    std::vector<std::string> names;
    while (static_cast<int>(names.size()) < count) {
        std::string name = is_upland ? dice.one_of(upland_first) : dice.one_of(lowland_first);
        name += ' ';
        name += is_upland ? dice.one_of(upland_second) : dice.one_of(lowland_second);
        if (used.insert(name).second) names.push_back(std::move(name));
    }
    return names;
}

std::vector<OrganisationName> block_organisations(Dice& dice, int count) {
    std::vector<OrganisationName> organisations;
    std::set<std::string> used;
    const auto add = [&](std::string name, bool has_cells) {
        if (static_cast<int>(organisations.size()) < count && used.insert(name).second)
            organisations.push_back({std::move(name), has_cells});
    };
    for (const char* name : departments) add(name, true);
    for (const char* name : school_names) add(std::string("Trường Trung học phổ thông ") + name, false);
    for (const char* name : small_bodies) add(name, false);
    while (static_cast<int>(organisations.size()) < count) {
        const bool is_large = dice.happens(45);
        add(std::string("Công ty ") + (is_large ? "Cổ phần " : "TNHH ") + dice.one_of(trades) + " " +
                dice.one_of(firm_names),
            is_large);
    }
    return organisations;
}

std::string department_name(int number) {
    constexpr const char* parts[] = {"Văn phòng",
                                     "Tổ chức - Hành chính",
                                     "Kế hoạch - Tài chính",
                                     "Thanh tra - Pháp chế",
                                     "Nghiệp vụ 1",
                                     "Nghiệp vụ 2",
                                     "Kỹ thuật",
                                     "Quản lý chất lượng",
                                     "Dự án",
                                     "Công nghệ thông tin",
                                     "Hưu trí",
                                     "Đào tạo"};
    constexpr int part_count = static_cast<int>(std::size(parts));
    const std::string part = parts[number % part_count];
    return number < part_count ? part : part + " " + std::to_string(number / part_count + 1);
}

std::vector<std::string> commune_bodies() {
    return {"Cơ quan", "Trường Tiểu học", "Trường Trung học cơ sở", "Trường Mầm non", "Trạm Y tế", "Công an",
            "Quân sự", "Hợp tác xã"};
}

}  // namespace gw::sample
