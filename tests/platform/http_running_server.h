// A server on a free port with a small application, for the tests of the HTTP edge.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "platform/http/server.h"
#include "support/comes_true.h"

namespace gw::testing {

class RunningServer {
public:
    // Routes: /hello; /echo says what it understood; /later answers from another thread; /wait leaves the
    // answer to the test; /lost drops it; /throw throws; /large and /file give 3 MB; /split tries to inject.
    explicit RunningServer(http::ServerConfig config = {})
        : server_(std::in_place, on_free_port(config), application()) {
        thread_ = std::thread([this] {
            server_->run();
            ended_ = true;
        });
    }
    ~RunningServer() { stop(); }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    unsigned short port() const { return server_->port(); }
    http::Server& server() { return *server_; }
    bool has_ended() const { return ended_; }
    int answered() const { return answered_; }
    void stop() {
        if (!thread_.joinable()) return;
        server_->stop();
        thread_.join();
        for (std::thread& worker : workers_) worker.join();
    }
    void destroy() {
        stop();
        server_.reset();
    }

    // The answers the test owes to /wait.
    std::vector<http::Respond> take_waiting() {
        std::lock_guard lock(mutex_);
        return std::exchange(waiting_, {});
    }
    std::size_t count_waiting() {
        std::lock_guard lock(mutex_);
        return waiting_.size();
    }
    // The requests that reached the application.
    std::vector<http::Request> requests() {
        std::lock_guard lock(mutex_);
        return requests_;
    }

    std::string file_path;  // what /file sends, set before it is asked for
    std::uint64_t file_length = 0;

    static http::Response text(std::string body, int status = 200) {
        http::Response response;
        response.status = status;
        response.content_type = "text/plain";
        response.body = std::move(body);
        return response;
    }
    static std::string large_body() {
        std::string body(3'000'000, ' ');
        for (std::size_t at = 0; at < body.size(); ++at) body[at] = static_cast<char>('a' + at % 23);
        return body;
    }

private:
    static http::ServerConfig on_free_port(http::ServerConfig config) {
        config.port = 0;
        return config;
    }

    http::Application application() {
        http::Application application;
        application.body_limit = [](const http::Request& request) -> std::uint64_t {
            if (request.path == "/no-limit") throw std::runtime_error("no limit is known");
            return request.path == "/upload" ? 4'000'000 : 1000;
        };
        application.trouble = [](int status, const http::Request& request) {
            http::Response response = text("trouble " + std::to_string(status), status);
            response.headers.push_back({"X-Id", request.id});
            return response;
        };
        application.answer = [this](std::shared_ptr<http::Request> request, http::Respond respond) {
            answer(*request, std::move(respond));
        };
        return application;
    }

    void answer(const http::Request& request, http::Respond respond) {
        ++answered_;
        {
            std::lock_guard lock(mutex_);
            requests_.push_back(request);
            if (request.path == "/wait") {
                waiting_.push_back(std::move(respond));
                return;
            }
        }
        if (request.path == "/lost") return;
        if (request.path == "/throw") throw std::runtime_error("broken on purpose");
        if (request.path == "/later") {
            std::lock_guard lock(mutex_);
            workers_.emplace_back([respond] { respond(text("later")); });
            return;
        }
        respond(answer_at_once(request));
    }

    http::Response answer_at_once(const http::Request& request) {
        if (request.path == "/large") return text(large_body());
        if (request.path == "/nothing") return text("must not be sent", 204);
        if (request.path == "/echo")
            return text(request.method + " " + request.path + " " + request.query + " " + request.body);
        if (request.path == "/upload") return text(std::to_string(request.body.size()));
        if (request.path == "/file") {
            http::Response response = text("");
            response.file = http::FileRange{.path = file_path, .offset = 0, .length = file_length};
            return response;
        }
        if (request.path == "/split") {
            http::Response response = text("one");
            response.content_type = "text/plain\r\nX-First: injected";
            response.headers.push_back({"X-Name\r\nX-Second", "a\r\nX-Third: injected\r\n\r\nbody"});
            response.headers.push_back({"Content-Length", "99"});
            return response;
        }
        return text("hello");
    }

    std::mutex mutex_;
    std::vector<http::Respond> waiting_;
    std::vector<http::Request> requests_;
    std::vector<std::thread> workers_;
    std::atomic<int> answered_ = 0;
    std::atomic<bool> ended_ = false;
    std::optional<http::Server> server_;
    std::thread thread_;
};

}  // namespace gw::testing
