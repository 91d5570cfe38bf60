// A mail server on this machine that answers as the test wants it and keeps what it was given.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace gw::test {

class MailServer {
public:
    MailServer() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::listen(listener_, 8) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no port for a mail server");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~MailServer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    MailServer(const MailServer&) = delete;
    MailServer& operator=(const MailServer&) = delete;

    std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
    // What it says to each recipient: "250 ok", "451 later", "550 never".
    void answer_with(std::string answer) {
        const std::lock_guard hold(lock_);
        answer_ = std::move(answer);
    }
    std::vector<std::string> mails() const {
        const std::lock_guard hold(lock_);
        return mails_;
    }

private:
    void serve() {
        for (;;) {
            const int client = ::accept(listener_, nullptr, nullptr);
            if (client < 0) return;
            talk(client);
            ::close(client);
        }
    }
    static void say(int client, const std::string& line) {
        const std::string text = line + "\r\n";
        (void)!::send(client, text.data(), text.size(), MSG_NOSIGNAL);
    }
    void talk(int client) {
        say(client, "220 test");
        std::string received, mail;
        bool is_in_mail = false;
        char buffer[4096];
        for (ssize_t count = 0; (count = ::recv(client, buffer, sizeof buffer, 0)) > 0;) {
            received.append(buffer, static_cast<std::size_t>(count));
            for (std::size_t end = 0; (end = received.find("\r\n")) != std::string::npos;) {
                const std::string line = received.substr(0, end);
                received.erase(0, end + 2);
                if (is_in_mail && line != ".") {
                    mail += line + "\n";
                    continue;
                }
                if (is_in_mail) {
                    const std::lock_guard hold(lock_);
                    mails_.push_back(std::exchange(mail, ""));
                    is_in_mail = false;
                    say(client, "250 kept");
                } else if (line.starts_with("RCPT")) {
                    const std::lock_guard hold(lock_);
                    say(client, answer_);
                } else if (line == "DATA") {
                    is_in_mail = true;
                    say(client, "354 go on");
                } else if (line == "QUIT") {
                    say(client, "221 bye");
                    return;
                } else {
                    say(client, "250 ok");
                }
            }
        }
    }

    int listener_;
    unsigned short port_ = 0;
    mutable std::mutex lock_;  // guards the two below
    std::string answer_ = "250 ok";
    std::vector<std::string> mails_;
    std::thread thread_;
};

}  // namespace gw::test
