#include "documents/documents.h"

#include "support/pictures.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::documents {

namespace {

constexpr ThingId thing{77};

// People of the program may see and change the files of one thing; others may only see them.
Gates gates_of(const test::World& world) {
    const UnitId unit_id = world.na_lung;
    return {{ThingKind::meeting, [unit_id](const Call& call, ThingId thing_id, Act act) {
                 if (thing_id != thing) refuse_unknown("thing_id");
                 if (!call.actor.may("meetings.read", unit_id)) refuse_unknown("thing_id");
                 if (act == Act::change) call.require("meetings.record", unit_id);
                 return unit_id;
             }}};
}

Attach paper(std::string bytes = "%PDF-1.7 ...", std::string name = "Dự thảo nghị quyết.pdf") {
    return {std::nullopt, ThingKind::meeting, thing, Purpose::document, std::move(name),
            "",           std::move(bytes)};
}

}  // namespace

TEST_CASE("a file is kept with the thing it belongs to, and the trail says so") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Gates gates = gates_of(world);
        Attach request = paper();
        request.id = AttachmentId{501};
        const auto before = world.audit_count();
        Attachment added;
        world.read([&](const Call& call) {
            added = attach(call, request, gates);
            CHECK(added.unit_id == world.na_lung);
            CHECK(added.media_type == "application/pdf");
            CHECK(call.files.read(added.sha256) == request.bytes);
        });
        CHECK(world.audit_count() == before + 1);
        // The network dropped the answer and the phone sends again.
        world.read([&](const Call& call) {
            CHECK(attach(call, request, gates).added_at == added.added_at);
            request.bytes += "other";
            CHECK(
                test::refuses([&] { attach(call, request, gates); }, Reason::conflict, "documents.id_taken"));
        });
        CHECK(world.audit_count() == before + 1);
        world.read([&](const Call& call) {
            CHECK(list(call, {ThingKind::meeting, thing}, gates).attachments.size() == 1);
        });
    });
}

TEST_CASE("a thing whose record takes no picture refuses pictures, and nothing takes sound or film") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Gates others = gates_of(world);
        Gates gates = others;
        gates.takes_no_picture = [](const Call&, ThingKind kind, ThingId) {
            return kind == ThingKind::meeting;
        };
        world.read([&](const Call& call) {
            const std::string photo = test::picture({.width = 20, .height = 10, .note = ""});
            for (const char* name : {"phòng họp.jpg", "biên bản.pdf"})
                CHECK(test::refuses([&] { attach(call, paper(photo, name), gates); }, Reason::invalid,
                                    "documents.no_pictures"));
            for (const char* bytes :
                 {"ID3\x03 sound", "RIFF\x10\x10\x10\x10WAVEfmt ", "\x1A\x45\xDF\xA3 film"})
                for (const bool takes_none : {true, false})
                    CHECK(test::refuses(
                        [&] { attach(call, paper(bytes, "ghi âm.mp3"), takes_none ? gates : others); },
                        Reason::invalid,
                        takes_none ? "documents.no_pictures" : "documents.kind_not_allowed"));
            CHECK(attach(call, paper(), gates).media_type == "application/pdf");
        });
    });
}

TEST_CASE("a photo is cleaned whatever it is called, and has a thumbnail") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Gates gates = gates_of(world);
        const std::string given = test::picture({.width = 2000, .height = 1000, .note = "GPS 22.3 105.4"});
        world.read([&](const Call& call) {
            Attach request = paper(given, "buổi họp.pdf");
            request.purpose = Purpose::photo;
            const Attachment photo = attach(call, request, gates);
            CHECK(photo.width == 1600);
            CHECK(photo.media_type == "image/jpeg");
            CHECK(photo.given_sha256 == sha256_of(given));
            CHECK(call.files.read(photo.sha256).find("GPS 22.3") == std::string::npos);
            CHECK(test::size_of(call.files.read(photo.thumbnail_sha256.value())) == std::pair{320, 160});
        });
    });
}

TEST_CASE("files of kinds that a browser might run, empty ones and ones without a name are refused") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Gates gates = gates_of(world);
        const auto refuses = [&](const Attach& request, std::string_view key) {
            bool refused = false;
            world.read([&](const Call& call) {
                refused = test::refuses([&] { attach(call, request, gates); }, Reason::invalid, key);
            });
            return refused;
        };
        CHECK(refuses(paper("", "a.pdf"), "documents.empty_file"));
        CHECK(refuses(paper("%PDF-1.7", " "), "platform.required"));
        CHECK(refuses(paper("<html>", "a.html"), "documents.kind_not_allowed"));
        CHECK(refuses(paper("<svg/>", "a.svg"), "documents.kind_not_allowed"));
        CHECK(refuses(paper("<html>", "a.pdf"), "documents.kind_not_allowed"));
        CHECK(refuses(paper("MZ", "a.docx"), "documents.kind_not_allowed"));
        CHECK(refuses(paper("\xff\xfe", "a.txt"), "documents.kind_not_allowed"));
        Attach photo = paper();
        photo.purpose = Purpose::photo;
        CHECK(refuses(photo, "imaging.not_a_picture"));
        Attach spoken = paper();
        spoken.caption = std::string(501, 'x');
        CHECK(refuses(spoken, "checks.too_long"));
    });
}

TEST_CASE("the gate of the thing decides who sees and who adds") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Gates gates = gates_of(world);
        const Actor reader = world.person({"meetings.read"}, world.na_lung);
        const Actor stranger = world.person({"meetings.read", "meetings.record"}, world.ban_lang);
        AttachmentId kept;
        world.read([&](const Call& call) { kept = attach(call, paper(), gates).id; });
        world.read(reader, [&](const Call& call) {
            CHECK(list(call, {ThingKind::meeting, thing}, gates).attachments.size() == 1);
            CHECK(test::refuses([&] { attach(call, paper(), gates); }, Reason::forbidden,
                                "platform.forbidden"));
        });
        world.read(stranger, [&](const Call& call) {
            CHECK(test::refuses(
                [&] {
                    list(call, {ThingKind::meeting, thing}, gates);
                },
                Reason::not_found, "platform.not_found"));
            CHECK(test::refuses([&] { attach(call, paper(), gates); }, Reason::not_found,
                                "platform.not_found"));
            // A kind of thing that nobody guards is open to nobody.
            CHECK(test::refuses(
                [&] {
                    list(call, {ThingKind::directive, thing}, gates);
                },
                Reason::not_found, "platform.not_found"));
        });
        CHECK(test::refuses(
            [&] { world.write(reader, [&](const Call& call) { remove(call, {kept}, gates); }); },
            Reason::forbidden, "platform.forbidden"));
    });
}

TEST_CASE("a removed file can be brought back, and a thing has room for 40") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Gates gates = gates_of(world);
        AttachmentId kept;
        world.read([&](const Call& call) { kept = attach(call, paper(), gates).id; });
        const auto refused = [&](auto act, std::string_view key) {
            return test::refuses(
                [&] { world.write([&](const Call& call) { act(call, AttachmentKey{kept}, gates); }); },
                Reason::conflict, key);
        };
        CHECK(refused(restore, "documents.not_removed"));
        world.write([&](const Call& call) { remove(call, {kept}, gates); });
        CHECK(refused(remove, "documents.already_removed"));
        world.read([&](const Call& call) {
            CHECK(list(call, {ThingKind::meeting, thing}, gates).attachments.empty());
        });
        world.write([&](const Call& call) { restore(call, {kept}, gates); });
        world.read([&](const Call& call) {
            for (int i = 1; i < most_of_a_thing; ++i) attach(call, paper("%PDF-" + std::to_string(i)), gates);
            CHECK(test::refuses([&] { attach(call, paper("%PDF-more"), gates); }, Reason::conflict,
                                "documents.too_many"));
        });
    });
}

}  // namespace gw::documents
