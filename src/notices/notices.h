// Notices: what people are told. The inbox in the app is the truth; e-mail and calendars follow it.
//
// Words: a *notice* is one thing told to one account, read or unread; its *kind* says what it tells, and its
// *values* fill the sentence, which is made in the reader's language when it is read; an *invitation* is what
// the members were told of a planned meeting; a *delivery* is how one member got it; a *calendar* is what the
// person's own calendar program reads at a private address; the *trail* is the audit trail, which notices
// follows so that the capabilities below need not know of them.
//
// Permissions: everybody reads and marks their own notices and nobody else's. meetings.plan over the unit to
// send an invitation and to see its deliveries.
#pragma once
#include <condition_variable>
#include <mutex>
#include <span>
#include <thread>
#include <unordered_map>

#include "accounts/accounts.h"
#include "meetings/meetings.h"
#include "platform/router.h"

namespace gw {
class Texts;
using NoticeId = Id<struct NoticeThing>;
namespace jobs {
class Jobs;
}
}  // namespace gw

namespace gw::notices {

// A kind has the texts notices.title.<kind> and notices.text.<kind>, and a wish of each account whether it
// also comes by e-mail.
BOOST_DEFINE_ENUM_CLASS(Kind, meeting_invited, meeting_changed, meeting_moved, meeting_cancelled,
                        minutes_published, meeting_urged, task_given, advice_given, directive_given,
                        directive_urged, obstacle_owed, obstacle_answered, obstacle_passed_up,
                        inspection_late, weak_unit_proposed, weak_unit_decided, weak_unit_helper,
                        weak_unit_late)

// How a value is written: as it is, as a day or as a moment in the reader's language.
BOOST_DEFINE_ENUM_CLASS(Form, text, day, moment)

struct ToldValue {
    std::string name;
    Form form = Form::text;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(ToldValue, (), (name, form, value))

ToldValue told(std::string name, std::string text);
ToldValue told(std::string name, Date day);
ToldValue told(std::string name, Moment moment);

// The meeting, task or other thing a notice speaks of.
using ThingId = Id<struct ToldThing>;

struct ToTell {
    Kind kind = Kind::meeting_invited;
    UnitId unit_id;    // whose matter it is; its name fills {unit}
    ThingId thing_id;  // 0 when there is no one thing
    std::string link;  // the page of the app: "/meetings/01ABC"
    std::vector<ToldValue> values;
};

// Everybody named here is told once, however often they are named.
struct Recipients {
    std::vector<MemberId> members = {};
    std::vector<AccountId> accounts = {};
    std::vector<UnitId> offices_of = {};  // secretary and committee of a unit, and who plans its meetings
};

struct Told {
    std::int64_t reached = 0;      // accounts
    std::int64_t unreachable = 0;  // members without an account
};
BOOST_DESCRIBE_STRUCT(Told, (), (reached, unreachable))

// Puts a notice into the inbox of every recipient, in the transaction of the call, and a job for those who
// also want it by e-mail. Whoever makes the call finds theirs read already. Members without an account cannot
// be reached in the app.
Told tell(const Call& call, const Recipients& recipients, const ToTell& what);

struct Notice {
    NoticeId id;
    Kind kind = Kind::meeting_invited;
    std::string title;
    std::string text;
    std::string unit_name;
    std::string link;
    std::string told_by;
    Moment told_at{};
    std::optional<Moment> read_at;
};
BOOST_DESCRIBE_STRUCT(Notice, (), (id, kind, title, text, unit_name, link, told_by, told_at, read_at))

struct ListNotices {
    std::optional<bool> unread;         // only those not read yet
    std::optional<NoticeId> after;      // the last one of the page before
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ListNotices, (), (unread, after, limit))

struct NoticePage {
    std::vector<Notice> notices;  // newest first
    std::optional<NoticeId> next;
    std::int64_t unread_count = 0;
};
BOOST_DESCRIBE_STRUCT(NoticePage, (), (notices, next, unread_count))

struct UnreadCount {
    std::int64_t unread_count = 0;
};
BOOST_DESCRIBE_STRUCT(UnreadCount, (), (unread_count))

struct MarkNotice {
    NoticeId notice_id;
    bool is_read = true;
};
BOOST_DESCRIBE_STRUCT(MarkNotice, (), (notice_id, is_read))

// Marks everything up to a notice as read: what came since the reader looked stays unread.
struct MarkAll {
    NoticeId until_notice_id;
};
BOOST_DESCRIBE_STRUCT(MarkAll, (), (until_notice_id))

struct Marked {
    std::int64_t count = 0;
    Moment read_at{};  // give it back to undo
};
BOOST_DESCRIBE_STRUCT(Marked, (), (count, read_at))

struct UnmarkAll {
    Moment read_at{};
};
BOOST_DESCRIBE_STRUCT(UnmarkAll, (), (read_at))

// The agenda of a meeting as its members would read it, and whether documents go with it: from the
// capabilities that know, handed over in app.cpp. Either may be empty.
using AgendaOfMeeting = std::function<std::vector<std::string>(const Call&, MeetingId)>;
// Says that the plan of a meeting went out, so that "sent less than a day before" can be marked.
using NoteSent = std::function<void(const Call&, MeetingId)>;

// Where mails go out. Without an address no mail is sent, and the app says so.
struct MailSetting {
    std::string smtp_url, smtp_user, smtp_password, mail_from;
    bool is_on() const { return !smtp_url.empty(); }
};

struct Setting {
    const Texts& texts;
    int zone_minutes = 420;
    std::string public_url = {};
    MailSetting mail = {};
    AgendaOfMeeting agenda = {};
    NoteSent note_sent = {};
};

struct Invite {
    MeetingId meeting_id;
};
BOOST_DESCRIBE_STRUCT(Invite, (), (meeting_id))

BOOST_DEFINE_ENUM_CLASS(MailState, none, waiting, sent, failed)

// How one expected member was told.
struct Delivery {
    MemberId member_id = {};
    std::string member_name = {};
    bool has_account = false;
    std::optional<Kind> kind = {};  // of the last notice about the meeting; nothing: not told yet
    std::optional<Moment> told_at = {};
    std::optional<Moment> read_at = {};
    MailState mail_state = MailState::none;
    std::optional<Moment> mail_ended_at = {};
    std::string mail_fault = {};  // a sentence in the reader's language
};
BOOST_DESCRIBE_STRUCT(Delivery, (),
                      (member_id, member_name, has_account, kind, told_at, read_at, mail_state, mail_ended_at,
                       mail_fault))

struct Invitation {
    MeetingId meeting_id;
    std::optional<Moment> first_sent_at;  // nothing: not sent yet
    std::optional<Moment> sent_at;
    std::string sent_by;
    bool is_late = false;              // the first time less than a day before the meeting
    std::vector<std::string> changed;  // since it was sent: subject, planned_for, place, agenda
    std::int64_t untold = 0;           // expected members with an account who were not told yet
    std::vector<Delivery> deliveries;  // of everybody expected, as the roll has them
    bool is_mail_on = false;
};
BOOST_DESCRIBE_STRUCT(Invitation, (),
                      (meeting_id, first_sent_at, sent_at, sent_by, is_late, changed, untold, deliveries,
                       is_mail_on))

// What an account chose: where mail goes, of what kinds, and whether a calendar program reads along.
BOOST_DEFINE_ENUM_CLASS(AddressState, none, unconfirmed, confirmed, stopped)

struct MailWish {
    Kind kind = Kind::meeting_invited;
    std::string name;  // in the reader's language
    bool by_mail = true;
};
BOOST_DESCRIBE_STRUCT(MailWish, (), (kind, name, by_mail))

struct Wishes {
    bool is_mail_on = false;
    std::string address;
    AddressState address_state = AddressState::none;
    std::string address_fault;  // why the last mail to it came to nothing; empty when all is well
    std::vector<MailWish> kinds;
    std::optional<Moment> calendar_made_at;  // nothing: no program reads along
};
BOOST_DESCRIBE_STRUCT(Wishes, (),
                      (is_mail_on, address, address_state, address_fault, kinds, calendar_made_at))

struct SetAddress {
    std::string address;
};
BOOST_DESCRIBE_STRUCT(SetAddress, (), (address))

struct ConfirmAddress {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(ConfirmAddress, (), (code))

struct SetWish {
    Kind kind = Kind::meeting_invited;
    bool by_mail = true;
};
BOOST_DESCRIBE_STRUCT(SetWish, (), (kind, by_mail))

struct CalendarAddress {
    std::string path;  // "/api/calendars/<secret>.ics"; shown this once
    Moment made_at{};
};
BOOST_DESCRIBE_STRUCT(CalendarAddress, (), (path, made_at))

// Tells the expected members of a planned meeting; sent again it tells those told before what changed, and
// invites those who were not told. Nothing changed and nobody new: nobody is told. Refused: not_found to who
// may not read the meeting; forbidden without meetings.plan; conflict when the meeting is not planned, or its
// time has passed.
Invitation invite(const Call& call, const Invite& request, const Setting& setting);
// How it was delivered. Refused as invite, but for its conflicts.
Invitation show_invitation(const Call& call, const Invite& request, const Setting& setting);

// A meeting whose invitation was sent was moved, cancelled or taken up again, or its place changed: tells
// everybody expected, and of a cancellation everybody who had heard of it. Says nothing twice. Returns how
// many were reached.
std::int64_t tell_of_plan(const Call& call, const meetings::Meeting& meeting);

NoticePage list(const Call& call, const ListNotices& request, const Setting& setting);
UnreadCount count_unread(const Call& call);
// Refused: not_found for a notice that is not the actor's.
Nothing mark(const Call& call, const MarkNotice& request);
Marked mark_all(const Call& call, const MarkAll& request);
// Takes back what mark_all marked at that moment.
Marked unmark_all(const Call& call, const UnmarkAll& request);

Wishes show_wishes(const Call& call, const Setting& setting);
// Keeps an address that waits for its confirmation and mails a code of six digits to it. Refused: conflict
// while the installation sends no mail; invalid when it is no address; too_many after five codes in a day.
Wishes set_address(const Call& call, const SetAddress& request, const Setting& setting);
// Refused: invalid when the code is wrong, older than an hour, or after five wrong ones. Runs outside the
// writer, as wrong ones are counted though the call is refused.
Wishes confirm_address(const Call& call, const ConfirmAddress& request, const Setting& setting);
Wishes remove_address(const Call& call, const Setting& setting);
Wishes set_wish(const Call& call, const SetWish& request, const Setting& setting);
// The first address of the actor's calendar, or another one that replaces it.
CalendarAddress make_calendar(const Call& call);
Wishes end_calendar(const Call& call, const Setting& setting);

// Tells what the audit trail has gained since the last time: tasks given, advice received, directives sent,
// minutes published, invited meetings moved or cancelled. In one transaction with how far it came, so that
// nothing is told twice. The first time it begins at the end of the trail. Returns whether there is more.
bool follow_trail(const Call& call);

// What one line of the trail is told as, for the sample, whose year left no such lines.
void tell_of(const Call& call, std::string_view action, std::int64_t subject_id);

// Follows the trail from a thread of its own, soon after something changed.
class Follower {
public:
    // `write` runs a call of the program in a transaction.
    using Write = std::function<void(const std::function<void(const Call&)>&)>;
    ~Follower() { stop(); }
    void start(Store& store, Write write, Announcements& announcements);
    void stop();

private:
    void follow_while_running(std::stop_token stopping);
    bool follow_or_log();

    Store* store_ = nullptr;
    Write write_;
    std::int64_t seen_ = 0;  // of the trail, by the thread
    std::mutex lock_;
    std::condition_variable_any changed_;
    bool is_changed_ = true;
    std::jthread thread_;
};

// Slows down who asks for calendars again and again: by the address asked from, wrong secrets, and by the
// secret, all.
class CalendarLimits {
public:
    // Refuses (too_many, with `seconds` to wait) the 61st asking of one name within an hour.
    void note(const std::string& name, Moment now);

private:
    std::mutex lock_;
    std::unordered_map<std::string, std::vector<Moment>> asked_;
};

// GET /api/notices, /api/notices/unread_count; POST /api/notices/{notice_id}/reading, /api/notices/reading,
// /api/notices/unreading; GET and POST /api/meetings/{meeting_id}/invitation; GET /api/wishes, PUT and DELETE
// /api/wishes/address, POST /api/wishes/address/confirmation, PUT /api/wishes/kinds, POST and DELETE
// /api/wishes/calendar; open: GET /api/calendars/{file_name} and GET and POST /api/mail_stops/{secret}. The
// setting is copied; `limits` must outlive the router.
void add_routes(Router& router, Setting setting, CalendarLimits& limits);
void add_jobs(jobs::Jobs& jobs, Setting setting);

}  // namespace gw::notices
