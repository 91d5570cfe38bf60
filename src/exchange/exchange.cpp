#include "exchange/exchange.h"

#include <array>
#include <fstream>

#include "exchange/exchange_operations.h"
#include "exchange/exchange_store.h"
#include "exchange/plan.h"
#include "platform/db/store.h"
#include "platform/files/files.h"
#include "platform/texts/texts.h"

namespace gw::exchange {

namespace {

constexpr std::size_t longest_file_name = 200;  // bytes

// Thrown out of the transaction of a commit, so that nothing of it stays.
class PlanChanged : public std::exception {};

// A file as understood without a store, for either subject.
struct ReadFile {
    std::optional<FileRows<MemberRow>> members;
    std::optional<FileRows<UnitRow>> units;
};

ReadFile read_file(Subject subject, std::string_view bytes, std::string_view sheet) {
    ReadFile file;
    if (subject == Subject::members) file.members = read_member_rows(bytes, sheet);
    else file.units = read_unit_rows(bytes, sheet);
    return file;
}

void fill(Import& import, const Plan& plan) {
    import.state = plan.mistakes.list().empty() ? ImportState::ready : ImportState::faulty;
    import.row_count = static_cast<std::int64_t>(plan.row_count);
    import.new_count = static_cast<std::int64_t>(plan.new_count);
    import.changed_count = static_cast<std::int64_t>(plan.changed_count);
    import.unchanged_count = static_cast<std::int64_t>(plan.unchanged_count);
    import.mistake_row_count = static_cast<std::int64_t>(plan.mistakes.row_count());
    import.mistake_count = static_cast<std::int64_t>(plan.mistakes.list().size());
    import.ignored_columns = plan.ignored_columns;
    import.sample = to_json(plan.sample);
    import.fingerprint = plan.fingerprint;
}

// Fills the counts of the import and returns the mistakes, as the store is now.
std::vector<Mistake> check(const Call& call, Import& import, std::string_view bytes) {
    try {
        const ReadFile file = read_file(import.subject, bytes, import.sheet);
        const Plan plan = file.members ? static_cast<Plan>(plan_members(call, *file.members))
                                       : static_cast<Plan>(plan_units(call, *file.units));
        fill(import, plan);
        return plan.mistakes.list();
    } catch (const UnreadableTable& trouble) {
        import.state = ImportState::faulty;
        import.mistake_count = 1;
        import.sample = "[]";
        return {{trouble.row, "", "", "", trouble.key, trouble.arguments}};
    }
}

void require_exchange(const Call& call, Subject subject) {
    for (const std::string_view permission :
         {std::string_view("exchange.import"), change_permission(subject)})
        if (call.actor.reach(permission).empty())
            throw Refusal(Reason::forbidden,
                          Problem{"", "platform.forbidden", {{"permission", std::string(permission)}}});
}

std::string detail_of(const Import& import) {
    std::string detail = "{\"subject\":\"" + to_text(import.subject) + "\",\"file_name\":";
    write_json(detail, import.file_name);
    return detail + ",\"sha256\":\"" + import.sha256 + "\",\"new\":" + std::to_string(import.new_count) +
           ",\"changed\":" + std::to_string(import.changed_count) +
           ",\"unchanged\":" + std::to_string(import.unchanged_count) + "}";
}

void bring_in_if_unchanged(const Call& inner, const Import& import, const ReadFile& file,
                           const Progress& progress) {
    const auto check_same = [&](const Plan& plan) {
        if (!plan.mistakes.list().empty() || plan.fingerprint != import.fingerprint) throw PlanChanged();
    };
    if (file.members) {
        const MemberPlan plan = plan_members(inner, *file.members);
        check_same(plan);
        bring_in(inner, plan, progress);
    } else {
        const UnitPlan plan = plan_units(inner, *file.units);
        check_same(plan);
        bring_in(inner, plan, import.file_name, progress);
    }
}

}  // namespace

namespace {

struct Preview {
    Import import;
    std::vector<Mistake> mistakes;
};

Preview make_preview(const Call& call, Subject subject, std::string_view file_name, std::string_view sheet,
                     std::string_view bytes) {
    require_exchange(call, subject);
    Problems problems;
    if (trimmed(file_name).empty()) problems.push_back({"file_name", "exchange.cell_missing"});
    if (file_name.size() > longest_file_name) problems.push_back({"file_name", "platform.too_long"});
    if (bytes.size() > largest_upload)
        problems.push_back(
            {"file", "files.too_large", {{"megabytes", std::to_string(largest_upload >> 20)}}});
    refuse_if(problems);

    Import import;
    import.id = call.new_id<ImportId>();
    import.subject = subject;
    import.file_name = trimmed(file_name);
    import.sheet = trimmed(sheet);
    import.sha256 = sha256_of(bytes);
    import.account_id = call.actor.account_id;
    import.unit_id = call.actor.home_unit_id;
    import.created_at = call.now;
    auto mistakes = check(call, import, bytes);
    call.write([&](const Call& inner) {
        add_file(inner, import.file_name, "application/octet-stream", bytes);
        put_import(inner.db, import, mistakes);
        inner.record("import.previewed", import.id, import.unit_id, detail_of(import));
    });
    return {std::move(import), std::move(mistakes)};
}

void commit_import(const Call& call, Import import, const Progress& progress) {
    const std::string bytes = call.files.read(import.sha256);
    const ReadFile file = read_file(import.subject, bytes, import.sheet);
    progress(0, import.new_count + import.changed_count);
    try {
        call.write([&](const Call& inner) {
            bring_in_if_unchanged(inner, import, file, progress);
            Import committed = import;
            committed.state = ImportState::committed;
            committed.committed_at = inner.now;
            update_import(inner.db, committed);
            inner.record("import.committed", import.id, import.unit_id, detail_of(import));
        });
        return;
    } catch (const PlanChanged&) {
        // Undone; the preview is made anew below.
    }
    call.write([&](const Call& inner) {
        const auto mistakes = check(inner, import, bytes);
        import.job_id.reset();
        put_import(inner.db, import, mistakes);
    });
    const bool is_faulty = import.state == ImportState::faulty;
    throw Refusal(Reason::conflict, Problem{"import_id", is_faulty ? "exchange.store_changed_mistakes"
                                                                   : "exchange.store_changed"});
}

}  // namespace

Import get_import(const Call& call, ImportId import_id) {
    auto import = find_import(call.db, import_id);
    if (!import || import->account_id != call.actor.account_id) refuse_unknown("import_id");
    return *import;
}

Import preview(const Call& call, Subject subject, std::string_view file_name, std::string_view sheet,
               std::string_view bytes) {
    return make_preview(call, subject, file_name, sheet, bytes).import;
}

jobs::JobId begin_commit(const Call& call, ImportId import_id) {
    Import import = get_import(call, import_id);
    require_exchange(call, import.subject);
    const auto refuse = [](const char* key) { throw Refusal(Reason::conflict, Problem{"import_id", key}); };
    if (import.state == ImportState::committed) refuse("exchange.already_committed");
    if (import.state == ImportState::faulty) refuse("exchange.has_mistakes");
    if (import.state == ImportState::committing) {
        // A job that failed for a fault of ours may be asked for again.
        const auto job_state = import.job_id ? jobs::find_state(call.db, *import.job_id) : std::nullopt;
        if (job_state && *job_state != jobs::State::failed) refuse("exchange.is_committing");
    }
    import.state = ImportState::committing;
    import.job_id = jobs::enqueue(call, "exchange.commit", CommitImport{import_id});
    update_import(call.db, import);
    return *import.job_id;
}

void commit(const Call& call, ImportId import_id, const Progress& progress) {
    Import import = get_import(call, import_id);
    require_exchange(call, import.subject);
    // A job that was killed after its work was durable finds nothing left to do.
    if (import.state == ImportState::committed) return;
    if (import.state == ImportState::faulty)
        throw Refusal(Reason::conflict, Problem{"import_id", "exchange.has_mistakes"});
    commit_import(call, std::move(import), progress);
}

void drop(const Call& call, ImportId import_id) {
    std::string sha256;
    bool is_last = false;
    call.write([&](const Call& inner) {
        const Import import = get_import(inner, import_id);
        if (import.state == ImportState::committed || import.state == ImportState::committing)
            throw Refusal(Reason::conflict, Problem{"import_id", "exchange.is_committed"});
        delete_import(inner.db, import.id);
        sha256 = import.sha256;
        is_last = count_imports_with_file(inner.db, import.account_id, sha256) == 0 &&
                  forget_file(inner.db, sha256, import.account_id) == 0;
        inner.record("import.dropped", import.id, import.unit_id);
    });
    if (is_last) call.files.remove(sha256);
}

std::string sentence_of(const Mistake& mistake, const Texts& texts, const std::string& language) {
    auto arguments = mistake.arguments;
    // A missing column is named as the reader would write it.
    for (auto& [name, value] : arguments)
        if (name == "column" && texts.has("exchange.column." + value))
            value = texts.text(language, "exchange.column." + value);
    return texts.text(language, mistake.key, arguments);
}

bool import_file(const Call& call, const Texts& texts, Subject subject, const std::string& path,
                 std::string_view sheet, std::string& report) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Refusal(Reason::invalid, Problem{"file", "exchange.cannot_open", {{"file", path}}});
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const std::string file_name = path.substr(path.find_last_of('/') + 1);
    const auto [import, mistakes] = make_preview(call, subject, file_name, sheet, bytes);
    for (const Mistake& mistake : mistakes) {
        if (mistake.row > 0) report += mistake.column_letter + std::to_string(mistake.row) + ": ";
        if (!mistake.value.empty()) report += "\"" + mistake.value + "\": ";
        report += sentence_of(mistake, texts, call.language) + "\n";
    }
    const auto counts = [&texts, &call, &about = import](const char* key) {
        return texts.text(call.language, key,
                          {{"rows", std::to_string(about.row_count)},
                           {"added", std::to_string(about.new_count)},
                           {"changed", std::to_string(about.changed_count)},
                           {"unchanged", std::to_string(about.unchanged_count)},
                           {"mistakes", std::to_string(about.mistake_count)}}) +
               "\n";
    };
    if (import.state == ImportState::faulty) {
        report += counts("exchange.report_faulty");
        return false;
    }
    commit_import(call, import, [](std::int64_t, std::int64_t) {});
    report += counts("exchange.report_committed");
    return true;
}

}  // namespace gw::exchange
