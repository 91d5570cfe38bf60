#include "fact_files/progress.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace gw::fact_files {

Progress::~Progress() { end(); }

bool Progress::is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

void Progress::begin(const std::string& phase, std::int64_t total) {
    if (!is_shown_) return;
    phase_ = phase;
    total_ = std::max<std::int64_t>(total, 1);
    done_ = 0;
    percent_ = 0;
    show(0);
}

void Progress::advance(std::int64_t steps) {
    if (!is_shown_) return;
    const std::int64_t percent = std::min<std::int64_t>(100, (done_ += steps) * 100 / total_);
    std::int64_t shown = percent_;
    while (percent > shown && !percent_.compare_exchange_weak(shown, percent)) {}
    if (percent > shown) show(percent);
}

void Progress::end() {
    if (!has_line_) return;
    std::cerr << "\r\033[K" << std::flush;
    has_line_ = false;
}

void Progress::show(std::int64_t percent) {
    const std::lock_guard guard(mutex_);
    std::cerr << "\r\033[K" << phase_;
    if (total_ > 1) std::cerr << " " << percent << " %";
    std::cerr << std::flush;
    has_line_ = true;
}

}  // namespace gw::fact_files
