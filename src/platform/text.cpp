#include "platform/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace gw {
namespace {

constexpr std::size_t base32_length = 13;
constexpr std::string_view base32_digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// -1 for a character that is no digit.
constexpr std::array<signed char, 256> make_base32_values() {
    std::array<signed char, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < base32_digits.size(); ++i) {
        const auto upper = static_cast<unsigned char>(base32_digits[i]);
        values[upper] = static_cast<signed char>(i);
        if (upper >= 'A') values[upper + ('a' - 'A')] = static_cast<signed char>(i);
    }
    // What people read from paper and mistake for a digit.
    values['O'] = values['o'] = 0;
    values['I'] = values['i'] = values['L'] = values['l'] = 1;
    return values;
}
constexpr auto base32_values = make_base32_values();

constexpr std::int64_t milliseconds_per_minute = 60'000;
constexpr std::int64_t milliseconds_per_day = 24 * 60 * milliseconds_per_minute;

std::int64_t floor_division(std::int64_t value, std::int64_t divisor) {
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// One character of UTF-8 at the start of `text`: its value and its length in bytes; length 0 when it is
// broken.
struct Character {
    char32_t value = 0;
    std::size_t length = 0;
};

Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    // C0 and C1 would spell ASCII in two bytes; nothing starts above F4.
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    char32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0u) != 0x80) return {};
        value = (value << 6) | (byte(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (overlong || surrogate || value > 0x10FFFF) return {};
    return {value, length};
}

bool is_space(char32_t character) {
    return u_isUWhiteSpace(static_cast<UChar32>(character)) != 0 ||
           character == 0xFEFF;  // a stray byte order mark
}

void check_icu(UErrorCode error, const char* what) {
    if (U_FAILURE(error)) throw std::runtime_error(std::string(what) + ": " + u_errorName(error));
}

std::string folded_ascii(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        if (is_ascii_space(c)) {
            if (!result.empty() && result.back() != ' ') result += ' ';
        } else {
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        }
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

// The accents that Latin letters carry are shared by all scripts ("inherited"); the vowel signs of
// Devanagari are marks too but belong to their script, and without them a Hindi word is another word.
bool is_accent(UChar32 character) {
    if (u_charType(character) != U_NON_SPACING_MARK) return false;
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript(character, &error) == USCRIPT_INHERITED;
}

}  // namespace

std::string base32_text(std::int64_t number) {
    std::string text(base32_length, '0');
    auto rest = static_cast<std::uint64_t>(number);
    for (std::size_t i = base32_length; i-- > 0; rest >>= 5) text[i] = base32_digits[rest & 31u];
    return text;
}

bool base32_number(std::string_view text, std::int64_t& number) {
    if (text.size() != base32_length) return false;
    std::uint64_t value = 0;
    for (const char c : text) {
        const int digit = base32_values[static_cast<unsigned char>(c)];
        if (digit < 0) return false;
        // 13 digits hold 65 bits, an identifier 63.
        if (value >> 58 != 0) return false;
        value = (value << 5) | static_cast<std::uint64_t>(digit);
    }
    number = static_cast<std::int64_t>(value);
    return true;
}

std::string to_text(Date date) {
    std::string text = "0000-00-00";
    const auto put = [&](std::size_t last, unsigned value, std::size_t digits) {
        for (std::size_t i = 0; i < digits; ++i, value /= 10)
            text[last - i] = static_cast<char>('0' + value % 10);
    };
    put(3, static_cast<unsigned>(std::max(0, static_cast<int>(date.year()))), 4);
    put(6, static_cast<unsigned>(date.month()), 2);
    put(9, static_cast<unsigned>(date.day()), 2);
    return text;
}

bool from_text(std::string_view text, Date& date) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto digits = [&](std::size_t first, std::size_t count, int& value) {
        value = 0;
        for (const char c : text.substr(first, count)) {
            if (c < '0' || c > '9') return false;
            value = value * 10 + (c - '0');
        }
        return true;
    };
    int year = 0, month = 0, day = 0;
    if (!digits(0, 4, year) || !digits(5, 2, month) || !digits(8, 2, day) || year == 0) return false;
    const Date read{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                    std::chrono::day(static_cast<unsigned>(day))};
    if (!read.ok()) return false;
    date = read;
    return true;
}

std::int64_t day_number(Date date) { return std::chrono::sys_days(date).time_since_epoch().count(); }

Date date_of(std::int64_t day_number) {
    return Date(std::chrono::sys_days(std::chrono::days(static_cast<std::chrono::days::rep>(day_number))));
}

Date day_of(Moment moment, int zone_minutes) {
    return date_of(
        floor_division(moment.milliseconds + zone_minutes * milliseconds_per_minute, milliseconds_per_day));
}

Moment moment_of(Date date, int minute_of_day, int zone_minutes) {
    return {day_number(date) * milliseconds_per_day +
            (minute_of_day - zone_minutes) * milliseconds_per_minute};
}

std::string folded(std::string_view text) {
    if (is_ascii(text)) return folded_ascii(text);
    UErrorCode error = U_ZERO_ERROR;
    const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(error);
    const auto* decompose = icu::Normalizer2::getNFDInstance(error);
    check_icu(error, "the Unicode tables are missing");
    const auto wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    const auto letters = decompose->normalize(casefold->normalize(wide, error), error);
    check_icu(error, "a text could not be folded");

    icu::UnicodeString result;
    for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
        const UChar32 letter = letters.char32At(i);
        if (is_space(static_cast<char32_t>(letter))) {
            if (!result.isEmpty() && result.charAt(result.length() - 1) != u' ') result.append(u' ');
        } else if (letter == 0x111) {
            result.append(u'd');  // d with stroke: Unicode does not take it apart
        } else if (!is_accent(letter)) {
            result.append(letter);
        }
    }
    if (result.endsWith(u' ')) result.truncate(result.length() - 1);
    std::string bytes;
    return result.toUTF8String(bytes);
}

std::vector<std::string> folded_words(std::string_view text) {
    struct Close {
        void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
        void operator()(UText* text) const { utext_close(text); }
    };
    std::vector<std::string> words;
    const std::string letters = folded(text);
    UErrorCode error = U_ZERO_ERROR;
    // Costly to make and not for sharing between threads.
    thread_local const std::unique_ptr<UBreakIterator, Close> breaks(
        ubrk_open(UBRK_WORD, "", nullptr, 0, &error));
    check_icu(error, "the Unicode tables are missing");
    const std::unique_ptr<UText, Close> source(
        utext_openUTF8(nullptr, letters.data(), static_cast<std::int64_t>(letters.size()), &error));
    ubrk_setUText(breaks.get(), source.get(), &error);
    check_icu(error, "a text could not be taken apart");
    std::int32_t start = 0;
    for (std::int32_t end = ubrk_next(breaks.get()); end != UBRK_DONE; end = ubrk_next(breaks.get())) {
        if (ubrk_getRuleStatus(breaks.get()) != UBRK_WORD_NONE)
            words.emplace_back(letters, static_cast<std::size_t>(start),
                               static_cast<std::size_t>(end - start));
        start = end;
    }
    return words;
}

std::size_t character_count(std::string_view text) {
    if (is_ascii(text) && text.find('\r') == text.npos) return text.size();
    struct Close {
        void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
        void operator()(UText* text) const { utext_close(text); }
    };
    UErrorCode error = U_ZERO_ERROR;
    // Costly to make and not for sharing between threads.
    thread_local const std::unique_ptr<UBreakIterator, Close> breaks(
        ubrk_open(UBRK_CHARACTER, "", nullptr, 0, &error));
    check_icu(error, "the Unicode tables are missing");
    const std::unique_ptr<UText, Close> source(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error));
    ubrk_setUText(breaks.get(), source.get(), &error);
    check_icu(error, "a text could not be counted");
    std::size_t count = 0;
    while (ubrk_next(breaks.get()) != UBRK_DONE) ++count;
    return count;
}

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        // Most texts are ASCII over long stretches: eight bytes of it are looked at together.
        std::uint64_t bytes = 0;
        if (text.size() >= sizeof bytes) {
            std::memcpy(&bytes, text.data(), sizeof bytes);
            if ((bytes & 0x8080808080808080u) == 0) {
                text.remove_prefix(sizeof bytes);
                continue;
            }
        }
        const auto character = first_character(text);
        if (character.length == 0) return false;
        text.remove_prefix(character.length);
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty()) {
        const auto character = first_character(text);
        if (character.length == 0 || !is_space(character.value)) break;
        text.remove_prefix(character.length);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0u) == 0x80) --start;
        const auto character = first_character(text.substr(start));
        if (character.length != text.size() - start || !is_space(character.value)) break;
        text.remove_suffix(character.length);
    }
    return text;
}

}  // namespace gw
