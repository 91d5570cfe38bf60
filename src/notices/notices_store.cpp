#include "notices/notices_store.h"

#include "platform/db/dialect.h"

namespace gw::notices {

namespace {

constexpr std::string_view told_actions =
    "('task.assigned', 'visit.recorded', 'directive.sent', 'meeting.changed', 'meeting.moved', "
    "'meeting.cancelled', 'meeting.restored', 'meeting.published')";

}  // namespace

void add_notices(Db& db, std::span<const NoticeRow> rows) { db.insert_all("notices", rows); }

std::optional<NoticeRow> find_notice(Db& db, NoticeId notice_id) {
    return db.one<NoticeRow>("SELECT * FROM notices WHERE id = :id", {{"id", notice_id}});
}

std::vector<NoticeRow> list_notices(Db& db, AccountId account_id, bool is_unread_only, NoticeId after,
                                    std::size_t count) {
    std::string sql = "SELECT * FROM notices WHERE account_id = :account_id";
    if (is_unread_only) sql += " AND read_at IS NULL";
    if (after) sql += " AND id < :after";
    sql += " ORDER BY id DESC LIMIT :count";
    return db.list<NoticeRow>(sql, {{"account_id", account_id}, {"after", after}, {"count", count}});
}

std::int64_t count_unread_of(Db& db, AccountId account_id) {
    return db.count("SELECT COUNT(*) FROM notices WHERE account_id = :account_id AND read_at IS NULL",
                    {{"account_id", account_id}});
}

void set_read(Db& db, NoticeId notice_id, const std::optional<Moment>& read_at) {
    db.run("UPDATE notices SET read_at = :read_at WHERE id = :id", {{"read_at", read_at}, {"id", notice_id}});
}

std::int64_t set_all_read(Db& db, AccountId account_id, NoticeId until, Moment read_at) {
    return db.run(
        "UPDATE notices SET read_at = :read_at WHERE account_id = :account_id AND id <= :until AND read_at "
        "IS "
        "NULL",
        {{"read_at", read_at}, {"account_id", account_id}, {"until", until}});
}

std::int64_t set_all_unread(Db& db, AccountId account_id, Moment read_at) {
    return db.run("UPDATE notices SET read_at = NULL WHERE account_id = :account_id AND read_at = :read_at",
                  {{"account_id", account_id}, {"read_at", read_at}});
}

std::vector<NoticeRow> notices_about(Db& db, ThingId thing_id) {
    return db.list<NoticeRow>("SELECT * FROM notices WHERE thing_id = :thing_id ORDER BY id",
                              {{"thing_id", thing_id}});
}

void add_mail(Db& db, NoticeId notice_id) {
    db.insert("notice_mails", MailRow{notice_id, MailState::waiting, 0, "", std::nullopt, std::nullopt});
}

std::optional<MailRow> find_mail(Db& db, NoticeId notice_id) {
    return db.one<MailRow>("SELECT * FROM notice_mails WHERE notice_id = :notice_id",
                           {{"notice_id", notice_id}});
}

std::optional<NoticeId> find_notice_to_stop(Db& db, const TokenHash& hash) {
    return db.one<NoticeId>("SELECT notice_id FROM notice_mails WHERE stop_hash = :hash",
                            {{"hash", to_text(hash)}});
}

void set_mail(Db& db, const MailRow& row) {
    db.run(
        "UPDATE notice_mails SET state = :state, attempts = :attempts, fault = :fault, ended_at = :ended_at, "
        "stop_hash = :stop_hash WHERE notice_id = :notice_id",
        {{"state", row.state},
         {"attempts", row.attempts},
         {"fault", row.fault},
         {"ended_at", row.ended_at},
         {"stop_hash", row.stop_hash},
         {"notice_id", row.notice_id}});
}

std::optional<AddressRow> find_address(Db& db, AccountId account_id) {
    return db.one<AddressRow>("SELECT * FROM notice_addresses WHERE account_id = :account_id",
                              {{"account_id", account_id}});
}

void put_address(Db& db, const AddressRow& row) {
    db.run("DELETE FROM notice_addresses WHERE account_id = :account_id", {{"account_id", row.account_id}});
    db.insert("notice_addresses", row);
}

std::vector<AccountId> accounts_with_mail(Db& db, std::span<const AccountId> account_ids, Kind kind) {
    return db.list<AccountId>(
        "SELECT a.account_id FROM notice_addresses a WHERE a.confirmed_at IS NOT NULL AND a.stopped_at IS "
        "NULL "
        "AND a.account_id IN " +
            id_list(db.dialect(), "account_ids") +
            " AND NOT EXISTS (SELECT 1 FROM notice_refusals r WHERE r.account_id = a.account_id AND r.kind = "
            ":kind) ORDER BY a.account_id",
        {{"account_ids", id_list_text(account_ids)}, {"kind", kind}});
}

std::vector<std::string> refused_kinds(Db& db, AccountId account_id) {
    return db.list<std::string>("SELECT kind FROM notice_refusals WHERE account_id = :account_id",
                                {{"account_id", account_id}});
}

void set_refused(Db& db, AccountId account_id, Kind kind, bool is_refused) {
    if (is_refused)
        db.run(
            "INSERT INTO notice_refusals (account_id, kind) VALUES (:account_id, :kind) ON CONFLICT DO "
            "NOTHING",
            {{"account_id", account_id}, {"kind", kind}});
    else
        db.run("DELETE FROM notice_refusals WHERE account_id = :account_id AND kind = :kind",
               {{"account_id", account_id}, {"kind", kind}});
}

std::optional<InvitationRow> find_invitation(Db& db, MeetingId meeting_id) {
    return db.one<InvitationRow>("SELECT * FROM notice_invitations WHERE meeting_id = :meeting_id",
                                 {{"meeting_id", meeting_id}});
}

void put_invitation(Db& db, const InvitationRow& row) {
    db.run("DELETE FROM notice_invitations WHERE meeting_id = :meeting_id", {{"meeting_id", row.meeting_id}});
    db.insert("notice_invitations", row);
}

std::optional<CalendarRow> find_calendar(Db& db, AccountId account_id) {
    return db.one<CalendarRow>("SELECT * FROM notice_calendars WHERE account_id = :account_id",
                               {{"account_id", account_id}});
}

std::optional<CalendarRow> find_calendar(Db& db, const TokenHash& hash) {
    return db.one<CalendarRow>("SELECT * FROM notice_calendars WHERE secret_hash = :hash",
                               {{"hash", to_text(hash)}});
}

void put_calendar(Db& db, const CalendarRow& row) {
    remove_calendar(db, row.account_id);
    db.insert("notice_calendars", row);
}

void remove_calendar(Db& db, AccountId account_id) {
    db.run("DELETE FROM notice_calendars WHERE account_id = :account_id", {{"account_id", account_id}});
}

std::optional<std::int64_t> find_position(Db& db) {
    return db.one<std::int64_t>("SELECT position FROM notice_trail WHERE id = 1");
}

void put_position(Db& db, std::int64_t position) {
    db.run(
        "INSERT INTO notice_trail (id, position) VALUES (1, :position) ON CONFLICT (id) DO UPDATE SET "
        "position = excluded.position",
        {{"position", position}});
}

std::int64_t last_position(Db& db) { return db.count("SELECT MAX(position) FROM audit_entries"); }

std::vector<TrailLine> trail_after(Db& db, std::int64_t position, std::int64_t limit) {
    return db.list<TrailLine>(
        "SELECT position, at, account_id, actor_name, action, COALESCE(subject_id, 0) AS subject_id FROM "
        "audit_entries WHERE position > :position AND action IN " +
            std::string(told_actions) + " ORDER BY position LIMIT :limit",
        {{"position", position}, {"limit", limit}});
}

bool has_news(Db& db, std::int64_t position) { return !trail_after(db, position, 1).empty(); }

}  // namespace gw::notices
