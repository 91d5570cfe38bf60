# gw_capability(name NEEDS other ...): one capability = one folder = one static library.
# A need must be declared above its user, so the order of the file is the order of dependency and a cycle
# cannot be written down.
function(gw_capability name)
  cmake_parse_arguments(ARG "" "" "NEEDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(NOT sources)
    message(FATAL_ERROR "src/${name} is declared but has no source files")
  endif()
  add_library(gw_${name} STATIC ${sources})
  target_link_libraries(gw_${name} PUBLIC gw_platform)
  target_precompile_headers(gw_${name} REUSE_FROM gw_platform)
  foreach(need IN LISTS ARG_NEEDS)
    if(NOT TARGET gw_${need})
      message(FATAL_ERROR "${name} needs ${need}, which is not declared above it in src/CMakeLists.txt")
    endif()
    target_link_libraries(gw_${name} PUBLIC gw_${need})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY GW_CAPABILITIES gw_${name})
endfunction()

# gw_library(name library ...): a library from outside that one capability alone stands on.
function(gw_library name)
  target_link_libraries(gw_${name} PRIVATE ${ARGN})
endfunction()
