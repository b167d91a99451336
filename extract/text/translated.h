/* translated.h - an English message in the user's language, once it is printed.
 *
 * Why an input failed is written into ledgers, streams, databases and events in English, whatever the user's language is,
 * and often comes from another process or an earlier run. So it is made once, in English, and is translated where it is
 * printed: the format that it was made with is found again among the messages of the catalogue (gettext's file,
 * LANGUAGE/LC_MESSAGES/checksheet.mo), and its translation is filled in with the same arguments.
 *
 *     "not finished after 60 seconds; raise the limit with --timeout"
 *      not finished after %g seconds; raise the limit with %s          the msgid with the most characters that fits
 *                         60                               --timeout
 *      %g 秒かかっても終わりませんでした。%s で上限を上げられます
 *
 * An argument that is a message itself, or the system's words for an error or a signal, is translated too, and so are
 * both sides of ": ". A single word, such as the name of a file within another, stays as it is.
 *
 * Source: the format of the file is in "The Format of GNU MO Files" of the manual of gettext.
 */
#pragma once

#include <glib.h>

/* ENGLISH in the user's language; as it is, where that is English, where it was translated before, or where it is not
 * known. The caller frees. */
char *text_translated (const char *english);

/* The code of the language that messages are shown in: "en", "ja". Static. */
const char *message_language (void);

/* The words of the system for the error CODE, and for a signal, in English; static. */
const char *error_words (int code);
const char *signal_words (int number);
