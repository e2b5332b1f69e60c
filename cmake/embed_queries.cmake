# Writes introspect/postgres/*.sql into one C++ source: the queries are part of the binary.
set(text "// Made by cmake/embed_queries.cmake from introspect/postgres/*.sql.\n#include \"introspect/postgres/queries.h\"\n\nnamespace schemac::postgres {\n\nnamespace {\nconstexpr Query kQueries[] = {\n")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} sql)
  string(APPEND text "    {\"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
string(APPEND text "};\n}  // namespace\n\nstd::span<const Query> all_queries() { return kQueries; }\n\n}  // namespace schemac::postgres\n")
file(WRITE ${OUT} "${text}")
