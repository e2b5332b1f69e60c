# Sources made at build time: the parser of the grammar, and the registries of kinds, rules and
# queries, each from the files that its folder holds, so that adding a kind edits no list.
set(SCHEMAC_GENERATED ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${SCHEMAC_GENERATED}/grammar)

# -- The grammar -------------------------------------------------------------------------------------
set(grammar_out ${SCHEMAC_GENERATED}/grammar)
add_custom_command(
  OUTPUT ${grammar_out}/SchemaLexer.cpp ${grammar_out}/SchemaLexer.h ${grammar_out}/SchemaLexer.tokens
  COMMAND ${ANTLR4_TOOL} -Dlanguage=Cpp -no-listener -Xexact-output-dir -o ${grammar_out}
          ${PROJECT_SOURCE_DIR}/grammar/SchemaLexer.g4
  DEPENDS ${PROJECT_SOURCE_DIR}/grammar/SchemaLexer.g4 VERBATIM)
add_custom_command(
  OUTPUT ${grammar_out}/SchemaParser.cpp ${grammar_out}/SchemaParser.h
  COMMAND ${ANTLR4_TOOL} -Dlanguage=Cpp -no-listener -Xexact-output-dir -lib ${grammar_out}
          -o ${grammar_out} ${PROJECT_SOURCE_DIR}/grammar/SchemaParser.g4
  DEPENDS ${PROJECT_SOURCE_DIR}/grammar/SchemaParser.g4 ${grammar_out}/SchemaLexer.tokens VERBATIM)
add_library(schemac_grammar STATIC ${grammar_out}/SchemaLexer.cpp ${grammar_out}/SchemaParser.cpp)
target_include_directories(schemac_grammar SYSTEM PUBLIC ${grammar_out} ${ANTLR4_INCLUDE})
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # One header of the runtime, which nothing needs, does not compile with Clang.
  file(READ ${ANTLR4_INCLUDE}/antlr4-runtime.h runtime)
  string(REGEX REPLACE "#include \"misc/InterpreterDataReader.h\"" "" runtime "${runtime}")
  file(CONFIGURE OUTPUT ${SCHEMAC_GENERATED}/antlr4/antlr4-runtime.h CONTENT "${runtime}" @ONLY)
  target_include_directories(schemac_grammar SYSTEM BEFORE PUBLIC ${SCHEMAC_GENERATED}/antlr4)
endif()
# The tool writes u8"" literals, which C++20 makes char8_t.
target_compile_options(schemac_grammar PRIVATE -fno-char8_t -w)
target_link_libraries(schemac_grammar PUBLIC ${ANTLR4_LIBRARY})

# -- Registries --------------------------------------------------------------------------------------
file(GLOB kind_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/compiler/kinds/*.h)
list(FILTER kind_headers EXCLUDE REGEX "/parts\\.h$")
set(includes "")
set(kinds "")
set(rules_declared "")
set(rules "")
foreach(header ${kind_headers})
  get_filename_component(kind ${header} NAME_WE)
  string(APPEND includes "#include \"compiler/kinds/${kind}.h\"\n")
  string(APPEND kinds "    &${kind}_kind,\n")
  string(APPEND rules_declared "extern const KindRules ${kind}_rules;\n")
  string(APPEND rules "    {&${kind}_kind, &${kind}_rules},\n")
endforeach()
set(SCHEMAC_KINDS_CPP ${SCHEMAC_GENERATED}/all_kinds.cpp)
set(SCHEMAC_RULES_CPP ${SCHEMAC_GENERATED}/all_rules.cpp)
configure_file(${PROJECT_SOURCE_DIR}/cmake/all_kinds.cpp.in ${SCHEMAC_KINDS_CPP} @ONLY)
configure_file(${PROJECT_SOURCE_DIR}/cmake/all_rules.cpp.in ${SCHEMAC_RULES_CPP} @ONLY)

file(GLOB query_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/introspect/postgres/*.sql)
set(SCHEMAC_QUERIES_CPP ${SCHEMAC_GENERATED}/all_queries.cpp)
add_custom_command(
  OUTPUT ${SCHEMAC_QUERIES_CPP}
  COMMAND ${CMAKE_COMMAND} -DOUT=${SCHEMAC_QUERIES_CPP} "-DFILES=${query_files}"
          -P ${PROJECT_SOURCE_DIR}/cmake/embed_queries.cmake
  DEPENDS ${query_files} ${PROJECT_SOURCE_DIR}/cmake/embed_queries.cmake VERBATIM)
