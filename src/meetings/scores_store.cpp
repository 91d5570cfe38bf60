#include "meetings/scores_store.h"

#include "platform/db/bulk_rows.h"

namespace gw::meetings {

std::vector<KeptFigure> figures_of(Db& db, MeetingId meeting_id, VisitorSheetId sheet_id) {
    return db.list<KeptFigure>(
        "SELECT * FROM meeting_figures WHERE meeting_id = :meeting_id AND sheet_id = :sheet_id ORDER BY "
        "criterion",
        {{"meeting_id", meeting_id}, {"sheet_id", sheet_id}});
}

void keep_figures(Db& db, MeetingId meeting_id, VisitorSheetId sheet_id,
                  std::span<const KeptFigure> figures) {
    db.run("DELETE FROM meeting_figures WHERE meeting_id = :meeting_id AND sheet_id = :sheet_id",
           {{"meeting_id", meeting_id}, {"sheet_id", sheet_id}});
    db.insert_all("meeting_figures", figures);
}

std::optional<VisitorSheet> find_visitor_sheet(Db& db, VisitorSheetId sheet_id) {
    return db.one<VisitorSheet>("SELECT * FROM meeting_visitor_sheets WHERE id = :id", {{"id", sheet_id}});
}

std::optional<VisitorSheet> find_visitor_sheet(Db& db, MeetingId meeting_id, AccountId scored_by) {
    return db.one<VisitorSheet>(
        "SELECT * FROM meeting_visitor_sheets WHERE meeting_id = :meeting_id AND scored_by = :scored_by",
        {{"meeting_id", meeting_id}, {"scored_by", scored_by}});
}

std::optional<VisitorSheet> find_last_sheet(Db& db, MeetingId meeting_id) {
    return db.one<VisitorSheet>(
        "SELECT * FROM meeting_visitor_sheets WHERE meeting_id = :meeting_id ORDER BY scored_at DESC, id "
        "DESC "
        "LIMIT 1",
        {{"meeting_id", meeting_id}});
}

std::vector<RulebookChoice> choices_until(Db& db, Date day) {
    return db.list<RulebookChoice>(
        "SELECT * FROM meeting_rulebook_choices WHERE from_on <= :day ORDER BY from_on, id", {{"day", day}});
}

std::vector<RulebookChoice> choices_of(Db& db, UnitId unit_id) {
    return db.list<RulebookChoice>(
        "SELECT * FROM meeting_rulebook_choices WHERE unit_id = :unit_id ORDER BY from_on DESC, id DESC",
        {{"unit_id", unit_id}});
}

void add_visitor_sheets(const Call& call, std::span<const VisitorSheet> sheets,
                        std::span<const KeptFigure> figures) {
    add_rows(call.db, "meeting_visitor_sheets", sheets);
    add_rows(call.db, "meeting_figures", figures);
}

void add_rulebook_choices(const Call& call, std::span<const RulebookChoice> choices) {
    add_rows(call.db, "meeting_rulebook_choices", choices);
}

}  // namespace gw::meetings
