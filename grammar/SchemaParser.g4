// The shape of the schema language: statements of items, ended by `;` or by a block of statements.
// Words have no meaning here; the field tables of the kinds give it to them. Every decision takes
// one token.
parser grammar SchemaParser;

options { tokenVocab = SchemaLexer; }

// A file, or a part of one that consists of whole statements.
chunk: statements += statement* EOF;

// The last statement of a block needs no `;`: the lexer puts one there.
statement: ( WORD | QUOTED | STRING | NUMBER | BODY | SYMBOL | group )+ ( SEMI | body = block );

block: LBRACE statements += statement* RBRACE;

group: LPAREN ( WORD | QUOTED | STRING | NUMBER | BODY | SYMBOL | group )* RPAREN;
