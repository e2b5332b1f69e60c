// Tokens of the schema language. The input is a stream of BYTES whose UTF-8 has been checked, so
// that a token's index is its place in the file; as in PostgreSQL, every byte beyond ASCII belongs
// to a word. Text is split into chunks before it comes here (compiler/parse/splitter.h), which has
// already refused strings, bodies and comments that never end.
lexer grammar SchemaLexer;

channels { COMMENTS }

@lexer::members {
  // Whether a statement may end with the input: an omitted `;` is put there as before a `}`.
  bool endsWithInput = false;
  void start(bool ends_with_input);
  // Passes over blanks, which are no tokens, and puts in an omitted `;`.
  std::unique_ptr<antlr4::Token> nextToken() override;

private:
  void skipBlanks();
  // The token here, where its first byte and a look behind it tell which one it is, as of most
  // tokens; else nullptr. The rules below say the same.
  std::unique_ptr<antlr4::Token> plainToken();
  std::unique_ptr<antlr4::Token> tokenUpTo(size_t end, size_t type, size_t channel);
  // Where no regular expression can tell the end, a token's first characters are matched below and
  // these find the rest. All members are defined in compiler/parse/lexer.cpp.
  void takeBody();
  void takeBlockComment();
  void takeOperator();
  std::unique_ptr<antlr4::Token> held;  // what follows a `;` that was put in
  size_t last = 0;                      // type of the last token outside comments

public:
}

DOC: '///' ( ~[/\r\n] ~[\r\n]* )? -> channel(COMMENTS);
LINE_COMMENT: ( '//' | '--' ) ~[\r\n]* -> channel(COMMENTS);
BLOCK_COMMENT: '/*' { takeBlockComment(); } -> channel(COMMENTS);

WORD: WORD_START WORD_PART*;
QUOTED: '"' ( ~'"' | '""' )* '"';
STRING: ( [bBxXnN] | [uU] '&' )? '\'' ( ~'\'' | '\'\'' )* '\''
      | [eE] '\'' ( ~['\\] | '\\' . | '\'\'' )* '\'';
NUMBER: '.'? DIGIT ( [eE] [+\-] DIGIT | DIGIT | [A-Za-z_] | '.' DIGIT | '.' )*;
BODY: '$' ( WORD_START TAG_PART* )? '$' { takeBody(); };

LPAREN: '(';
RPAREN: ')';
LBRACE: '{';
RBRACE: '}';
SEMI: ';';

SYMBOL: ',' | '.' | '..' | ':' | '::' | ':=' | '[' | ']' | '$' DIGIT+;
OPERATOR: [~!@#^&|`?+\-*/%<>=] { takeOperator(); } -> type(SYMBOL);

// Anything else: a backslash, a control character, a lonely `$`.
STRAY: .;

fragment DIGIT: [0-9];
fragment WORD_START: [A-Za-z_\u0080-\u00FF];
fragment WORD_PART: WORD_START | DIGIT | '$';
fragment TAG_PART: WORD_START | DIGIT;
