#include "exchange/workbook_parts.h"

#include <expat.h>
#include <zip.h>

#include <exception>
#include <vector>

namespace gw::exchange {

namespace {

constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::size_t ratio_matters_from = 1u << 20;

[[noreturn]] void refuse_damaged() { throw UnreadableTable("exchange.damaged_workbook"); }

std::string_view without_prefix(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

struct ZipClose {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct EntryClose {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
struct ParserFree {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

// What the C callbacks work on. They must not throw through the library, so trouble is kept and thrown later.
struct Parsing {
    const ElementListener& listener;
    XML_Parser parser;
    std::exception_ptr trouble;

    template <class Step>
    void guarded(Step step) {
        if (trouble) return;
        try {
            step();
        } catch (...) {
            trouble = std::current_exception();
            XML_StopParser(parser, XML_FALSE);
        }
    }
};

void take_start(void* given, const char* name, const char** attributes) {
    auto& parsing = *static_cast<Parsing*>(given);
    parsing.guarded([&] { parsing.listener.start(without_prefix(name), Attributes(attributes)); });
}

void take_end(void* given, const char* name) {
    auto& parsing = *static_cast<Parsing*>(given);
    parsing.guarded([&] { parsing.listener.end(without_prefix(name)); });
}

void take_text(void* given, const char* text, int size) {
    auto& parsing = *static_cast<Parsing*>(given);
    parsing.guarded([&] { parsing.listener.text({text, static_cast<std::size_t>(size)}); });
}

void refuse_doctype(void* given, const char*, const char*, const char*, int) {
    auto& parsing = *static_cast<Parsing*>(given);
    parsing.guarded([] { refuse_damaged(); });
}

}  // namespace

struct WorkbookParts::Zip {
    std::unique_ptr<zip_t, ZipClose> archive;
};

std::string_view Attributes::operator[](std::string_view name) const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2)
        if (without_prefix(pair[0]) == name) return pair[1];
    return {};
}

WorkbookParts::WorkbookParts(std::string_view bytes, const TableLimits& limits)
    : zip_(std::make_unique<Zip>()), limits_(limits) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) refuse_damaged();
    zip_->archive.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    zip_error_fini(&error);
    if (!zip_->archive) {
        zip_source_free(source);
        refuse_damaged();
    }
}

WorkbookParts::~WorkbookParts() = default;

bool WorkbookParts::has(const std::string& part) const {
    return zip_name_locate(zip_->archive.get(), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

void WorkbookParts::read(const std::string& part, const ElementListener& listener) {
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_stat(zip_->archive.get(), part.c_str(), ZIP_FL_NOCASE, &about) != 0 ||
        (about.valid & ZIP_STAT_INDEX) == 0)
        throw UnreadableTable("exchange.no_workbook");
    const std::unique_ptr<zip_file_t, EntryClose> entry(zip_fopen_index(zip_->archive.get(), about.index, 0));
    if (!entry) refuse_damaged();
    const std::unique_ptr<XML_ParserStruct, ParserFree> parser(XML_ParserCreate(nullptr));
    if (!parser) throw std::bad_alloc();
    Parsing parsing{listener, parser.get(), {}};
    XML_SetUserData(parser.get(), &parsing);
    XML_SetElementHandler(parser.get(), take_start, take_end);
    XML_SetCharacterDataHandler(parser.get(), take_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), refuse_doctype);

    std::vector<char> block(block_bytes);
    std::size_t part_bytes = 0;
    while (true) {
        const zip_int64_t count = zip_fread(entry.get(), block.data(), block.size());
        if (count < 0) refuse_damaged();
        // Counted as it is unpacked: what the zip says of itself may be a lie.
        part_bytes += static_cast<std::size_t>(count);
        unpacked_ += static_cast<std::size_t>(count);
        const bool is_bomb =
            part_bytes > ratio_matters_from && part_bytes / limits_.largest_ratio > about.comp_size;
        if (unpacked_ > limits_.unpacked_bytes || is_bomb)
            throw UnreadableTable("exchange.workbook_too_large");
        const XML_Status status = XML_Parse(parser.get(), block.data(), static_cast<int>(count), count == 0);
        if (parsing.trouble) std::rethrow_exception(parsing.trouble);
        if (status != XML_STATUS_OK) refuse_damaged();
        if (count == 0) return;
    }
}

}  // namespace gw::exchange
