/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-key-file-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-file.h"
#include "base/dhk-text.h"
#include "store/dhk-store-private.h"

/* Entries --------------------------------------------------------------------------------- */

static void
free_secrets (char **texts)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    dhk_secret_free (texts[i]);
  g_free (texts);
}

void
dhk_key_entry_free (gpointer data)
{
  DhkKeyEntry *self = data;

  g_free (self->pseudonym);
  g_free (self->identity);
  g_free (self->source);
  g_free (self->import);
  g_strfreev (self->heads);
  free_secrets (self->texts);
  g_free (self);
}

void
dhk_key_file_take_entry (DhkKeyFile *self, DhkKeyEntry *entry)
{
  DhkKeyEntry *old = g_hash_table_lookup (self->by_name, entry->pseudonym);

  if (old != NULL)
    {
      g_hash_table_remove (self->by_name, entry->pseudonym);
      g_ptr_array_remove (self->entries, old);
    }
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_name, entry->pseudonym, entry);
}

static void
clear (DhkKeyFile *self)
{
  g_hash_table_remove_all (self->by_name);
  g_ptr_array_set_size (self->entries, 0);
  g_hash_table_remove_all (self->imports);
}

void
dhk_key_file_add (DhkKeyFile *self,
                  const char *pseudonym,
                  const char *identity,
                  const char *source,
                  char *const *heads,
                  char *const *texts)
{
  g_autoptr (GStrvBuilder) kept_heads = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) kept_texts = g_strv_builder_new ();
  DhkKeyEntry *entry = g_new0 (DhkKeyEntry, 1);

  for (guint i = 0; heads[i] != NULL; i++)
    if (texts[i] != NULL && texts[i][0] != '\0')
      {
        g_strv_builder_add (kept_heads, heads[i]);
        g_strv_builder_add (kept_texts, texts[i]);
      }
  entry->pseudonym = g_strdup (pseudonym);
  entry->identity = g_strdup (identity != NULL ? identity : "");
  entry->source = g_strdup (source);
  entry->heads = g_strv_builder_end (kept_heads);
  entry->texts = g_strv_builder_end (kept_texts);
  dhk_key_file_take_entry (self, entry);
}

guint
dhk_key_file_filter (DhkKeyFile *self, DhkKeyTest keep, gpointer user_data)
{
  guint n = 0;

  for (guint i = self->entries->len; i > 0; i--)
    {
      DhkKeyEntry *entry = g_ptr_array_index (self->entries, i - 1);

      if (keep (entry, user_data))
        continue;
      g_hash_table_remove (self->by_name, entry->pseudonym);
      g_ptr_array_remove_index (self->entries, i - 1);
      n++;
    }
  return n;
}

void
dhk_key_file_end_import (DhkKeyFile *self, const char *mark)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      DhkKeyEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->import == NULL)
        entry->import = g_strdup (mark);
    }
  g_hash_table_add (self->imports, g_strdup (mark));
}

gboolean
dhk_key_file_has_import (DhkKeyFile *self, const char *mark)
{
  return g_hash_table_contains (self->imports, mark);
}

/* The file ------------------------------------------------------------------------------------ */

static gboolean
explain (const DhkKeyFile *self, const GError *cause, GError **error)
{
  if (g_error_matches (cause, DHK_SEAL_ERROR, DHK_SEAL_ERROR_PASSWORD))
    return dhk_store_fail (error, DHK_STORE_ERROR_PASSWORD,
                           _ ("This is not the password of the key file “%s”, or the file is "
                              "damaged at its start. Nothing was changed; try again."),
                           self->name);
  if (g_error_matches (cause, DHK_SEAL_ERROR, DHK_SEAL_ERROR_OTHER_KIND))
    return dhk_store_fail (error, DHK_STORE_ERROR_NOT_A_STUDY,
                           _ ("“%s” is not a key file of Driehoek. It was not changed."),
                           self->name);
  return dhk_store_fail (error, DHK_STORE_ERROR_DAMAGED, "%s: %s", self->name, cause->message);
}

static DhkKeyFile *
key_file_new (GFile *file)
{
  DhkKeyFile *self = g_new0 (DhkKeyFile, 1);
  g_autofree char *base = g_file_get_basename (file);

  self->file = g_object_ref (file);
  self->name = g_filename_display_name (base != NULL ? base : "");
  self->study = g_strdup ("");
  self->entries = g_ptr_array_new_with_free_func (dhk_key_entry_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->imports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
dhk_key_file_free (DhkKeyFile *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->imports);
  g_ptr_array_unref (self->entries);
  g_clear_pointer (&self->key, dhk_seal_key_unref);
  g_clear_pointer (&self->written, g_bytes_unref);
  g_object_unref (self->file);
  g_free (self->name);
  g_free (self->study);
  g_free (self);
}

static GBytes *
seal (DhkKeyFile *self)
{
  g_autoptr (GBytes) xml = dhk_key_file_write_xml (self);
  gsize size;
  const void *data = g_bytes_get_data (xml, &size);

  return dhk_seal_key_seal (self->key, DHK_SEAL_KEY_FILE, data, size);
}

DhkKeyFile *
dhk_key_file_create (GFile *file, const char *password, GError **error)
{
  g_autoptr (DhkKeyFile) self = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = key_file_new (file);
  path = g_file_get_path (file);
  self->key = dhk_seal_key_new (password, &local);
  if (self->key == NULL)
    {
      explain (self, local, error);
      return NULL;
    }
  self->written = seal (self);
  if (path == NULL || !dhk_store_publish (path, self->name, self->written, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
take_sealed (DhkKeyFile *self, GBytes *sealed, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) xml = dhk_seal_key_unseal (self->key, DHK_SEAL_KEY_FILE, sealed, &local);

  if (xml == NULL)
    return explain (self, local, error);
  clear (self);
  if (!dhk_key_file_read_xml (self, xml))
    return dhk_store_fail (error, DHK_STORE_ERROR_DAMAGED,
                           _ ("The key file “%s” was made by a newer version of Driehoek, or is "
                              "damaged. It was not changed."),
                           self->name);
  return TRUE;
}

DhkKeyFile *
dhk_key_file_open (GFile *file, const char *password, GError **error)
{
  g_autoptr (DhkKeyFile) self = NULL;
  g_autoptr (GError) local = NULL;
  const void *data;
  gsize size;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = key_file_new (file);
  self->written = dhk_file_load (file, 0, NULL, &local);
  if (self->written == NULL)
    {
      if (dhk_store_explain_file (local, error))
        return NULL;
      dhk_store_fail (error, DHK_STORE_ERROR_IO,
                      _ ("The key file “%s” could not be read. Check where it is, and that you may "
                         "read it."),
                      self->name);
      return NULL;
    }
  data = g_bytes_get_data (self->written, &size);
  self->key = dhk_seal_key_new_for (data, size, password, &local);
  if (self->key == NULL)
    {
      explain (self, local, error);
      return NULL;
    }
  return take_sealed (self, self->written, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
put (DhkKeyFile *self, GBytes *sealed, GError **error)
{
  g_autofree char *path = g_file_get_path (self->file);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *hidden = g_strconcat (".", base, ".part", NULL);
  g_autofree char *temporary = g_build_filename (folder, hidden, NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  struct stat after;
  int failed = dhk_store_replace_file (path, temporary, data, size, &after);

  if (failed == 0)
    return TRUE;
  return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                         _ ("The key file “%s” could not be written (%s). Nothing was changed; "
                            "check that there is room and that you may write there."),
                         self->name, g_strerror (failed));
}

gboolean
dhk_key_file_write (DhkKeyFile *self, GError **error)
{
  g_autoptr (GBytes) sealed = seal (self);

  if (!put (self, sealed, error))
    return FALSE;
  g_bytes_unref (self->written);
  self->written = g_steal_pointer (&sealed);
  return TRUE;
}

gboolean
dhk_key_file_revert (DhkKeyFile *self)
{
  return take_sealed (self, self->written, NULL);
}

gboolean
dhk_key_file_set_password (DhkKeyFile *self, const char *password, GError **error)
{
  g_autoptr (GError) local = NULL;
  DhkSealKey *old = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (password != NULL, FALSE);

  old = self->key;
  self->key = dhk_seal_key_new (password, &local);
  if (self->key == NULL)
    explain (self, local, error);
  else if (dhk_key_file_write (self, error))
    {
      dhk_seal_key_unref (old);
      return TRUE;
    }
  g_clear_pointer (&self->key, dhk_seal_key_unref);
  self->key = old;
  return FALSE;
}

GFile *
dhk_key_file_get_file (DhkKeyFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->file;
}

const char *
dhk_key_file_get_study (DhkKeyFile *self)
{
  return self->study;
}

void
dhk_key_file_set_study (DhkKeyFile *self, const char *study)
{
  g_free (self->study);
  self->study = g_strdup (study);
}

/* Looking and removing -------------------------------------------------------------------------- */

guint
dhk_key_file_get_n (DhkKeyFile *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->entries->len;
}

const DhkKeyEntry *
dhk_key_file_get (DhkKeyFile *self, guint i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->entries->len, NULL);
  return g_ptr_array_index (self->entries, i);
}

const DhkKeyEntry *
dhk_key_file_find (DhkKeyFile *self, const char *pseudonym)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (pseudonym != NULL, NULL);
  return g_hash_table_lookup (self->by_name, pseudonym);
}

static gboolean
is_another (const DhkKeyEntry *entry, gpointer user_data)
{
  return strcmp (entry->pseudonym, user_data) != 0;
}

gboolean
dhk_key_file_remove (DhkKeyFile *self, const char *pseudonym, GError **error)
{
  g_autofree char *wanted = g_strdup (pseudonym);

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pseudonym != NULL, FALSE);

  if (dhk_key_file_filter (self, is_another, wanted) == 0)
    return TRUE;
  if (dhk_key_file_write (self, error))
    return TRUE;
  dhk_key_file_revert (self);
  return FALSE;
}

gboolean
dhk_key_entry_matches (const DhkKeyEntry *self, const char *text)
{
  char *wanted;
  gboolean found;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  wanted = dhk_text_fold (text);
  found = g_ascii_strcasecmp (self->pseudonym, text) == 0;
  for (guint i = 0; !found && *wanted != '\0' && self->texts[i] != NULL; i++)
    {
      char *here = dhk_text_fold (self->texts[i]);

      found = strstr (here, wanted) != NULL;
      dhk_secret_free (here);
    }
  dhk_secret_free (wanted);
  return found;
}

static const char *
get_text (const DhkKeyEntry *entry, const char *head)
{
  for (guint i = 0; entry->heads[i] != NULL; i++)
    if (strcmp (entry->heads[i], head) == 0)
      return entry->texts[i];
  return "";
}

char *
dhk_key_file_dup_csv (DhkKeyFile *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) heads = g_ptr_array_new ();
  GString *csv = g_string_sized_new (256 + (gsize) dhk_key_file_get_n (self) * 256);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const DhkKeyEntry *entry = g_ptr_array_index (self->entries, i);

      for (guint v = 0; entry->heads[v] != NULL; v++)
        if (g_hash_table_add (seen, entry->heads[v]))
          g_ptr_array_add (heads, entry->heads[v]);
    }
  g_string_append (csv, "pseudonym,source");
  for (guint h = 0; h < heads->len; h++)
    {
      g_string_append_c (csv, ',');
      dhk_text_append_csv (csv, g_ptr_array_index (heads, h), DHK_CSV_FOR_SPREADSHEET);
    }
  g_string_append_c (csv, '\n');
  for (guint i = 0; i < self->entries->len; i++)
    {
      const DhkKeyEntry *entry = g_ptr_array_index (self->entries, i);

      dhk_text_append_csv (csv, entry->pseudonym, DHK_CSV_FOR_SPREADSHEET);
      g_string_append_c (csv, ',');
      dhk_text_append_csv (csv, entry->source, DHK_CSV_FOR_SPREADSHEET);
      for (guint h = 0; h < heads->len; h++)
        {
          g_string_append_c (csv, ',');
          dhk_text_append_csv (csv, get_text (entry, g_ptr_array_index (heads, h)),
                               DHK_CSV_FOR_SPREADSHEET);
        }
      g_string_append_c (csv, '\n');
    }
  return g_string_free (csv, FALSE);
}
