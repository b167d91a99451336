/* process.h - what the processes that this program starts have in common. */
#pragma once

#include <glib.h>
#include <sys/types.h>

/* The sanitizers keep terabytes of address space, answer for faults themselves, and look for leaks at the end. */
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

/* In a child: it ends when PARENT, who forked it, does; signals that were blocked there come through here. */
void process_tie_to_parent (pid_t parent);

/* Limits a resource of setrlimit to VALUE; what may be asked for later is GRACE more. */
void process_limit (int resource, guint64 value, guint64 grace);

/* Ends a child: at once, or, where leaks are looked for, by way of exit. */
void process_end (int status) G_GNUC_NORETURN;

/* A file without a name, open for reading and writing; -1 with errno set. */
int temporary_file (void);
