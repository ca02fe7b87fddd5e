/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-import-file.h"

#include <glib/gi18n-lib.h>

#include "base/dhk-seal.h"
#include "base/dhk-text.h"

/* What hangs on the GFile. */
#define BYTES "dhk-import-bytes"
#define NAME "dhk-import-name"
#define PASSWORDS "dhk-import-passwords"
#define PERSONAL "dhk-import-personal"

static gpointer
ref_array (gpointer array, gpointer unused)
{
  return array != NULL ? g_ptr_array_ref (array) : NULL;
}

GPtrArray *
dhk_import_file_ref_passwords (GFile *file)
{
  return g_object_dup_data (G_OBJECT (file), PASSWORDS, ref_array, NULL);
}

/* A new list each time: a reading that goes on has the old one. */
void
dhk_import_file_add_password (GFile *file, const char *password)
{
  g_autoptr (GPtrArray) old = NULL;
  GPtrArray *passwords;

  g_return_if_fail (G_IS_FILE (file) && password != NULL);

  old = dhk_import_file_ref_passwords (file);
  passwords = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_secret_free);
  for (guint i = 0; old != NULL && i < old->len; i++)
    g_ptr_array_add (passwords, g_strdup (g_ptr_array_index (old, i)));
  g_ptr_array_add (passwords, g_strdup (password));
  g_object_set_data_full (G_OBJECT (file), PASSWORDS, passwords,
                          (GDestroyNotify) g_ptr_array_unref);
}

GFile *
dhk_import_file_new_for_bytes (GBytes *bytes, const char *name)
{
  g_autofree char *escaped = NULL;
  g_autofree char *uri = NULL;
  GFile *file;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  escaped = g_uri_escape_string (name, NULL, FALSE);
  uri = g_strconcat ("driehoek-pasted:///", escaped, NULL);
  file = g_file_new_for_uri (uri);
  g_object_set_data_full (G_OBJECT (file), BYTES, g_bytes_ref (bytes),
                          (GDestroyNotify) g_bytes_unref);
  g_object_set_data_full (G_OBJECT (file), NAME, g_strdup (name), g_free);
  return file;
}

void
dhk_import_file_keep_personal (GFile *file, gboolean keep)
{
  g_return_if_fail (G_IS_FILE (file));
  g_object_set_data (G_OBJECT (file), PERSONAL, GINT_TO_POINTER (keep));
}

gboolean
dhk_import_file_get_keeps_personal (GFile *file)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  return g_object_get_data (G_OBJECT (file), PERSONAL) != NULL;
}

GBytes *
dhk_import_file_get_bytes (GFile *file)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  return g_object_get_data (G_OBJECT (file), BYTES);
}

char *
dhk_import_file_dup_name (GFile *file)
{
  const char *given = g_object_get_data (G_OBJECT (file), NAME);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = NULL;
  char *masked;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (given == NULL && base == NULL)
    return g_strdup (_ ("file"));
  /* A name may hold any byte but "/"; it is told of in lines. */
  name = g_strdelimit (given != NULL ? g_strdup (given) : g_filename_display_name (base), "\n\r\t",
                       ' ');
  masked = dhk_text_mask_emails (name);
  return masked != NULL ? masked : g_steal_pointer (&name);
}
