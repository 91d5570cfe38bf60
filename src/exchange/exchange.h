// Exchange: units and members come in from CSV and Excel files, in two phases. A *preview* checks the whole
// file against the store and lists every mistake with row and column; a *commit* brings in all of it or
// nothing.
//
// Words: an *import* is one uploaded file with its preview; its *subject* is members or units; a row is
// *new*, *changed*, *unchanged* or has *mistakes*. Rows are recognised by the code of the unit or the card
// number of the member, so the same file twice changes nothing.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/call.h"
#include "platform/jobs/jobs.h"

namespace gw {
class Router;
class Texts;
}  // namespace gw

namespace gw::exchange {

using ImportId = Id<struct ImportThing>;

BOOST_DEFINE_ENUM_CLASS(Subject, members, units)
// An import is *ready* after its preview, *committing* while the job runs, then *committed*; a file that
// cannot be read or has mistakes stays *faulty*.
BOOST_DEFINE_ENUM_CLASS(ImportState, ready, faulty, committing, committed)

inline constexpr std::uint64_t largest_upload = 32ull << 20;  // bytes
inline constexpr std::size_t most_rows = 400'000;
inline constexpr std::size_t most_mistakes = 50'000;  // the check stops there and says so

struct Import {
    ImportId id;
    Subject subject = Subject::members;
    ImportState state = ImportState::ready;
    std::string file_name;
    std::string sha256;
    std::string sheet;  // of a workbook; empty: its first
    AccountId account_id;
    UnitId unit_id;  // whose import it is: the home unit of the account
    std::int64_t row_count = 0;
    std::int64_t new_count = 0;
    std::int64_t changed_count = 0;
    std::int64_t unchanged_count = 0;
    std::int64_t mistake_row_count = 0;
    std::int64_t mistake_count = 0;
    std::string ignored_columns;  // headers nobody knows, separated by line ends
    std::string sample;           // JSON: the first rows that would change something
    std::string fingerprint;      // of what the commit would do
    std::optional<jobs::JobId> job_id;
    Moment created_at;
    std::optional<Moment> committed_at;
};
BOOST_DESCRIBE_STRUCT(Import, (),
                      (id, subject, state, file_name, sha256, sheet, account_id, unit_id, row_count,
                       new_count, changed_count, unchanged_count, mistake_row_count, mistake_count,
                       ignored_columns, sample, fingerprint, job_id, created_at, committed_at))

// One mistake in a file. `key` and `arguments` make the sentence that says what is wrong and what to do.
struct Mistake {
    std::size_t row = 0;        // as a spreadsheet counts, the header included; 0: the whole file
    std::string column_letter;  // "C"; empty: the whole row
    std::string column;         // its header as in the file
    std::string value;          // what stands there, shortened
    std::string key;
    std::vector<std::pair<std::string, std::string>> arguments;
};

// Checks an uploaded file and keeps it with its preview. Refused: forbidden without exchange.import, or
// without members.change or organisation.change, whichever the subject asks for, anywhere; too_large files
// never come here. A file that cannot be read becomes a faulty import with one mistake.
Import preview(const Call& call, Subject subject, std::string_view file_name, std::string_view sheet,
               std::string_view bytes);

// Brings the file in, as one transaction. Checked again against the store as it is now: refused (conflict)
// when something would be done that the preview did not show; then the preview is made anew.
struct CommitImport {
    ImportId import_id;
};
BOOST_DESCRIBE_STRUCT(CommitImport, (), (import_id))
void commit(const Call& call, ImportId import_id,
            const std::function<void(std::int64_t done, std::int64_t total)>& progress);

std::vector<Mistake> mistakes_of(Db& db, ImportId import_id, std::int64_t after, std::int64_t limit);

// groundwork import --subject members FILE: preview and commit in one go. `call` is a slow one (changes
// through Call::write). The report is text for a terminal, in the language of the call. False when there were
// mistakes.
bool import_file(const Call& call, const Texts& texts, Subject subject, const std::string& path,
                 std::string_view sheet, std::string& report);

void add_routes(Router& router, const Texts& texts);
void add_jobs(jobs::Jobs& jobs);

}  // namespace gw::exchange
