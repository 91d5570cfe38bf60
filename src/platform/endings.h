// The signals that ask the program to end. Threads that never listen for them must not be the ones who get
// them: a thread keeps what is held back when it is started.
#pragma once
#include <pthread.h>
#include <signal.h>

namespace gw {

inline sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

// Holds them back from this thread, and for good from the threads it starts meanwhile.
class EndingsHeldBack {
public:
    EndingsHeldBack() {
        const sigset_t signals = ending_signals();
        pthread_sigmask(SIG_BLOCK, &signals, &before_);
    }
    ~EndingsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    EndingsHeldBack(const EndingsHeldBack&) = delete;
    EndingsHeldBack& operator=(const EndingsHeldBack&) = delete;

private:
    sigset_t before_;
};

}  // namespace gw
