// The rows of imports and of the mistakes their previews found.
#pragma once
#include <span>

#include "exchange/exchange.h"

namespace gw::exchange {

std::optional<Import> find_import(Db& db, ImportId import_id);
// The newest first.
std::vector<Import> imports_of(Db& db, AccountId account_id, std::int64_t limit);
// Writes the import and its mistakes in place of what was there.
void put_import(Db& db, const Import& import, std::span<const Mistake> mistakes);
void update_import(Db& db, const Import& import);
void delete_import(Db& db, ImportId import_id);
// Other imports of the account with the same file.
std::int64_t count_imports_with_file(Db& db, AccountId account_id, std::string_view sha256);

}  // namespace gw::exchange
