// The tables of notices. Private to notices.
#pragma once
#include "notices/notices.h"
#include "platform/auth/tokens.h"

namespace gw::notices {

struct NoticeRow {
    NoticeId id;
    AccountId account_id;
    std::optional<MemberId> member_id;  // who the account was when it was told
    Kind kind = Kind::meeting_invited;
    UnitId unit_id;
    ThingId thing_id;
    std::string link;
    std::string told_values;  // JSON, see values_text()
    std::string told_by;
    Moment told_at{};
    std::optional<Moment> read_at;
};
BOOST_DESCRIBE_STRUCT(NoticeRow, (),
                      (id, account_id, member_id, kind, unit_id, thing_id, link, told_values, told_by,
                       told_at, read_at))

struct MailRow {
    NoticeId notice_id;
    MailState state = MailState::waiting;
    std::int64_t attempts = 0;
    std::string fault;  // of the last attempt: the key of a text
    std::optional<Moment> ended_at;
    std::optional<std::string> stop_hash;
};
BOOST_DESCRIBE_STRUCT(MailRow, (), (notice_id, state, attempts, fault, ended_at, stop_hash))

struct AddressRow {
    AccountId account_id = {};
    std::string address = {};
    std::optional<std::string> code_hash = {};
    std::optional<Moment> code_made_at = {};
    std::int64_t codes_sent = 0;   // on the day of the last one
    std::int64_t wrong_codes = 0;  // since the last one was sent
    std::optional<Moment> confirmed_at = {};
    std::optional<Moment> stopped_at = {};
    std::string fault = {};  // the key of a text
};
BOOST_DESCRIBE_STRUCT(AddressRow, (),
                      (account_id, address, code_hash, code_made_at, codes_sent, wrong_codes, confirmed_at,
                       stopped_at, fault))

struct InvitationRow {
    MeetingId meeting_id;
    UnitId unit_id;
    Moment first_sent_at{};
    Moment sent_at{};
    std::string sent_by;
    std::string subject;
    Moment planned_for{};
    std::string place;
    std::string agenda;         // one line for each item
    bool is_cancelled = false;  // the members were told that it is
};
BOOST_DESCRIBE_STRUCT(InvitationRow, (),
                      (meeting_id, unit_id, first_sent_at, sent_at, sent_by, subject, planned_for, place,
                       agenda, is_cancelled))

struct CalendarRow {
    AccountId account_id;
    std::string secret_hash;
    Moment made_at{};
};
BOOST_DESCRIBE_STRUCT(CalendarRow, (), (account_id, secret_hash, made_at))

void add_notices(Db& db, std::span<const NoticeRow> rows);
std::optional<NoticeRow> find_notice(Db& db, NoticeId notice_id);
std::vector<NoticeRow> list_notices(Db& db, AccountId account_id, bool is_unread_only, NoticeId after,
                                    std::size_t count);
std::int64_t count_unread_of(Db& db, AccountId account_id);
void set_read(Db& db, NoticeId notice_id, const std::optional<Moment>& read_at);
std::int64_t set_all_read(Db& db, AccountId account_id, NoticeId until, Moment read_at);
std::int64_t set_all_unread(Db& db, AccountId account_id, Moment read_at);
// The notices about a thing, oldest first.
std::vector<NoticeRow> notices_about(Db& db, ThingId thing_id);

void add_mail(Db& db, NoticeId notice_id);
std::optional<MailRow> find_mail(Db& db, NoticeId notice_id);
// The notice whose mail carries this secret.
std::optional<NoticeId> find_notice_to_stop(Db& db, const TokenHash& hash);
void set_mail(Db& db, const MailRow& row);

std::optional<AddressRow> find_address(Db& db, AccountId account_id);
void put_address(Db& db, const AddressRow& row);
// Of these accounts, those who get a kind by mail.
std::vector<AccountId> accounts_with_mail(Db& db, std::span<const AccountId> account_ids, Kind kind);
std::vector<std::string> refused_kinds(Db& db, AccountId account_id);
void set_refused(Db& db, AccountId account_id, Kind kind, bool is_refused);

std::optional<InvitationRow> find_invitation(Db& db, MeetingId meeting_id);
void put_invitation(Db& db, const InvitationRow& row);

std::optional<CalendarRow> find_calendar(Db& db, AccountId account_id);
std::optional<CalendarRow> find_calendar(Db& db, const TokenHash& hash);
void put_calendar(Db& db, const CalendarRow& row);
void remove_calendar(Db& db, AccountId account_id);

// What the trail says, as far as notices look at it.
struct TrailLine {
    std::int64_t position = 0;
    Moment at{};
    AccountId account_id;
    std::string actor_name;
    std::string action;
    std::int64_t subject_id = 0;
};
BOOST_DESCRIBE_STRUCT(TrailLine, (), (position, at, account_id, actor_name, action, subject_id))
std::optional<std::int64_t> find_position(Db& db);
void put_position(Db& db, std::int64_t position);
std::int64_t last_position(Db& db);
// Lines of which notices tell something, from after a position on.
std::vector<TrailLine> trail_after(Db& db, std::int64_t position, std::int64_t limit);
bool has_news(Db& db, std::int64_t position);

}  // namespace gw::notices
