// Tells a waiting person how far a long command has come: one line on a terminal, nothing elsewhere.
#pragma once
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace gw::fact_files {

class Progress {
public:
    // Writes to standard error when `is_shown`; is_terminal() says whether a person sees it.
    explicit Progress(bool is_shown) : is_shown_(is_shown) {}
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // Begins a phase of `total` steps; what came before is done. A phase of one step shows no percent.
    void begin(const std::string& phase, std::int64_t total = 1);
    // From any thread.
    void advance(std::int64_t steps);
    // Clears the line, so that what is written next stands alone.
    void end();

    static bool is_terminal();

private:
    void show(std::int64_t percent);

    bool is_shown_;
    std::mutex mutex_;
    std::string phase_;
    std::int64_t total_ = 1;
    std::atomic<std::int64_t> done_{0};
    std::atomic<std::int64_t> percent_{0};
    bool has_line_ = false;
};

}  // namespace gw::fact_files
