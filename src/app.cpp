#include "app.h"

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "accounts/accounts.h"
#include "borders.h"
#include "classification/classification.h"
#include "consolidation/consolidation.h"
#include "dashboard/attention.h"
#include "dashboard/dashboard.h"
#include "directives/directives.h"
#include "documents/documents.h"
#include "exchange/exchange.h"
#include "findings/findings.h"
#include "inspections/inspections.h"
#include "meetings/corrections.h"
#include "meetings/meetings.h"
#include "meetings/series.h"
#include "members/members.h"
#include "month_board/month_board.h"
#include "notices/notices.h"
#include "numbering/numbering.h"
#include "obstacles/obstacles.h"
#include "organisation/organisation.h"
#include "papers/papers.h"
#include "platform/announcements.h"
#include "platform/audit/audit.h"
#include "platform/db/store.h"
#include "platform/endings.h"
#include "platform/files/files.h"
#include "platform/files/folder_lock.h"
#include "platform/http/gateway.h"
#include "platform/http/server.h"
#include "platform/http/static_files.h"
#include "platform/jobs/jobs.h"
#include "platform/log/log.h"
#include "platform/router.h"
#include "platform/texts/texts.h"
#include "resolutions/resolutions.h"
#include "rulebooks/rulebooks.h"
#include "tasks/tasks.h"
#include "visits/orders.h"
#include "visits/plans.h"
#include "visits/visits.h"

namespace gw {

namespace fs = std::filesystem;

namespace {

Moment clock_now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

// Longer than any phone stays without a network and still tries to send.
constexpr std::int64_t days_answers_are_kept = 60;

std::string made_folder(const std::string& folder) {
    fs::create_directories(folder);
    return folder;
}

// What a file holds, without the line end that editors put there.
std::string secret_in(const std::string& file) {
    std::ifstream stream(file);
    std::string secret;
    if (!std::getline(stream, secret)) throw std::runtime_error("the file " + file + " holds no password");
    return secret;
}

// An urge of the level above is told to the office of the cell.
std::int64_t tell_urged(const Call& call, const month_board::Urge& urge) {
    const std::string month = std::to_string(static_cast<unsigned>(urge.month_on.month())) + "/" +
                              std::to_string(static_cast<int>(urge.month_on.year()));
    return notices::tell(call, {.offices_of = {urge.unit_id}},
                         {notices::Kind::meeting_urged,
                          urge.unit_id,
                          notices::ThingId{urge.id.number},
                          "/units/" + to_text(urge.unit_id) + "/meetings",
                          {notices::told("month", month), notices::told("message", urge.note)}})
        .reached;
}

void tell_of_directive(const Call& call, const directives::Directive& directive,
                       const directives::DirectiveUrge& urge) {
    notices::tell(call, {.offices_of = {urge.unit_id}},
                  {notices::Kind::directive_urged,
                   urge.unit_id,
                   notices::ThingId{directive.id.number},
                   "/directives/" + to_text(directive.id),
                   {notices::told("subject", directive.title), notices::told("day", directive.concrete_by),
                    notices::told("message", urge.note)}});
}

std::uint32_t random_number() { return std::random_device()(); }

}  // namespace

struct App::Parts {
    explicit Parts(const Config& given)
        : config(given),
          share(share_folder(config)),
          texts(share + "/messages"),
          files(made_folder(config.data) + "/files"),
          store(Store::open(
              {database_address(config), share + "/migrations", static_cast<int>(config.readers)})),
          rulebooks(rulebooks::Library::read_folder(share + "/rulebooks")) {
        if (!config.today.empty()) {
            Date day{};
            if (!from_text(config.today, day))
                throw std::runtime_error("the setting today must be a day such as 2024-12-16");
            const std::int64_t days = day_number(day) - day_number(day_of(clock_now(), zone_minutes()));
            clock_shift = days * 24 * 60 * 60 * 1000;
        }
        for (const auto& mistake : rulebooks.mistakes())
            throw std::runtime_error(mistake.file + ":" + std::to_string(mistake.line) + ": " + mistake.key +
                                     ": " + mistake.message);
        rebuild_tree();
        announcements.listen("units", [this](const std::set<UnitId>&) {
            rebuild_tree();
            is_tree_changed = true;
        });
        sessions.listen(announcements);
        store->after_commit([this] { announcements.deliver(); });
        add_routes();
        add_jobs();
    }

    ~Parts() { jobs.stop(); }

    void add_routes() {
        audit::add_routes(router);
        organisation::add_routes(router, trees, [](const Call& call, UnitId unit_id, Date day) {
            const members::MemberCounts people = members::count_members(call.db, unit_id, day);
            return people.full + people.probationary + people.candidates;
        });
        accounts::add_routes(
            router, sign_in_limits, passwords,
            [](Db& db, MemberId member_id) {
                const auto member = members::find_member(db, member_id);
                return member ? std::optional(member->unit_id) : std::nullopt;
            },
            visits::reach_by_orders);
        members::add_routes(router, readings, texts, accounts::role_names);
        jobs::add_routes(router, jobs, texts);
        tasks::add_routes(router, texts);
        findings::add_routes(router, finding_setting(), texts);
        inspections::add_routes(router, inspection_setting(), texts, config.language);
        visits::add_routes(router, texts);
        visits::add_plan_routes(router, {config.visit_every_years});
        directives::add_routes(router, {resolutions::items_citing, tell_of_directive}, texts);
        meetings::add_routes(router, meeting_setting());
        meetings::add_series_routes(router, meeting_setting());
        meetings::add_correction_routes(router, meeting_setting(), resolutions::is_cited);
        documents::add_routes(router, attachment_gates(zone_minutes()));
        resolutions::add_routes(router, {classification::story_of_classes},
                                numbering::Letters(texts, config.language));
        numbering::add_routes(router);
        notices::add_routes(router, notice_setting(), calendar_limits);
        papers::add_routes(router, {texts, config.language, meeting_setting()});
        classification::add_routes(router, rulebooks, readings);
        exchange::add_routes(router, texts);
        dashboard::add_routes(router, figures, finding_setting());
        obstacles::add_routes(router, obstacle_setting(), texts);
        consolidation::add_routes(router, consolidation_setting(), texts);
        dashboard::add_attention_routes(router, figures, texts);
        month_board::add_routes(router, months, patterns, texts, tell_urged);
        router
            .get("/api/openapi.json", "Describes every route",
                 [this](const Call&, const Nothing&) { return JsonText{openapi}; })
            .is_open = true;
        openapi = router.openapi();
    }

    // Meetings of series come nearer with each day.
    void plan_ahead() {
        const Actor actor = program_actor("series");
        store->write([&](Db& db) { meetings::plan_all_series(call_in(db, actor), meeting_setting()); });
    }

    // What silence passes up, and what changes of the tree hand to another unit.
    void settle_obstacles() {
        const Actor actor = program_actor("obstacles");
        store->write([&](Db& db) { obstacles::settle(call_in(db, actor), obstacle_setting()); });
    }

    // Watches over units that left the list of weak ones come to their end; what is late in plans is urged.
    void settle_consolidation() {
        const Actor actor = program_actor("consolidation");
        store->write([&](Db& db) {
            const Call call = call_in(db, actor);
            consolidation::settle(call, consolidation_setting());
            consolidation::urge_late(call, consolidation_setting());
        });
    }

    consolidation::Setting consolidation_setting() const {
        return {rulebooks, config.consolidation_watch_months, tell_of_weak_unit};
    }

    obstacles::Setting obstacle_setting() const {
        return {config.obstacle_answer_days, config.obstacle_confirm_days, tell_of_obstacle};
    }

    void add_jobs() {
        exchange::add_jobs(jobs);
        notices::add_jobs(jobs, notice_setting());
        classification::add_jobs(jobs, rulebooks);
    }

    meetings::Setting meeting_setting() const {
        return {.library = rulebooks,
                .zone_minutes = zone_minutes(),
                .agenda_sources = {resolutions::agenda_of_open_items, resolutions::agenda_of_advice,
                                   directives::agenda_of_directives,
                                   agenda_of_recognitions(texts, config.language)},
                .results = resolutions::results_of_last,
                .visitor = resolutions::visitor_score,
                .tell_of_change = [](const Call& call, const meetings::Meeting& meeting,
                                     const meetings::PlanChange&) {
                    return notices::tell_of_plan(call, meeting);
                }};
    }

    inspections::Setting inspection_setting() const {
        return {.days_to_prepare = static_cast<int>(config.inspection_prepare_days),
                .days_to_conduct = static_cast<int>(config.inspection_conduct_days),
                .days_to_close = static_cast<int>(config.inspection_close_days),
                .candidates = inspection_candidates,
                .rulebooks = &rulebooks,
                .tell_late = [](const Call& call, const inspections::Inspection& inspection,
                                inspections::Phase, Date due_on, const std::vector<AccountId>& team) {
                    tell_late_inspection(call, inspection, due_on, team);
                }};
    }

    // Teams whose phase is late are told once.
    void urge_inspections() {
        const Actor actor = program_actor("inspections");
        store->write([&](Db& db) { inspections::urge_late(call_in(db, actor), inspection_setting()); });
    }

    findings::Setting finding_setting() const {
        return {.days_until_check = static_cast<int>(config.finding_check_days)};
    }

    notices::Setting notice_setting() const {
        notices::Setting setting{
            .texts = texts, .zone_minutes = zone_minutes(), .public_url = config.public_url};
        setting.mail = {config.smtp_url, config.smtp_user, "", config.mail_from};
        if (!config.smtp_password_file.empty())
            setting.mail.smtp_password = secret_in(config.smtp_password_file);
        setting.agenda = [this](const Call& call, MeetingId meeting_id) {
            std::vector<std::string> lines;
            for (const meetings::AgendaItem& item :
                 meetings::show(call, {meeting_id}, meeting_setting()).agenda)
                lines.push_back(item.text);
            return lines;
        };
        setting.note_sent = note_invitation_sent(zone_minutes());
        return setting;
    }

    // Runs `work` as the person behind an account, or as the program when it is 0.
    void open_call(AccountId account_id, const std::function<void(const Call&)>& work) {
        const std::shared_ptr<const Actor> actor =
            account_id ? sessions.actor_of(account_id, now(), today(), trees.today())
                       : std::make_shared<const Actor>(program_actor("job"));
        if (!actor) throw Refusal(Reason::forbidden, Problem{"", "platform.not_signed_in"});
        store->read([&](Db& db) { work(call_in(db, *actor)); });
    }

    // What a day does by itself. Done twice it changes nothing.
    void begin_day() {
        const Moment before{now().milliseconds - days_answers_are_kept * 24 * 60 * 60 * 1000};
        store->write([&](Db& db) { http::forget_answers(db, before); });
        plan_ahead();
        settle_obstacles();
        urge_inspections();
        settle_consolidation();
    }

    // A day that begins may bring units that are established, moved or dissolved on it. What fails, as when
    // the store is away, is tried again with the next look.
    void watch_the_day(std::stop_token stopping) {
        std::mutex lock;
        std::condition_variable_any wake;
        std::unique_lock hold(lock);
        Date day = today();
        while (!wake.wait_for(hold, stopping, std::chrono::seconds(20),
                              [&] { return stopping.stop_requested(); })) {
            try {
                if (is_tree_changed.exchange(false)) settle_obstacles();
                const Date begun = today();
                if (begun == day) continue;
                rebuild_tree();
                begin_day();
                day = begun;
            } catch (const std::exception& error) {
                is_tree_changed = true;
                log::write(log::Level::error, "day", {{"what", error.what()}});
            }
        }
    }

    int zone_minutes() const { return static_cast<int>(config.zone_minutes); }
    Moment now() const { return {clock_now().milliseconds + clock_shift}; }
    Date today() const { return day_of(now(), zone_minutes()); }

    void rebuild_tree() {
        store->read([this](Db& db) { trees.rebuild(db, today()); });
    }

    Call call_in(Db& db, const Actor& actor) {
        return {db,     actor, now(), today(), actor.language, trees.today(), ids, announcements,
                *store, files, ""};
    }

    Config config;
    std::string share;
    std::int64_t clock_shift = 0;  // milliseconds, when the installation lives in a sample year
    Texts texts;
    Files files;
    Ids ids{random_number()};
    Announcements announcements;
    std::unique_ptr<Store> store;
    organisation::Trees trees;
    rulebooks::Library rulebooks;
    accounts::Passwords passwords;
    accounts::SignInLimits sign_in_limits;
    accounts::Sessions sessions{*store, {}, visits::reach_by_orders};
    std::atomic<bool> is_tree_changed = false;
    members::Readings readings{*store};
    dashboard::Figures figures;
    month_board::Months months;
    month_board::Patterns patterns;
    notices::CalendarLimits calendar_limits;
    notices::Follower follower;
    jobs::Jobs jobs{
        {.store = *store,
         .announcements = announcements,
         .open_call = [this](AccountId account,
                             const std::function<void(const Call&)>& work) { open_call(account, work); },
         .clock = [this] { return now(); },
         .threads = static_cast<int>(config.job_threads)}};
    Router router;
    std::string openapi;
};

App::App(const Config& config) {
    const EndingsHeldBack held_back;
    parts_ = std::make_unique<Parts>(config);
}

App::~App() = default;

Store& App::store() { return *parts_->store; }

const Router& App::router() const { return parts_->router; }

const Texts& App::texts() const { return parts_->texts; }

const rulebooks::Library& App::rulebooks() const { return parts_->rulebooks; }

const std::string& App::share() const { return parts_->share; }

Date App::today() const { return parts_->today(); }

void App::write(const std::string& name, const std::function<void(const Call&)>& change) {
    const Actor actor = program_actor(name);
    parts_->store->write([&](Db& db) { change(parts_->call_in(db, actor)); });
}

void App::read(const std::string& name, const std::function<void(const Call&)>& look,
               const std::string& language) {
    Actor actor = program_actor(name);
    actor.language = language.empty() ? parts_->config.language : language;
    parts_->store->read([&](Db& db) { look(parts_->call_in(db, actor)); });
}

void App::serve(const std::function<void(unsigned short port)>& ready) {
    // Every thread holds them back, so that the one below gets them.
    const EndingsHeldBack held_back;
    const sigset_t endings = ending_signals();
    std::signal(SIGPIPE, SIG_IGN);

    Parts& parts = *parts_;
    const FolderLock lock(parts.config.data);
    std::optional<http::StaticFiles> static_files;
    if (fs::is_directory(parts.share + "/web/dist")) static_files.emplace(parts.share + "/web/dist");
    else log::write(log::Level::warning, "no_browser_app", {{"expected", parts.share + "/web/dist"}});
    http::Gateway gateway(
        {.router = parts.router,
         .store = *parts.store,
         .texts = parts.texts,
         .ids = parts.ids,
         .announcements = parts.announcements,
         .files = parts.files,
         .static_files = static_files ? &*static_files : nullptr,
         .tree = [&parts] { return parts.trees.today(); },
         .find_actor =
             [&parts](std::string_view token, Moment now, Date today) {
                 return parts.sessions.find_actor(token, now, today, parts.trees.today());
             },
         .clock = [&parts] { return parts.now(); },
         .was_ended = [&parts](std::string_view token) { return parts.sessions.was_ended(token); },
         .zone_minutes = parts.zone_minutes(),
         .language = parts.config.language,
         .marks_cookies_secure = parts.config.is_behind_tls,
         .worker_threads = static_cast<int>(parts.config.worker_threads)});
    http::ServerConfig server_config;
    server_config.address = parts.config.http_address;
    server_config.port = static_cast<unsigned short>(parts.config.http_port);
    server_config.certificate = parts.config.tls_certificate;
    server_config.private_key = parts.config.tls_private_key;
    server_config.io_threads = parts.config.io_threads > 0
                                   ? static_cast<int>(parts.config.io_threads)
                                   : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    http::Server server(server_config, gateway.application());
    parts.figures.start(
        {*parts.store, [&parts] { return parts.trees.today(); }, [&parts] { return parts.today(); }},
        parts.announcements);
    parts.jobs.start();
    parts.begin_day();
    parts.follower.start(
        *parts.store,
        [&parts](const std::function<void(const Call&)>& work) {
            const Actor actor = program_actor("notices");
            parts.store->write([&](Db& db) { work(parts.call_in(db, actor)); });
        },
        parts.announcements);

    std::jthread ending([&] {
        int signal = 0;
        sigwait(&endings, &signal);
        log::write(log::Level::info, "stopping", {{"signal", std::int64_t{signal}}});
        server.stop();
    });
    std::jthread midnight([&parts](std::stop_token stopping) { parts.watch_the_day(stopping); });
    log::write(log::Level::info, "started",
               {{"address", server_config.address}, {"port", std::int64_t{server.port()}}});
    ready(server.port());
    server.run();
    midnight.request_stop();
    gateway.close();
    parts.jobs.stop();
    parts.follower.stop();
    parts.figures.stop();
    parts.readings.stop();
    parts.store->close();
    if (ending.joinable()) pthread_kill(ending.native_handle(), SIGTERM);
}

std::string openapi_page() {
    const fs::path folder =
        fs::temp_directory_path() / ("groundwork-describe-" + std::to_string(random_number()));
    Config config;
    config.data = folder.string();
    std::string page;
    {
        App app(config);
        page = app.router().openapi();
    }
    fs::remove_all(folder);
    return page;
}

}  // namespace gw
