/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-data.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "dhk-data-resource.h"

#define PREFIX "/org/driehoek/Driehoek/data/"

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

GBytes *
dhk_data_load (const char *name)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  path = g_strconcat (PREFIX, name, NULL);
  return g_resource_lookup_data (dhk_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}

char **
dhk_data_list (const char *folder)
{
  g_autofree char *path = NULL;
  char **names;

  g_return_val_if_fail (folder != NULL, NULL);

  path = g_strconcat (PREFIX, folder, NULL);
  names = g_resource_enumerate_children (dhk_data_get_resource (), path,
                                         G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (names == NULL)
    return g_new0 (char *, 1);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

gboolean
dhk_data_holds (const char *folder, GBytes *bytes)
{
  g_auto (GStrv) names = dhk_data_list (folder);

  g_return_val_if_fail (bytes != NULL, FALSE);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_build_path ("/", folder, names[i], NULL);
      g_autoptr (GBytes) known = dhk_data_load (name);

      if (known != NULL && g_bytes_equal (known, bytes))
        return TRUE;
    }
  return FALSE;
}
