#include "notices/mail_sender.h"

#include <curl/curl.h>

#include <memory>
#include <stdexcept>

#include "platform/log/log.h"

namespace gw::notices {

namespace {

constexpr long connect_seconds = 15, whole_seconds = 60;

struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Lines = std::unique_ptr<curl_slist, Free>;

void add(Lines& lines, const std::string& line) {
    curl_slist* const longer = curl_slist_append(lines.get(), line.c_str());
    if (!longer) throw std::bad_alloc();
    (void)lines.release();
    lines.reset(longer);
}

void add_part(curl_mime* mime, const std::string& text, const std::string& type) {
    curl_mimepart* const part = curl_mime_addpart(mime);
    curl_mime_data(part, text.data(), text.size());
    curl_mime_type(part, type.c_str());
    curl_mime_encoder(part, "base64");
}

Outcome outcome_of(CURLcode result, long answer) {
    if (result == CURLE_OK) return Outcome::sent;
    // A sign-in that is refused is a mistake in the settings, which somebody may repair.
    if (result == CURLE_LOGIN_DENIED) return Outcome::later;
    return answer >= 500 && answer < 600 ? Outcome::never : Outcome::later;
}

}  // namespace

Outcome send_mail(const MailSetting& setting, const MailMessage& message) {
    static const CURLcode is_ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    const std::unique_ptr<CURL, Free> handle(curl_easy_init());
    if (is_ready != CURLE_OK || !handle) throw std::runtime_error("libcurl does not start on this machine");
    CURL* const curl = handle.get();

    Lines headers, recipients;
    for (const std::string& header : headers_of(message)) add(headers, header);
    add(recipients, "<" + message.to_address + ">");
    const std::unique_ptr<curl_mime, Free> mime(curl_mime_init(curl));
    const bool has_calendar = !message.calendar.empty();
    if (has_calendar) {
        // Mail programs show one of two: the text, or buttons for the calendar.
        curl_mime* const either = curl_mime_init(curl);
        add_part(either, message.text, "text/plain; charset=utf-8");
        add_part(either, message.calendar, "text/calendar; charset=utf-8; method=" + message.calendar_method);
        curl_mimepart* const part = curl_mime_addpart(mime.get());
        curl_mime_subparts(part, either);
        curl_mime_type(part, "multipart/alternative");
    } else {
        add_part(mime.get(), message.text, "text/plain; charset=utf-8");
    }

    const std::string from = "<" + message.from_address + ">";
    curl_easy_setopt(curl, CURLOPT_URL, setting.smtp_url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime.get());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, whole_seconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    if (!setting.smtp_user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, setting.smtp_user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, setting.smtp_password.c_str());
    }
    const long encryption = setting.smtp_user.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL;
    curl_easy_setopt(curl, CURLOPT_USE_SSL, encryption);

    const CURLcode result = curl_easy_perform(curl);
    long answer = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
    if (result != CURLE_OK)
        log::write(log::Level::warning, "mail",
                   {{"what", curl_easy_strerror(result)}, {"answer", std::int64_t{answer}}});
    return outcome_of(result, answer);
}

}  // namespace gw::notices
