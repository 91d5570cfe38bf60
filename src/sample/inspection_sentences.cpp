#include "sample/inspection_sentences.h"

namespace gw::sample {

namespace {

using findings::Gravity;
using inspections::Kind;

constexpr Fault faults_of_meetings[] = {
    {Gravity::serious, "Hai tháng liền không tổ chức sinh hoạt chi bộ mà không báo cáo cấp trên.",
     "Điều lệ Đảng, Điều 24: chi bộ sinh hoạt mỗi tháng một lần",
     "Bí thư đi công tác dài ngày, không phân công phó bí thư chủ trì.",
     "Họp đủ mỗi tháng; khi bí thư vắng thì phó bí thư chủ trì; kiểm điểm chi ủy trước chi bộ.",
     "Chi ủy đã kiểm điểm; ba tháng gần đây đều họp đúng ngày đã định.",
     "Đã xem biên bản ba tháng: họp đủ, có người chủ trì thay khi bí thư vắng."},
    {Gravity::moderate, "Biên bản sinh hoạt chép lại theo mẫu, không có ý kiến của từng đảng viên.",
     "Hướng dẫn 12-HD/BTCTW ngày 6/7/2018 về nâng cao chất lượng sinh hoạt chi bộ",
     "Thư ký ghi lại sau buổi họp, không đọc thông qua.",
     "Cử thư ký ghi tại chỗ, đọc lại và thông qua ở cuối buổi.",
     "Biên bản hai kỳ gần nhất ghi tại chỗ, có chữ ký của chủ trì và thư ký.",
     "Đã dự một buổi: biên bản ghi đủ và được thông qua."}};
constexpr Fault faults_of_assignment[] = {
    {Gravity::moderate, "Bốn đảng viên chưa được phân công nhiệm vụ bằng văn bản trong năm.",
     "Điều lệ Đảng, Điều 24: chi bộ phân công, kiểm tra đảng viên thực hiện nhiệm vụ",
     "Chi ủy giao việc bằng lời, không ghi vào nghị quyết.",
     "Lập bảng phân công cho toàn bộ đảng viên, đưa vào nghị quyết kỳ tới.",
     "Bảng phân công đã thông qua và dán tại phòng họp.",
     "Đã đối chiếu bảng phân công với danh sách: không còn đảng viên nào thiếu việc."}};
constexpr Fault faults_of_self_criticism[] = {
    {Gravity::minor, "Bản kiểm điểm của ba đảng viên giống nhau, không nêu hạn chế của bản thân.",
     "Hướng dẫn kiểm điểm và xếp loại hằng năm, phần nội dung kiểm điểm cá nhân",
     "Gửi chung một mẫu có sẵn để điền tên.",
     "Viết lại bản kiểm điểm; chi bộ góp ý từng người trong kỳ họp tới.",
     "Ba đảng viên đã viết lại, chi bộ đã góp ý.", "Đã đọc ba bản viết lại: nêu được hạn chế và cách sửa."}};
constexpr Fault faults_of_development[] = {
    {Gravity::minor, "Hồ sơ của một quần chúng ưu tú thiếu ý kiến nhận xét nơi cư trú.",
     "Hướng dẫn về công tác kết nạp đảng viên, phần thẩm tra lý lịch",
     "Người được giao hồ sơ chưa nắm thủ tục.", "Bổ sung ý kiến nơi cư trú trước khi trình cấp ủy.",
     "Đã bổ sung nhận xét của chi ủy nơi cư trú.", "Hồ sơ đủ giấy tờ, đúng thứ tự."}};
constexpr Fault faults_of_absent[] = {
    {Gravity::moderate,
     "Năm đảng viên đi làm xa trên ba tháng nhưng chưa làm thủ tục chuyển sinh hoạt tạm thời.",
     "Quy định thi hành Điều lệ Đảng về chuyển sinh hoạt đảng tạm thời",
     "Chi ủy không theo dõi danh sách người đi làm xa theo tháng.",
     "Làm thủ tục cho từng người; lập sổ theo dõi người đi xa, cập nhật mỗi tháng.",
     "Bốn người đã chuyển sinh hoạt tạm thời, một người đã về địa phương.",
     "Sổ theo dõi có đủ, đã gọi hỏi hai nơi đến: đảng viên đã sinh hoạt."}};

constexpr InspectionTopic cells[] = {
    {Kind::sign_inspection, "Dấu hiệu vi phạm chế độ sinh hoạt chi bộ",
     "Việc tổ chức sinh hoạt hằng tháng; việc ghi biên bản, ra nghị quyết; trách nhiệm của bí thư và chi ủy.",
     "Xem sổ biên bản, sổ nghị quyết; làm việc với chi ủy; hỏi ý kiến năm đảng viên.",
     "Số buổi đã họp theo từng tháng; buổi nào không họp, vì sao; ai ghi biên bản; nghị quyết nào chưa làm.",
     "Chi bộ thừa nhận có hai tháng không họp vì bí thư đi công tác. Biên bản có tháng ghi lại sau buổi họp.",
     "Chi ủy trình bày báo cáo. Đoàn và chi ủy thống nhất số buổi họp thực tế; chi ủy nhận khuyết điểm.",
     "Đối chiếu sổ biên bản với giấy mời và lịch công tác của bí thư: hai tháng không có buổi họp nào.",
     "Ưu điểm: chi ủy hợp tác, cung cấp sổ sách đầy đủ. Hạn chế: bỏ sinh hoạt hai tháng, biên bản sơ sài. Đề "
     "nghị kiểm điểm chi ủy, chưa xem xét kỷ luật.",
     "Chi bộ đã để hai tháng không sinh hoạt và ghi biên bản không đúng yêu cầu. Cấp ủy yêu cầu kiểm điểm "
     "trước chi "
     "bộ, khắc phục trước thời hạn ghi ở từng khuyết điểm.",
     faults_of_meetings},
    {Kind::thematic_supervision, "Việc phân công nhiệm vụ cho đảng viên",
     "Việc phân công đầu năm, giao việc trong nghị quyết và nhận xét kết quả của từng đảng viên.",
     "Xem bảng phân công, nghị quyết các kỳ; hỏi đảng viên về việc được giao.",
     "Bao nhiêu đảng viên đã được phân công bằng văn bản; ai chưa có việc; chi bộ nhận xét kết quả thế nào.",
     "Phần lớn đảng viên có việc cụ thể. Một số đồng chí được giao việc bằng lời, chưa ghi vào sổ.",
     "Đoàn cùng chi ủy rà danh sách, xác định những đảng viên chưa có phân công bằng văn bản.", "",
     "Ưu điểm: nghị quyết tháng nào cũng có việc. Hạn chế: chưa phân công bằng văn bản cho tất cả đảng viên.",
     "Chi bộ giữ được nền nếp giao việc theo nghị quyết; cần lập bảng phân công đầy đủ và theo dõi kết quả.",
     faults_of_assignment},
    {Kind::regular_inspection, "Việc tự phê bình và phê bình, kiểm điểm cuối năm",
     "Việc chuẩn bị, tổ chức kiểm điểm, góp ý và xếp loại đảng viên năm trước.",
     "Đọc bản kiểm điểm và biên bản hội nghị kiểm điểm; trao đổi với chi ủy.",
     "Cách chuẩn bị; số bản kiểm điểm phải viết lại; những ý kiến góp ý và việc tiếp thu.",
     "Chi bộ tổ chức kiểm điểm trong hai buổi, mỗi đồng chí đều được góp ý. Một vài bản viết chưa sâu.",
     "Chi ủy thống nhất với đoàn rằng một số bản kiểm điểm còn dựa vào mẫu có sẵn.", "",
     "Ưu điểm: kiểm điểm đủ người, góp ý thẳng thắn. Hạn chế: một số bản kiểm điểm chưa nêu hạn chế của bản "
     "thân.",
     "Chi bộ thực hiện đúng quy trình kiểm điểm. Những bản viết theo mẫu phải viết lại và góp ý bổ sung.",
     faults_of_self_criticism},
    {Kind::periodic_inspection, "Công tác phát triển đảng viên",
     "Nguồn kết nạp, hồ sơ của quần chúng ưu tú, việc giúp đỡ đảng viên dự bị.",
     "Xem danh sách nguồn và hồ sơ; hỏi người được phân công giúp đỡ.",
     "Số quần chúng ưu tú; hồ sơ đang làm, vướng ở đâu; đảng viên dự bị còn bao lâu.",
     "Chi bộ có hai quần chúng ưu tú, một hồ sơ đang làm. Đảng viên dự bị được phân công người giúp đỡ.",
     "Chi ủy và đoàn xem từng hồ sơ, thống nhất giấy tờ còn thiếu.", "",
     "Ưu điểm: có nguồn, có người giúp đỡ. Hạn chế: hồ sơ còn thiếu một giấy.",
     "Chi bộ làm tốt việc tạo nguồn; bổ sung hồ sơ còn thiếu trước khi trình cấp ủy.", faults_of_development},
    {Kind::regular_supervision, "Việc quản lý đảng viên đi làm việc xa",
     "Việc theo dõi, giữ liên lạc, chuyển sinh hoạt tạm thời của đảng viên đi làm xa.",
     "Xem sổ theo dõi, giấy giới thiệu; gọi hỏi nơi đến.",
     "Danh sách đảng viên đi làm xa, từ ngày nào, ở đâu; ai đã chuyển sinh hoạt; ai chưa, vì sao.",
     "Nhiều đảng viên trẻ đi làm ở khu công nghiệp. Chi bộ giữ liên lạc qua điện thoại, chưa làm đủ thủ tục.",
     "Chi ủy cùng đoàn lập lại danh sách, ghi ngày đi và nơi đến của từng người.",
     "Gọi hỏi ba nơi đến: hai nơi chưa nhận được giấy giới thiệu của đảng viên.",
     "Ưu điểm: giữ được liên lạc. Hạn chế: chưa làm thủ tục chuyển sinh hoạt tạm thời cho người đi xa.",
     "Chi bộ nắm được nơi ở của đảng viên; phải hoàn tất thủ tục chuyển sinh hoạt và lập sổ theo dõi.",
     faults_of_absent}};

constexpr Fault faults_of_programme[] = {
    {Gravity::moderate,
     "Chương trình kiểm tra, giám sát năm 2023 có ba cuộc không thực hiện mà không điều chỉnh.",
     "Quy định 22-QĐ/TW ngày 28/7/2021 về công tác kiểm tra, giám sát",
     "Nhân sự ủy ban kiểm tra thay đổi giữa năm, không ai theo dõi chương trình.",
     "Báo cáo rõ lý do; hằng quý rà chương trình và điều chỉnh bằng văn bản.",
     "Đã báo cáo và ban hành chương trình điều chỉnh quý II.",
     "Chương trình quý II, III thực hiện đủ, có văn bản điều chỉnh."}};
constexpr Fault faults_of_urging[] = {
    {Gravity::serious,
     "Sáu chi bộ trực thuộc gửi nghị quyết, biên bản chậm trên một tháng, cấp ủy không đôn đốc.",
     "Quy chế làm việc của cấp ủy, phần theo dõi chi bộ trực thuộc",
     "Cấp ủy viên phụ trách chi bộ không dự sinh hoạt và không xem sổ.",
     "Phân công lại cấp ủy viên; mỗi tháng nhắc chi bộ chậm và báo cáo thường trực.",
     "Đã phân công lại, tháng nào cũng nhắc bằng văn bản.",
     "Còn một chi bộ chậm vài ngày, không còn chi bộ chậm quá một tháng."}};
constexpr Fault faults_of_collection[] = {
    {Gravity::minor, "Sổ thu nộp đảng phí của hai chi bộ chưa có chữ ký xác nhận của người nộp.",
     "Quy định 3252-QĐ/VPTW về chế độ đảng phí", "Chi bộ thu gộp qua lương, không lập danh sách ký nhận.",
     "Lập danh sách ký nhận từ quý III; kế toán Đảng ủy đối chiếu mỗi quý.",
     "Hai chi bộ đã có danh sách ký nhận.", "Danh sách quý III đủ chữ ký, khớp số tiền."}};

constexpr InspectionTopic committees[] = {
    {Kind::thematic_supervision, "Việc lãnh đạo, chỉ đạo công tác kiểm tra, giám sát",
     "Việc xây dựng và thực hiện chương trình kiểm tra, giám sát; việc theo dõi khắc phục sau kết luận.",
     "Xem chương trình, hồ sơ các cuộc đã làm; làm việc với thường trực và ủy ban kiểm tra.",
     "Số cuộc theo chương trình, đã làm, chưa làm và vì sao; khuyết điểm nào đã khắc phục.",
     "Cấp ủy ban hành chương trình đúng hạn. Ba cuộc quý IV chưa làm vì thiếu người.",
     "Thường trực cấp ủy thống nhất với đoàn về số cuộc chưa thực hiện.", "",
     "Ưu điểm: hồ sơ các cuộc đã làm đầy đủ. Hạn chế: không điều chỉnh chương trình khi không làm được.",
     "Cấp ủy quan tâm công tác kiểm tra, giám sát; cần theo dõi và điều chỉnh chương trình theo quý.",
     faults_of_programme},
    {Kind::regular_inspection, "Việc theo dõi sinh hoạt của các chi bộ trực thuộc",
     "Việc phân công cấp ủy viên, dự sinh hoạt, xem nghị quyết và đôn đốc chi bộ chậm.",
     "Xem sổ theo dõi, đối chiếu với biên bản của mười chi bộ; hỏi bí thư chi bộ.",
     "Ai theo dõi chi bộ nào; đã dự bao nhiêu buổi; chi bộ nào chậm và đã đôn đốc ra sao.",
     "Cấp ủy đã phân công theo dõi từng chi bộ. Một số đồng chí chưa dự sinh hoạt vì bận việc chuyên môn.",
     "Hai bên rà từng chi bộ; sáu chi bộ gửi biên bản chậm trên một tháng.",
     "Đối chiếu ngày họp với ngày gửi biên bản của mười chi bộ.",
     "Ưu điểm: có phân công. Hạn chế: chưa đôn đốc chi bộ chậm, ít dự sinh hoạt.",
     "Cấp ủy phải phân công lại và đôn đốc hằng tháng; kết quả báo cáo Ban Thường vụ Tỉnh ủy.",
     faults_of_urging},
    {Kind::periodic_inspection, "Việc thu, nộp, quản lý và sử dụng đảng phí",
     "Việc thu, nộp, trích giữ lại và chi của đảng bộ trong năm.",
     "Xem sổ và chứng từ, đối chiếu với Văn phòng Tỉnh ủy.",
     "Số phải thu, đã thu, đã nộp; số trích giữ lại và các khoản chi.",
     "Thu nộp đủ, đúng hạn; phần trích giữ lại chi cho hoạt động của cấp ủy.",
     "Số liệu khớp với sổ của Văn phòng Tỉnh ủy; hai chi bộ thiếu danh sách ký nhận.", "",
     "Ưu điểm: thu nộp đủ. Hạn chế: hai chi bộ thiếu chữ ký của người nộp.",
     "Đảng bộ thực hiện đúng chế độ đảng phí; hai chi bộ bổ sung danh sách ký nhận.", faults_of_collection}};

}  // namespace

std::span<const InspectionTopic> topics_of_cells() { return cells; }
std::span<const InspectionTopic> topics_of_committees() { return committees; }

}  // namespace gw::sample
