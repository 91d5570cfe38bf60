#include "exchange/columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace gw::exchange {

namespace {

constexpr std::size_t shown_bytes = 120;  // of a value or header in a mistake

const std::vector<ColumnName>& member_columns() {
    static const std::vector<ColumnName> columns{
        {"code",
         true,
         {"mã", "कोड", "card number", "card no", "member code", "member number", "số thẻ", "số thẻ đảng",
          "số thẻ đảng viên", "mã đảng viên", "mã số", "कार्ड संख्या", "सदस्य कोड", "सदस्यता संख्या"}},
        {"full_name", true, {"name", "họ và tên", "họ tên", "họ và tên khai sinh", "नाम", "पूरा नाम"}},
        {"unit_code",
         true,
         {"cell code", "code of the unit", "mã đơn vị", "mã chi bộ", "इकाई कोड", "प्रकोष्ठ कोड"}},
        {"sex", false, {"gender", "giới tính", "लिंग"}},
        {"born_on",
         false,
         {"date of birth", "birth date", "birthday", "ngày sinh", "ngày tháng năm sinh", "जन्म तिथि",
          "जन्मतिथि", "जन्म दिन"}},
        {"stage",
         false,
         {"membership", "membership stage", "giai đoạn", "diện đảng viên", "loại đảng viên", "चरण",
          "सदस्यता"}},
        {"office", false, {"position", "chức vụ", "chức vụ đảng", "पद"}},
        {"phone",
         false,
         {"telephone", "phone number", "mobile", "điện thoại", "số điện thoại", "फ़ोन", "फोन", "दूरभाष",
          "मोबाइल"}},
        {"joined_on",
         false,
         {"in the unit since", "joined the unit on", "vào đơn vị từ", "ngày vào đơn vị", "ngày chuyển đến",
          "इकाई में कब से", "इकाई में आने की तिथि"}},
        {"admitted_on",
         false,
         {"date of admission", "admission date", "ngày kết nạp", "ngày vào đảng", "प्रवेश तिथि",
          "प्रवेश की तिथि"}},
        {"full_on",
         false,
         {"full member since", "date of full membership", "ngày chính thức", "ngày công nhận chính thức",
          "पूर्ण सदस्यता तिथि", "पूर्ण सदस्यता की तिथि"}},
        {"is_excused", false, {"excused", "miễn sinh hoạt", "miễn công tác, sinh hoạt", "कार्य छूट", "छूट"}},
    };
    return columns;
}

const std::vector<ColumnName>& unit_columns() {
    static const std::vector<ColumnName> columns{
        {"code", true, {"unit code", "code of the unit", "mã", "mã đơn vị", "इकाई कोड", "कोड"}},
        {"name",
         true,
         {"unit", "unit name", "name of the unit", "tên", "tên đơn vị", "नाम", "इकाई", "इकाई का नाम"}},
        {"kind",
         true,
         {"kind of unit", "unit kind", "type", "loại", "loại đơn vị", "loại hình", "प्रकार", "इकाई का प्रकार"}},
        {"parent_code",
         true,
         {"code of the parent", "parent", "code of the unit above", "mã cấp trên", "mã đơn vị cấp trên",
          "मूल इकाई कोड", "ऊपर की इकाई का कोड"}},
        {"from_on",
         false,
         {"since", "established on", "from", "từ ngày", "ngày thành lập", "स्थापना तिथि", "कब से"}},
    };
    return columns;
}

template <class E>
struct Word {
    E meaning;
    std::vector<std::string_view> words;
};

template <class E>
std::optional<E> meaning_of(std::string_view given, const std::vector<Word<E>>& words) {
    const std::string wanted = comparable(given);
    for (const auto& [meaning, spellings] : words)
        for (const std::string_view spelling : spellings)
            if (comparable(spelling) == wanted) return meaning;
    return std::nullopt;
}

// The few words of a column come again in every row, so each spelling is understood once.
template <class E>
std::optional<E> remembered(std::string_view given, const std::vector<Word<E>>& words) {
    constexpr std::size_t most_kept = 200;
    thread_local std::map<std::string, std::optional<E>, std::less<>> known;
    if (const auto found = known.find(given); found != known.end()) return found->second;
    if (known.size() >= most_kept) known.clear();
    return known.emplace(given, meaning_of(given, words)).first->second;
}

std::string shortened(std::string_view text) {
    if (text.size() <= shown_bytes) return std::string(text);
    std::size_t end = shown_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80) --end;
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace

std::string comparable(std::string_view header) {
    std::string result;
    int depth = 0;
    for (const char c : folded(header)) {
        if (c == '(' || c == '[') ++depth;
        else if ((c == ')' || c == ']') && depth > 0) --depth;
        else if (depth > 0) continue;
        else if (std::string_view("_-.,:;/*\"'?!").find(c) != std::string_view::npos || c == ' ') {
            if (!result.empty() && result.back() != ' ') result += ' ';
        } else result += c;
    }
    if (result.ends_with(' ')) result.pop_back();
    return result;
}

std::span<const ColumnName> columns_of(Subject subject) {
    return subject == Subject::members ? member_columns() : unit_columns();
}

Columns::Columns(Subject subject, std::size_t row, const std::vector<Cell>& header_cells,
                 std::vector<Mistake>& mistakes) {
    std::map<std::string, std::string_view> field_of_header;
    for (const ColumnName& column : columns_of(subject)) {
        field_of_header.emplace(comparable(column.field), column.field);
        for (const std::string_view header : column.headers)
            field_of_header.emplace(comparable(header), column.field);
    }
    for (const Cell& cell : header_cells) headers_.push_back(shortened(cell.text));
    for (std::size_t i = 0; i < header_cells.size(); ++i) {
        if (header_cells[i].kind == CellKind::empty) continue;
        const auto found = field_of_header.find(comparable(header_cells[i].text));
        if (found == field_of_header.end()) {
            ignored_ += (ignored_.empty() ? "" : "\n") + headers_[i];
            continue;
        }
        if (const auto first = find(found->second))
            mistakes.push_back({row,
                                column_letters(i),
                                headers_[i],
                                headers_[i],
                                "exchange.column_twice",
                                {{"first", column_letters(*first)}}});
        else places_.emplace_back(found->second, i);
    }
    for (const ColumnName& column : columns_of(subject))
        if (column.is_required && !has(column.field))
            mistakes.push_back(
                {row, "", "", "", "exchange.column_missing", {{"column", std::string(column.field)}}});
}

std::optional<std::size_t> Columns::find(std::string_view field) const {
    for (const auto& [known, column] : places_)
        if (known == field) return column;
    return std::nullopt;
}

const Cell& Columns::cell(std::string_view field, const std::vector<Cell>& cells) const {
    static const Cell nothing;
    const auto column = find(field);
    return column && *column < cells.size() ? cells[*column] : nothing;
}

Mistake Columns::mistake(std::size_t row, std::string_view field, std::string_view value, std::string key,
                         std::vector<std::pair<std::string, std::string>> arguments) const {
    const auto column = find(field);
    if (!column) return {row, "", std::string(field), shortened(value), std::move(key), std::move(arguments)};
    return {row,
            column_letters(*column),
            headers_[*column],
            shortened(value),
            std::move(key),
            std::move(arguments)};
}

std::optional<members::Stage> stage_of(std::string_view word) {
    using members::Stage;
    static const std::vector<Word<Stage>> words{
        {Stage::candidate,
         {"candidate", "outstanding person", "quần chúng", "quần chúng ưu tú", "cảm tình đảng",
          "đối tượng đảng", "उम्मीदवार", "उत्कृष्ट जन"}},
        {Stage::probationary,
         {"probationary", "probationary member", "dự bị", "đảng viên dự bị", "परिवीक्षाधीन",
          "परिवीक्षाधीन सदस्य"}},
        {Stage::full,
         {"full", "full member", "official", "chính thức", "đảng viên chính thức", "पूर्ण", "पूर्ण सदस्य"}}};
    return remembered(word, words);
}

std::optional<members::Office> office_of(std::string_view word) {
    using members::Office;
    static const std::vector<Word<Office>> words{
        {Office::none,
         {"none", "no office", "member", "không", "không giữ chức vụ", "đảng viên", "कोई नहीं", "कोई पद नहीं",
          "सदस्य"}},
        {Office::secretary, {"secretary", "bí thư", "bí thư chi bộ", "सचिव"}},
        {Office::deputy_secretary,
         {"deputy_secretary", "deputy secretary", "deputy", "phó bí thư", "phó bí thư chi bộ", "उपसचिव",
          "उप सचिव"}},
        {Office::committee_member,
         {"committee_member", "committee member", "chi uỷ viên", "chi ủy viên", "chi uỷ", "uỷ viên",
          "समिति सदस्य"}}};
    return remembered(word, words);
}

std::optional<members::Sex> sex_of(std::string_view word) {
    using members::Sex;
    static const std::vector<Word<Sex>> words{
        {Sex::not_given, {"not_given", "not given", "không rõ", "नहीं दिया गया"}},
        {Sex::female, {"female", "f", "woman", "nữ", "महिला", "स्त्री"}},
        {Sex::male, {"male", "m", "man", "nam", "पुरुष"}}};
    return remembered(word, words);
}

std::optional<bool> yes_or_no(std::string_view word) {
    static const std::vector<Word<bool>> words{{true, {"1", "yes", "y", "true", "x", "có", "हाँ", "हां"}},
                                               {false, {"0", "no", "n", "false", "không", "नहीं"}}};
    return remembered(word, words);
}

std::optional<Date> day_in(std::string_view text) {
    for (const std::string_view midnight : {" 00:00:00", "T00:00:00", " 00:00", " 0:00"})
        if (text.ends_with(midnight)) text.remove_suffix(midnight.size());
    Date day{};
    if (from_text(text, day)) return day;
    std::array<int, 3> parts{};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const char* const start = at;
        const auto [next, fault] = std::from_chars(at, end, parts[i]);
        const auto digits = next - start;
        if (fault != std::errc{} || *start == '-' || (i == 2 ? digits != 4 : digits > 2)) return std::nullopt;
        at = next;
        if (i == 2) break;
        // The same mark both times, so that 1/2-2024 is not understood by chance.
        const char mark = at == end ? '\0' : *at;
        if ((mark != '/' && mark != '-' && mark != '.') ||
            (i == 1 && mark != text[text.find_first_not_of("0123456789")]))
            return std::nullopt;
        ++at;
    }
    if (at != end || parts[2] == 0) return std::nullopt;
    day = Date{std::chrono::year(parts[2]), std::chrono::month(static_cast<unsigned>(parts[1])),
               std::chrono::day(static_cast<unsigned>(parts[0]))};
    if (!day.ok()) return std::nullopt;
    return day;
}

}  // namespace gw::exchange
