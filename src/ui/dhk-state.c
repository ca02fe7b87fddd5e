/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-state.h"

#include <string.h>

#define MAX_RECENT 6
#define MIN_WIDTH 360
#define MIN_HEIGHT 300
#define DEFAULT_WIDTH 1180
#define DEFAULT_HEIGHT 760

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "driehoek", "window.ini", NULL);
}

static GKeyFile *
load (void)
{
  g_autofree char *path = dup_path ();
  GKeyFile *keys = g_key_file_new ();

  /* A missing or damaged file means: nothing to remember. */
  g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, NULL);
  return keys;
}

static void
save (GKeyFile *keys)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (keys, path, &error))
    g_info ("The state of the window was not kept: %s", error->message);
}

static int
get_number (GKeyFile *keys, const char *key, int minimum, int fallback)
{
  int number = g_key_file_get_integer (keys, "window", key, NULL);

  return number >= minimum && number <= 20000 ? number : fallback;
}

void
dhk_state_get_window (int *width, int *height, gboolean *maximized)
{
  g_autoptr (GKeyFile) keys = load ();

  *width = get_number (keys, "width", MIN_WIDTH, DEFAULT_WIDTH);
  *height = get_number (keys, "height", MIN_HEIGHT, DEFAULT_HEIGHT);
  *maximized = g_key_file_get_boolean (keys, "window", "maximized", NULL);
}

void
dhk_state_set_window (int width, int height, gboolean maximized)
{
  g_autoptr (GKeyFile) keys = load ();

  g_key_file_set_integer (keys, "window", "width", width);
  g_key_file_set_integer (keys, "window", "height", height);
  g_key_file_set_boolean (keys, "window", "maximized", maximized);
  save (keys);
}

gboolean
dhk_state_get_flag (const char *name, gboolean fallback)
{
  g_autoptr (GKeyFile) keys = load ();

  return g_key_file_has_key (keys, "habits", name, NULL)
             ? g_key_file_get_boolean (keys, "habits", name, NULL)
             : fallback;
}

void
dhk_state_set_flag (const char *name, gboolean value)
{
  g_autoptr (GKeyFile) keys = load ();

  g_key_file_set_boolean (keys, "habits", name, value);
  save (keys);
}

GPtrArray *
dhk_state_list_recent (void)
{
  g_autoptr (GKeyFile) keys = load ();
  g_auto (GStrv) uris = g_key_file_get_string_list (keys, "recent", "studies", NULL, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (char **uri = uris; uri != NULL && *uri != NULL && files->len < MAX_RECENT; uri++)
    g_ptr_array_add (files, g_file_new_for_uri (*uri));
  return files;
}

/* The list without `file`, and with it in front when it is kept. */
static void
rewrite (GFile *file, gboolean keep)
{
  g_autoptr (GKeyFile) keys = load ();
  g_autoptr (GPtrArray) recent = dhk_state_list_recent ();
  g_autoptr (GPtrArray) uris = g_ptr_array_new_with_free_func (g_free);

  if (keep)
    g_ptr_array_add (uris, g_file_get_uri (file));
  for (guint i = 0; i < recent->len && uris->len < MAX_RECENT; i++)
    if (!g_file_equal (g_ptr_array_index (recent, i), file))
      g_ptr_array_add (uris, g_file_get_uri (g_ptr_array_index (recent, i)));

  g_key_file_set_string_list (keys, "recent", "studies", (const char *const *) uris->pdata,
                              uris->len);
  save (keys);
}

void
dhk_state_add_recent (GFile *file)
{
  g_return_if_fail (G_IS_FILE (file));
  rewrite (file, TRUE);
}

void
dhk_state_remove_recent (GFile *file)
{
  g_return_if_fail (G_IS_FILE (file));
  rewrite (file, FALSE);
}
