// The thread of a writer that waits for the disk and then answers the calls of a group. Meanwhile the writer
// runs the next group: one works with the processor, the other with the disk.
#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/db/store.h"

namespace gw {

class Answerer {
public:
    struct Answer {
        Store::Done done;
        std::exception_ptr error;  // why the call failed; empty when it did not
    };
    struct Group {
        std::vector<Answer> answers;
        std::function<void()> make_durable;  // empty when nothing was changed, or the commit was durable
    };

    // Both are called on the thread: `begin` first of all, `is_free` whenever the disk has taken a group.
    Answerer(std::function<void()> begin, std::function<void()> is_free);
    ~Answerer();
    Answerer(const Answerer&) = delete;
    Answerer& operator=(const Answerer&) = delete;

    // Groups are answered in the order they are added. When one cannot be made durable, its calls and those
    // of all later groups are told so: what they built on may be lost.
    void add(Group group);
    // True while the disk has not taken all groups.
    bool is_busy() const;
    // Why a group could not be made durable; empty while all could.
    std::exception_ptr failure() const;
    // Ends after all groups were answered.
    void close();

private:
    void run();
    void make_durable(const Group& group);
    void answer(const Group& group);

    const std::function<void()> is_free_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Group> groups_;
    bool is_syncing_ = false;
    std::exception_ptr failure_;
    bool is_closing_ = false;
    std::thread thread_;
};

// Calls what may throw where nobody can catch it: the change is durable and only its echo failed.
void call_safely(const char* what, const std::function<void()>& function);

}  // namespace gw
