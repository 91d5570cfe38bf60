// One connection's life: read a request, have it answered, write the answer, and again.
#pragma once

#include "platform/http/http.h"
#include "platform/http/loop.h"

#include <atomic>
#include <memory>
#include <string>
#include <utility>

namespace gw::http {

// What all sessions of one server share. They own it together with the server, because a session may
// still be torn down after the server has gone.
struct Shared {
    Shared(const ServerConfig& with_config, Application with_application)
        : config(with_config), application(std::move(with_application)) {}

    ServerConfig config;
    Application application;
    std::atomic<long> open_connections{0};
};

// A new request id: 13 characters of Crockford base32 from 64 random bits.
std::string random_request_id();

// What the application says about trouble; a bare 500 when it throws while saying it.
Response trouble_answer(const Application& application, int status, const Request& request) noexcept;

// Serves the connection until it is closed. To be spawned on the loop's context, which then owns it.
Task<void> serve_connection(std::shared_ptr<Shared> shared, Loop& loop,
                            std::unique_ptr<Connection> connection);

}  // namespace gw::http
