// Reads a part of a file slice by slice, for answers that are too long to hold in memory.
#pragma once

#include "platform/http/http.h"

#include <optional>
#include <string>

namespace gw::http {

class FileReader {
public:
    // Nothing when the file is missing, is not a regular file or ends before the range does.
    static std::optional<FileReader> open(const FileRange& range);

    FileReader(FileReader&& other) noexcept;
    FileReader& operator=(FileReader&& other) noexcept;
    ~FileReader();

    // The bytes of the range not read yet.
    std::uint64_t left() const { return left_; }

    // Fills the slice from its front and returns how many bytes it got; 0 at the end and on trouble.
    std::size_t read(std::string& slice);

private:
    FileReader(int descriptor, const FileRange& range)
        : descriptor_(descriptor), offset_(range.offset), left_(range.length) {}

    int descriptor_;
    std::uint64_t offset_, left_;
};

}  // namespace gw::http
