#include "platform/db/answerer.h"

#include <cstdio>
#include <utility>

namespace gw {

void call_safely(const char* what, const std::function<void()>& function) {
    try {
        function();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "the store's %s failed: %s\n", what, error.what());
    }
}

Answerer::Answerer(std::function<void()> begin, std::function<void()> is_free)
    : is_free_(std::move(is_free)), thread_([this, begin = std::move(begin)] {
          begin();
          run();
      }) {}

Answerer::~Answerer() { close(); }

void Answerer::add(Group group) {
    const std::lock_guard lock(mutex_);
    groups_.push_back(std::move(group));
    wake_.notify_one();
}

bool Answerer::is_busy() const {
    const std::lock_guard lock(mutex_);
    return is_syncing_ || !groups_.empty();
}

std::exception_ptr Answerer::failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
}

void Answerer::close() {
    {
        const std::lock_guard lock(mutex_);
        is_closing_ = true;
        wake_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void Answerer::run() {
    for (;;) {
        Group group;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return is_closing_ || !groups_.empty(); });
            if (groups_.empty()) return;
            group = std::move(groups_.front());
            groups_.pop_front();
            is_syncing_ = true;
        }
        make_durable(group);
        is_free_();
        answer(group);
    }
}

// Once the disk has failed, what it says of later groups is worth nothing: they stand on what may be lost.
void Answerer::make_durable(const Group& group) {
    std::exception_ptr failure;
    try {
        if (group.make_durable && !this->failure()) group.make_durable();
    } catch (...) {
        failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    is_syncing_ = false;
    if (failure) failure_ = failure;
}

void Answerer::answer(const Group& group) {
    const auto failure = this->failure();
    for (const Answer& answer : group.answers)
        call_safely("answer to a call", [&] { answer.done(answer.error ? answer.error : failure); });
}

}  // namespace gw
