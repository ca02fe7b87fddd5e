/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/dhk-file.h"
#include "store/dhk-store-private.h"
#include "store/dhk-store-seal.h"

#define ENDING ".driehoek"
#define FOLDER_ENDING ".backups"
#define NAME_FORMAT "%Y-%m-%dT%H%M%SZ"
#define DAY ((gint64) 24 * 60 * 60)
/* When one failed: there may be room again then, and copying a big study at every change would take too long. */
#define UNTIL_NEXT_TRY ((gint64) 10 * 60)

/* What is kept. */
#define KEEP_NEWEST 5
#define KEEP_DAYS 7
#define KEEP_WEEKS 4

static void
backup_free (gpointer data)
{
  DhkBackup *self = data;

  g_clear_object (&self->file);
  g_free (self->name);
  g_free (self);
}

/* Listing ------------------------------------------------------------------------------ */

/* A study that is opened by a link has its backups where it is itself. */
char *
dhk_backup_dup_place (GFile *study)
{
  g_autofree char *path = g_file_get_path (study);

  return path != NULL ? dhk_file_dup_target (path) : NULL;
}

static char *
dup_folder (GFile *study)
{
  g_autofree char *path = dhk_backup_dup_place (study);

  return path != NULL ? g_strconcat (path, FOLDER_ENDING, NULL) : NULL;
}

/* "2026-11-22T054512Z" and what may follow a hyphen; 0 for any other name. */
static gint64
parse_time (const char *name)
{
  g_autoptr (GDateTime) time = NULL;
  int numbers[6];
  static const struct
  {
    guint8 at;
    guint8 length;
  } places[6] = { { 0, 4 }, { 5, 2 }, { 8, 2 }, { 11, 2 }, { 13, 2 }, { 15, 2 } };

  if (strlen (name) < 18 || name[10] != 'T' || name[17] != 'Z')
    return 0;
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *part = g_strndup (name + places[i].at, places[i].length);
      guint64 value = 0;

      if (!g_ascii_string_to_unsigned (part, 10, 0, 9999, &value, NULL))
        return 0;
      numbers[i] = (int) value;
    }
  time = g_date_time_new_utc (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4],
                              numbers[5]);
  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static int
compare_backups (gconstpointer a, gconstpointer b)
{
  const DhkBackup *first = *(const DhkBackup *const *) a;
  const DhkBackup *second = *(const DhkBackup *const *) b;

  if (first->when != second->when)
    return first->when < second->when ? 1 : -1;
  return strcmp (second->name, first->name);
}

GPtrArray *
dhk_backup_list (GFile *study)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) backups = g_ptr_array_new_with_free_func (backup_free);
  g_autoptr (GDir) names = NULL;
  const char *name;

  g_return_val_if_fail (G_IS_FILE (study), NULL);

  folder = dup_folder (study);
  names = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gint64 when = g_str_has_suffix (name, ENDING) ? parse_time (name) : 0;
      struct stat info;
      DhkBackup *backup;

      if (when == 0 || stat (path, &info) != 0 || !S_ISREG (info.st_mode))
        continue;
      backup = g_new0 (DhkBackup, 1);
      backup->file = g_file_new_for_path (path);
      backup->name = g_strndup (name, strlen (name) - strlen (ENDING));
      backup->when = when;
      backup->size = (guint64) info.st_size;
      g_ptr_array_add (backups, backup);
    }
  g_ptr_array_sort (backups, compare_backups);
  return g_steal_pointer (&backups);
}

GPtrArray *
dhk_store_list_backups (DhkStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return dhk_backup_list (self->file);
}

const DhkBackup *
dhk_backup_find (GPtrArray *backups, const char *name)
{
  guint64 place = 0;

  g_return_val_if_fail (backups != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < backups->len; i++)
    {
      const DhkBackup *backup = g_ptr_array_index (backups, i);

      if (strcmp (backup->name, name) == 0)
        return backup;
    }
  if (g_ascii_string_to_unsigned (name, 10, 1, G_MAXUINT, &place, NULL) && place <= backups->len)
    return g_ptr_array_index (backups, place - 1);
  return NULL;
}

/* Making ---------------------------------------------------------------------------------- */

/* Whether a backup stays: `slot` remembers the day or week that the last one stood for. */
static gboolean
stands_for_its_time (gint64 now, gint64 when, gint64 *day, gint64 *week)
{
  gint64 this_day = when / DAY;
  gint64 this_week = (when / DAY + 3) / 7;

  if (now - when < KEEP_DAYS * DAY)
    {
      gboolean first = this_day != *day;

      *day = this_day;
      return first;
    }
  if (now - when < (KEEP_DAYS + 7 * KEEP_WEEKS) * DAY)
    {
      gboolean first = this_week != *week;

      *week = this_week;
      return first;
    }
  return FALSE;
}

/* Overwrites before it unlinks, as far as a file system lets us. */
gboolean
dhk_store_shred (GFile *file, GError **error)
{
  static const guint8 zeros[64 * 1024];
  g_autofree char *path = g_file_get_path (file);
  int fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  struct stat info;

  if (fd >= 0 && fstat (fd, &info) == 0 && info.st_nlink == 1)
    {
      for (goffset at = 0; at < info.st_size;)
        {
          gssize n
              = pwrite (fd, zeros, (gsize) MIN (info.st_size - at, (goffset) sizeof zeros), at);

          if (n <= 0)
            break;
          at += n;
        }
      fsync (fd);
    }
  if (fd >= 0)
    close (fd);
  return g_file_delete (file, NULL, error);
}

static void
rotate (GFile *study, gint64 now)
{
  g_autoptr (GPtrArray) backups = dhk_backup_list (study);
  gint64 day = -1;
  gint64 week = -1;

  for (guint i = 0; i < backups->len; i++)
    {
      const DhkBackup *backup = g_ptr_array_index (backups, i);
      gboolean stays = stands_for_its_time (now, backup->when, &day, &week) || i < KEEP_NEWEST;

      /* One that cannot be removed now is removed the next time. */
      if (!stays)
        dhk_store_shred (backup->file, NULL);
    }
}

/* A name for a backup made now; two in a second get a number. */
static char *
dup_path (const char *folder, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now);
  g_autofree char *name = g_date_time_format (time, NAME_FORMAT);

  for (guint i = 1;; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *base = g_strconcat (name, number, ENDING, NULL);
      char *path = g_build_filename (folder, base, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return path;
      g_free (path);
    }
}

static gboolean
fail_backup (GError **error, const char *name, int number)
{
  return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                         _ ("No backup of “%s” could be made (%s). Check that there is room and "
                            "that you may write in its folder."),
                         name, g_strerror (number));
}

static gboolean
back_up (DhkStore *self, gint64 now, GError **error)
{
  g_autofree char *folder = dup_folder (self->file);
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) local = NULL;

  if (g_mkdir (folder, 0700) != 0 && errno != EEXIST)
    return fail_backup (error, self->name, errno);
  /* SQLite would blame the study for it. */
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return fail_backup (error, self->name, ENOTDIR);
  if (g_access (folder, W_OK | X_OK) != 0)
    return fail_backup (error, self->name, errno);
  path = dup_path (folder, now);
  name = g_filename_display_basename (path);
  if (!dhk_store_copy_to (self, path, name, FALSE, &local))
    return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                           /* Translators: the second is a sentence that says why. */
                           _ ("No backup of “%s” could be made. %s"), self->name, local->message);
  rotate (self->file, now);
  return TRUE;
}

gboolean
dhk_store_back_up_now (DhkStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());
  if (self->read_only)
    return dhk_store_fail_read_only (self->name, error);
  return back_up (self, g_get_real_time () / G_USEC_PER_SEC, error);
}

void
dhk_store_set_automatic_backups (DhkStore *self, DhkBackupProblem warn)
{
  g_return_if_fail (self != NULL);
  self->automatic_backups = TRUE;
  self->backup_warning = warn;
}

char *
dhk_store_take_backup_problem (DhkStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_steal_pointer (&self->backup_problem);
}

/* A study that is as the newest backup has it needs no other one. */
static gboolean
is_newer_than_backups (DhkStore *self)
{
  g_autoptr (GPtrArray) backups = dhk_backup_list (self->file);
  struct stat info;

  if (backups->len == 0)
    return TRUE;
  return stat (g_file_peek_path (self->file), &info) != 0
         || info.st_mtim.tv_sec >= ((const DhkBackup *) g_ptr_array_index (backups, 0))->when;
}

static gboolean
has_room (const char *path, guint64 size)
{
  struct statvfs disk;

  return statvfs (path, &disk) == 0 && (guint64) disk.f_bavail * disk.f_frsize >= size;
}

/* Who made room tries again at once, and should have a backup then. */
static void
remember_lack (DhkStore *self)
{
  const char *path = g_file_peek_path (self->file);
  struct stat info;
  guint64 size = stat (path, &info) == 0 ? 2 * (guint64) info.st_size : 0; /* the change, too */

  self->backup_lacks = size > 0 && !has_room (path, size) ? size : 0;
}

static gboolean
is_due (DhkStore *self, gint64 now)
{
  if (self->backed_up == 0 || now - self->backed_up >= DAY)
    return TRUE;
  return self->backup_lacks > 0 && has_room (g_file_peek_path (self->file), self->backup_lacks);
}

void
dhk_store_back_up_before_change (DhkStore *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (!self->automatic_backups || !is_due (self, now))
    return;
  self->backed_up = now;
  self->backup_lacks = 0;
  /* A study without imports has nothing to lose. */
  if (dhk_sql_get_int (self, NULL, &n, "SELECT count (*) FROM journal_step", "") != 1 || n == 0
      || !is_newer_than_backups (self) || back_up (self, now, &error))
    return;
  self->backed_up = now - DAY + UNTIL_NEXT_TRY;
  remember_lack (self);
  g_free (self->backup_problem);
  self->backup_problem = g_strdup (error->message);
  if (self->backup_warning != NULL)
    self->backup_warning (error->message);
}

/* Going back ------------------------------------------------------------------------------ */

/* What stands at the study's place now, bytes as they are, becomes a backup. */
static gboolean
keep_present (const char *path, const char *folder, const char *name, GError **error)
{
  g_autofree char *kept = NULL;
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  kept = dup_path (folder, g_get_real_time () / G_USEC_PER_SEC);
  if (!g_file_get_contents (path, &data, &size, NULL))
    return fail_backup (error, name, EIO);
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  if (!dhk_store_publish (kept, name, bytes, error))
    return FALSE;
  /* A half transaction belongs to that file, and may not be rolled back into another one. */
  if (g_file_test (journal, G_FILE_TEST_EXISTS))
    {
      g_autofree char *moved = g_strconcat (kept, "-journal", NULL);

      if (g_rename (journal, moved) != 0)
        return fail_backup (error, name, errno);
    }
  return TRUE;
}

gboolean
dhk_backup_restore (GFile *study, const DhkBackup *backup, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autofree char *temporary = NULL;
  g_autofree char *data = NULL;
  g_autoptr (DhkSealedFile) lock = NULL;
  struct stat after;
  gsize size = 0;
  int failed;

  g_return_val_if_fail (G_IS_FILE (study), FALSE);
  g_return_val_if_fail (backup != NULL, FALSE);

  path = g_file_get_path (study);
  folder = dup_folder (study);
  base = g_file_get_basename (study);
  name = g_filename_display_name (base);
  if (dhk_store_is_fixed (path))
    return dhk_store_fail_read_only (name, error);
  lock = dhk_sealed_file_new (path, name, error);
  if (lock == NULL)
    return FALSE;
  if (!g_file_load_contents (backup->file, NULL, &data, &size, NULL, NULL))
    return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                           _ ("The backup of “%s” could not be read. The study was not changed."),
                           name);
  if (!keep_present (path, folder, name, error))
    return FALSE;
  temporary = g_build_filename (folder, ".restoring.part", NULL);
  failed = dhk_store_replace_file (path, temporary, (const guint8 *) data, size, &after);
  if (failed == 0)
    return TRUE;
  return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                         _ ("“%s” could not be written (%s). It is as it was."), name,
                         g_strerror (failed));
}
