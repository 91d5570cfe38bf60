// The composition root: the only place that knows every capability. Opens the store, hands each part what it
// needs, and serves until it is asked to stop.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "platform/call.h"
#include "platform/config/config.h"

namespace gw {

class Router;
class Texts;
namespace rulebooks {
class Library;
}

class App {
public:
    // Opens the store (applying missing migrations) and reads the texts. Throws std::runtime_error with a
    // sentence for the administrator when something is missing.
    explicit App(const Config& config);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    // Serves until SIGTERM or SIGINT. `ready` is told the port once requests are answered.
    void serve(const std::function<void(unsigned short port)>& ready);

    // One call by the program itself, named `name` in the audit trail.
    void write(const std::string& name, const std::function<void(const Call&)>& change);
    // `language` of what it answers; empty: that of the settings.
    void read(const std::string& name, const std::function<void(const Call&)>& look,
              const std::string& language = "");

    Store& store();
    const Router& router() const;
    const Texts& texts() const;
    const rulebooks::Library& rulebooks() const;
    // The folder with migrations, messages, rulebooks and the sample's files.
    const std::string& share() const;
    Date today() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// The OpenAPI page of all routes, from a program on an empty store of its own.
std::string openapi_page();

}  // namespace gw
