// Makes zips and Excel workbooks in memory, good ones and broken ones.
#pragma once
#include <zip.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace gw::test {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string zip_of(const Parts& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (zip == nullptr) throw std::runtime_error("cannot make a zip");
    zip_source_keep(target);
    for (const auto& [name, text] : parts) {
        zip_source_t* part = zip_source_buffer(zip, text.data(), text.size(), 0);
        if (zip_file_add(zip, name.c_str(), part, ZIP_FL_ENC_UTF_8) < 0)
            throw std::runtime_error("cannot add to a zip");
    }
    if (zip_close(zip) != 0) throw std::runtime_error("cannot write a zip");
    zip_stat_t about;
    zip_source_stat(target, &about);
    std::string bytes(about.size, '\0');
    zip_source_open(target);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

// The parts of a workbook with two sheets; `sheet_data` is what stands inside <sheetData> of the first.
inline Parts workbook_parts(const std::string& sheet_data, const std::string& shared = "",
                            const std::string& properties = "") {
    const std::string head = R"(<?xml version="1.0" encoding="UTF-8"?>)";
    const std::string space = R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
    return {
        {"[Content_Types].xml", head + "<Types/>"},
        {"xl/workbook.xml",
         head + "<workbook" + space +
             R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)" +
             properties +
             R"(<sheets><sheet name="Đảng viên" sheetId="1" r:id="rId1"/><sheet name="Other" sheetId="2" r:id="rId2"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels",
         head + R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>)"
                R"(<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>)"},
        {"xl/styles.xml",
         head + "<styleSheet" + space +
             R"(><numFmts count="2"><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="[Red]0&quot;day&quot;"/></numFmts>)"
             R"(<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>)"},
        {"xl/sharedStrings.xml", head + "<sst" + space + ">" + shared + "</sst>"},
        {"xl/worksheets/sheet1.xml",
         head + "<worksheet" + space + "><sheetData>" + sheet_data + "</sheetData></worksheet>"},
        {"xl/worksheets/sheet2.xml",
         head + "<worksheet" + space +
             R"(><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>second</t></is></c></row></sheetData></worksheet>)"}};
}

inline std::string text_cell(const std::string& text) {
    return R"(<c t="inlineStr"><is><t>)" + text + "</t></is></c>";
}

// A workbook of texts.
inline std::string workbook_of(const std::vector<std::vector<std::string>>& rows) {
    std::string data;
    for (const auto& row : rows) {
        data += "<row>";
        for (const auto& cell : row) data += text_cell(cell);
        data += "</row>";
    }
    return zip_of(workbook_parts(data));
}

}  // namespace gw::test
