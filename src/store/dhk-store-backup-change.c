/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to the backups of a study that are there: somebody erased, another password, removed. */

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "store/dhk-store-backup.h"
#include "store/dhk-store-private.h"
#include "store/dhk-store-seal.h"

/* Erasing ------------------------------------------------------------------------------------ */

/* What a migration of the file at `path` kept. GFile; owned. */
static GPtrArray *
list_migrated (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, ".backup-v", NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    if (g_str_has_prefix (name, prefix))
      g_ptr_array_add (files, g_file_new_build_filename (folder, name, NULL));
  return files;
}

/* All of them, also those of migrations. GFile; owned. */
static GPtrArray *
list_files (DhkStore *self)
{
  g_autoptr (GPtrArray) backups = dhk_backup_list (self->file);
  g_autofree char *path = dhk_backup_dup_place (self->file);
  GPtrArray *files = list_migrated (path);

  for (guint i = 0; i < backups->len; i++)
    g_ptr_array_add (files, g_object_ref (((DhkBackup *) g_ptr_array_index (backups, i))->file));
  return files;
}

static gboolean
shred_all (GPtrArray *files, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; i < files->len; i++)
    {
      ok = dhk_store_shred (g_ptr_array_index (files, i), error) && ok;
      error = ok ? error : NULL;
    }
  return ok;
}

gboolean
dhk_store_remove_backups (DhkStore *self, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  files = list_files (self);
  return shred_all (files, error);
}

static DhkStore *
open_backup (DhkStore *self, GFile *file)
{
  DhkStore *store = dhk_store_open (file, NULL);

  if (store == NULL && self->sealed != NULL)
    store = dhk_store_open_sealed (file, NULL, dhk_sealed_file_get_key (self->sealed), NULL);
  /* Nobody could take anything out of it. */
  if (store != NULL && store->read_only)
    g_clear_pointer (&store, dhk_store_close);
  return store;
}

gboolean
dhk_store_rewrite_backups (DhkStore *self,
                           DhkBackupChange change,
                           gpointer user_data,
                           GError **error)
{
  g_autoptr (GPtrArray) files = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (change != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  files = list_files (self);
  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = g_ptr_array_index (files, i);
      g_autoptr (DhkStore) backup = open_backup (self, file);
      g_autofree char *path = g_file_get_path (file);
      g_autoptr (GPtrArray) migrated = list_migrated (path);

      /* Opening one of an earlier version kept that too. */
      if (!shred_all (migrated, error) || (backup == NULL && !dhk_store_shred (file, error)))
        return FALSE;
      if (backup != NULL
          && (!change (backup, user_data, error) || !dhk_sql_exec (backup, "VACUUM", error)))
        return FALSE;
    }
  return TRUE;
}

/* The password --------------------------------------------------------------------------------- */

static gboolean
reseal (GFile *file, DhkSealKey *old, DhkSealKey *new)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *temporary = g_strconcat (path, ".part", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GBytes) now = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) next = NULL;
  g_autofree char *aside = NULL;
  struct stat after;
  gsize size = 0;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return FALSE;
  now = dhk_secret_bytes_new_take (g_steal_pointer (&data), size);
  if (!dhk_is_sealed (g_bytes_get_data (now, NULL), size, NULL))
    plain = g_bytes_ref (now);
  else if (old != NULL)
    plain = dhk_seal_key_unseal (old, DHK_SEAL_STUDY, now, NULL);
  if (plain == NULL)
    return FALSE;
  next = new != NULL ? dhk_seal_key_seal (new, DHK_SEAL_STUDY, g_bytes_get_data (plain, NULL),
                                          g_bytes_get_size (plain))
                     : g_bytes_ref (plain);
  /* What was readable is overwritten, not only replaced. */
  aside = g_strconcat (path, ".old", NULL);
  if (plain == now && new != NULL && link (path, aside) != 0)
    return FALSE;
  if (dhk_store_replace_file (path, temporary, g_bytes_get_data (next, NULL),
                              g_bytes_get_size (next), &after)
      != 0)
    {
      unlink (aside);
      return FALSE;
    }
  if (plain == now && new != NULL)
    {
      g_autoptr (GFile) leftover = g_file_new_for_path (aside);

      return dhk_store_shred (leftover, NULL);
    }
  return TRUE;
}

gboolean
dhk_store_reseal_backups (DhkStore *self, DhkSealKey *old, GError **error)
{
  g_autoptr (GPtrArray) files = list_files (self);
  DhkSealKey *new = self->sealed != NULL ? dhk_sealed_file_get_key (self->sealed) : NULL;
  guint n_failed = 0;

  for (guint i = 0; i < files->len; i++)
    n_failed += !reseal (g_ptr_array_index (files, i), old, new);
  if (n_failed == 0)
    return TRUE;
  return dhk_store_fail (
      error, DHK_STORE_ERROR_IO,
      g_dngettext (GETTEXT_PACKAGE,
                   "The password of “%s” was changed, but not that of %u of its backups. Remove "
                   "that backup if nobody may open it.",
                   "The password of “%s” was changed, but not that of %u of its backups. Remove "
                   "those backups if nobody may open them.",
                   n_failed),
      self->name, n_failed);
}
