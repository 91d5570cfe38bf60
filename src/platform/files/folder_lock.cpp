#include "platform/files/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace gw {

FolderLock::FolderLock(const std::string& folder)
    : descriptor_(::open((folder + "/serving.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0)
        throw std::runtime_error("cannot write in the folder " + folder + ": " + std::strerror(errno));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(descriptor_);
    throw std::runtime_error("another Groundwork serves the folder " + folder +
                             ": stop it first, or name another folder with --data");
}

FolderLock::~FolderLock() { ::close(descriptor_); }

}  // namespace gw
