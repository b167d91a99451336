/* pattern_file.c - see pattern_file.h */
#include "patterns/pattern_file.h"

#include "text/compiled.h"

#include <glib/gi18n.h>
#include <string.h>

#define FILE_BYTES_LIMIT (1024 * 1024)
#define EXPRESSION_BYTES_LIMIT (64 * 1024)
#define FAULTS_LIMIT 20
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"

typedef struct {
  PatternFile *file;
  GPtrArray *faults;
  gboolean tested;
  const char *line; /* the current one */
  int number;
  const char *at; /* its first character that is not white space */
} PatternReading;

/* Faults */

static FilePlace
reading_place (const PatternReading *reading, const char *at)
{
  return (FilePlace){reading->line, reading->number, (int)g_utf8_pointer_to_offset (reading->line, at) + 1};
}

static void G_GNUC_PRINTF (3, 4) reading_fault (PatternReading *reading, const char *at, const char *format, ...)
{
  if (reading->faults->len >= FAULTS_LIMIT)
    return;
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (reading->faults, fault_new (reading->file->name, reading_place (reading, at), message));
}

static const char *
skip_space (const char *at)
{
  while (*at == ' ' || *at == '\t')
    at++;
  return at;
}

/* The rule last begun, or NULL. */
static PatternRule *
reading_rule (const PatternReading *reading)
{
  GPtrArray *rules = reading->file->rules;
  return rules->len ? g_ptr_array_index (rules, rules->len - 1) : NULL;
}

/* compare, plain */

static void
reading_compare (PatternReading *reading, const char *rest)
{
  if (*rest)
    reading_fault (reading, rest, _ ("expected a line end after 'compare'"));
  else if (reading_rule (reading))
    reading_fault (reading, reading->at, _ ("'compare' must come before the first rule"));
  reading->file->compare = TRUE;
}

static void
reading_plain (PatternReading *reading, const char *rest)
{
  if (*rest)
    reading_fault (reading, rest, _ ("expected a line end after 'plain'"));
  else if (reading_rule (reading))
    reading_fault (reading, reading->at, _ ("'plain' must come before the first rule"));
  reading->file->plain = TRUE;
}

/* rule NAME */

static void
expression_clear (gpointer data)
{
  PatternExpression *expression = data;
  pcre2_code_free (expression->code);
  if (expression->is_compiled)
    return;
  g_free ((NeededBits *)expression->needed);
  g_free ((FirstCharacters *)expression->first);
}

static void
example_free (gpointer data)
{
  PatternExample *example = data;
  g_clear_pointer (&example->fields, g_hash_table_unref);
  g_free (example->text);
  g_free (example);
}

static void
rule_free (gpointer data)
{
  PatternRule *rule = data;
  g_array_unref (rule->expressions);
  g_ptr_array_unref (rule->examples);
  g_free (rule->name);
  g_free (rule);
}

/* EXPRESSIONS: about as many will be added. */
static PatternRule *
rule_new (const char *name, FilePlace place, guint expressions)
{
  PatternRule *rule = g_new0 (PatternRule, 1);
  *rule = (PatternRule){.name = g_strdup (name),
                        .expressions = g_array_sized_new (FALSE, FALSE, sizeof (PatternExpression), expressions),
                        .examples = g_ptr_array_new_with_free_func (example_free),
                        .place = place};
  g_array_set_clear_func (rule->expressions, expression_clear);
  return rule;
}

static void
reading_new_rule (PatternReading *reading, const char *rest)
{
  PatternFile *file = reading->file;
  gsize length = strspn (rest, "abcdefghijklmnopqrstuvwxyz0123456789-_");
  gboolean known = g_hash_table_contains (file->rule_by_name, rest);
  if (!length || rest[length])
    reading_fault (reading, rest + length, _ ("expected a name of small letters, digits, '-' and '_'"));
  else if (known)
    reading_fault (reading, rest, _ ("duplicate rule '%s'"), rest);

  PatternRule *rule = rule_new (rest, reading_place (reading, rest), 1);
  g_ptr_array_add (file->rules, rule);
  if (!known)
    g_hash_table_insert (file->rule_by_name, rule->name, rule);
}

/* often */

static void
reading_often (PatternReading *reading, const char *rest)
{
  PatternRule *rule = reading_rule (reading);
  if (*rest)
    reading_fault (reading, rest, _ ("expected a line end after 'often'"));
  else if (!rule || rule->expressions->len)
    reading_fault (reading, reading->at, _ ("'often' must come between a 'rule' and its expressions"));
  else
    rule->often = TRUE;
}

/* /.../ and let NAME = ... */

/* A run of bytes of an expanded expression, and where in the line they come from. */
typedef struct {
  gsize start;        /* in the text; it ends where the next begins */
  const char *origin; /* of its first byte, or of all of them: a reference */
  gboolean reference;
} ExpressionRun;

/* An expression with each {NAME} replaced by its text. */
typedef struct {
  GString *text;
  GArray *runs; /* ExpressionRun */
} ExpandedExpression;

static void
expanded_clear (ExpandedExpression *expanded)
{
  g_string_free (expanded->text, TRUE);
  g_array_unref (expanded->runs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ExpandedExpression, expanded_clear)

static ExpandedExpression
expanded_new (void)
{
  return (ExpandedExpression){g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (ExpressionRun))};
}

static void
expanded_add (ExpandedExpression *expanded, const char *text, gsize length, ExpressionRun run)
{
  run.start = expanded->text->len;
  g_array_append_val (expanded->runs, run);
  g_string_append_len (expanded->text, text, (gssize)length);
}

/* Where in the line the byte at OFFSET comes from; the end of the text counts. */
static const char *
expanded_origin (const ExpandedExpression *expanded, gsize offset)
{
  guint last = expanded->runs->len - 1;
  while (last > 0 && g_array_index (expanded->runs, ExpressionRun, last).start > offset)
    last--;
  const ExpressionRun *run = &g_array_index (expanded->runs, ExpressionRun, last);
  return run->reference ? run->origin : run->origin + (offset - run->start);
}

/* The length of {NAME} at AT, braces included; 0: there is none. The braces of \x{FF}, \p{L} and the like belong to the
 * expression. */
static gsize
reference_length (const char *start, const char *at)
{
  if (*at != '{' || (at >= start + 2 && at[-2] == '\\' && strchr ("xpPoNgk", at[-1])))
    return 0;
  gsize length = strspn (at + 1, CAPITALS);
  return length && at[1 + length] == '}' ? length + 2 : 0;
}

/* FALSE after a fault. */
static gboolean
expand_reference (PatternReading *reading, const char *at, gsize length, ExpandedExpression *expanded)
{
  g_autofree char *name = g_strndup (at + 1, length - 2);
  const char *fragment = g_hash_table_lookup (reading->file->fragments, name);
  if (!fragment) {
    reading_fault (reading, at, _ ("expected a 'let %s' above this line"), name);
    return FALSE;
  }
  if (expanded->text->len + strlen (fragment) > EXPRESSION_BYTES_LIMIT) {
    reading_fault (reading, at, _ ("the expression is longer than the limit of %d bytes"), EXPRESSION_BYTES_LIMIT);
    return FALSE;
  }
  expanded_add (expanded, fragment, strlen (fragment), (ExpressionRun){.origin = at, .reference = TRUE});
  return TRUE;
}

static gboolean
expand (PatternReading *reading, const char *start, const char *end, ExpandedExpression *expanded)
{
  const char *run = start;
  for (const char *at = start; at < end;) {
    gsize length = reference_length (start, at);
    if (!length) {
      at++;
      continue;
    }
    expanded_add (expanded, run, at - run, (ExpressionRun){.origin = run});
    if (!expand_reference (reading, at, length, expanded))
      return FALSE;
    run = at += length;
  }
  expanded_add (expanded, run, end - run, (ExpressionRun){.origin = run});
  return TRUE;
}

/* NULL after a fault. */
static pcre2_code *
compile (PatternReading *reading, const ExpandedExpression *expanded, uint32_t options)
{
  int error;
  PCRE2_SIZE offset;
  uint32_t classes = reading->file->plain ? 0 : PCRE2_UCP; /* plain texts have only ASCII digits and spaces */
  pcre2_code *code =
      pcre2_compile ((PCRE2_SPTR)expanded->text->str, expanded->text->len,
                     options | classes | PCRE2_UTF | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C, &error, &offset, NULL);
  if (code)
    return code;
  PCRE2_UCHAR message[256];
  pcre2_get_error_message (error, message, sizeof message);
  reading_fault (reading, expanded_origin (expanded, MIN (offset, expanded->text->len)), "%s", (char *)message);
  return NULL;
}

static gboolean
is_anchored (const pcre2_code *code)
{
  uint32_t options;
  pcre2_pattern_info (code, PCRE2_INFO_ALLOPTIONS, &options);
  return (options & PCRE2_ANCHORED) != 0;
}

static void
add_expression (PatternReading *reading, PatternRule *rule, const ExpandedExpression *expanded, uint32_t options,
                const char *rest)
{
  pcre2_code *code = compile (reading, expanded, options);
  if (!code)
    return;
  const ExpressionOptions known = {.caseless = (options & PCRE2_CASELESS) != 0,
                                   .extended = (options & PCRE2_EXTENDED) != 0,
                                   .ascii = reading->file->plain};
  g_autofree NeededCharacters *needed = needed_characters_from_expression (expanded->text->str, known);
  FirstCharacters first;
  gboolean has_first = first_characters_from_expression (expanded->text->str, known, &first);
  const PatternExpression expression = {.code = code,
                                        .needed = needed_bits_from_characters (needed),
                                        .first = has_first ? g_memdup2 (&first, sizeof first) : NULL,
                                        .anchored = is_anchored (code),
                                        .fast = rule->often,
                                        .place = reading_place (reading, rest)};
  if (rule->often)
    pcre2_jit_compile (code, PCRE2_JIT_COMPLETE); /* where that fails, it is interpreted */
  g_array_append_val (rule->expressions, expression);
}

/* The letters that may follow the last "/". */
static const struct {
  char letter;
  uint32_t option;
} flags[] = {
    {'i', PCRE2_CASELESS},
    {'x', PCRE2_EXTENDED},
};

static uint32_t
option_of (char letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].letter == letter)
      return flags[i].option;
  return 0;
}

static gboolean
read_options (PatternReading *reading, const char *at, uint32_t *options)
{
  for (; *at; at++) {
    if (!option_of (*at)) {
      reading_fault (reading, at,
                     _ ("expected 'i' (any case), 'x' (spaces for reading) or a line end after the last '/'"));
      return FALSE;
    }
    *options |= option_of (*at);
  }
  return TRUE;
}

static void
reading_expression (PatternReading *reading, const char *rest)
{
  PatternRule *rule = reading_rule (reading);
  const char *end = strrchr (rest, '/');
  uint32_t options = 0;
  if (!rule) {
    reading_fault (reading, reading->at, _ ("expected a 'rule' before the expression"));
    return;
  }
  if (!end) {
    reading_fault (reading, rest + strlen (rest), _ ("unterminated expression: expected '/'"));
    return;
  }
  g_auto (ExpandedExpression) expanded = expanded_new ();
  if (read_options (reading, end + 1, &options) && expand (reading, rest, end, &expanded))
    add_expression (reading, rule, &expanded, options, rest);
}

/* A fragment is compiled on its own, so that a fault in it is shown here and not where it is used. */
static void
add_fragment (PatternReading *reading, const char *name, const char *start)
{
  g_auto (ExpandedExpression) expanded = expanded_new ();
  gboolean right = expand (reading, start, start + strlen (start), &expanded);
  if (right && !reading->tested) {
    pcre2_code *code = compile (reading, &expanded, 0);
    right = code != NULL;
    pcre2_code_free (code);
  }
  const char *text = right ? expanded.text->str : ""; /* defined even if wrong, so that its uses are not faults too */
  g_hash_table_insert (reading->file->fragments, g_strdup (name), g_strdup_printf ("(?:%s)", text));
}

static void
reading_let (PatternReading *reading, const char *rest)
{
  gsize length = strspn (rest, CAPITALS);
  const char *equals = skip_space (rest + length);
  if (!length || *equals != '=') {
    reading_fault (reading, length ? equals : rest, _ ("expected 'let NAME = expression'"));
    return;
  }
  g_autofree char *name = g_strndup (rest, length);
  if (g_hash_table_contains (reading->file->fragments, name))
    reading_fault (reading, rest, _ ("duplicate 'let %s'"), name);
  else
    add_fragment (reading, name, skip_space (equals + 1));
}

/* + text => field=value, and - text */

/* Appends the character that the escape at AT (after the "\") means; returns the place after it, NULL if it is invalid.
 * */
static const char *
unescape_one (GString *text, const char *at, const char *end)
{
  static const char letters[] = "nt\\", meanings[] = "\n\t\\";
  if (at >= end)
    return NULL;
  const char *letter = strchr (letters, *at);
  if (letter) {
    g_string_append_c (text, meanings[letter - letters]);
    return at + 1;
  }
  if (!g_str_has_prefix (at, "x{"))
    return NULL;
  char *after;
  guint64 character = g_ascii_strtoull (at + 2, &after, 16);
  if (!character || character > 0x10FFFF || !g_unichar_validate ((gunichar)character) || after >= end || *after != '}')
    return NULL;
  g_string_append_unichar (text, (gunichar)character);
  return after + 1;
}

/* The text from START to END with its escapes resolved; NULL after a fault. */
static char *
unescape (PatternReading *reading, const char *start, const char *end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (const char *at = start; at < end;) {
    if (*at != '\\') {
      g_string_append_c (text, *at++);
      continue;
    }
    const char *after = unescape_one (text, at + 1, end);
    if (!after) {
      reading_fault (reading, at, _ ("expected n, t, \\ or x{...} after '\\'; a '\\' itself is written '\\\\'"));
      return NULL;
    }
    at = after;
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Reads one field=value or field="value" at AT; returns the place after it, NULL after a fault. */
static const char *
read_field (PatternReading *reading, const char *at, GHashTable *fields)
{
  const char *equals = at;
  while (g_ascii_isalnum (*equals) || *equals == '_')
    equals++;
  gboolean quoted = g_str_has_prefix (equals, "=\"");
  const char *value = equals + 1 + quoted, *end = *equals ? value + strcspn (value, quoted ? "\"" : " \t") : equals;
  if (equals == at || *equals != '=' || (quoted && !*end)) {
    reading_fault (reading, at, _ ("expected a field after '=>': name=value or name=\"value with spaces\""));
    return NULL;
  }
  char *text = unescape (reading, value, end);
  if (!text)
    return NULL;
  g_hash_table_insert (fields, g_strndup (at, equals - at), text);
  return skip_space (end + quoted);
}

static GHashTable *
read_fields (PatternReading *reading, const char *at)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  do
    at = read_field (reading, at, fields);
  while (at && *at);
  return at ? g_steal_pointer (&fields) : NULL;
}

/* The last " =>" in TEXT, or NULL. */
static const char *
find_arrow (const char *text)
{
  const char *found = NULL;
  for (const char *at = strstr (text, " =>"); at; at = strstr (at + 1, " =>"))
    found = at;
  return found;
}

static void
reading_example (PatternReading *reading, const char *rest)
{
  if (reading->tested)
    return;
  PatternRule *rule = reading_rule (reading);
  if (!rule) {
    reading_fault (reading, reading->at, _ ("expected a 'rule' before the example"));
    return;
  }
  gboolean must_match = *reading->at == '+';
  const char *arrow = must_match ? find_arrow (rest) : NULL, *end = arrow ? arrow : rest + strlen (rest);
  while (end > rest && strchr (" \t", end[-1]))
    end--;

  g_autofree char *text = unescape (reading, rest, end);
  g_autoptr (GHashTable) fields = arrow ? read_fields (reading, skip_space (arrow + 3)) : NULL;
  if (!text || (arrow && !fields))
    return;
  PatternExample *example = g_new0 (PatternExample, 1);
  *example = (PatternExample){.must_match = must_match,
                              .text = g_steal_pointer (&text),
                              .fields = g_steal_pointer (&fields),
                              .place = reading_place (reading, rest)};
  g_ptr_array_add (rule->examples, example);
}

/* Lines */

/* The kinds of line, by what they begin with. */
static const struct {
  const char *begin;
  gboolean word; /* white space or the end of the line must follow */
  void (*read) (PatternReading *reading, const char *rest);
} kinds[] = {
    {"/", FALSE, reading_expression}, {"+", TRUE, reading_example},   {"-", TRUE, reading_example},
    {"rule", TRUE, reading_new_rule}, {"let", TRUE, reading_let},     {"compare", TRUE, reading_compare},
    {"plain", TRUE, reading_plain},   {"often", TRUE, reading_often},
};

static void
read_line (PatternReading *reading)
{
  const char *wrong;
  if (!g_utf8_validate (reading->line, -1, &wrong)) {
    g_autofree char *readable = g_utf8_make_valid (reading->line, -1);
    const char *place = g_utf8_offset_to_pointer (readable, g_utf8_strlen (reading->line, wrong - reading->line));
    reading->line = readable;
    reading_fault (reading, place, _ ("invalid UTF-8"));
    return;
  }
  reading->at = skip_space (reading->line);
  if (!*reading->at || *reading->at == '#')
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const char *after = reading->at + strlen (kinds[i].begin);
    if (!g_str_has_prefix (reading->at, kinds[i].begin) || (kinds[i].word && *after && !strchr (" \t", *after)))
      continue;
    kinds[i].read (reading, kinds[i].word ? skip_space (after) : after);
    return;
  }
  reading_fault (reading, reading->at, _ ("expected rule, often, let, compare, plain, '/', '+', '-' or '#'"));
}

/* A rule that no text can match is a mistake. */
static void
read_end_of_rule (PatternReading *reading, const PatternRule *rule)
{
  if (!rule->expressions->len && !reading->faults->len)
    g_ptr_array_add (reading->faults, fault_new (reading->file->name, rule->place, _ ("the rule has no expression")));
}

static void
read_lines (PatternReading *reading)
{
  for (char **line = reading->file->lines; *line; line++) {
    reading->line = *line;
    reading->number++;
    read_line (reading);
  }
  for (guint i = 0; i < reading->file->rules->len; i++)
    read_end_of_rule (reading, g_ptr_array_index (reading->file->rules, i));
}

/* Files */

static char **
lines_from_text (const char *text)
{
  char **lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    g_strchomp (*line);
  return lines;
}

static const char *
fault_of_bytes (const char *data, gsize size)
{
  if (size > FILE_BYTES_LIMIT)
    return _ ("the file is larger than the limit of 1 MiB");
  return memchr (data, 0, size) ? _ ("not a text file: it contains a NUL byte") : NULL;
}

/* Takes LINES. */
static PatternFile *
file_new (const char *name, char **lines)
{
  PatternFile *file = g_new0 (PatternFile, 1);
  *file = (PatternFile){.name = g_strdup (name),
                        .lines = lines,
                        .rules = g_ptr_array_new_with_free_func (rule_free),
                        .rule_by_name = g_hash_table_new (g_str_hash, g_str_equal),
                        .fragments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free)};
  return file;
}

PatternFile *
pattern_file_from_bytes (const char *name, GBytes *bytes, gboolean tested, GPtrArray *faults)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *wrong = size ? fault_of_bytes (data, size) : NULL;
  g_autofree char *text = data && !wrong ? g_strndup (data, size) : g_strdup ("");

  PatternFile *file = file_new (name, lines_from_text (text));
  PatternReading reading = {.file = file, .faults = faults, .tested = tested, .line = "", .number = 1};
  if (wrong) {
    reading_fault (&reading, reading.line, "%s", wrong);
    return file;
  }
  reading.number = 0;
  read_lines (&reading);
  return file;
}

void
pattern_file_free (PatternFile *file)
{
  if (!file)
    return;
  g_hash_table_unref (file->rule_by_name);
  g_ptr_array_unref (file->rules);
  g_hash_table_unref (file->fragments);
  g_strfreev (file->lines);
  g_clear_pointer (&file->compiled, g_variant_unref);
  g_free (file->name);
  g_free (file);
}

/* Compiled files: compare, plain; the names of rules, each ended by 0; CompiledRule; of all expressions in one row
 * CompiledExpression, what they need, their first characters and their codes. */

#define COMPILED_FILE "(bb@ay@a(uuu)@a(uuu)@aq@at@ay)"

/* A row of the compiled file: (uuu). */
typedef struct {
  guint32 name; /* where it begins among the names */
  guint32 often;
  guint32 expressions; /* how many */
} CompiledRule;

/* A row of the compiled file: (uuu). */
typedef struct {
  guint32 anchored;
  guint32 needed, first; /* where they begin among those of all expressions; NOTHING */
} CompiledExpression;

#define NOTHING G_MAXUINT32
#define FIRST_WORDS G_N_ELEMENTS (((FirstCharacters *)NULL)->bits)

/* The length of NEEDED, with what ends it. */
static gsize
needed_length (const NeededBits *needed)
{
  gsize length = 0;
  while (needed[length])
    while (needed[length++])
      ;
  return length + 1;
}

/* What is compiled of a file so far. */
typedef struct {
  GString *names;
  GArray *rules;       /* CompiledRule */
  GArray *expressions; /* CompiledExpression */
  GArray *needed;      /* NeededBits */
  GArray *first;       /* guint64 */
  GPtrArray *codes;
} Compiling;

static void
compile_expression (Compiling *compiling, const PatternExpression *expression)
{
  const CompiledExpression compiled = {.anchored = expression->anchored,
                                       .needed = expression->needed ? compiling->needed->len : NOTHING,
                                       .first = expression->first ? compiling->first->len : NOTHING};
  if (expression->needed)
    g_array_append_vals (compiling->needed, expression->needed, (guint)needed_length (expression->needed));
  if (expression->first)
    g_array_append_vals (compiling->first, expression->first->bits, FIRST_WORDS);
  g_array_append_val (compiling->expressions, compiled);
  g_ptr_array_add (compiling->codes, expression->code);
}

static void
compile_rule (Compiling *compiling, const PatternRule *rule)
{
  const CompiledRule compiled = {(guint32)compiling->names->len, (guint32)rule->often, rule->expressions->len};
  g_string_append_len (compiling->names, rule->name, (gssize)strlen (rule->name) + 1);
  g_array_append_val (compiling->rules, compiled);
  for (guint i = 0; i < rule->expressions->len; i++)
    compile_expression (compiling, &g_array_index (rule->expressions, PatternExpression, i));
}

/* CODES as PCRE2 writes them. */
static GVariant *
serialized_codes (GPtrArray *codes)
{
  uint8_t *bytes = NULL;
  PCRE2_SIZE size = 0;
  if (codes->len)
    pcre2_serialize_encode ((const pcre2_code **)codes->pdata, (int32_t)codes->len, &bytes, &size, NULL);
  GVariant *serialized = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
  pcre2_serialize_free (bytes);
  return serialized;
}

GVariant *
pattern_file_compiled (const PatternFile *file)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GArray) rules = g_array_new (FALSE, FALSE, sizeof (CompiledRule));
  g_autoptr (GArray) expressions = g_array_new (FALSE, FALSE, sizeof (CompiledExpression));
  g_autoptr (GArray) needed = g_array_new (FALSE, FALSE, sizeof (NeededBits));
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  Compiling compiling = {names, rules, expressions, needed, first, codes};
  for (guint i = 0; i < file->rules->len; i++)
    compile_rule (&compiling, g_ptr_array_index (file->rules, i));
  return g_variant_ref_sink (g_variant_new (COMPILED_FILE, file->compare, file->plain, compiled_text (names),
                                            compiled_rows ("(uuu)", rules), compiled_rows ("(uuu)", expressions),
                                            compiled_rows ("q", needed), compiled_rows ("t", first),
                                            serialized_codes (codes)));
}

/* What is compiled of a file's expressions. */
typedef struct {
  const CompiledExpression *expressions; /* the next ones */
  const NeededBits *needed;
  const guint64 *first;
  pcre2_code **codes; /* the next ones */
} CompiledExpressions;

/* COUNT: how many expressions it has. */
static PatternRule *
rule_from_compiled (const char *name, gboolean often, guint count, CompiledExpressions *compiled)
{
  PatternRule *rule = rule_new (name, (FilePlace){.line = ""}, count);
  rule->often = often;
  for (guint i = 0; i < count; i++) {
    const CompiledExpression *one = compiled->expressions++;
    const PatternExpression expression = {
        .code = *compiled->codes++,
        .needed = one->needed == NOTHING ? NULL : compiled->needed + one->needed,
        .first = one->first == NOTHING ? NULL : (const FirstCharacters *)(compiled->first + one->first),
        .is_compiled = TRUE,
        .anchored = one->anchored != 0,
        .fast = often,
        .place = rule->place};
    if (often)
      pcre2_jit_compile (expression.code, PCRE2_JIT_COMPLETE);
    g_array_append_val (rule->expressions, expression);
  }
  return rule;
}

PatternFile *
pattern_file_from_compiled (const char *name, GVariant *compiled)
{
  gsize count, rules_count;
  const char *names = rows_of_compiled (compiled, 2, 1, NULL);
  const CompiledRule *rules = rows_of_compiled (compiled, 3, sizeof *rules, &rules_count);
  const uint8_t *bytes = rows_of_compiled (compiled, 7, 1, NULL);
  CompiledExpressions expressions = {.expressions = rows_of_compiled (compiled, 4, sizeof (CompiledExpression), &count),
                                     .needed = rows_of_compiled (compiled, 5, sizeof (NeededBits), NULL),
                                     .first = rows_of_compiled (compiled, 6, sizeof (guint64), NULL)};
  g_autofree pcre2_code **codes = expressions.codes = g_new0 (pcre2_code *, count + 1);
  if (count && pcre2_serialize_decode (codes, (int32_t)count, bytes, NULL) != (int32_t)count)
    return NULL;
  PatternFile *file = file_new (name, g_new0 (char *, 1));
  file->compiled = g_variant_ref (compiled);
  g_variant_get_child (compiled, 0, "b", &file->compare);
  g_variant_get_child (compiled, 1, "b", &file->plain);
  for (gsize i = 0; i < rules_count; i++) {
    PatternRule *rule =
        rule_from_compiled (names + rules[i].name, rules[i].often != 0, rules[i].expressions, &expressions);
    g_ptr_array_add (file->rules, rule);
    g_hash_table_insert (file->rule_by_name, rule->name, rule);
  }
  return file;
}
