// A file read in pieces at known places, from any thread.
#pragma once
#include <cstdint>
#include <string>

namespace gw::fact_files {

class CsvFile {
public:
    explicit CsvFile(const std::string& name);
    ~CsvFile();
    CsvFile(const CsvFile&) = delete;
    CsvFile& operator=(const CsvFile&) = delete;

    // Why the file cannot be read; empty when it can.
    const std::string& trouble() const { return trouble_; }
    std::int64_t size() const { return size_; }
    // Reads exactly `count` bytes from `offset`. Throws when the file became shorter or cannot be read.
    void read(std::int64_t offset, char* into, std::size_t count) const;

private:
    std::string name_;
    std::string trouble_;
    int descriptor_ = -1;
    std::int64_t size_ = 0;
};

}  // namespace gw::fact_files
