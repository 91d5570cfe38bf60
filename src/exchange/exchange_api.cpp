#include "exchange/columns.h"
#include "exchange/exchange_operations.h"
#include "exchange/exchange_store.h"
#include "exchange/plan.h"
#include "platform/csv.h"
#include "platform/router.h"
#include "platform/texts/texts.h"

namespace gw::exchange {

namespace {

constexpr std::int64_t most_listed = 50;
constexpr std::int64_t most_mistakes_at_once = 500;

struct UploadTable {
    Subject subject = Subject::members;
    std::string file_name;
    std::optional<std::string> sheet;  // of a workbook; its first when absent
    Upload file;
};
BOOST_DESCRIBE_STRUCT(UploadTable, (), (subject, file_name, sheet, file))

struct AskImport {
    ImportId import_id;
};
BOOST_DESCRIBE_STRUCT(AskImport, (), (import_id))

struct AskMistakes {
    ImportId import_id;
    std::optional<std::int64_t> after;  // how many to leave out
    std::optional<std::int64_t> limit;  // 100 when absent, 500 at most
};
BOOST_DESCRIBE_STRUCT(AskMistakes, (), (import_id, after, limit))

struct AskTemplate {
    Subject subject = Subject::members;
};
BOOST_DESCRIBE_STRUCT(AskTemplate, (), (subject))

struct ImportAnswer {
    ImportId id;
    Subject subject = Subject::members;
    ImportState state = ImportState::ready;
    std::string file_name;
    std::string sha256;
    std::int64_t row_count = 0;
    std::int64_t new_count = 0;
    std::int64_t changed_count = 0;
    std::int64_t unchanged_count = 0;
    std::int64_t mistake_row_count = 0;
    std::int64_t mistake_count = 0;
    std::vector<std::string> ignored_columns;
    std::vector<SampleRow> sample;
    std::optional<jobs::JobId> job_id;
    Moment created_at;
    std::optional<Moment> committed_at;
};
BOOST_DESCRIBE_STRUCT(ImportAnswer, (),
                      (id, subject, state, file_name, sha256, row_count, new_count, changed_count,
                       unchanged_count, mistake_row_count, mistake_count, ignored_columns, sample, job_id,
                       created_at, committed_at))

struct ImportList {
    std::vector<ImportAnswer> imports;
};
BOOST_DESCRIBE_STRUCT(ImportList, (), (imports))

struct MistakeLine {
    std::int64_t row = 0;  // 0: the whole file
    std::string column_letter, column, value, key, message;
};
BOOST_DESCRIBE_STRUCT(MistakeLine, (), (row, column_letter, column, value, key, message))

struct MistakeList {
    std::vector<MistakeLine> mistakes;
    std::int64_t total = 0;
    std::optional<std::int64_t> next_after;
};
BOOST_DESCRIBE_STRUCT(MistakeList, (), (mistakes, total, next_after))

struct StartedJob {
    jobs::JobId job_id;
};
BOOST_DESCRIBE_STRUCT(StartedJob, (), (job_id))

struct KeptSample {
    std::vector<SampleRow> rows;
};
BOOST_DESCRIBE_STRUCT(KeptSample, (), (rows))

ImportAnswer answer_of(const Import& import) {
    ImportAnswer answer{import.id,
                        import.subject,
                        import.state,
                        import.file_name,
                        import.sha256,
                        import.row_count,
                        import.new_count,
                        import.changed_count,
                        import.unchanged_count,
                        import.mistake_row_count,
                        import.mistake_count,
                        {},
                        {},
                        import.job_id,
                        import.created_at,
                        import.committed_at};
    const std::string& names = import.ignored_columns;
    for (std::size_t start = 0; start < names.size();) {
        const auto end = std::min(names.find('\n', start), names.size());
        answer.ignored_columns.push_back(names.substr(start, end - start));
        start = end + 1;
    }
    KeptSample sample;
    Problems ignored;
    read_json_text("{\"rows\":" + import.sample + "}", sample, {}, ignored);
    answer.sample = std::move(sample.rows);
    return answer;
}

MistakeList list_mistakes(const Call& call, const AskMistakes& request, const Texts& texts) {
    const Import import = get_import(call, request.import_id);
    const auto limit = std::clamp<std::int64_t>(request.limit.value_or(100), 1, most_mistakes_at_once);
    const auto after = std::max<std::int64_t>(request.after.value_or(0), 0);
    MistakeList answer;
    answer.total = import.mistake_count;
    for (const Mistake& mistake : mistakes_of(call.db, import.id, after, limit))
        answer.mistakes.push_back({static_cast<std::int64_t>(mistake.row), mistake.column_letter,
                                   mistake.column, mistake.value, mistake.key,
                                   sentence_of(mistake, texts, call.language)});
    const auto seen = after + static_cast<std::int64_t>(answer.mistakes.size());
    if (seen < answer.total && !answer.mistakes.empty()) answer.next_after = seen;
    return answer;
}

Download mistakes_table(const Call& call, const AskImport& request, const Texts& texts) {
    const Import import = get_import(call, request.import_id);
    const auto text = [&](const char* key) { return texts.text(call.language, key); };
    CsvText csv;
    csv.add_row({text("exchange.row"), text("exchange.column"), text("exchange.header"),
                 text("exchange.value"), text("exchange.what_to_do")});
    for (const Mistake& mistake : mistakes_of(call.db, import.id, 0, INT64_MAX))
        csv.add_row({mistake.row == 0 ? std::string() : std::to_string(mistake.row), mistake.column_letter,
                     mistake.column, mistake.value, sentence_of(mistake, texts, call.language)});
    return {text("exchange.mistakes_file") + ".csv", "text/csv; charset=utf-8", csv.take()};
}

Download template_table(const Call& call, const AskTemplate& request, const Texts& texts) {
    CsvText csv;
    std::vector<std::string> headers;
    for (const ColumnName& column : columns_of(request.subject))
        headers.push_back(texts.text(call.language, "exchange.column." + std::string(column.field)));
    csv.add_row(std::vector<std::string_view>(headers.begin(), headers.end()));
    return {to_text(request.subject) + ".csv", "text/csv; charset=utf-8", csv.take()};
}

}  // namespace

void add_routes(Router& router, const Texts& texts) {
    Route& upload = router.post("/api/imports", "Checks a table of units or members and lists every mistake",
                                [](const Call& call, const UploadTable& request) {
                                    return answer_of(preview(call, request.subject, request.file_name,
                                                             request.sheet.value_or(""), request.file.bytes));
                                });
    upload.way = Way::slow;
    upload.body_limit = largest_upload;
    router.get("/api/imports", "Lists the caller's imports, newest first",
               [](const Call& call, const Nothing&) {
                   ImportList answer;
                   for (const Import& import : imports_of(call.db, call.actor.account_id, most_listed))
                       answer.imports.push_back(answer_of(import));
                   return answer;
               });
    router.get("/api/imports/template.csv", "Gives an empty table with the columns an import understands",
               [&texts](const Call& call, const AskTemplate& request) {
                   return template_table(call, request, texts);
               });
    router.get("/api/imports/{import_id}", "Shows an import with what it would change",
               [](const Call& call, const AskImport& request) {
                   return answer_of(get_import(call, request.import_id));
               });
    router.get("/api/imports/{import_id}/mistakes", "Lists the mistakes of an import, by row and column",
               [&texts](const Call& call, const AskMistakes& request) {
                   return list_mistakes(call, request, texts);
               });
    router
        .get("/api/imports/{import_id}/mistakes.csv", "Gives the mistakes of an import as a table",
             [&texts](const Call& call, const AskImport& request) {
                 return mistakes_table(call, request, texts);
             })
        .way = Way::slow;
    router.post("/api/imports/{import_id}/commit", "Brings an import in, all of it or nothing, as a job",
                [](const Call& call, const AskImport& request) {
                    return StartedJob{begin_commit(call, request.import_id)};
                });
    router
        .remove("/api/imports/{import_id}", "Forgets an import that was not committed",
                [](const Call& call, const AskImport& request) {
                    drop(call, request.import_id);
                    return Nothing{};
                })
        .way = Way::slow;
}

void add_jobs(jobs::Jobs& jobs) {
    jobs.add("exchange.commit", [](const jobs::JobRun& run) {
        commit(run.call, run.payload<CommitImport>().import_id, run.progress);
    });
}

}  // namespace gw::exchange
