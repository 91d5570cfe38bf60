// Decisions about notices that need no database: values kept and read again, addresses, what changed.
#pragma once
#include "notices/notices_store.h"

namespace gw::notices {

std::vector<Kind> all_kinds();
std::string values_text(std::span<const ToldValue> values);
std::vector<ToldValue> values_of(const std::string& text);

// Title and sentence of a notice in a language.
struct Sentence {
    std::string title, text;
};
Sentence sentence_of(const Texts& texts, int zone_minutes, std::string_view language, Kind kind,
                     std::span<const ToldValue> values);

// The same for a mail, which says less of what may be private.
Sentence mail_sentence_of(const Texts& texts, int zone_minutes, std::string_view language, Kind kind,
                          std::span<const ToldValue> values);

// Whether mail can be sent to it: one @, a host with a dot, nothing that could end a line.
bool is_address(std::string_view text);
// Documents should be with the members a day before (24 hours).
bool is_late(Moment sent_at, Moment planned_for);
std::string agenda_text(std::span<const std::string> lines);
// Which parts of a plan are not what was sent: subject, planned_for, place, agenda.
std::vector<std::string> changes_since(const InvitationRow& sent, const meetings::Meeting& meeting,
                                       const std::string& agenda);
// How long the n-th failed attempt of a mail is waited for; nothing when it was the last one.
std::optional<std::int64_t> pause_after(std::int64_t attempts);

}  // namespace gw::notices
