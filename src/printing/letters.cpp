#include <glib.h>

#include <memory>

#include "printing/printing.h"

namespace gw::printing {

bool starts_with_capital(std::string_view word) {
    const gunichar first = g_utf8_get_char_validated(word.data(), static_cast<gssize>(word.size()));
    return first != static_cast<gunichar>(-1) && first != static_cast<gunichar>(-2) &&
           (g_unichar_isupper(first) || g_unichar_isdigit(first));
}

std::string upper_case(const std::string& text) {
    const std::unique_ptr<gchar, decltype(&g_free)> upper(
        g_utf8_strup(text.c_str(), static_cast<gssize>(text.size())), g_free);
    return upper.get();
}

}  // namespace gw::printing
