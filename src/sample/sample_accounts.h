// The people of the sample who may sign in.
#pragma once
#include "sample/year_book.h"

namespace gw::sample {

// User name of the secretary of Nà Lung.
inline constexpr const char* secretary_name = "thuky";

// Slow on purpose: call it outside the writer.
std::string hash_of_password();

// Adds the sample people, all with one password, and what each may do where. Returns who wrote down what.
Recorders add_accounts(const Call& call, const Province& province, const std::string& password_hash,
                       SampleIds& ids);

}  // namespace gw::sample
