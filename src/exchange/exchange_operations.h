// What can be done with imports, as the routes and the job offer it.
#pragma once
#include "exchange/exchange.h"

namespace gw::exchange {

// An import of the caller's own; refused (not_found) for anybody else's.
Import get_import(const Call& call, ImportId import_id);
// Starts the job that commits. Refused: forbidden like the preview; conflict when the import
// has mistakes, is being committed or is committed.
jobs::JobId begin_commit(const Call& call, ImportId import_id);
// Forgets an import and its file. Refused: conflict once a commit has begun. For a slow call.
void drop(const Call& call, ImportId import_id);
// The sentence of a mistake for a reader.
std::string sentence_of(const Mistake& mistake, const Texts& texts, const std::string& language);

}  // namespace gw::exchange
