#include "notices/notices_rules.h"

#include <algorithm>
#include <boost/describe/enumerators.hpp>

#include "platform/json/json.h"
#include "platform/texts/days.h"
#include "platform/texts/texts.h"

namespace gw::notices {

namespace {

struct KeptValues {
    std::vector<ToldValue> values;
};
BOOST_DESCRIBE_STRUCT(KeptValues, (), (values))

constexpr std::int64_t minute = 60'000, hour = 60 * minute;
constexpr std::int64_t a_day = 24 * hour;
// A mail server that is away for a night, or that lets strangers wait, gets the mail all the same.
constexpr std::int64_t pauses[] = {minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 16 * hour};
constexpr std::size_t longest_address = 254;  // RFC 5321 4.5.3.1.3

std::string written(const ToldValue& value, std::string_view language, int zone_minutes) {
    if (Date day{}; value.form == Form::day && from_text(value.value, day)) return day_text(language, day);
    if (value.form == Form::moment)
        return moment_text(language, Moment{std::strtoll(value.value.c_str(), nullptr, 10)}, zone_minutes);
    return value.value;
}

Texts::Arguments written(std::span<const ToldValue> values, std::string_view language, int zone_minutes) {
    Texts::Arguments arguments;
    for (const ToldValue& value : values)
        arguments.emplace_back(value.name, written(value, language, zone_minutes));
    return arguments;
}

}  // namespace

ToldValue told(std::string name, std::string text) { return {std::move(name), Form::text, std::move(text)}; }
ToldValue told(std::string name, Date day) { return {std::move(name), Form::day, to_text(day)}; }
ToldValue told(std::string name, Moment moment) {
    return {std::move(name), Form::moment, std::to_string(moment.milliseconds)};
}

std::vector<Kind> all_kinds() {
    std::vector<Kind> kinds;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Kind>>(
        [&](auto kind) { kinds.push_back(kind.value); });
    return kinds;
}

std::string values_text(std::span<const ToldValue> values) {
    return to_json(KeptValues{{values.begin(), values.end()}});
}

std::vector<ToldValue> values_of(const std::string& text) {
    KeptValues kept;
    Problems ignored;
    read_json_text(text, kept, {}, ignored);
    return kept.values;
}

Sentence sentence_of(const Texts& texts, int zone_minutes, std::string_view language, Kind kind,
                     std::span<const ToldValue> values) {
    const auto arguments = written(values, language, zone_minutes);
    return {texts.text(language, "notices.title." + to_text(kind), arguments),
            texts.text(language, "notices.text." + to_text(kind), arguments)};
}

Sentence mail_sentence_of(const Texts& texts, int zone_minutes, std::string_view language, Kind kind,
                          std::span<const ToldValue> values) {
    const auto arguments = written(values, language, zone_minutes);
    return {texts.text(language, "notices.title." + to_text(kind), arguments),
            texts.text(language, "notices.mail." + to_text(kind), arguments)};
}

bool is_address(std::string_view text) {
    const auto at = text.find('@');
    if (at == 0 || at == text.npos || text.find('@', at + 1) != text.npos || text.size() > longest_address)
        return false;
    const std::string_view host = text.substr(at + 1);
    if (host.size() < 3 || host.find('.') == host.npos || host.front() == '.' || host.back() == '.' ||
        host.find("..") != host.npos)
        return false;
    return std::all_of(text.begin(), text.end(), [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte > 32 && byte < 127 && std::string_view("<>()[],;:\\\"").find(letter) == std::string::npos;
    });
}

bool is_late(Moment sent_at, Moment planned_for) {
    return planned_for.milliseconds - sent_at.milliseconds < a_day;
}

std::string agenda_text(std::span<const std::string> lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::vector<std::string> changes_since(const InvitationRow& sent, const meetings::Meeting& meeting,
                                       const std::string& agenda) {
    std::vector<std::string> changed;
    if (sent.subject != meeting.subject) changed.emplace_back("subject");
    if (sent.planned_for != meeting.planned_for) changed.emplace_back("planned_for");
    if (sent.place != meeting.place) changed.emplace_back("place");
    if (sent.agenda != agenda) changed.emplace_back("agenda");
    return changed;
}

std::optional<std::int64_t> pause_after(std::int64_t attempts) {
    if (attempts < 1 || attempts > static_cast<std::int64_t>(std::size(pauses))) return std::nullopt;
    return pauses[attempts - 1];
}

}  // namespace gw::notices
