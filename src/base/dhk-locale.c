/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-locale.h"

#include <libintl.h>
#include <locale.h>

char *
dhk_locale_dup_program_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL ? g_path_get_dirname (program) : NULL;
}

/* The build tree's po/ seen from src/ and from src/ui/, or NULL. */
static char *
find_uninstalled_folder (void)
{
  static const char *const ways[] = { "../po", "../../po" };
  g_autofree char *folder = dhk_locale_dup_program_folder ();

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *candidate = g_build_filename (folder, ways[i], NULL);
      g_autofree char *catalogue
          = g_build_filename (candidate, "nl", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

      if (g_file_test (catalogue, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&candidate);
    }
  return NULL;
}

/* The wish of the environment in the order that the C library reads it. */
static const char *
get_wished_locale (void)
{
  static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0')
        return value;
    }
  return NULL;
}

void
dhk_locale_init (void)
{
  g_autofree char *folder = find_uninstalled_folder ();

  if (setlocale (LC_ALL, "") == NULL)
    {
      const char *wished = get_wished_locale ();

      /* gettext follows LANGUAGE in any locale but plain "C". */
      setlocale (LC_ALL, "C.UTF-8");
      if (wished != NULL && g_getenv ("LANGUAGE") == NULL)
        g_setenv ("LANGUAGE", wished, TRUE);
    }

  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : DHK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
