#include "platform/http/file_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace gw::http {

std::optional<FileReader> FileReader::open(const FileRange& range) {
    const int descriptor = ::open(range.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return std::nullopt;
    FileReader reader(descriptor, range);
    struct stat found {};
    if (::fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode)) return std::nullopt;
    const auto size = static_cast<std::uint64_t>(found.st_size);
    if (range.offset > size || range.length > size - range.offset) return std::nullopt;
    return reader;
}

FileReader::FileReader(FileReader&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), offset_(other.offset_), left_(other.left_) {}

FileReader& FileReader::operator=(FileReader&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    offset_ = other.offset_;
    left_ = other.left_;
    return *this;
}

FileReader::~FileReader() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t FileReader::read(std::string& slice) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(slice.size(), left_));
    const ssize_t count = ::pread(descriptor_, slice.data(), wanted, static_cast<off_t>(offset_));
    if (count <= 0) return 0;
    offset_ += static_cast<std::uint64_t>(count);
    left_ -= static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
}

}  // namespace gw::http
