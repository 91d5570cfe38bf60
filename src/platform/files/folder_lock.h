// Keeps a folder for one running program: two that serve the same store would not hear of each other's
// changes.
#pragma once
#include <string>

namespace gw {

class FolderLock {
public:
    // Throws std::runtime_error, naming the folder, while another process holds it. Ends with this process,
    // however that ends.
    explicit FolderLock(const std::string& folder);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int descriptor_;
};

}  // namespace gw
