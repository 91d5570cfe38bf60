// Password hashes: Argon2id with 19 MiB and two passes, as libsodium writes them. Slow on purpose.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace gw {

class Passwords {
public:
    // What one hashing costs. The defaults are the first choice of the OWASP cheat sheet for Argon2id that a
    // two-core machine can pay.
    struct Cost {
        unsigned long long passes = 2;
        std::size_t bytes = 19u * 1024 * 1024;
    };
    // At most two hashings run at once, whatever the number of callers: the memory is needed elsewhere.
    Passwords();
    explicit Passwords(Cost cost);
    ~Passwords();

    // Refuses (too_many) when no turn comes within some seconds.
    std::string hash(std::string_view password);
    // Whether `password` is the one of `hash`. Without a hash it takes as long and says no, so that the time
    // to answer does not tell which user names exist.
    bool fits(std::string_view password, const std::string* hash);
    // True when `hash` was made with less than today's cost and should be made again.
    bool is_outdated(const std::string& hash) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace gw
