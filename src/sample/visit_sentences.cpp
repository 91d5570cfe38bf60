#include "sample/sentences.h"

namespace gw::sample {

namespace {

using findings::Gravity;

constexpr AdviceTopic advice[] = {
    {"Nghị quyết còn chung chung, chưa ghi ai làm, làm đến đâu, bao giờ xong.",
     "Mỗi việc trong nghị quyết có tên người phụ trách và thời hạn.",
     "Từ tháng này, mỗi việc trong nghị quyết ghi rõ người phụ trách và thời hạn; chi ủy rà lại trước khi "
     "thông qua.",
     "Lập bảng phân công, thời hạn kèm theo nghị quyết", "Đã có bảng phân công treo tại nơi họp.",
     "Nghị quyết hai tháng sau đều có người phụ trách và thời hạn cho từng việc."},
    {"Ít đảng viên phát biểu, chủ yếu là bí thư và trưởng thôn nói.",
     "Trên một nửa số đảng viên dự họp có ý kiến.",
     "Gửi nội dung trước hai ngày, phân công đảng viên chuẩn bị ý kiến; chủ trì gợi ý từng đồng chí.",
     "Phân công đảng viên chuẩn bị ý kiến theo từng nội dung", "Đã phân công và nhắc trước buổi họp.",
     "Số người phát biểu đã tăng qua hai buổi sinh hoạt."},
    {"Chưa đánh giá việc thực hiện nghị quyết tháng trước trước khi bàn việc mới.",
     "Mỗi buổi mở đầu bằng bảng kết quả nghị quyết tháng trước.",
     "Mở đầu mỗi buổi sinh hoạt bằng việc rà kết quả từng việc của nghị quyết tháng trước.",
     "Chuẩn bị bảng kết quả thực hiện nghị quyết tháng trước", "Bảng kết quả đã được báo cáo đầu buổi.",
     "Ba buổi gần đây đều rà kết quả đầu buổi."},
    {"Biên bản ghi vắn tắt, không thấy ý kiến của từng đảng viên.", "Biên bản ghi đủ ý kiến và kết luận.",
     "Cử thư ký chi bộ ghi đủ ý kiến, đọc lại biên bản cuối buổi.",
     "Ghi biên bản đầy đủ và đọc thông qua cuối buổi", "Biên bản ghi đủ, đã đọc thông qua.",
     "Biên bản hai tháng sau đầy đủ, rõ ý kiến từng người."},
    {"Chuyên đề quý chuẩn bị sơ sài, chưa gắn với việc của chi bộ.",
     "Chuyên đề có báo cáo, có liên hệ việc của đơn vị.",
     "Phân công người viết chuyên đề trước một tháng, chi ủy duyệt trước.",
     "Viết báo cáo chuyên đề và gửi chi ủy duyệt", "Chuyên đề đã được chi ủy duyệt.",
     "Chuyên đề quý này sát việc, nhiều ý kiến liên hệ."},
    {"Chưa có nguồn kết nạp đảng viên, danh sách quần chúng ưu tú để trống.",
     "Có ít nhất một quần chúng được giới thiệu trong quý.",
     "Giao các đoàn thể giới thiệu quần chúng ưu tú, mỗi quý xét một lần.",
     "Giới thiệu quần chúng ưu tú để chi bộ xem xét", "Đã giới thiệu một quần chúng.",
     "Chi bộ đã có một quần chúng đi học lớp bồi dưỡng."},
};

constexpr FaultTopic faults[] = {
    {Gravity::minor, "Sổ đảng phí ghi thiếu chữ ký của hai tháng.", "Bổ sung chữ ký, đối chiếu với đảng ủy.",
     "Đã bổ sung và đối chiếu xong."},
    {Gravity::minor, "Sổ nghị quyết chưa đánh số liên tục.", "Đánh số lại theo quy định.",
     "Đã đánh số lại từ đầu năm."},
    {Gravity::moderate, "Hai đảng viên vắng ba buổi liền chưa được nhắc nhở.",
     "Chi ủy gặp từng đồng chí, báo cáo đảng ủy.", "Đã gặp, hai đồng chí cam kết sinh hoạt đều."},
    {Gravity::moderate, "Chưa xây dựng kế hoạch kiểm tra, giám sát năm của chi bộ.",
     "Xây dựng và trình kế hoạch.", "Kế hoạch đã được đảng ủy cho ý kiến."},
    {Gravity::moderate, "Bản đăng ký nhiệm vụ năm của đảng viên viết giống nhau.",
     "Viết lại theo nhiệm vụ từng người.", "Các bản đăng ký đã được viết lại."},
    {Gravity::serious, "Ba tháng không họp chi bộ mà không báo cáo cấp trên.",
     "Khôi phục nền nếp sinh hoạt, kiểm điểm người đứng đầu.", "Đã kiểm điểm, họp đều từ tháng sau."},
    {Gravity::serious, "Mất đoàn kết giữa bí thư và trưởng thôn kéo dài, việc thôn đình trệ.",
     "Đảng ủy làm việc với từng đồng chí, phân định trách nhiệm.", "Đã làm việc, hai đồng chí ký cam kết."},
};

constexpr const char* good_things[] = {"Nền nếp sinh hoạt giữ đều, đảng viên đi họp đông.",
                                       "Bí thư chuẩn bị kỹ, điều hành gọn, có kết luận từng việc.",
                                       "Chi bộ đoàn kết, đảng viên gương mẫu làm trước.",
                                       "Nghị quyết bám sát việc của nhân dân.",
                                       "Sổ sách ghi chép đầy đủ, lưu giữ cẩn thận."};
constexpr const char* weak_things[] = {
    "Thời lượng dành cho thảo luận còn ít.", "Tự phê bình và phê bình còn nể nang.",
    "Kết luận chưa rõ người làm và thời hạn.", "Sinh hoạt chuyên đề còn hình thức.",
    "Công tác tạo nguồn phát triển đảng viên còn chậm."};

}  // namespace

std::span<const AdviceTopic> advice_topics() { return advice; }
std::span<const FaultTopic> fault_topics() { return faults; }
std::span<const char* const> strengths() { return good_things; }
std::span<const char* const> limits() { return weak_things; }

}  // namespace gw::sample
