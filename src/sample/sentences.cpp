#include "sample/sentences.h"

namespace gw::sample {

namespace {

constexpr Topic village_topics[] = {
    {"Đường nội thôn đoạn cuối mùa mưa lầy lội, học sinh đi lại vất vả; tôi đề nghị thôn góp công làm sớm.",
     "Vận động nhân dân hiến đất, góp ngày công đổ bê tông đường nội thôn trước mùa mưa.",
     "Vận động các hộ dọc tuyến hiến đất, góp ngày công làm đường",
     "Các hộ dọc tuyến đồng ý hiến đất, đã đổ xong mặt đường.",
     "Đổ xong mặt đường và làm thêm rãnh thoát nước hai bên."},
    {"Nhiều hộ còn chăn thả rông trâu bò, phá lúa của nhau; cần đưa vào hương ước.",
     "Đưa việc không thả rông gia súc vào hương ước, ký cam kết từng hộ.",
     "Tổ chức cho các hộ ký cam kết không thả rông gia súc", "100% hộ chăn nuôi đã ký cam kết.",
     "100% hộ đã ký; ba hộ vi phạm cũ tự làm chuồng mới."},
    {"Còn mấy hộ nghèo thiếu giống ngô, đề nghị đảng viên nhận giúp từng hộ.",
     "Phân công đảng viên giúp hộ nghèo, cận nghèo phát triển sản xuất vụ này.",
     "Giúp hộ nghèo được phân công giống và kỹ thuật trồng ngô",
     "Hộ được giúp đã gieo đủ diện tích, ngô lên tốt.",
     "Hộ được giúp thu hoạch khá, làm đơn xin thoát nghèo."},
    {"Thanh niên đi làm ăn xa nhiều, chi bộ hai năm chưa kết nạp được ai; phải tìm nguồn từ phụ nữ và giáo "
     "viên.",
     "Rà soát, lập danh sách quần chúng ưu tú để bồi dưỡng kết nạp Đảng.",
     "Giới thiệu và giúp đỡ một quần chúng ưu tú học lớp cảm tình Đảng",
     "Đã giới thiệu một quần chúng, được cử đi học lớp bồi dưỡng.",
     "Hai quần chúng đã hoàn thành lớp bồi dưỡng nhận thức về Đảng."},
    {"Rác thải sinh hoạt còn vứt ra bờ suối, mùi hôi cả xóm.",
     "Ra quân dọn vệ sinh vào ngày 20 hằng tháng, làm lò đốt rác hộ gia đình.",
     "Hướng dẫn các hộ phân loại và làm lò đốt rác", "Bờ suối đã sạch, phần lớn hộ có lò đốt rác.",
     "Tất cả các hộ có lò đốt rác; trồng thêm hàng hoa ven đường."},
    {"Dịch tả lợn ở xã bên rồi, ta chưa tiêm phòng xong.",
     "Hoàn thành tiêm phòng gia súc, gia cầm đợt này, báo dịch ngay khi có dấu hiệu.",
     "Cùng thú y xã tiêm phòng đàn gia súc trong thôn",
     "Đã tiêm phòng cho toàn bộ trâu bò và trên 90% đàn lợn.", "Tiêm phòng đủ cả trâu bò, lợn và chó nuôi."},
    {"Nương keo đến tuổi mà giống xấu, năng suất thấp, nên chuyển sang cây bản địa.",
     "Trồng rừng thay thế sau khai thác, ưu tiên giống keo mô và cây bản địa.",
     "Đăng ký cây giống, trồng rừng đủ diện tích sau khai thác", "Trồng đủ diện tích, tỷ lệ sống trên 90%.",
     "Trồng vượt diện tích đăng ký, tỷ lệ sống trên 95%."},
    {"Nhà văn hóa dột mái, họp dân trời mưa không ngồi được.",
     "Sửa mái nhà văn hóa thôn bằng quỹ thôn và xã hội hóa.",
     "Vận động đóng góp và đứng ra sửa mái nhà văn hóa", "Mái nhà văn hóa đã được thay, hết dột.",
     "Thay mái, lát thêm nền và sơn lại tường."},
    {"Con em bỏ học sau Tết theo bạn đi làm thuê, cần đến từng nhà.",
     "Đảng viên cùng giáo viên vận động học sinh trở lại trường.",
     "Đến nhà vận động các em nghỉ học trở lại lớp", "Các em nghỉ học đã trở lại trường.",
     "Các em trở lại trường; lập tổ kèm học buổi tối."},
    {"Điện thoại thông minh bà con có cả rồi mà chưa ai biết làm thủ tục trên mạng.",
     "Thành lập tổ công nghệ số cộng đồng, hướng dẫn bà con dùng dịch vụ công.",
     "Hướng dẫn các hộ cài đặt và dùng dịch vụ công trực tuyến", "Trên 60% hộ có người cài đặt và dùng được.",
     "Trên 85% hộ có người dùng được, hai cụ già cũng biết tra cứu."},
    {"Đảng phí mấy tháng nộp chậm, phải nhắc nhau.",
     "Nộp đảng phí trước ngày 5 hằng tháng, tổ trưởng đảng nhắc trước.",
     "Theo dõi, thu nộp đảng phí đúng hạn", "Đảng phí đã nộp đủ, đúng hạn.",
     "Nộp đủ, đúng hạn ba tháng liền."},
    {"Mương nước bị bồi lấp, ruộng cuối không có nước cấy.", "Nạo vét kênh mương nội đồng trước vụ cấy.",
     "Huy động nhân lực nạo vét mương", "Đã nạo vét xong tuyến mương chính.",
     "Nạo vét xong cả mương chính và mương nhánh."},
    {"Lễ cưới, lễ tang còn dài ngày, tốn kém.",
     "Thực hiện nếp sống văn minh trong việc cưới, việc tang; đảng viên gương mẫu trước.",
     "Tuyên truyền, vận động gia đình, dòng họ thực hiện nếp sống văn minh",
     "Các đám cưới, tang trong tháng đều gọn trong hai ngày.",
     "Cả thôn thống nhất quy ước mới, không đám nào quá hai ngày."},
    {"Chè của thôn bán lẻ bị ép giá, nên vào hợp tác xã.",
     "Vận động các hộ trồng chè tham gia tổ hợp tác, bán theo hợp đồng.",
     "Vận động hộ trồng chè tham gia tổ hợp tác", "Nhiều hộ đã ký tham gia, có hợp đồng bao tiêu.",
     "Phần lớn hộ đã tham gia, giá bán cao hơn trước."},
    {"Bảo hiểm y tế năm nay nhiều nhà chưa mua lại.",
     "Vận động nhân dân tham gia bảo hiểm y tế, phấn đấu trên 95%.",
     "Đến từng hộ chưa tham gia bảo hiểm y tế để vận động", "Số người tham gia đạt trên 95%.",
     "Toàn bộ nhân khẩu trong thôn đã có thẻ."},
    {"Mùa khô dễ cháy rừng, tổ tuần tra ít người quá.", "Củng cố tổ bảo vệ rừng, phân lịch tuần tra mùa khô.",
     "Tham gia tuần tra, canh lửa theo lịch", "Không để xảy ra cháy rừng.",
     "Không có cháy rừng; phát dọn thêm đường băng cản lửa."},
    {"Việc phổ biến nghị quyết của xã còn đọc lướt, nghe xong không nhớ gì.",
     "Tóm tắt nghị quyết cấp trên thành tờ một trang phát cho đảng viên.",
     "Biên soạn tờ tóm tắt nghị quyết và phát trước buổi sinh hoạt",
     "Đã phát tờ tóm tắt trước buổi sinh hoạt.", "Phát tờ tóm tắt và đọc trên loa thôn hai buổi."},
    {"Hai nhà tranh chấp bờ rào đã lâu, tổ hòa giải cần vào cuộc.",
     "Tổ hòa giải làm việc với các hộ tranh chấp, không để đơn vượt cấp.",
     "Hòa giải tranh chấp đất giữa các hộ", "Hai bên đã ký biên bản hòa giải.",
     "Hai bên hòa giải xong và cùng dựng lại hàng rào."},
};

constexpr Topic office_topics[] = {
    {"Hồ sơ trễ hạn tháng qua tập trung ở khâu chuyển giữa các bộ phận.",
     "Rà soát quy trình, không để hồ sơ trễ hạn do khâu luân chuyển.",
     "Rà soát, rút ngắn khâu luân chuyển hồ sơ", "Không còn hồ sơ trễ hạn do luân chuyển.",
     "Không còn hồ sơ trễ; thời gian xử lý bình quân giảm một ngày."},
    {"Việc tự phê bình và phê bình còn nể nang, góp ý chung chung.",
     "Mỗi buổi sinh hoạt có ít nhất hai đồng chí được góp ý cụ thể.",
     "Chuẩn bị ý kiến góp ý cho đồng chí được phân công", "Đã góp ý trực tiếp tại chi bộ.",
     "Đã góp ý; các đồng chí đều có kế hoạch sửa chữa."},
    {"Đoàn viên trẻ nhiều đồng chí tốt, cần quan tâm kết nạp.",
     "Giới thiệu đoàn viên ưu tú, phân công đảng viên giúp đỡ.",
     "Giúp đỡ một đoàn viên ưu tú phấn đấu vào Đảng", "Đã hoàn thành nhận xét, đề nghị cử đi học.",
     "Đoàn viên được giúp đỡ đã học xong lớp bồi dưỡng."},
    {"Văn bản điện tử còn in ra nhiều, lãng phí.", "Xử lý văn bản trên môi trường mạng, giảm giấy tờ.",
     "Số hóa hồ sơ của bộ phận", "Hồ sơ năm nay đã được số hóa.",
     "Hồ sơ năm nay và năm trước đã được số hóa."},
    {"Chất lượng sinh hoạt chuyên đề chưa sát chuyên môn.",
     "Chọn chuyên đề quý gắn với nhiệm vụ chính trị của đơn vị.", "Chuẩn bị báo cáo chuyên đề quý",
     "Chuyên đề đã được trình bày tại chi bộ.", "Chuyên đề được chọn làm tài liệu dùng chung."},
    {"Cần kết nghĩa với một thôn khó khăn để cán bộ trẻ đi thực tế.",
     "Kết nghĩa, giúp đỡ một chi bộ thôn đặc biệt khó khăn.",
     "Khảo sát, đề xuất nội dung giúp đỡ thôn kết nghĩa", "Đã khảo sát, thống nhất ba việc giúp đỡ.",
     "Đã khảo sát và trao hỗ trợ đợt một."},
    {"Giờ giấc làm việc buổi chiều chưa nghiêm.",
     "Chấn chỉnh kỷ luật, kỷ cương hành chính; chi ủy kiểm tra đột xuất.",
     "Theo dõi, nhắc nhở việc chấp hành giờ làm việc", "Không còn trường hợp đi muộn bị nhắc.",
     "Không còn đi muộn; đơn vị được biểu dương."},
    {"Tỷ lệ hài lòng của người dân quý trước giảm nhẹ.",
     "Nâng tỷ lệ hài lòng của người dân, tổ chức lên trên 95%.", "Tổng hợp ý kiến góp ý và đề xuất khắc phục",
     "Tỷ lệ hài lòng đạt trên 95%.", "Tỷ lệ hài lòng đạt trên 98%."},
    {"Bảo vệ bí mật nhà nước trên máy tính còn sơ hở.", "Tự kiểm tra công tác bảo vệ bí mật nhà nước.",
     "Kiểm tra máy tính soạn thảo văn bản mật", "Đã kiểm tra, không phát hiện vi phạm.",
     "Đã kiểm tra và tập huấn lại cho toàn đơn vị."},
    {"Tiết kiệm điện, nước chưa ai theo dõi.", "Giảm ít nhất 5% chi phí điện, nước so với cùng kỳ.",
     "Theo dõi và công khai chi phí điện, nước hằng tháng", "Chi phí giảm trên 5%.",
     "Chi phí giảm trên 10%."},
    {"Nhiều sáng kiến hay mà không ai viết thành đề tài.",
     "Mỗi tổ có ít nhất một sáng kiến được công nhận trong năm.", "Viết và đăng ký một sáng kiến",
     "Sáng kiến đã được công nhận cấp cơ sở.", "Sáng kiến được công nhận cấp tỉnh."},
    {"Học tập nghị quyết trực tuyến khó theo dõi ai học, ai không.",
     "Điểm danh và viết thu hoạch sau mỗi đợt học tập nghị quyết.", "Tổng hợp bài thu hoạch của đảng viên",
     "Đảng viên nộp đủ bài thu hoạch.", "Nộp đủ; năm bài được đánh giá tốt."},
    {"An toàn phòng cháy ở kho chưa bảo đảm.", "Kiểm tra, bổ sung phương tiện phòng cháy, chữa cháy.",
     "Kiểm tra, thay bình chữa cháy hết hạn", "Đã thay xong, có biên bản kiểm tra.",
     "Thay xong và diễn tập một buổi."},
    {"Công đoàn nên chăm lo anh chị em có hoàn cảnh khó khăn hơn.",
     "Phối hợp với công đoàn thăm hỏi, hỗ trợ người lao động khó khăn.",
     "Lập danh sách, thăm hỏi người lao động khó khăn", "Đã thăm hỏi đủ danh sách.",
     "Thăm hỏi đủ và vận động sửa một ngôi nhà."},
};

constexpr Registration village_registrations[] = {
    {"Giúp một hộ nghèo hoặc cận nghèo thoát nghèo trong năm", "Hộ được giúp đã thoát nghèo.",
     "Hai hộ được giúp đã thoát nghèo."},
    {"Gia đình đạt danh hiệu gia đình văn hóa, vận động ba hộ cùng đạt",
     "Gia đình và ba hộ được vận động đều đạt.", "Gia đình và năm hộ được vận động đều đạt."},
    {"Phát triển kinh tế gia đình, làm gương trong chuyển đổi cây trồng", "Đã chuyển đổi diện tích đăng ký.",
     "Chuyển đổi vượt diện tích, hướng dẫn thêm hai hộ."},
    {"Đọc, học tập nghị quyết và viết bài thu hoạch đầy đủ", "Đã nộp đủ bài thu hoạch.",
     "Nộp đủ, được chọn đọc tại chi bộ."},
    {"Phụ trách nhóm hộ được phân công, nắm tâm tư và phản ánh hằng tháng", "Phản ánh đủ các tháng.",
     "Phản ánh đủ, hai kiến nghị được giải quyết."},
    {"Tham gia xây dựng nông thôn mới: chỉnh trang nhà, vườn, ngõ", "Đã chỉnh trang xong.",
     "Chỉnh trang xong, được chọn làm vườn mẫu."},
};
constexpr Registration office_registrations[] = {
    {"Hoàn thành nhiệm vụ chuyên môn được giao, không có việc quá hạn", "Không có việc quá hạn.",
     "Không có việc quá hạn, nhận thêm việc đột xuất."},
    {"Có một sáng kiến hoặc giải pháp cải tiến công việc", "Giải pháp đã được áp dụng.",
     "Giải pháp được công nhận là sáng kiến."},
    {"Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh với một việc làm cụ thể",
     "Đã thực hiện việc đăng ký.", "Việc làm được nhân rộng trong đơn vị."},
    {"Hoàn thành chương trình bồi dưỡng lý luận chính trị, chuyên môn", "Đã hoàn thành, có chứng nhận.",
     "Hoàn thành loại giỏi."},
    {"Giúp đỡ một đoàn viên hoặc đồng nghiệp trẻ tiến bộ", "Người được giúp đỡ đạt yêu cầu.",
     "Người được giúp đỡ được khen thưởng."},
};
constexpr Registration village_units[] = {
    {"Thôn đạt chuẩn các tiêu chí nông thôn mới đã đăng ký với xã", "Các tiêu chí đăng ký đã đạt.",
     "Đạt các tiêu chí và thêm một tiêu chí ngoài đăng ký."},
    {"Giảm số hộ nghèo theo chỉ tiêu xã giao", "Đạt chỉ tiêu giảm nghèo.", "Vượt chỉ tiêu giảm nghèo."},
    {"Giữ vững an ninh trật tự, không để đơn thư vượt cấp", "Không có đơn thư vượt cấp.",
     "Không có đơn thư, được công nhận an toàn về an ninh trật tự."},
};
constexpr Registration office_units[] = {
    {"Lãnh đạo đơn vị hoàn thành nhiệm vụ chính trị năm", "Các chỉ tiêu chính đã hoàn thành.",
     "Vượt hai chỉ tiêu chính."},
    {"Cải cách hành chính, ứng dụng chuyển đổi số", "Hoàn thành kế hoạch.", "Hoàn thành trước hạn."},
    {"Xây dựng chi bộ bốn tốt", "Đạt bốn tiêu chí.", "Đạt bốn tiêu chí, được biểu dương."},
};

constexpr const char* village_themes[] = {
    "Giữ gìn đoàn kết, phát huy dân chủ ở cơ sở", "Học Bác về tinh thần trách nhiệm, gần dân",
    "Phát triển kinh tế rừng bền vững", "Tạo nguồn, kết nạp đảng viên ở thôn, bản",
    "Xây dựng nông thôn mới và vai trò của đảng viên"};
constexpr const char* office_themes[] = {"Nêu cao trách nhiệm nêu gương của cán bộ, đảng viên",
                                         "Chuyển đổi số trong công việc hằng ngày", "Phòng, chống lãng phí",
                                         "Nâng cao chất lượng tự phê bình và phê bình"};
constexpr const char* village_absences[] = {"Ốm, có xin phép",       "Đi làm ăn xa, có báo cáo",
                                            "Gia đình có việc hiếu", "Đi viện chăm người thân",
                                            "Mưa lớn, đường sạt lở", "Đi tập huấn ở huyện"};
constexpr const char* office_absences[] = {"Đi công tác", "Ốm, có xin phép", "Trực chuyên môn",
                                           "Đi học tập trung", "Nghỉ phép năm"};
constexpr const char* cancellations[] = {"Mưa lũ chia cắt đường vào nơi họp", "Quá ít đảng viên có mặt",
                                         "Trùng đợt phòng, chống dịch bệnh",
                                         "Bí thư đi điều trị, chưa cử người chủ trì"};

}  // namespace

std::span<const Topic> topics(Place place) {
    return place == Place::village ? std::span<const Topic>(village_topics) : office_topics;
}
std::span<const Registration> member_registrations(Place place) {
    return place == Place::village ? std::span<const Registration>(village_registrations)
                                   : office_registrations;
}
std::span<const Registration> unit_registrations(Place place) {
    return place == Place::village ? std::span<const Registration>(village_units) : office_units;
}
std::span<const char* const> thematic_subjects(Place place) {
    return place == Place::village ? std::span<const char* const>(village_themes) : office_themes;
}
std::span<const char* const> absence_reasons(Place place) {
    return place == Place::village ? std::span<const char* const>(village_absences) : office_absences;
}
std::span<const char* const> cancel_reasons() { return cancellations; }

}  // namespace gw::sample
