#include "notices/calendars.h"
#include "notices/mail_sender.h"
#include "notices/mails.h"
#include "notices/notices_rules.h"
#include "notices/notices_store.h"
#include "organisation/tree.h"
#include "platform/jobs/jobs.h"
#include "platform/texts/texts.h"

namespace gw::notices {

namespace {

constexpr const char* mail_job = "notice_mail";
constexpr const char* code_job = "mail_code";

struct MailOrder {
    NoticeId notice_id;
};
BOOST_DESCRIBE_STRUCT(MailOrder, (), (notice_id))

struct CodeOrder {
    AccountId account_id;
    std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeOrder, (), (account_id, code))

MailMessage message_to(const accounts::Account& account, const AddressRow& address, const Setting& setting,
                       Moment now, const std::string& id) {
    const std::string& from = setting.mail.mail_from;
    MailMessage message;
    message.from_name = setting.texts.text(account.language, "notices.mail_sender");
    message.from_address = from;
    message.to_name = account.full_name;
    message.to_address = address.address;
    message.sent_at = now;
    message.message_id = id + from.substr(from.find('@'));
    return message;
}

bool is_about_plan(Kind kind) {
    return kind == Kind::meeting_invited || kind == Kind::meeting_changed || kind == Kind::meeting_moved ||
           kind == Kind::meeting_cancelled;
}

// A mail says less than the app does: names, subject, time and place, and where to read the rest.
MailMessage mail_of(const Call& call, const NoticeRow& notice, const accounts::Account& account,
                    const AddressRow& address, const Setting& setting, const std::string& stop_secret) {
    const Texts& texts = setting.texts;
    const std::string& language = account.language;
    MailMessage message = message_to(account, address, setting, call.now, to_text(notice.id));
    std::vector<ToldValue> values = values_of(notice.told_values);
    std::string unit_name;
    if (const auto position = call.tree->find(notice.unit_id)) unit_name = call.tree->at(*position).name;
    values.push_back(told("unit", unit_name));
    values.push_back(told("by", notice.told_by));
    const Sentence sentence = mail_sentence_of(texts, setting.zone_minutes, language, notice.kind, values);
    message.subject = sentence.title;
    message.stop_url = setting.public_url + "/api/mail_stops/" + stop_secret;
    message.text = texts.text(language, "notices.mail_greeting", {{"name", account.full_name}}) + "\r\n\r\n" +
                   sentence.text + "\r\n\r\n" + setting.public_url + notice.link + "\r\n\r\n-- \r\n" +
                   texts.text(language, "notices.mail_footer", {{"url", setting.public_url + "/wishes"}}) +
                   "\r\n";
    const auto meeting = is_about_plan(notice.kind)
                             ? meetings::find_meeting(call.db, MeetingId{notice.thing_id.number})
                             : std::nullopt;
    if (!meeting) return message;
    CalendarEvent event = event_of(call, *meeting, setting, language);
    event.description.clear();
    event.stamp = call.now;
    message.calendar =
        calendar_message(event, {unit_name, message.from_address, account.full_name, message.to_address});
    message.calendar_method = method_of(*meeting);
    return message;
}

void end_with(const Call& call, MailRow mail, MailState state, std::string fault) {
    mail.state = state;
    mail.fault = std::move(fault);
    mail.ended_at = call.now;
    call.write([&](const Call& inner) { set_mail(inner.db, mail); });
}

void note_outcome(const Call& call, MailRow mail, AddressRow address, Outcome outcome) {
    ++mail.attempts;
    const auto pause = pause_after(mail.attempts);
    const bool is_tried_again = outcome == Outcome::later && pause;
    mail.fault = outcome == Outcome::sent    ? ""
                 : outcome == Outcome::never ? "notices.fault_refused"
                                             : "notices.fault_later";
    if (outcome == Outcome::sent) mail.state = MailState::sent;
    else if (!is_tried_again) mail.state = MailState::failed;
    if (!is_tried_again) mail.ended_at = call.now;
    call.write([&](const Call& inner) {
        set_mail(inner.db, mail);
        // The person may have changed the address meanwhile.
        const auto there = find_address(inner.db, address.account_id);
        if (there && there->address == address.address && there->fault != mail.fault) {
            AddressRow changed = *there;
            changed.fault = mail.fault;
            put_address(inner.db, changed);
        }
        if (is_tried_again)
            jobs::enqueue(inner, mail_job, MailOrder{mail.notice_id},
                          Moment{inner.now.milliseconds + *pause});
    });
}

void send_notice(const jobs::JobRun& run, const Setting& setting) {
    const Call& call = run.call;
    const auto order = run.payload<MailOrder>();
    const auto notice = find_notice(call.db, order.notice_id);
    auto mail = find_mail(call.db, order.notice_id);
    if (!notice || !mail || mail->state != MailState::waiting) return;
    if (!setting.mail.is_on()) return end_with(call, *mail, MailState::failed, "notices.fault_mail_off");
    const auto account = accounts::find_account(call.db, notice->account_id);
    const auto address = find_address(call.db, notice->account_id);
    if (!account || account->is_locked || !address || !address->confirmed_at || address->stopped_at)
        return end_with(call, *mail, MailState::failed, "notices.fault_no_address");
    const std::string stop_secret = make_token();
    mail->stop_hash = to_text(hash_of_token(stop_secret));
    // Kept before it is sent: the link must work as soon as the mail is there.
    call.write([&](const Call& inner) { set_mail(inner.db, *mail); });
    const MailMessage message = mail_of(call, *notice, *account, *address, setting, stop_secret);
    note_outcome(call, *mail, *address, send_mail(setting.mail, message));
}

void send_code(const jobs::JobRun& run, const Setting& setting) {
    const Call& call = run.call;
    const auto order = run.payload<CodeOrder>();
    const auto account = accounts::find_account(call.db, order.account_id);
    auto address = find_address(call.db, order.account_id);
    const bool is_wanted = account && address && address->code_hash == to_text(hash_of_token(order.code));
    if (!is_wanted || !setting.mail.is_on()) return;
    MailMessage message = message_to(*account, *address, setting, call.now, to_text(run.job_id));
    message.subject = setting.texts.text(account->language, "notices.code_title");
    message.text =
        setting.texts.text(account->language, "notices.mail_greeting", {{"name", account->full_name}}) +
        "\r\n\r\n" + setting.texts.text(account->language, "notices.code_text") + "\r\n\r\n" + order.code +
        "\r\n";
    const Outcome outcome = send_mail(setting.mail, message);
    address->fault = outcome == Outcome::sent    ? ""
                     : outcome == Outcome::never ? "notices.fault_refused"
                                                 : "notices.fault_later";
    call.write([&](const Call& inner) {
        const auto there = find_address(inner.db, order.account_id);
        if (there && there->code_hash == address->code_hash) put_address(inner.db, *address);
    });
    // Tried again by the jobs themselves: a person is waiting for it.
    if (outcome == Outcome::later) throw std::runtime_error("the mail server did not take the code");
}

}  // namespace

void enqueue_mail(const Call& call, NoticeId notice_id) {
    add_mail(call.db, notice_id);
    jobs::enqueue(call, mail_job, MailOrder{notice_id});
}

void enqueue_code(const Call& call, AccountId account_id, const std::string& code) {
    jobs::enqueue(call, code_job, CodeOrder{account_id, code});
}

void add_jobs(jobs::Jobs& jobs, Setting given) {
    const auto setting = std::make_shared<const Setting>(std::move(given));
    jobs.add(mail_job, [setting](const jobs::JobRun& run) { send_notice(run, *setting); });
    jobs.add(code_job, [setting](const jobs::JobRun& run) { send_code(run, *setting); });
}

}  // namespace gw::notices
