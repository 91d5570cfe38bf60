#include "platform/http/gateway.h"

#include <sodium.h>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "platform/http/accepted.h"
#include "platform/log/log.h"

namespace gw::http {

namespace {

struct ProblemPage {
    std::string type, title;
    std::int64_t status = 0;
    std::string reason;
    struct Line {
        std::string field, key, message;
    };
    std::vector<Line> problems;
    std::string request_id;
};
BOOST_DESCRIBE_STRUCT(ProblemPage::Line, (), (field, key, message))
BOOST_DESCRIBE_STRUCT(ProblemPage, (), (type, title, status, reason, problems, request_id))

int status_of(Reason reason) {
    switch (reason) {
        case Reason::invalid: return 422;
        case Reason::not_signed_in: return 401;
        case Reason::forbidden: return 403;
        case Reason::not_found: return 404;
        case Reason::conflict: return 409;
        case Reason::too_many: return 429;
    }
    return 500;
}

std::string reason_of(int status) {
    switch (status) {
        case 400: return "unreadable";
        case 404: return "not_found";
        case 405: return "wrong_method";
        case 408: return "too_slow";
        case 413: return "too_large";
        case 431: return "too_large";
        case 503: return "busy";
        default: return "fault";
    }
}

bool changes_something(const Request& request) { return request.method != "GET" && request.method != "HEAD"; }

std::string_view value_of(const Response& response, std::string_view header) {
    for (const Header& each : response.headers)
        if (same_header_name(each.name, header)) return each.value;
    return {};
}

std::string hash_text(std::string_view text) {
    unsigned char digest[16];
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), nullptr, 0);
    std::string hex(2 * sizeof digest + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest, sizeof digest);
    hex.pop_back();
    return hex;
}

struct GivenAnswer {
    AccountId account_id;
    std::string idempotency_key;
    std::string request_hash;
    std::int64_t status = 0;
    std::string body;
    Moment answered_at;
};
BOOST_DESCRIBE_STRUCT(GivenAnswer, (), (account_id, idempotency_key, request_hash, status, body, answered_at))

// One request on its way through: kept alive by whoever works on it.
struct Arrival {
    std::shared_ptr<Request> request;
    Respond respond;
    const Route* route = nullptr;
    std::shared_ptr<void> input;
    std::shared_ptr<const Actor> actor;
    std::shared_ptr<const organisation::Tree> tree;
    Moment now;
    Date today;
    std::string language;
    std::string token;
    std::string idempotency_key;
    std::string request_hash;  // empty when the answer is not kept
    Response answer;
    WriteAnswer write_answer;  // after the transaction; empty when the answer is written already
    std::optional<std::string> session_token;
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
};

}  // namespace

struct Gateway::Inside : std::enable_shared_from_this<Gateway::Inside> {
    explicit Inside(GatewayParts given)
        : parts(std::move(given)), workers(static_cast<std::size_t>(parts.worker_threads)) {}

    GatewayParts parts;
    boost::asio::thread_pool workers;
    const std::shared_ptr<const Actor> stranger = std::make_shared<const Actor>(nobody());

    std::string language_of(const Request& request, const Actor& actor) const {
        // The app says which language it shows; a plain link has only the account's.
        const bool is_app = !request.header("x-groundwork").empty();
        const std::string& otherwise = actor.account_id ? actor.language : parts.language;
        if (!is_app && actor.account_id) return otherwise;
        return parts.texts.preferred(request.header("accept-language"), otherwise);
    }

    Response problem_page(int status, std::string reason, const Problems& problems,
                          const std::string& language, const Request& request) const {
        ProblemPage page{"urn:groundwork:problem:" + reason,
                         parts.texts.text(language, "platform.reason." + reason),
                         status,
                         reason,
                         {},
                         request.id};
        for (const Problem& problem : problems)
            page.problems.push_back(
                {problem.field, problem.key, parts.texts.text(language, problem.key, problem.arguments)});
        Response response;
        response.status = status;
        response.content_type = "application/problem+json";
        write_json(response.body, page);
        return response;
    }

    Response trouble(int status, const Request& request) const {
        const std::string language = parts.texts.preferred(request.header("accept-language"), parts.language);
        const std::string reason = reason_of(status);
        return problem_page(status, reason, {{"", "platform.trouble." + reason}}, language, request);
    }

    void finish(Arrival& arrival) const {
        const Request& request = *arrival.request;
        Response& answer = arrival.answer;
        for (Header& header : security_headers(request)) answer.headers.push_back(std::move(header));
        if (value_of(answer, "Cache-Control").empty())
            answer.headers.push_back({"Cache-Control", "no-store"});
        const std::string_view etag = value_of(answer, "ETag");
        if (answer.status == 200 && !etag.empty() && matches_etag(request.header("if-none-match"), etag)) {
            answer.status = 304;
            answer.content_type.clear();
            answer.body.clear();
        }
        answer.headers.push_back({"X-Request-Id", request.id});
        if (arrival.session_token) {
            std::string cookie = std::string(session_cookie) + "=" + *arrival.session_token +
                                 "; Path=/; HttpOnly; SameSite=Strict";
            // The browser keeps it longer than the session lasts, so that a lost device that makes contact
            // late is still told that its session was ended.
            cookie += arrival.session_token->empty() ? "; Max-Age=0" : "; Max-Age=34560000";
            if (request.secure || parts.marks_cookies_secure) cookie += "; Secure";
            answer.headers.push_back({"Set-Cookie", std::move(cookie)});
        }
        const bool is_fault = answer.status >= 500;
        const auto level = is_fault                                             ? log::Level::error
                           : changes_something(request) || answer.status >= 400 ? log::Level::info
                                                                                : log::Level::debug;
        if (log::is_on(level)) {
            const auto took = std::chrono::steady_clock::now() - arrival.began;
            log::write(
                level, "call",
                {{"request_id", request.id},
                 {"verb", request.method},
                 {"path", request.path},
                 {"status", std::int64_t{answer.status}},
                 {"account_id", arrival.actor ? to_text(arrival.actor->account_id) : ""},
                 {"microseconds", std::chrono::duration_cast<std::chrono::microseconds>(took).count()}});
        }
        arrival.respond(std::move(answer));
    }

    // Turns whatever ended the call into its answer. The one place where refusals and faults become HTTP.
    void answer_trouble(Arrival& arrival, std::exception_ptr trouble_found) const {
        try {
            std::rethrow_exception(trouble_found);
        } catch (const Refusal& refusal) {
            arrival.answer = problem_page(status_of(refusal.reason), to_text(refusal.reason),
                                          refusal.problems, arrival.language, *arrival.request);
            for (const Problem& problem : refusal.problems)
                for (const auto& [name, value] : problem.arguments)
                    if (refusal.reason == Reason::too_many && name == "seconds")
                        arrival.answer.headers.push_back({"Retry-After", value});
        } catch (const DbError& error) {
            log::write(log::Level::error, "database",
                       {{"request_id", arrival.request->id}, {"what", error.what()}});
            const int status = error.fault == DbFault::busy || error.fault == DbFault::connection ? 503 : 500;
            arrival.answer = trouble(status, *arrival.request);
        } catch (const std::exception& error) {
            log::write(log::Level::error, "fault",
                       {{"request_id", arrival.request->id}, {"what", error.what()}});
            arrival.answer = trouble(500, *arrival.request);
        }
        arrival.session_token.reset();
        finish(arrival);
    }

    Call call_in(Db& db, Arrival& arrival) const {
        return {db,
                *arrival.actor,
                arrival.now,
                arrival.today,
                arrival.language,
                arrival.tree,
                parts.ids,
                parts.announcements,
                parts.store,
                parts.files,
                arrival.request->id,
                &arrival.session_token,
                arrival.token,
                arrival.request->remote_address};
    }

    void run_reading(Arrival& arrival) const {
        try {
            parts.store.read([&](Db& db) {
                arrival.write_answer = arrival.route->run(call_in(db, arrival), arrival.input.get());
            });
            arrival.write_answer(arrival.answer);
            finish(arrival);
        } catch (...) {
            answer_trouble(arrival, std::current_exception());
        }
    }

    // The same key again gives the same answer again; the same key with another request is a mistake.
    void run_once_per_key(Db& db, Arrival& arrival) const {
        const bool has_key = !arrival.request_hash.empty();
        if (has_key) {
            const auto given = db.one<GivenAnswer>(
                "SELECT * FROM given_answers WHERE account_id = :account_id AND idempotency_key = :key",
                {{"account_id", arrival.actor->account_id}, {"key", arrival.idempotency_key}});
            if (given) {
                if (given->request_hash != arrival.request_hash)
                    throw Refusal(Reason::conflict, Problem{"", "platform.key_used_for_another_request"});
                arrival.answer.status = static_cast<int>(given->status);
                arrival.answer.content_type = "application/json";
                arrival.answer.body = given->body;
                return;
            }
        }
        arrival.write_answer = arrival.route->run(call_in(db, arrival), arrival.input.get());
        if (!has_key) return;
        std::exchange(arrival.write_answer, nullptr)(arrival.answer);
        db.insert("given_answers",
                  GivenAnswer{arrival.actor->account_id, arrival.idempotency_key, arrival.request_hash,
                              arrival.answer.status, arrival.answer.body, arrival.now});
    }

    void run_writing(std::shared_ptr<Arrival> arrival) {
        auto self = shared_from_this();
        if (!arrival->idempotency_key.empty() && arrival->actor->account_id) {
            const Request& request = *arrival->request;
            arrival->request_hash =
                hash_text(request.method + " " + request.path + "?" + request.query + "\n" + request.body);
        }
        parts.store.write(
            [self, arrival](Db& db) {
                arrival->answer = {};
                arrival->write_answer = nullptr;
                self->run_once_per_key(db, *arrival);
            },
            [self, arrival](std::exception_ptr trouble_found) {
                try {
                    if (trouble_found) std::rethrow_exception(trouble_found);
                    if (arrival->write_answer) arrival->write_answer(arrival->answer);
                    self->finish(*arrival);
                } catch (...) {
                    self->answer_trouble(*arrival, std::current_exception());
                }
            });
    }

    // Another site must not be able to make a signed-in browser change something here.
    void check_origin(const Request& request) const {
        if (!changes_something(request)) return;
        const std::string_view site = request.header("sec-fetch-site");
        const std::string_view origin = request.header("origin");
        const std::string_view host = request.header("host");
        const bool is_foreign = (!site.empty() && site != "same-origin" && site != "none") ||
                                (!origin.empty() && origin != "http://" + std::string(host) &&
                                 origin != "https://" + std::string(host));
        if (is_foreign || request.header("x-groundwork").empty())
            throw Refusal(Reason::forbidden, Problem{"", "platform.foreign_request"});
    }

    void sign_in(Arrival& arrival) const {
        arrival.token = std::string(arrival.request->cookie(session_cookie));
        if (!arrival.token.empty())
            arrival.actor = parts.find_actor(arrival.token, arrival.now, arrival.today);
        if (!arrival.actor) arrival.actor = stranger;
        arrival.language = language_of(*arrival.request, *arrival.actor);
        if (arrival.actor->account_id || arrival.route->is_open) return;
        const bool is_ended = !arrival.token.empty() && parts.was_ended && parts.was_ended(arrival.token);
        throw Refusal(Reason::not_signed_in,
                      Problem{"", is_ended ? "platform.session_was_ended" : "platform.not_signed_in"});
    }

    void answer(std::shared_ptr<Request> request, Respond respond) {
        auto arrival = std::make_shared<Arrival>();
        arrival->request = std::move(request);
        arrival->respond = std::move(respond);
        arrival->language = parts.language;
        const std::string_view path = arrival->request->path;
        if (path == "/healthz") {
            arrival->answer.content_type = "application/json";
            arrival->answer.body = R"({"status":"ready"})";
            return finish(*arrival);
        }
        if (!path.starts_with("/api/")) {
            if (!parts.static_files) {
                arrival->answer = trouble(404, *arrival->request);
                return finish(*arrival);
            }
            return arrival->respond(parts.static_files->serve(*arrival->request, path));
        }
        try {
            arrival->now = parts.clock();
            arrival->today = day_of(arrival->now, parts.zone_minutes);
            arrival->tree = parts.tree();
            arrival->language =
                parts.texts.preferred(arrival->request->header("accept-language"), parts.language);
            Values path_values;
            int status = 0;
            arrival->route = parts.router.find(arrival->request->method, path, path_values, status);
            if (!arrival->route) {
                arrival->answer = trouble(status, *arrival->request);
                return finish(*arrival);
            }
            if (!arrival->route->is_for_other_sites) check_origin(*arrival->request);
            sign_in(*arrival);
            arrival->input = arrival->route->read_request(*arrival->request, path_values);
            arrival->idempotency_key = std::string(arrival->request->header("idempotency-key"));
            if (arrival->idempotency_key.size() > 100)
                throw Refusal(Reason::invalid, Problem{"Idempotency-Key", "platform.too_long"});
        } catch (...) {
            return answer_trouble(*arrival, std::current_exception());
        }
        switch (arrival->route->way) {
            case Way::write: return run_writing(std::move(arrival));
            case Way::read:
                if (parts.store.reads_are_local()) return run_reading(*arrival);
                [[fallthrough]];
            case Way::slow:
                boost::asio::post(workers,
                                  [self = shared_from_this(), arrival] { self->run_reading(*arrival); });
        }
    }
};

void forget_answers(Db& db, Moment before) {
    db.run("DELETE FROM given_answers WHERE answered_at < :before", {{"before", before}});
}

Gateway::Gateway(GatewayParts parts) : inside_(std::make_shared<Inside>(std::move(parts))) {}

Gateway::~Gateway() { close(); }

void Gateway::close() { inside_->workers.join(); }

Application Gateway::application() {
    return {
        .body_limit = [inside = inside_](const Request& request) -> std::uint64_t {
            Values values;
            int status = 0;
            const Route* route = inside->parts.router.find(request.method, request.path, values, status);
            return route ? route->body_limit : 64 * 1024;
        },
        .answer = [inside = inside_](
                      std::shared_ptr<Request> request,
                      Respond respond) { inside->answer(std::move(request), std::move(respond)); },
        .trouble =
            [inside = inside_](int status, const Request& request) {
                Response response = inside->trouble(status, request);
                response.headers = security_headers(request);
                response.headers.push_back({"Cache-Control", "no-store"});
                return response;
            },
    };
}

}  // namespace gw::http
