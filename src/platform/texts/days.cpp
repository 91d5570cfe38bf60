#include "platform/texts/days.h"

#include <unicode/dtptngen.h>
#include <unicode/smpdtfmt.h>

#include <memory>
#include <stdexcept>

namespace gw {

namespace {

// `milliseconds` are read as UTC: who wants the organisation's clock adds its minutes first.
std::string formatted(std::string_view language, const char* skeleton, std::int64_t milliseconds) {
    // Latin digits in Hindi too, as the texts have them.
    const icu::Locale locale(language == "hi" ? "hi_IN@numbers=latn" : language == "en" ? "en_GB" : "vi_VN");
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
        icu::DateTimePatternGenerator::createInstance(locale, status));
    if (U_FAILURE(status))
        throw std::runtime_error("ICU has no patterns of days for " + std::string(language));
    const icu::UnicodeString pattern = patterns->getBestPattern(icu::UnicodeString(skeleton), status);
    icu::SimpleDateFormat format(pattern, locale, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU cannot write days in " + std::string(language));
    format.adoptTimeZone(icu::TimeZone::createTimeZone("UTC"));
    icu::UnicodeString written;
    format.format(static_cast<UDate>(milliseconds), written);
    std::string text;
    return written.toUTF8String(text);
}

constexpr std::int64_t day_milliseconds = 24LL * 60 * 60 * 1000;

}  // namespace

std::string day_text(std::string_view language, Date day) {
    return formatted(language, "dMMMMy", day_number(day) * day_milliseconds);
}

std::string moment_text(std::string_view language, Moment moment, int zone_minutes) {
    return formatted(language, "EEEEdMMMMyHHmm", moment.milliseconds + zone_minutes * 60'000LL);
}

}  // namespace gw
