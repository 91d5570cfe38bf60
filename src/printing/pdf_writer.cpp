#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "printing/look.h"

namespace gw::printing {

namespace {

constexpr double cell_padding = 4, head_number_size = 12;
constexpr double column_gap = 12, left_share = 0.45, space_above_pair = 10;
// Rows higher than this share of a page are broken; others move to the next page whole.
constexpr double largest_whole_row = 0.4;

template <auto free>
struct Freed {
    template <class T>
    void operator()(T* thing) const {
        free(thing);
    }
};
using Surface = std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>>;
using Canvas = std::unique_ptr<cairo_t, Freed<cairo_destroy>>;
using Context = std::unique_ptr<PangoContext, Freed<g_object_unref>>;
using Layout = std::unique_ptr<PangoLayout, Freed<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>>;

cairo_status_t append(void* target, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

double height_of(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return points(height);
}

// What a line of a layout takes, so that a paragraph can go on over a page.
double line_height(PangoLayout* layout, int line) {
    PangoRectangle extents;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, line), nullptr, &extents);
    return points(extents.height);
}

const char* tag_of(LineStyle style) {
    switch (style) {
        case LineStyle::kind: return "H1";
        case LineStyle::subject: return "H2";
        case LineStyle::heading: return "H3";
        default: return "P";
    }
}

class Press {
public:
    Press(const Document& document, std::string& bytes)
        : document_(document),
          surface_(cairo_pdf_surface_create_for_stream(append, &bytes, page_width, page_height)),
          canvas_(cairo_create(surface_.get())),
          context_(pango_font_map_create_context(pango_cairo_font_map_get_default())) {
        pango_context_set_language(context_.get(), pango_language_from_string(document.language.c_str()));
        pango_cairo_context_set_resolution(context_.get(), 72);
        const std::string day = to_text(document.day) + "T00:00:00Z";
        cairo_surface_t* const pdf = surface_.get();
        cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, document.title.c_str());
        cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_AUTHOR, document.author.c_str());
        cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Groundwork");
        cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, day.c_str());
        cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_MOD_DATE, day.c_str());
    }

    void print() {
        for (std::size_t i = 0; i < document_.blocks.size(); ++i) {
            const Block& block = document_.blocks[i];
            switch (block.kind) {
                case BlockKind::lines:
                    lines(block, i + 1 < document_.blocks.size() ? &document_.blocks[i + 1] : nullptr);
                    break;
                case BlockKind::columns: columns(block); break;
                case BlockKind::table: table(block); break;
                case BlockKind::new_page: new_page(); break;
            }
        }
        cairo_show_page(canvas_.get());
        cairo_surface_finish(surface_.get());
        const cairo_status_t status = cairo_surface_status(surface_.get());
        if (status != CAIRO_STATUS_SUCCESS)
            throw std::runtime_error(std::string("a PDF was not written: ") + cairo_status_to_string(status));
    }

private:
    double bottom() const { return page_height - margin_bottom; }

    void new_page() {
        cairo_show_page(canvas_.get());
        y_ = margin_top;
        ++page_;
        // The first page bears no number.
        const Layout number =
            layout_of(std::to_string(page_), {.size = head_number_size, .side = Side::centre}, text_width);
        cairo_tag_begin(canvas_.get(), "P", nullptr);
        show(number.get(), margin_left, margin_top - 26);
        cairo_tag_end(canvas_.get(), "P");
    }

    Font font_of(double size, bool is_bold, bool is_italic) const {
        Font font(pango_font_description_from_string(
            document_.language == "hi"
                ? "Noto Serif Devanagari, Noto Serif, Noto Sans Devanagari, DejaVu Serif"
                : "Noto Serif, Noto Serif Devanagari, DejaVu Serif"));
        pango_font_description_set_size(font.get(), static_cast<int>(size * PANGO_SCALE));
        if (is_bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
        if (is_italic) pango_font_description_set_style(font.get(), PANGO_STYLE_ITALIC);
        return font;
    }

    Layout layout_of(const std::string& text, const Look& look, double width,
                     const std::string& lead = "") const {
        Layout layout(pango_layout_new(context_.get()));
        const std::string whole = lead.empty() ? text : lead + " " + text;
        pango_layout_set_text(layout.get(), whole.c_str(), static_cast<int>(whole.size()));
        pango_layout_set_font_description(layout.get(),
                                          font_of(look.size, look.is_bold, look.is_italic).get());
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_indent(layout.get(), static_cast<int>(look.indent * PANGO_SCALE));
        if (look.side == Side::centre) pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
        if (look.side == Side::justified) pango_layout_set_justify(layout.get(), TRUE);
        PangoAttrList* const attributes = pango_attr_list_new();
        const auto add = [&](PangoAttribute* attribute, std::size_t end) {
            attribute->start_index = 0;
            attribute->end_index = static_cast<guint>(end);
            pango_attr_list_insert(attributes, attribute);
        };
        if (!lead.empty()) add(pango_attr_weight_new(PANGO_WEIGHT_BOLD), lead.size());
        if (look.is_underlined) add(pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), whole.size());
        pango_layout_set_attributes(layout.get(), attributes);
        pango_attr_list_unref(attributes);
        return layout;
    }

    void show(PangoLayout* layout, double x, double y) const {
        cairo_move_to(canvas_.get(), x, y);
        pango_cairo_show_layout(canvas_.get(), layout);
    }

    // Lines [first, end) of a layout below each other from `y` on.
    void show_lines(PangoLayout* layout, int first, int end, double x, double y) const {
        double start = 0;
        PangoLayoutIter* const walk = pango_layout_get_iter(layout);
        for (int line = 0; line < end; ++line) {
            PangoRectangle extents;
            pango_layout_iter_get_line_extents(walk, nullptr, &extents);
            if (line == first) start = points(extents.y);
            if (line >= first) {
                cairo_move_to(canvas_.get(), x + points(extents.x),
                              y + points(pango_layout_iter_get_baseline(walk)) - start);
                pango_cairo_show_layout_line(canvas_.get(), pango_layout_iter_get_line_readonly(walk));
            }
            pango_layout_iter_next_line(walk);
        }
        pango_layout_iter_free(walk);
    }

    void rule() {
        cairo_set_line_width(canvas_.get(), 0.8);
        cairo_move_to(canvas_.get(), margin_left + (text_width - rule_width) / 2, y_ + 4);
        cairo_rel_line_to(canvas_.get(), rule_width, 0);
        cairo_stroke(canvas_.get());
    }

    // A paragraph, over as many pages as it needs; `room_below` keeps it with what follows.
    void paragraph(const Line& line, bool has_next, double room_below) {
        const Look look = look_of(line.style);
        y_ += y_ > margin_top ? look.before : 0;
        if (line.style == LineStyle::rule) {
            rule();
            y_ += look.size + look.after;
            return;
        }
        const bool is_entry = line.style == LineStyle::entry;
        const double x = margin_left + (is_entry ? entry_indent : 0);
        const Layout layout =
            layout_of(line.text, look, text_width - (is_entry ? entry_indent : 0), line.lead);
        const double room_after =
            std::max(room_below, look.stays_with_next && has_next ? 3 * line_height(layout.get(), 0) : 0);
        const int count = pango_layout_get_line_count(layout.get());
        for (int first = 0; first < count;) {
            double height = 0;
            int end = first;
            while (end < count && y_ + height + line_height(layout.get(), end) + room_after <= bottom())
                height += line_height(layout.get(), end++);
            // No single line alone at the end of a page or at the beginning of the next.
            if (end < count && end - first == 1 && first == 0) end = first;
            if (end == count - 1 && end - first > 2) --end;
            if (end == first) {
                new_page();
                continue;
            }
            cairo_tag_begin(canvas_.get(), tag_of(line.style), nullptr);
            if (is_entry && first == 0) show(layout_of("–", look, entry_indent).get(), margin_left + 4, y_);
            show_lines(layout.get(), first, end, x, y_);
            cairo_tag_end(canvas_.get(), tag_of(line.style));
            for (int i = first; i < end; ++i) y_ += line_height(layout.get(), i);
            first = end;
            if (first < count) new_page();
        }
        y_ += look.after;
    }

    void lines(const Block& block, const Block* next) {
        for (std::size_t i = 0; i < block.lines.size(); ++i) {
            const bool is_last = i + 1 == block.lines.size();
            // Signatures do not stand alone on a page.
            const double room = is_last && next && next->kind == BlockKind::columns ? pair_height(*next) : 0;
            paragraph(block.lines[i], !is_last || next, std::min(room, page_height / 3));
        }
    }

    // Draws a column, or only says how high it is.
    double column(const std::vector<Line>& lines, double x, double width, bool is_drawn) const {
        double y = 0;
        for (const Line& line : lines) {
            const Look look = look_of(line.style);
            if (&line != &lines.front()) y += look.before;
            const Layout layout = layout_of(line.text, look, width, line.lead);
            if (is_drawn && !line.text.empty()) {
                cairo_tag_begin(canvas_.get(), "P", nullptr);
                show(layout.get(), x, y_ + y);
                cairo_tag_end(canvas_.get(), "P");
            }
            y += height_of(layout.get()) + look.after;
        }
        return y;
    }

    static constexpr double left_width = text_width * left_share - column_gap / 2;
    static constexpr double right_width = text_width * (1 - left_share) - column_gap / 2;
    double pair_height(const Block& block) const {
        return space_above_pair + std::max(column(block.lines, 0, left_width, false),
                                           column(block.right_lines, 0, right_width, false));
    }

    // Two columns beside each other on one page: the head of the paper, the signatures.
    void columns(const Block& block) {
        const double x_right = margin_left + left_width + column_gap;
        const double height = pair_height(block) - space_above_pair;
        if (y_ > margin_top) y_ += space_above_pair;
        if (y_ + height > bottom() && y_ > margin_top) new_page();
        column(block.lines, margin_left, left_width, true);
        column(block.right_lines, x_right, right_width, true);
        y_ += height;
    }

    struct Cell {
        Layout layout;
        double x = 0, width = 0;
        int shown = 0;  // lines on the pages before
        int count() const { return pango_layout_get_line_count(layout.get()); }
    };

    std::vector<Cell> cells_of(const Block& block, const std::vector<std::string>& texts, bool is_head,
                               bool is_bold) const {
        std::vector<Cell> cells;
        double x = margin_left;
        for (std::size_t i = 0; i < block.columns.size(); ++i) {
            const double width = text_width * static_cast<double>(block.columns[i].per_mille) / 1000;
            const Look look{.size = table_size,
                            .side = is_head || block.columns[i].is_centred ? Side::centre : Side::start,
                            .is_bold = is_head || is_bold};
            cells.push_back({layout_of(texts[i], look, width - 2 * cell_padding), x, width, 0});
            x += width;
        }
        return cells;
    }

    static double rest_of(const Cell& cell) {
        double height = 0;
        for (int line = cell.shown; line < cell.count(); ++line)
            height += line_height(cell.layout.get(), line);
        return height;
    }
    static double height_of_row(const std::vector<Cell>& cells) {
        double height = 0;
        for (const Cell& cell : cells) height = std::max(height, rest_of(cell));
        return height + 2 * cell_padding;
    }

    // As much of a row as fits on this page; true when all of it was shown.
    bool row(std::vector<Cell>& cells, const char* tag) {
        const double height = std::min(height_of_row(cells), bottom() - y_);
        bool is_whole = true;
        cairo_tag_begin(canvas_.get(), "TR", nullptr);
        for (Cell& cell : cells) {
            double used = 0;
            int end = cell.shown;
            while (end < cell.count() &&
                   used + line_height(cell.layout.get(), end) <= height - 2 * cell_padding + 0.01)
                used += line_height(cell.layout.get(), end++);
            cairo_tag_begin(canvas_.get(), tag, nullptr);
            show_lines(cell.layout.get(), cell.shown, end, cell.x + cell_padding, y_ + cell_padding);
            cairo_tag_end(canvas_.get(), tag);
            cell.shown = end;
            is_whole = is_whole && end == cell.count();
            cairo_set_line_width(canvas_.get(), 0.6);
            cairo_rectangle(canvas_.get(), cell.x, y_, cell.width, height);
            cairo_stroke(canvas_.get());
        }
        cairo_tag_end(canvas_.get(), "TR");
        y_ += height;
        return is_whole;
    }

    void head_row(const Block& block) {
        std::vector<std::string> heads;
        for (const TableColumn& column : block.columns) heads.push_back(column.head);
        std::vector<Cell> cells = cells_of(block, heads, true, true);
        row(cells, "TH");
    }

    void table(const Block& block) {
        const auto begin = [&] {
            cairo_tag_begin(canvas_.get(), "Table", nullptr);
            head_row(block);
        };
        const auto end = [&] { cairo_tag_end(canvas_.get(), "Table"); };
        y_ += 4;
        // The heads of the columns never stand alone.
        double first = 90;
        if (!block.rows.empty())
            first = 36 + height_of_row(cells_of(block, block.rows[0].cells, false, block.rows[0].is_sum));
        if (y_ + std::min(first, page_height / 3) > bottom()) new_page();
        begin();
        for (const TableRow& given : block.rows) {
            std::vector<Cell> cells = cells_of(block, given.cells, false, given.is_sum);
            const double height = height_of_row(cells);
            const bool is_long = height > largest_whole_row * page_height;
            const auto turn = [&] {
                end();
                new_page();
                begin();
            };
            if (y_ + height > bottom() && (!is_long || y_ + 60 > bottom())) turn();
            while (!row(cells, "TD")) turn();
        }
        end();
        y_ += 8;
    }

    const Document& document_;
    Surface surface_;
    Canvas canvas_;
    Context context_;
    double y_ = margin_top;
    int page_ = 1;
};

}  // namespace

std::string pdf_of(const Document& document) {
    std::string bytes;
    Press(document, bytes).print();
    return bytes;
}

}  // namespace gw::printing
