// What may be kept beside an inspection and what it found: papers, by those concerned; no sound and no
// picture.
#include "borders.h"
#include "inspections/district.h"
#include "support/pictures.h"

namespace gw {
namespace {

using documents::ThingKind;
using test::day;
using test::District;
using test::refuses;

class Evidence {
public:
    Evidence(District& district, ThingKind kind, documents::ThingId thing_id)
        : district_(district), kind_(kind), thing_id_(thing_id) {}

    void add(const Actor& actor, const std::string& bytes, const std::string& name) {
        district_.world.read(actor, [&](const Call& call) {
            documents::attach(call,
                              {std::nullopt, kind_, thing_id_, documents::Purpose::evidence, name, "", bytes},
                              gates_);
        });
    }
    bool is_refused(const Actor& actor, Reason reason, std::string_view key, const std::string& bytes,
                    const std::string& name) {
        return refuses([&] { add(actor, bytes, name); }, reason, key);
    }
    bool takes_no_recording(const Actor& actor) {
        const std::string photo = test::picture({.width = 20, .height = 10, .note = ""});
        bool is_refused_all = is_refused(actor, Reason::invalid, "documents.no_pictures", photo, "ảnh.jpg") &&
                              is_refused(actor, Reason::invalid, "documents.no_pictures", photo, "a.pdf");
        for (const char* bytes :
             {"ID3\x03 sound", "RIFF\x10\x10\x10\x10WAVEfmt ", "OggS sound", "\x1A\x45\xDF\xA3 film"})
            is_refused_all = is_refused_all &&
                             is_refused(actor, Reason::invalid, "documents.no_pictures", bytes, "ghi âm.mp3");
        return is_refused_all;
    }
    std::size_t seen_by(const Actor& actor) {
        std::size_t count = 0;
        district_.world.read(actor, [&](const Call& call) {
            count = documents::list(call, {kind_, thing_id_}, gates_).attachments.size();
        });
        return count;
    }
    bool is_unknown_to(const Actor& actor) {
        return refuses([&] { seen_by(actor); }, Reason::not_found, "platform.not_found") &&
               is_refused(actor, Reason::not_found, "platform.not_found", paper, "giấy.pdf");
    }
    static inline const std::string paper = "%PDF-1.7 ...";

private:
    District& district_;
    ThingKind kind_;
    documents::ThingId thing_id_;
    documents::Gates gates_ = attachment_gates(420);
};

}  // namespace

TEST_CASE("an inspection and what it found take papers from those concerned, no sound and no picture") {
    test::for_each_store([](Store& store) {
        District district(store);
        const InspectionId id = district.decided();
        const std::vector<const Actor*> others{&district.other_member,  &district.secretary,
                                               &district.commune,       &district.province,
                                               &district.administrator, &district.neighbour};
        Evidence file(district, ThingKind::inspection, documents::ThingId{id.number});
        file.add(district.leader, Evidence::paper, "Sổ đảng phí.pdf");
        CHECK(file.takes_no_recording(district.leader));
        CHECK(file.takes_no_recording(district.body));
        CHECK(file.seen_by(district.second) == 1);
        CHECK(file.is_unknown_to(district.member));  // until a paper was delivered
        district.write(id, 1, 4);
        district.give(id, 1);
        CHECK(refuses([&] { file.seen_by(district.member); }, Reason::forbidden, "platform.forbidden"));
        CHECK(file.is_refused(district.member, Reason::forbidden, "platform.forbidden", Evidence::paper,
                              "giấy.pdf"));
        for (const Actor* actor : others) CHECK(file.is_unknown_to(*actor));

        FindingId finding_id;
        district.world.write(district.leader, [&](const Call& call) {
            finding_id =
                inspections::note_findings(call, {id, {test::fault()}}, district.setting).findings[0].id;
        });
        Evidence evidence(district, ThingKind::finding, documents::ThingId{finding_id.number});
        evidence.add(district.leader, Evidence::paper, "Bảng điểm danh.pdf");
        CHECK(evidence.takes_no_recording(district.leader));
        CHECK(evidence.is_unknown_to(district.member));
        district.write(id, 5, 10);
        district.give(id, 10);
        evidence.add(district.member, Evidence::paper, "Bản kiểm điểm.pdf");
        CHECK(evidence.takes_no_recording(district.member));
        CHECK(evidence.seen_by(district.body) == 2);
        for (const Actor* actor : others) CHECK(evidence.is_unknown_to(*actor));
        // The trail says that a file came, not what it is called.
        district.world.read([&](const Call& call) {
            CHECK(call.db.count("SELECT COUNT(*) FROM audit_entries WHERE detail LIKE '%kiểm điểm%'") == 0);
        });
    });
}

}  // namespace gw
