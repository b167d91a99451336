/* libreoffice.h - old formats of Office, saved in the current ones by LibreOffice, where that is installed.
 *
 *     input.xls ──► a temporary folder ──► soffice --convert-to xlsx ──► its bytes; the folder is removed
 *
 * The document may be hostile, and LibreOffice is large: it runs as a process of its own with limits of memory, CPU time,
 * wall time and size of its output; with a profile of its own, in which macros, links to other documents and the network
 * are turned off; and, where the system allows it, without a network at all.
 */
#pragma once

#include <glib.h>

/* The program: soffice or libreoffice in PATH. NULL: it is not installed. The caller frees. */
char *libreoffice_path (void);

/* BYTES, a document with the file name extension FROM ("xls"), read with its FILTER
 * ("MS Excel 97": else it takes what is damaged for a text) and saved as TO ("xlsx") by PROGRAM, in a folder of its own
 * within FOLDER (NULL: the system's for temporary files). The caller frees. Errors: DAMAGED (LibreOffice cannot read it),
 * LIMIT_WALL, LIMIT_SIZE, IO. */
GBytes *libreoffice_convert (const char *program, GBytes *bytes, const char *folder, const char *from,
                             const char *filter, const char *to, GError **error);

/* Removes the folder with all that is in it; symbolic links are removed, not followed. */
void remove_folder (const char *path);
