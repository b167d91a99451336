/* knowledge.h - all that the program knows before it reads a document, as one value that is passed down.
 *
 *     patterns/….rules    ──► writing, comparing, changing     foldings, each on top of the one before
 *     patterns/….pattern  ──► columns, rows, …                 rules of spelling
 *     patterns/meti.json  ──► catalogue, index                 the questions; or those of another catalogue
 *     patterns/symbols.tsv ─► symbols                          the signs of symbol fonts
 *     patterns/thesaurus.tsv ► thesaurus                       which words of names mean the same
 *
 * Made by one call; two of them share nothing. It also owns what is cached of the texts it was asked about, so it is
 * used by one thread at a time; a program with several threads opens one for each.
 */
#pragma once

#include "model/note.h"
#include "patterns/cache.h"
#include "patterns/catalogue.h"
#include "patterns/pattern.h"
#include "patterns/symbols.h"
#include "patterns/thesaurus.h"

/* Which files are used in place of the built-in ones. */
typedef struct {
  char *folder;    /* a folder of pattern files, read file by file; NULL: none */
  char *catalogue; /* the file of another catalogue; NULL: meti.json of the folder, or the built-in one */
} KnowledgeFiles;

typedef struct {
  Folding *writing, *comparing, *changing; /* folding.h says what each is for */
  PatternMatcher *matcher;
  Patterns *certifications, *changes, *choices, *columns, *context, *document, *headings, *hours, *judgements,
      *language, *links, *names, *ocr_fixes, *rows, *standards, *status, *values;
  Catalogue *catalogue;
  CatalogueIndex *index;
  Symbols *symbols;
  Thesaurus *thesaurus;
  Cache *head_kinds, *name_heads,
      *cell_words;   /* for items/: what a text means as the head of a column, and as a cell */
  char *fingerprint; /* "sha256:…" of the program's version and all files in use */
} Knowledge;

/* The knowledge in FILES (NULL: none) and, where they have none of a name, in the built-in files. Errors:
 * CHECKSHEET_ERROR_PATTERNS, a file is wrong or cannot be read; the message has all faults of one file (fault.h).
 * Nothing is opened by halves: a sheet that is read with half of the patterns would be wrong in silence. The caller
 * frees. */
Knowledge *knowledge_open (const KnowledgeFiles *files, GError **error);
void knowledge_free (Knowledge *knowledge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Knowledge, knowledge_free)

void knowledge_files_clear (KnowledgeFiles *files);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KnowledgeFiles, knowledge_files_clear)

/* Adds a warning "pattern-gave-up" at PLACE to NOTES (Note), if a match was given up at its limit since the last call:
 * what it would have found is missing. */
void note_gave_up (const Knowledge *knowledge, GPtrArray *notes, Place place);

/* The folding `comparing` alone, of FOLDER (NULL: the built-in one), for checking pattern files that may be wrong.
 * *BEFORE becomes the folding that it is on top of; the caller frees both, *BEFORE last. Errors as above. */
Folding *knowledge_comparing (const char *folder, Folding **before, GError **error);

/* "sha256:…" of the fingerprint and of the program's own bytes and its modules', since two builds of one version may read a document in
 * different ways. For deciding which sheets to make again. The caller frees. */
char *program_fingerprint (const Knowledge *knowledge);
