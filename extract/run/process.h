/* process.h - what all child processes of this program need: limits, an end, temporary files. */
#pragma once

#include <glib.h>
#include <sys/types.h>

/* The sanitizers reserve terabytes of address space, handle fatal signals themselves, and look for leaks at exit. What is
 * built to count coverage (-Db_coverage=true) writes its counts at exit. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* In a child: it is killed when PARENT, who forked it, ends; signals that PARENT blocked are not blocked here, and
 * those that ask a program to end (SIGINT, SIGTERM, SIGHUP) are ignored: PARENT has them too, and decides. */
void process_tie_to_parent (pid_t parent);

/* Limits RESOURCE (RLIMIT_…) to VALUE; it can be raised later by GRACE at most. Where whoever started the program set a
 * lower limit (ulimit), that holds. */
void process_limit (int resource, guint64 value, guint64 grace);

/* The limit on RESOURCE that the program was started with, where it is lower than VALUE; else VALUE. */
guint64 process_limit_within (int resource, guint64 value);

/* Does STEP (DATA) where no signal to this process or to its group ends it half-way: in a process with a session of its
 * own (setsid), which has this one's memory and descriptors (vfork) and which this one waits for. Whether STEP returned
 * TRUE; FALSE too where there is no room for a process, or something killed that one: STEP may then be done in part, and
 * the caller does it again. */
gboolean process_do_whole (gboolean (*step) (gpointer data), gpointer data);

/* Ends a child: at once, or, where leaks are looked for, by exit. */
void process_end (int status) G_GNUC_NORETURN;

/* The descriptor of a file without a name, open for reading and writing; -1 with errno set. The caller closes. */
int temporary_file (void);
