#include "fact_files/csv_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace gw::fact_files {

CsvFile::CsvFile(const std::string& name) : name_(name) {
    descriptor_ = ::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat what {};
    if (descriptor_ < 0 || ::fstat(descriptor_, &what) != 0) {
        trouble_ = std::string("cannot be read: ") + std::strerror(errno);
    } else if (!S_ISREG(what.st_mode)) {
        trouble_ = "is not a file; it is read more than once, so a pipe will not do";
    } else {
        size_ = what.st_size;
    }
}

CsvFile::~CsvFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void CsvFile::read(std::int64_t offset, char* into, std::size_t count) const {
    while (count > 0) {
        const ssize_t got = ::pread(descriptor_, into, count, offset);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw std::runtime_error("cannot read " + name_ + ": " + std::strerror(errno));
        if (got == 0) throw std::runtime_error(name_ + " became shorter while it was read");
        into += got;
        offset += got;
        count -= static_cast<std::size_t>(got);
    }
}

}  // namespace gw::fact_files
