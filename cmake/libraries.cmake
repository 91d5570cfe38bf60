# Every library the program stands on, by the folder that may know it (scripts/check_layout holds to it).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)  # platform
find_package(OpenSSL REQUIRED)                     # platform/http
find_package(SQLite3 REQUIRED)                     # platform/db
find_package(PostgreSQL REQUIRED)                  # platform/db
find_package(ICU REQUIRED COMPONENTS uc i18n)      # platform
find_package(fmt REQUIRED)                         # platform/log
find_package(spdlog REQUIRED)                      # platform/log
find_package(CLI11 REQUIRED)                       # main
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)     # platform
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)        # exchange, printing
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)          # exchange
pkg_check_modules(TOMLPLUSPLUS REQUIRED IMPORTED_TARGET tomlplusplus)  # rulebooks, platform/config
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)  # spreadsheets
find_library(LIBCSV csv REQUIRED)                  # exchange, fact_files
pkg_check_modules(VIPS REQUIRED IMPORTED_TARGET vips)          # imaging
pkg_check_modules(LIBICAL REQUIRED IMPORTED_TARGET libical)      # notices
find_package(CURL REQUIRED)                        # notices
find_package(TBB REQUIRED)                         # evaluation, fact_files
find_package(mimalloc REQUIRED)                    # main
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo)      # printing
pkg_check_modules(CAIRO_PDF REQUIRED IMPORTED_TARGET cairo-pdf)        # printing

# GLib's -pthread defines a name of which the precompiled header knows nothing; Threads::Threads links the threads.
foreach(library VIPS PANGOCAIRO CAIRO_PDF)
  set_target_properties(PkgConfig::${library} PROPERTIES INTERFACE_COMPILE_OPTIONS "")
endforeach()
