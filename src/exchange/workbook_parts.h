// The parts of an Excel workbook: named XML files in a zip, read as a stream of elements.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "exchange/table_reader.h"

namespace gw::exchange {

// The attributes of an element, while it is being told of.
class Attributes {
public:
    explicit Attributes(const char** pairs) : pairs_(pairs) {}
    // The value of an attribute, its prefix left out; empty when there is none.
    std::string_view operator[](std::string_view name) const;

private:
    const char** pairs_;
};

struct ElementListener {
    std::function<void(std::string_view name, Attributes attributes)> start;  // names without their prefix
    std::function<void(std::string_view name)> end = [](std::string_view) {};
    std::function<void(std::string_view text)> text = [](std::string_view) {};
};

class WorkbookParts {
public:
    // `bytes` must stay while the parts are read. Throws UnreadableTable when this is no whole zip.
    WorkbookParts(std::string_view bytes, const TableLimits& limits);
    ~WorkbookParts();
    WorkbookParts(const WorkbookParts&) = delete;
    WorkbookParts& operator=(const WorkbookParts&) = delete;

    bool has(const std::string& part) const;
    // Throws UnreadableTable when the part is missing, damaged, no XML, larger or more densely packed than
    // the limits allow, or declares a document type (which could make it swell).
    void read(const std::string& part, const ElementListener& listener);

private:
    struct Zip;
    std::unique_ptr<Zip> zip_;
    const TableLimits& limits_;
    std::size_t unpacked_ = 0;
};

}  // namespace gw::exchange
