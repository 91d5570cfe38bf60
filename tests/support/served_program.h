// The built program as a process of its own, and a client that signs in to it.
#pragma once
#include <sys/types.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/raw_http.h"
#include "support/store_for_test.h"

namespace gw::test {

struct ProgramOutcome {
    int code = 0;  // the exit code; the negative signal when one ended the program
    std::string output, errors;
};

// Runs the program to its end with `input` on its standard input. Sentences are English.
ProgramOutcome run_program(const std::string& program, const std::vector<std::string>& arguments,
                           std::string_view input = {});

// `serve` on a free port of this machine; ends with the object.
class ServedProgram {
public:
    // Waits until the program says where it answers. Throws with what it wrote when it ends before that.
    ServedProgram(const std::string& program, std::vector<std::string> arguments);
    ~ServedProgram();
    ServedProgram(const ServedProgram&) = delete;
    ServedProgram& operator=(const ServedProgram&) = delete;

    unsigned short port() const { return port_; }
    // Sends the signal and returns at once.
    void send(int signal) const;
    // Waits until the program has ended: its exit code, or the negative signal.
    int wait();
    // What it wrote on standard error so far: one log line per change.
    std::string log() const;

private:
    FolderForTest folder_;
    pid_t process_ = -1;
    int code_ = 0;
    unsigned short port_ = 0;
};

// One connection, and the session of one person once signed in.
class ApiClient {
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    explicit ApiClient(unsigned short port) : port_(port) {}

    // Answers the status. A later sign_in replaces the session.
    int sign_in(const std::string& user_name, const std::string& password);
    // Asks as the browser app does. Opens the connection again when the server has closed it; status 0 when
    // there was no answer.
    testing::RawResponse ask(const std::string& verb, const std::string& path, std::string_view body = {},
                             const Headers& headers = {});

private:
    unsigned short port_;
    std::unique_ptr<testing::RawClient> connection_;
    std::string cookie_;
};

}  // namespace gw::test
