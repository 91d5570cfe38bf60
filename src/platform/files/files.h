// Blobs on disk, named by their SHA-256: the same bytes are kept once, and what is read back is what was
// written. DIR/ab/cdef... holds one blob. The table `files` says who gave which blob and what they called it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "platform/call.h"

namespace gw {

using FileId = Id<struct FileThing>;

struct FileRow {
    FileId id;
    std::string sha256;  // 64 hexadecimal digits, lower case
    std::string name;    // as the person called it
    std::string content_type;
    std::int64_t byte_count = 0;
    AccountId account_id;  // who gave it
    Moment created_at;
};
BOOST_DESCRIBE_STRUCT(FileRow, (), (id, sha256, name, content_type, byte_count, account_id, created_at))

// A blob that is missing, or whose bytes are no longer those its name promises. For the log and the
// administrator.
class FileDamaged : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Files {
public:
    // Makes the folder when it is missing. `largest` is the size in bytes above which keep() refuses.
    explicit Files(std::filesystem::path folder, std::uint64_t largest = 64ull << 20);

    // Writes the bytes so that they survive a power cut and returns their SHA-256. Refuses (invalid, on
    // "file") bytes above the limit. Keeping the same bytes again costs one look at the disk.
    std::string keep(std::string_view bytes) const;
    // The bytes of a blob, checked against their name. Throws FileDamaged.
    std::string read(std::string_view sha256) const;
    bool has(std::string_view sha256) const;
    // Takes a blob away; nothing happens when there is none. The caller knows that no row names it any more.
    void remove(std::string_view sha256) const;
    // Where a blob lies, for sending it from disk. Throws FileDamaged when `sha256` is no checksum.
    std::filesystem::path path_of(std::string_view sha256) const;

private:
    std::filesystem::path folder_;
    std::uint64_t largest_;
};

// 64 hexadecimal digits, lower case.
std::string sha256_of(std::string_view bytes);

// Keeps the bytes and adds the row that names them, in the transaction of the call. When the call is refused
// later, the blob stays without a row, which does no harm.
FileRow add_file(const Call& call, std::string_view name, std::string_view content_type,
                 std::string_view bytes);
std::optional<FileRow> find_file(Db& db, FileId file_id);
// Deletes the rows with which an account named a blob. Returns how many rows of others still name it; when
// none does, the blob may be removed once the call is durable.
std::int64_t forget_file(Db& db, std::string_view sha256, AccountId account_id);

}  // namespace gw
