// A client for tests that speaks HTTP over a bare socket: it sends exactly the bytes it is told to, however
// wrong they are, and shows exactly what came back.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "support/comes_true.h"

namespace gw::testing {

struct RawResponse {
    int status = 0;  // 0: the connection ended before a whole head came
    std::string head;
    std::string body;

    // The value of the first header of that name, spelled as the server spells it; "" when absent.
    std::string header(std::string_view name) const {
        const std::string start = "\r\n" + std::string(name) + ": ";
        const auto at = head.find(start);
        if (at == std::string::npos) return {};
        const auto value = at + start.size();
        return head.substr(value, head.find("\r\n", value) - value);
    }
};

class RawClient {
public:
    explicit RawClient(unsigned short port, int receive_buffer = 0)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const timeval limit{.tv_sec = longest_wait.count(), .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        if (receive_buffer)
            ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error(std::string("cannot connect: ") + std::strerror(errno));
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    int descriptor() const { return socket_; }

    // Returns whether everything could be sent.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    // Reads one response. The answer to HEAD has no body, whatever its Content-Length says.
    RawResponse read_response(bool answers_head = false) {
        RawResponse response;
        std::size_t end = 0;
        while ((end = received_.find("\r\n\r\n")) == std::string::npos)
            if (!receive()) return response;
        response.head = received_.substr(0, end + 2);
        received_.erase(0, end + 4);
        response.status = std::stoi(response.head.substr(9, 3));
        const std::string length_text = response.header("Content-Length");
        const std::size_t length = length_text.empty() || answers_head ? 0 : std::stoul(length_text);
        while (received_.size() < length && receive()) {}
        response.body = received_.substr(0, length);
        received_.erase(0, response.body.size());
        return response;
    }

    RawResponse ask(std::string_view bytes) {
        send(bytes);
        return read_response();
    }

    // Everything until the server closes; also what came before a reset.
    std::string read_to_end() {
        while (receive()) {}
        return std::exchange(received_, {});
    }

    // Waits for the server to close and says whether it did, without sending anything more.
    bool ends() { return read_to_end().empty() && ended_; }

    void half_close() { ::shutdown(socket_, SHUT_WR); }

    // Leaves with a reset instead of the polite end.
    void reset() {
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close();
    }

    void close() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }

private:
    bool receive() {
        std::array<char, 16 * 1024> block;
        const ssize_t count = ::recv(socket_, block.data(), block.size(), 0);
        if (count > 0) received_.append(block.data(), static_cast<std::size_t>(count));
        if (count == 0 || (count < 0 && errno == ECONNRESET)) ended_ = true;
        return count > 0;
    }

    int socket_;
    bool ended_ = false;
    std::string received_;
};

}  // namespace gw::testing
