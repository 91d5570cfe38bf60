#include <algorithm>

#include "accounts/accounts.h"

namespace gw::accounts {

namespace {

constexpr std::int64_t window = 15 * 60 * 1000;  // milliseconds
constexpr std::int64_t first_wait = 5 * 1000;
constexpr std::size_t tries_of_name = 5;
constexpr std::size_t tries_of_address = 30;
constexpr std::size_t most_known = 100'000;  // names and addresses kept

bool is_this_machine(std::string_view address) {
    return address.empty() || address == "::1" || address.starts_with("127.") ||
           address.starts_with("::ffff:127.");
}

std::string name_key(std::string_view user_name) { return "name " + std::string(user_name.substr(0, 100)); }
std::string address_key(std::string_view address) { return "address " + std::string(address); }

}  // namespace

void SignInLimits::note_attempt(std::string_view user_name, std::string_view address, Moment now) {
    const std::lock_guard hold(lock_);
    if (failures_.size() >= most_known) forget_old(now);
    struct Counted {
        Failures* failures;
        std::size_t tries;
    };
    // Neither reference is moved by the other: an unordered map keeps its elements where they are.
    std::vector<Counted> counted{{&failures_[name_key(user_name)], tries_of_name}};
    if (!is_this_machine(address)) counted.push_back({&failures_[address_key(address)], tries_of_address});
    Moment earliest = now;
    for (const Counted& each : counted) earliest = std::max(earliest, each.failures->not_before);
    if (earliest > now) {
        const std::int64_t seconds = (earliest.milliseconds - now.milliseconds + 999) / 1000;
        throw Refusal(Reason::too_many,
                      Problem{"", "accounts.too_many_attempts", {{"seconds", std::to_string(seconds)}}});
    }
    for (const Counted& each : counted) {
        auto& at = each.failures->at;
        std::erase_if(at, [&](Moment failed) { return now.milliseconds - failed.milliseconds >= window; });
        at.push_back(now);
        if (at.size() < each.tries) continue;
        const std::size_t doublings = std::min<std::size_t>(at.size() - each.tries, 10);
        each.failures->not_before = {now.milliseconds + std::min(first_wait << doublings, window)};
    }
}

void SignInLimits::note_success(std::string_view user_name, std::string_view address) {
    const std::lock_guard hold(lock_);
    failures_.erase(name_key(user_name));
    // The attempt itself is taken back; what else came from the address stays counted.
    const auto found = failures_.find(address_key(address));
    if (found == failures_.end() || found->second.at.empty()) return;
    found->second.at.pop_back();
    if (found->second.at.size() < tries_of_address) found->second.not_before = {};
}

void SignInLimits::forget_old(Moment now) {
    std::erase_if(failures_, [&](const auto& entry) {
        const Failures& failures = entry.second;
        return failures.not_before <= now &&
               (failures.at.empty() || now.milliseconds - failures.at.back().milliseconds >= window);
    });
    // Whoever fills the list with made-up names gains nothing but that old failures are forgotten.
    if (failures_.size() >= most_known) failures_.clear();
}

}  // namespace gw::accounts
