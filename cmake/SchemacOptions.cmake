# Compiler options of our own code, as one target that every library links.
add_library(schemac_options INTERFACE)
target_compile_options(schemac_options INTERFACE -Wall -Wextra -Wpedantic)
# Where it inlines operator+ of strings, GCC 12 warns of an overlap that cannot be (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(schemac_options INTERFACE -Wno-restrict)
endif()

set(SCHEMAC_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them")
if(SCHEMAC_SANITIZE)
  add_compile_options(-fsanitize=${SCHEMAC_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SCHEMAC_SANITIZE})
endif()

# Half the debug information is enough for a stack trace and builds and links much faster.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()
