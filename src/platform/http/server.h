// The HTTP/1.1 server: listens on one port and carries requests to an Application and its answers back.
#pragma once

#include "platform/http/http.h"

#include <memory>

namespace gw::http {

class Server {
public:
    // Listens at once. Throws std::runtime_error with the address in its message when the port is taken
    // or the address is not ours, and with the file's name when the certificate or key cannot be used.
    Server(const ServerConfig& config, Application application);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // The port it listens on: the free one that was found when the configured port was 0.
    unsigned short port() const;

    // The connections open now.
    long connections() const;

    // Answers requests until stop() was called and every running request is answered, or drain_seconds
    // have passed. Call once.
    void run();

    // Asks run() to end gracefully: no new connections, idle ones are closed at once, running requests
    // are answered. Returns at once; may be called from any thread and more than once, also before run().
    // It takes locks, so do not call it from a signal handler.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gw::http
