#include "support/served_program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace gw::test {
namespace {

std::string text_of(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

int open_file(const std::string& file, int how) { return ::open(file.c_str(), how | O_CLOEXEC, 0600); }

// Starts the program with its three streams on files of `folder`: input, output, errors.
pid_t start(const FolderForTest& folder, const std::string& program,
            const std::vector<std::string>& arguments) {
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    const int input = open_file(folder.file("input"), O_RDONLY | O_CREAT);
    const int output = open_file(folder.file("output"), O_WRONLY | O_CREAT | O_TRUNC);
    const int errors = open_file(folder.file("errors"), O_WRONLY | O_CREAT | O_TRUNC);
    const pid_t process = fork();
    if (process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(input, 0);
        ::dup2(output, 1);
        ::dup2(errors, 2);
        ::setenv("LC_ALL", "en_US.UTF-8", 1);
        ::execv(program.c_str(), words.data());
        ::_exit(127);
    }
    for (const int descriptor : {input, output, errors}) ::close(descriptor);
    if (process < 0) throw std::runtime_error("no process could be started");
    return process;
}

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status); }

int wait_for(pid_t process) {
    int status = 0;
    while (::waitpid(process, &status, 0) < 0)
        if (errno != EINTR) throw std::runtime_error("the program cannot be waited for");
    return code_of(status);
}

}  // namespace

ProgramOutcome run_program(const std::string& program, const std::vector<std::string>& arguments,
                           std::string_view input) {
    const FolderForTest folder;
    folder.write("input", input);
    const int code = wait_for(start(folder, program, arguments));
    return {code, text_of(folder.file("output")), text_of(folder.file("errors"))};
}

ServedProgram::ServedProgram(const std::string& program, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"serve", "--http_port", "0"});
    process_ = start(folder_, program, arguments);
    constexpr std::string_view mark = "://127.0.0.1:";
    const bool has_said = testing::comes_true([&] {
        int status = 0;
        const bool has_ended = ::waitpid(process_, &status, WNOHANG) == process_;
        const std::string output = text_of(folder_.file("output"));
        if (const auto at = output.find(mark); at != output.npos && output.ends_with('\n'))
            port_ = static_cast<unsigned short>(std::stoi(output.substr(at + mark.size())));
        if (has_ended) {
            process_ = -1;
            throw std::runtime_error("the program ended with " + std::to_string(code_of(status)) + ": " +
                                     log());
        }
        return port_ != 0;
    });
    if (has_said) return;
    send(SIGKILL);
    wait();
    throw std::runtime_error("the program did not say where it answers: " + log());
}

ServedProgram::~ServedProgram() {
    if (process_ < 0) return;
    send(SIGKILL);
    wait();
}

void ServedProgram::send(int signal) const {
    if (process_ > 0) ::kill(process_, signal);
}

int ServedProgram::wait() {
    if (process_ > 0) code_ = wait_for(std::exchange(process_, -1));
    return code_;
}

std::string ServedProgram::log() const { return text_of(folder_.file("errors")); }

int ApiClient::sign_in(const std::string& user_name, const std::string& password) {
    cookie_.clear();
    const auto answer = ask("POST", "/api/session",
                            "{\"user_name\":\"" + user_name + "\",\"password\":\"" + password + "\"}");
    const std::string cookie = answer.header("Set-Cookie");
    cookie_ = cookie.substr(0, cookie.find(';'));
    return answer.status;
}

testing::RawResponse ApiClient::ask(const std::string& verb, const std::string& path, std::string_view body,
                                    const Headers& headers) {
    std::string bytes = verb + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                        "\r\nX-Groundwork: 1\r\nAccept-Language: en\r\n";
    if (!cookie_.empty()) bytes += "Cookie: " + cookie_ + "\r\n";
    if (!body.empty() || verb == "POST" || verb == "PUT")
        bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    for (const auto& [name, value] : headers) bytes += name + ": " + value + "\r\n";
    bytes += "\r\n";
    bytes += body;
    for (int attempt = 0; attempt < 2; ++attempt) {
        const bool is_fresh = !connection_;
        try {
            if (is_fresh) connection_ = std::make_unique<testing::RawClient>(port_);
        } catch (const std::runtime_error&) {
            return {};
        }
        testing::RawResponse answer = connection_->ask(bytes);
        if (answer.status == 0 || answer.header("Connection") == "close") connection_.reset();
        if (answer.status != 0 || is_fresh) return answer;
    }
    return {};
}

}  // namespace gw::test
