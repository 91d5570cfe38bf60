#include "platform/files/files.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace gw {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t checksum_length = 64;
constexpr std::size_t longest_name = 200;  // bytes

bool is_checksum(std::string_view text) {
    return text.size() == checksum_length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

[[noreturn]] void fail(const char* act, const fs::path& path) {
    throw std::system_error(errno, std::generic_category(), std::string(act) + " " + path.string());
}

// A file descriptor that closes itself.
class Open {
public:
    Open(const fs::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {
        if (number_ < 0) fail("cannot open", path);
    }
    ~Open() { ::close(number_); }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

    void write(std::string_view bytes, const fs::path& path) const {
        while (!bytes.empty()) {
            const ssize_t count = ::write(number_, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail("cannot write", path);
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void sync(const fs::path& path) const {
        if (::fsync(number_) != 0) fail("cannot sync", path);
    }

private:
    int number_;
};

// The name of a new blob is durable only when its folder is.
void sync_folder(const fs::path& folder) { Open(folder, O_RDONLY | O_DIRECTORY).sync(folder); }

std::string without_path(std::string_view name) {
    const auto slash = name.find_last_of("/\\");
    if (slash != name.npos) name.remove_prefix(slash + 1);
    std::string clean;
    for (const char c : name)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) clean += c;
    if (clean.size() > longest_name) {
        std::size_t end = longest_name;
        while (end > 0 && (static_cast<unsigned char>(clean[end]) & 0xC0u) == 0x80) --end;
        clean.resize(end);
    }
    return clean;
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    std::string text(checksum_length + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), digest, sizeof digest);
    text.pop_back();
    return text;
}

Files::Files(fs::path folder, std::uint64_t largest) : folder_(std::move(folder)), largest_(largest) {
    fs::create_directories(folder_);
}

fs::path Files::path_of(std::string_view sha256) const {
    if (!is_checksum(sha256)) throw FileDamaged("no checksum of a file: " + std::string(sha256));
    return folder_ / sha256.substr(0, 2) / sha256.substr(2);
}

bool Files::has(std::string_view sha256) const {
    return is_checksum(sha256) && fs::is_regular_file(path_of(sha256));
}

std::string Files::keep(std::string_view bytes) const {
    if (bytes.size() > largest_)
        throw Refusal(Reason::invalid,
                      Problem{"file", "files.too_large", {{"megabytes", std::to_string(largest_ >> 20)}}});
    std::string sha256 = sha256_of(bytes);
    const fs::path path = path_of(sha256);
    std::error_code ignored;
    if (fs::file_size(path, ignored) == bytes.size()) return sha256;

    fs::create_directories(path.parent_path());
    // A name of its own for every attempt, so that two people giving the same file do not write into each
    // other.
    static std::atomic<unsigned> attempts = 0;
    const fs::path unfinished =
        folder_ / ("unfinished." + std::to_string(::getpid()) + "." + std::to_string(++attempts));
    try {
        {
            const Open file(unfinished, O_WRONLY | O_CREAT | O_EXCL);
            file.write(bytes, unfinished);
            file.sync(unfinished);
        }
        fs::rename(unfinished, path);
    } catch (...) {
        fs::remove(unfinished, ignored);
        throw;
    }
    sync_folder(path.parent_path());
    sync_folder(folder_);
    return sha256;
}

std::string Files::read(std::string_view sha256) const {
    const fs::path path = path_of(sha256);
    std::ifstream file(path, std::ios::binary);
    if (!file) throw FileDamaged("the file " + path.string() + " is missing");
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (sha256_of(bytes) != sha256) throw FileDamaged("the file " + path.string() + " was changed");
    return bytes;
}

void Files::remove(std::string_view sha256) const {
    std::error_code ignored;
    fs::remove(path_of(sha256), ignored);
}

FileRow add_file(const Call& call, std::string_view name, std::string_view content_type,
                 std::string_view bytes) {
    FileRow row{call.new_id<FileId>(),
                call.files.keep(bytes),
                without_path(name),
                std::string(content_type.substr(0, 100)),
                static_cast<std::int64_t>(bytes.size()),
                call.actor.account_id,
                call.now};
    call.db.insert("files", row);
    return row;
}

std::optional<FileRow> find_file(Db& db, FileId file_id) {
    return db.one<FileRow>("SELECT * FROM files WHERE id = :id", {{"id", file_id}});
}

std::int64_t forget_file(Db& db, std::string_view sha256, AccountId account_id) {
    db.run("DELETE FROM files WHERE sha256 = :sha256 AND account_id = :account_id",
           {{"sha256", sha256}, {"account_id", account_id}});
    return db.count("SELECT COUNT(*) FROM files WHERE sha256 = :sha256", {{"sha256", sha256}});
}

}  // namespace gw
