#include "notices/notices.h"

#include <algorithm>
#include <map>

#include "notices/mails.h"
#include "notices/notices_rules.h"
#include "notices/notices_store.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::notices {

namespace {

std::string unit_name(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

// Each account once, and which of the members have none.
struct Reached {
    std::map<AccountId, std::optional<MemberId>> accounts;
    std::int64_t unreachable = 0;

    void add(const accounts::Account& account) { accounts.emplace(account.id, account.member_id); }
};

Reached reached_by(const Call& call, const Recipients& recipients) {
    Reached reached;
    std::vector<MemberId> members = recipients.members;
    for (const UnitId unit_id : recipients.offices_of) {
        for (const accounts::Account& account : accounts::accounts_holding(call, "meetings.plan", unit_id))
            reached.add(account);
        for (const members::Person& person : members::people_of(call.db, unit_id, call.today))
            if (person.office != members::Office::none) members.push_back(person.id);
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    std::vector<MemberId> with_account;
    for (const accounts::Account& account : accounts::accounts_of(call.db, members)) {
        reached.add(account);
        with_account.push_back(*account.member_id);
    }
    for (const MemberId member_id : members)
        if (std::find(with_account.begin(), with_account.end(), member_id) == with_account.end())
            ++reached.unreachable;
    for (const AccountId account_id : recipients.accounts)
        if (const auto account = accounts::find_account(call.db, account_id); account && !account->is_locked)
            reached.add(*account);
    return reached;
}

NoticeRow get_own(const Call& call, NoticeId notice_id) {
    auto row = find_notice(call.db, notice_id);
    if (!row || row->account_id != call.actor.account_id) refuse_unknown("notice_id");
    return *row;
}

}  // namespace

Told tell(const Call& call, const Recipients& recipients, const ToTell& what) {
    const Reached reached = reached_by(call, recipients);
    const Told told{static_cast<std::int64_t>(reached.accounts.size()), reached.unreachable};
    if (reached.accounts.empty()) return told;
    const std::string values = values_text(what.values);
    std::vector<NoticeRow> rows;
    std::vector<AccountId> account_ids;
    for (const auto& [account_id, member_id] : reached.accounts) {
        NoticeRow row{call.new_id<NoticeId>(),
                      account_id,
                      member_id,
                      what.kind,
                      what.unit_id,
                      what.thing_id,
                      what.link,
                      values,
                      call.actor.name_for_people(),
                      call.now,
                      std::nullopt};
        if (account_id == call.actor.account_id) row.read_at = call.now;
        rows.push_back(std::move(row));
        account_ids.push_back(account_id);
    }
    add_notices(call.db, rows);
    const std::vector<AccountId> with_mail = accounts_with_mail(call.db, account_ids, what.kind);
    for (const NoticeRow& row : rows)
        if (std::find(with_mail.begin(), with_mail.end(), row.account_id) != with_mail.end())
            enqueue_mail(call, row.id);
    call.record("notice.told", what.thing_id, what.unit_id,
                "{\"kind\":\"" + to_text(what.kind) + "\",\"reached\":" + std::to_string(told.reached) +
                    ",\"unreachable\":" + std::to_string(told.unreachable) + "}");
    call.announce("notices", what.unit_id);
    return told;
}

NoticePage list(const Call& call, const ListNotices& request, const Setting& setting) {
    const std::size_t count = page_size(request.limit);
    const auto rows = list_notices(call.db, call.actor.account_id, request.unread.value_or(false),
                                   request.after.value_or(NoticeId{}), count + 1);
    NoticePage page;
    page.unread_count = count_unread_of(call.db, call.actor.account_id);
    for (const NoticeRow& row : rows) {
        if (page.notices.size() == count) {
            page.next = page.notices.back().id;
            break;
        }
        std::vector<ToldValue> values = values_of(row.told_values);
        const std::string unit = unit_name(call, row.unit_id);
        values.push_back(told("unit", unit));
        values.push_back(told("by", row.told_by));
        Sentence sentence = sentence_of(setting.texts, setting.zone_minutes, call.language, row.kind, values);
        page.notices.push_back({row.id, row.kind, std::move(sentence.title), std::move(sentence.text), unit,
                                row.link, row.told_by, row.told_at, row.read_at});
    }
    return page;
}

UnreadCount count_unread(const Call& call) { return {count_unread_of(call.db, call.actor.account_id)}; }

Nothing mark(const Call& call, const MarkNotice& request) {
    const NoticeRow row = get_own(call, request.notice_id);
    if (row.read_at.has_value() == request.is_read) return {};
    set_read(call.db, row.id, request.is_read ? std::optional(call.now) : std::nullopt);
    call.record(request.is_read ? "notice.read" : "notice.unread", row.id, row.unit_id);
    return {};
}

Marked mark_all(const Call& call, const MarkAll& request) {
    get_own(call, request.until_notice_id);
    const Marked marked{set_all_read(call.db, call.actor.account_id, request.until_notice_id, call.now),
                        call.now};
    if (marked.count > 0) call.record("notice.read_all", request.until_notice_id, {}, to_json(marked));
    return marked;
}

Marked unmark_all(const Call& call, const UnmarkAll& request) {
    const Marked marked{set_all_unread(call.db, call.actor.account_id, request.read_at), request.read_at};
    if (marked.count > 0) call.record("notice.unread_all", call.actor.account_id, {}, to_json(marked));
    return marked;
}

}  // namespace gw::notices
