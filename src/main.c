/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * driehoek: puts the program that carries a command in its own place.
 *
 * It needs nothing but the C library: loading the libraries of the light commands first would cost every
 * start of another program a third more. What it does not know is left to driehoek-commands.
 */

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* In the build tree the programs stand beside this one. */
static void
become (const char *program, char **argv)
{
  static const char *const ways[] = { "", "ui/" };
  char self[PATH_MAX];
  char path[PATH_MAX];
  ssize_t length = readlink ("/proc/self/exe", self, sizeof self - 1);

  if (length > 0)
    {
      self[length] = '\0';
      *(strrchr (self, '/') + 1) = '\0';
      for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if ((size_t) snprintf (path, sizeof path, "%s%s%s", self, ways[i], program) < sizeof path)
          execv (path, argv);
    }
  if ((size_t) snprintf (path, sizeof path, DHK_LIBEXEC_DIR "/%s", program) < sizeof path)
    execv (path, argv);
}

int
main (int argc, char **argv)
{
  static const char *const heavy[] = { "import", "instrument", "paper", "peek", "report", "stats" };

  if (argc < 2)
    become ("driehoek-window", argv);
  for (size_t i = 0; argc > 1 && i < sizeof heavy / sizeof heavy[0]; i++)
    if (strcmp (argv[1], heavy[i]) == 0)
      {
        char program[32];

        snprintf (program, sizeof program, "driehoek-%s", heavy[i]);
        become (program, argv);
      }
  become ("driehoek-commands", argv);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DHK_LOCALE_DIR);
  fprintf (stderr,
           dgettext (GETTEXT_PACKAGE, "driehoek: The part “%s” of the program is not installed.\n"),
           "driehoek-commands");
  return 1;
}
