# Third-party libraries, all from Debian's packages; see scripts/packages.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(simdjson REQUIRED)
find_package(cereal REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(OpenSSL REQUIRED)
pkg_check_modules(PQXX REQUIRED IMPORTED_TARGET libpqxx)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)

# Catalogs are many small objects. Sanitizers bring an allocator of their own.
find_library(MIMALLOC_LIBRARY mimalloc REQUIRED)

find_program(ANTLR4_TOOL antlr4 REQUIRED)
find_path(ANTLR4_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR4_LIBRARY antlr4-runtime REQUIRED)

# libpg_query ships neither pkg-config nor CMake files.
find_path(PG_QUERY_INCLUDE pg_query.h REQUIRED)
find_library(PG_QUERY_LIBRARY pg_query REQUIRED)
find_library(PROTOBUF_C_LIBRARY protobuf-c REQUIRED)
add_library(schemac_pg_query INTERFACE)
target_include_directories(schemac_pg_query SYSTEM INTERFACE ${PG_QUERY_INCLUDE})
target_link_libraries(schemac_pg_query INTERFACE ${PG_QUERY_LIBRARY} ${PROTOBUF_C_LIBRARY})

find_path(MUSTACHE_INCLUDE kainjow/mustache.hpp REQUIRED)
add_library(schemac_mustache INTERFACE)
target_include_directories(schemac_mustache SYSTEM INTERFACE ${MUSTACHE_INCLUDE})
