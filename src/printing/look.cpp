#include "printing/look.h"

namespace gw::printing {

Look look_of(LineStyle style) {
    switch (style) {
        case LineStyle::above: return {.size = 12.5, .side = Side::centre};
        case LineStyle::organisation: return {.size = 12.5, .side = Side::centre, .is_bold = true};
        case LineStyle::star: return {.size = 12.5, .side = Side::centre};
        case LineStyle::number: return {.size = 12.5, .side = Side::centre};
        case LineStyle::motto:
            return {.size = 13.5, .side = Side::centre, .is_bold = true, .is_underlined = true};
        case LineStyle::place: return {.size = 12.5, .side = Side::centre, .is_italic = true, .before = 6};
        case LineStyle::kind:
            return {.size = 15, .side = Side::centre, .is_bold = true, .before = 20, .stays_with_next = true};
        case LineStyle::subject:
            return {
                .size = 13.5, .side = Side::centre, .is_bold = true, .before = 2, .stays_with_next = true};
        case LineStyle::rule: return {.size = 6, .side = Side::centre, .after = 10, .stays_with_next = true};
        case LineStyle::heading:
            return {.size = 13,
                    .side = Side::start,
                    .is_bold = true,
                    .before = 8,
                    .after = 3,
                    .stays_with_next = true};
        case LineStyle::body: return {.after = 4, .indent = 24};
        case LineStyle::entry: return {.after = 3};
        case LineStyle::signer:
            return {.size = 12.5, .side = Side::centre, .is_bold = true, .stays_with_next = true};
        case LineStyle::office: return {.size = 12.5, .side = Side::centre, .stays_with_next = true};
        case LineStyle::space_to_sign:
            return {.size = 13, .before = 26, .after = 26, .stays_with_next = true};
        case LineStyle::signed_name: return {.size = 13, .side = Side::centre, .is_bold = true};
        case LineStyle::recipients: return {.size = 12.5, .side = Side::start, .is_underlined = true};
        case LineStyle::recipient: return {.size = 11, .side = Side::start};
        case LineStyle::note:
            return {.size = 10.5, .side = Side::start, .is_italic = true, .before = 10, .after = 2};
    }
    return {};
}

}  // namespace gw::printing
