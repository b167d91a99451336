/* chaos.c - loaded before a program's libraries: children that read a document misbehave, as many in a thousand as CHAOS
 * says ("abort=10 hang=2 ...").
 *
 * A child that has said the SHA-256 of its input rolls a die with it: the first eight digits, modulo 1000. So the same
 * document has the same fate on every run, and a test can count beforehand. (tests/test_chaos.py)
 */
#include <dlfcn.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ANSWER = 3, NEEDS_PICTURES = 88 };

typedef ssize_t (*Write) (int file, const void *bytes, size_t size);

static Write
real_write (void)
{
  return (Write)dlsym (RTLD_NEXT, "write");
}

static void
do_abort (void)
{
  abort ();
}

static void
do_hang (void)
{
  static int never;
  for (;;)
    syscall (SYS_futex, &never, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static void
do_spin (void)
{
  for (volatile int i = 0;; i++)
    ;
}

/* Never to be made a loop: the depth is used after the call. */
static int __attribute__ ((noinline)) do_recurse (volatile int depth)
{
  volatile char frame[4096];
  if (depth < 0)
    return 0;
  frame[depth % 4096] = (char)depth;
  return do_recurse (depth + 1) + frame[depth % 4096];
}

static void
do_overflow (void)
{
  do_recurse (0);
}

/* All memory is taken; what is read afterwards finds none. */
static void
do_starve (void)
{
  for (size_t size = (size_t)64 << 20; size >= 4096; size /= 2)
    while (mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
      ;
}

/* The same, with a library that does not expect an allocation to fail. */
static void
do_memory (void)
{
  volatile char *volatile nothing = NULL;
  do_starve ();
  *nothing = 1;
}

static void
do_rubbish (void)
{
  char rubbish[5000];
  for (size_t i = 0; i < sizeof rubbish; i++)
    rubbish[i] = (char)(i * 167 + i / 7);
  real_write () (ANSWER, rubbish, sizeof rubbish);
  _exit (0);
}

static void
do_early (void)
{
  static const char half[] = "ok\n{\"format\": \"checksheet/1\", \"items\": [";
  real_write () (ANSWER, half, sizeof half - 1);
  _exit (1);
}

static void
do_silent (void)
{
  _exit (0);
}

static void
do_close (void)
{
  close (ANSWER);
}

static void
do_again (void)
{
  _exit (NEEDS_PICTURES);
}

static void
do_forbidden (void)
{
  socket (AF_INET, SOCK_STREAM, 0);
  _exit (0);
}

static const struct {
  const char *word;
  void (*act) (void);
} fates[] = {
    {"abort", do_abort},   {"hang", do_hang},     {"spin", do_spin},       {"overflow", do_overflow},
    {"memory", do_memory}, {"starve", do_starve}, {"rubbish", do_rubbish}, {"early", do_early},
    {"silent", do_silent}, {"close", do_close},   {"again", do_again},     {"forbidden", do_forbidden},
};

static void
act (const char *word, size_t length)
{
  for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
    if (strlen (fates[i].word) == length && !strncmp (fates[i].word, word, length))
      fates[i].act ();
}

/* ROLL falls into one of the ranges that CHAOS lists one after the other, or into none. */
static void
act_by (long roll)
{
  const char *at = getenv ("CHAOS");
  for (long until = 0; at && *at;) {
    const char *equals = strchr (at, '=');
    char *end;
    if (!equals)
      return;
    until += strtol (equals + 1, &end, 10);
    if (roll < until) {
      act (at, equals - at);
      return;
    }
    at = end + strspn (end, " ");
  }
}

ssize_t
write (int file, const void *bytes, size_t size)
{
  ssize_t written = real_write () (file, bytes, size);
  char digits[9] = "";
  if (file == ANSWER && size > 64 && !memcmp (bytes, "sha256 ", 7)) {
    memcpy (digits, (const char *)bytes + 7, 8);
    act_by (strtol (digits, NULL, 16) % 1000);
  }
  return written;
}
