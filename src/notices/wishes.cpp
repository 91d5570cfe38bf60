#include "notices/wishes.h"

#include <algorithm>

#include "notices/mails.h"
#include "notices/notices_rules.h"
#include "notices/notices_store.h"
#include "platform/json/json.h"
#include "platform/texts/texts.h"

namespace gw::notices {

namespace {

constexpr std::int64_t most_codes_a_day = 5, most_wrong_codes = 5;
constexpr std::int64_t an_hour = 60LL * 60 * 1000, a_day = 24 * an_hour;
constexpr std::uint64_t codes = 1'000'000;

// Six digits that nobody can foresee.
std::string make_code() {
    const TokenHash random = hash_of_token(make_token());
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | random[i];
    const std::string digits = std::to_string(number % codes);
    return std::string(6 - digits.size(), '0') + digits;
}

AddressState state_of(const std::optional<AddressRow>& row) {
    if (!row || row->address.empty()) return AddressState::none;
    if (!row->confirmed_at) return AddressState::unconfirmed;
    return row->stopped_at ? AddressState::stopped : AddressState::confirmed;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '<') out += "&lt;";
        else if (letter == '>') out += "&gt;";
        else if (letter == '&') out += "&amp;";
        else if (letter == '"') out += "&quot;";
        else out += letter;
    }
    return out;
}

Feed page(const std::string& language, const std::string& title, const std::string& inside) {
    return {"text/html; charset=utf-8",
            "<!doctype html><html lang=\"" + language +
                "\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>" +
                escaped(title) + "</title><body><h1>" + escaped(title) + "</h1>" + inside + "</body></html>",
            0};
}

NoticeRow get_notice_to_stop(const Call& call, const std::string& secret) {
    const auto notice_id =
        is_token(secret) ? find_notice_to_stop(call.db, hash_of_token(secret)) : std::nullopt;
    const auto notice = notice_id ? find_notice(call.db, *notice_id) : std::nullopt;
    if (!notice) refuse_unknown("secret");
    return *notice;
}

std::string language_of(const Call& call, AccountId account_id) {
    const auto account = accounts::find_account(call.db, account_id);
    return account ? account->language : call.language;
}

}  // namespace

Wishes show_wishes(const Call& call, const Setting& setting) {
    Wishes wishes;
    wishes.is_mail_on = setting.mail.is_on();
    const auto address = find_address(call.db, call.actor.account_id);
    wishes.address_state = state_of(address);
    if (address) {
        wishes.address = address->address;
        if (!address->fault.empty()) wishes.address_fault = setting.texts.text(call.language, address->fault);
    }
    const auto refused = refused_kinds(call.db, call.actor.account_id);
    for (const Kind kind : all_kinds())
        wishes.kinds.push_back({kind, setting.texts.text(call.language, "notices.kind." + to_text(kind)),
                                std::find(refused.begin(), refused.end(), to_text(kind)) == refused.end()});
    if (const auto calendar = find_calendar(call.db, call.actor.account_id))
        wishes.calendar_made_at = calendar->made_at;
    return wishes;
}

Wishes set_address(const Call& call, const SetAddress& request, const Setting& setting) {
    if (!setting.mail.is_on()) throw Refusal(Reason::conflict, Problem{"", "notices.mail_is_off"});
    const std::string text(trimmed(request.address));
    if (!is_address(text)) throw Refusal(Reason::invalid, Problem{"address", "notices.no_address"});
    const auto before = find_address(call.db, call.actor.account_id);
    AddressRow row{.account_id = call.actor.account_id, .address = text};
    const bool is_same_day =
        before && before->code_made_at && call.now.milliseconds - before->code_made_at->milliseconds < a_day;
    row.codes_sent = (is_same_day ? before->codes_sent : 0) + 1;
    if (row.codes_sent > most_codes_a_day)
        throw Refusal(
            Reason::too_many,
            Problem{"address", "notices.too_many_codes", {{"seconds", std::to_string(a_day / 1000)}}});
    const std::string code = make_code();
    row.code_hash = to_text(hash_of_token(code));
    row.code_made_at = call.now;
    put_address(call.db, row);
    enqueue_code(call, call.actor.account_id, code);
    call.record("mail_address.given", call.actor.account_id);
    return show_wishes(call, setting);
}

Wishes confirm_address(const Call& call, const ConfirmAddress& request, const Setting& setting) {
    const char* trouble = nullptr;
    Wishes wishes;
    // A change of its own, which also stands when the code is refused: wrong ones are counted.
    call.write([&](const Call& inner) {
        auto row = find_address(inner.db, inner.actor.account_id);
        const bool is_open = row && row->code_hash && row->code_made_at &&
                             inner.now.milliseconds - row->code_made_at->milliseconds < an_hour;
        if (!is_open || row->wrong_codes >= most_wrong_codes) {
            trouble = "notices.code_is_void";
            return;
        }
        if (*row->code_hash == to_text(hash_of_token(trimmed(request.code)))) {
            row->code_hash.reset();
            row->confirmed_at = inner.now;
            row->fault.clear();
            inner.record("mail_address.confirmed", inner.actor.account_id);
        } else {
            ++row->wrong_codes;
            trouble = "notices.code_is_wrong";
        }
        put_address(inner.db, *row);
        wishes = show_wishes(inner, setting);
    });
    if (trouble) throw Refusal(Reason::invalid, Problem{"code", trouble});
    return wishes;
}

Wishes remove_address(const Call& call, const Setting& setting) {
    if (auto row = find_address(call.db, call.actor.account_id); row && !row->address.empty()) {
        // How many codes were sent stays known: nobody sends more by giving and taking addresses.
        put_address(call.db, {.account_id = row->account_id,
                              .address = "",
                              .code_made_at = row->code_made_at,
                              .codes_sent = row->codes_sent});
        call.record("mail_address.removed", call.actor.account_id);
    }
    return show_wishes(call, setting);
}

Wishes set_wish(const Call& call, const SetWish& request, const Setting& setting) {
    set_refused(call.db, call.actor.account_id, request.kind, !request.by_mail);
    call.record("mail_wish.set", call.actor.account_id, {}, to_json(request));
    return show_wishes(call, setting);
}

Wishes end_calendar(const Call& call, const Setting& setting) {
    if (find_calendar(call.db, call.actor.account_id)) {
        remove_calendar(call.db, call.actor.account_id);
        call.record("calendar.ended", call.actor.account_id);
    }
    return show_wishes(call, setting);
}

Feed show_stop(const Call& call, const StopKey& request, const Setting& setting) {
    const std::string language = language_of(call, get_notice_to_stop(call, request.secret).account_id);
    const std::string button = setting.texts.text(language, "notices.stop_button");
    return page(language, setting.texts.text(language, "notices.stop_title"),
                "<form method=\"post\"><button>" + escaped(button) + "</button></form>");
}

Feed stop_mail(const Call& call, const StopMail& request, const Setting& setting) {
    const NoticeRow notice = get_notice_to_stop(call, request.secret);
    if (auto address = find_address(call.db, notice.account_id); address && !address->stopped_at) {
        address->stopped_at = call.now;
        put_address(call.db, *address);
        call.record("mail_address.stopped", notice.account_id);
    }
    const std::string language = language_of(call, notice.account_id);
    return page(language, setting.texts.text(language, "notices.stopped_title"),
                "<p>" + escaped(setting.texts.text(language, "notices.stopped_text")) + "</p>");
}

}  // namespace gw::notices
