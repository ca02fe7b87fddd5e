/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-self-rating-launch.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/dhk-locale.h"

#define PROGRAM "driehoek-self-rating"

/* Beside this program in the build tree, else where it was installed. */
static char *
find_program (void)
{
  g_autofree char *folder = dhk_locale_dup_program_folder ();
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, PROGRAM, NULL) : NULL;

  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_build_filename (DHK_LIBEXEC_DIR, PROGRAM, NULL);
}

gboolean
dhk_self_rating_launch (GError **error)
{
  g_autofree char *program = find_program ();
  char *arguments[] = { program, NULL };

  if (g_spawn_async (g_get_home_dir (), arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _ ("The part of the program for the self-rating is not installed. Install Driehoek "
                  "again, or ask who looks after this computer."));
  return FALSE;
}
