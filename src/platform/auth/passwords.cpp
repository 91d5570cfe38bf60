#include "platform/auth/passwords.h"

#include <sodium.h>

#include <array>
#include <chrono>
#include <mutex>
#include <new>
#include <semaphore>
#include <stdexcept>

#include "platform/problem.h"

namespace gw {

namespace {

constexpr std::ptrdiff_t most_at_once = 2;
constexpr auto longest_wait = std::chrono::seconds(5);

}  // namespace

struct Passwords::Inside {
    Cost cost;
    std::counting_semaphore<most_at_once> turns{most_at_once};
    std::once_flag stranger_made;
    std::string stranger;  // a hash that no password fits, for user names that do not exist

    std::string make_hash(std::string_view password) const {
        std::array<char, crypto_pwhash_STRBYTES> text{};
        if (crypto_pwhash_str(text.data(), password.data(), password.size(), cost.passes, cost.bytes) != 0)
            throw std::bad_alloc();
        return text.data();
    }

    // Lets two callers through at a time.
    struct Turn {
        explicit Turn(std::counting_semaphore<most_at_once>& wanted) : turns(wanted) {
            if (!turns.try_acquire_for(longest_wait))
                throw Refusal(Reason::too_many, Problem{"", "accounts.sign_in_is_busy", {{"seconds", "5"}}});
        }
        ~Turn() { turns.release(); }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        std::counting_semaphore<most_at_once>& turns;
    };
};

Passwords::Passwords() : Passwords(Cost{}) {}

Passwords::Passwords(Cost cost) : inside_(std::make_unique<Inside>()) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start on this machine");
    inside_->cost = cost;
}

Passwords::~Passwords() = default;

std::string Passwords::hash(std::string_view password) {
    const Inside::Turn turn(inside_->turns);
    return inside_->make_hash(password);
}

bool Passwords::fits(std::string_view password, const std::string* hash) {
    const Inside::Turn turn(inside_->turns);
    std::call_once(inside_->stranger_made, [&] {
        std::array<char, 32> random{};
        randombytes_buf(random.data(), random.size());
        inside_->stranger = inside_->make_hash({random.data(), random.size()});
    });
    const std::string& known = hash ? *hash : inside_->stranger;
    // The library wants an address even for an empty password.
    const char* bytes = password.empty() ? "" : password.data();
    const bool is_right = crypto_pwhash_str_verify(known.c_str(), bytes, password.size()) == 0;
    return hash && is_right;
}

bool Passwords::is_outdated(const std::string& hash) const {
    return crypto_pwhash_str_needs_rehash(hash.c_str(), inside_->cost.passes, inside_->cost.bytes) != 0;
}

}  // namespace gw
