/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Until when answers may be kept. The day is a setting; in the journal it is a change of slot -2 of
 * nobody: the old and the new day, null where there is none.
 */

#include "store/dhk-store-retention.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "store/dhk-key-file.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-private.h"

#define SETTING_RETENTION "keep-until"

/* Days ------------------------------------------------------------------------------------- */

/* Up to `most` digits at the start of `text`; 0 when there are none or more. */
static guint
read_number (const char **text, guint most)
{
  guint value = 0;
  guint n = 0;

  for (; g_ascii_isdigit (**text); (*text)++, n++)
    value = n < most ? value * 10 + (guint) g_ascii_digit_value (**text) : 0;
  return n <= most ? value : 0;
}

char *
dhk_retention_parse (const char *text)
{
  g_autofree char *stripped = NULL;
  const char *p;
  guint parts[3];
  gboolean year_first;
  guint year, day;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  p = stripped;
  for (guint i = 0; i < 3; i++)
    {
      parts[i] = read_number (&p, 4);
      if (i < 2 && (*p == '\0' || strchr ("-/. ", *p++) == NULL))
        return NULL;
    }
  year_first = parts[0] >= 1000;
  year = year_first ? parts[0] : parts[2];
  day = year_first ? parts[2] : parts[0];
  if (*p != '\0' || year < 1000 || day > 31 || parts[1] > 12
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) parts[1], (GDateYear) year))
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02u", year, parts[1], day);
}

static void
read_day (const char *day, GDate *date)
{
  char *end;
  guint year = (guint) g_ascii_strtoull (day, &end, 10);
  guint month = *end != '\0' ? (guint) g_ascii_strtoull (end + 1, &end, 10) : 0;
  guint number = *end != '\0' ? (guint) g_ascii_strtoull (end + 1, &end, 10) : 0;

  g_date_clear (date, 1);
  if (number <= 31 && month <= 12 && year <= G_MAXUINT16
      && g_date_valid_dmy ((GDateDay) number, (GDateMonth) month, (GDateYear) year))
    g_date_set_dmy (date, (GDateDay) number, (GDateMonth) month, (GDateYear) year);
}

int
dhk_retention_count_days (const char *day, const GDate *today)
{
  GDate date;

  g_return_val_if_fail (day != NULL, 0);
  g_return_val_if_fail (today != NULL && g_date_valid (today), 0);

  read_day (day, &date);
  return g_date_valid (&date) ? g_date_days_between (today, &date) : 0;
}

char *
dhk_retention_describe (const char *day)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  g_return_val_if_fail (day != NULL, NULL);

  read_day (day, &date);
  if (!g_date_valid (&date))
    return g_strdup (day);
  time = g_date_time_new_utc (g_date_get_year (&date), (int) g_date_get_month (&date),
                              g_date_get_day (&date), 12, 0, 0);
  return g_date_time_format (time, "%-d %B %Y");
}

/* In the study -------------------------------------------------------------------------------- */

char *
dhk_store_dup_retention (DhkStore *self)
{
  return dhk_store_get_setting (self, SETTING_RETENTION);
}

gboolean
dhk_journal_switch_retention (DhkStore *self, gint64 step, gboolean undo, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self, "SELECT old, new FROM journal_change WHERE step = ? AND slot = -2", error);
  g_autofree char *day = NULL;
  const int column = undo ? 0 : 1;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", step);
  if (dhk_sql_step (self, statement, error) != 1)
    return error != NULL && *error != NULL
               ? FALSE
               : dhk_store_fail_damaged (self, _ ("its journal does not fit its answers"), error);
  if (sqlite3_column_type (statement, column) != SQLITE_NULL)
    day = g_strdup (dhk_sql_text (statement, column));
  return dhk_store_set_setting (self, SETTING_RETENTION, day, error);
}

char *
dhk_journal_dup_retention_label (const char *subject)
{
  g_autofree char *day = NULL;

  if (*subject == '\0')
    return g_strdup (_ ("End of the retention date"));
  day = dhk_retention_describe (subject);
  /* Translators: a date. */
  return g_strdup_printf (_ ("Retention until %s"), day);
}

static gboolean
write_step (DhkStore *self, const char *day, const char *old, GError **error)
{
  gint64 step = dhk_journal_append (self, DHK_RETENTION_STEP, day, 1, 0, error);

  return step != 0
         && dhk_sql_run (self, error,
                         "INSERT INTO journal_change (step, respondent, slot, target, batch, old, "
                         "new) VALUES (?, 0, -2, '', 0, ?, ?)",
                         "itt", step, old, day)
         && dhk_store_set_setting (self, SETTING_RETENTION, day, error);
}

gboolean
dhk_store_set_retention (DhkStore *self, const char *day, GError **error)
{
  g_autofree char *old = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_store_begin (self, error))
    return FALSE;
  old = dhk_store_dup_retention (self);
  if (g_strcmp0 (old, day) == 0)
    {
      dhk_store_roll_back (self);
      return TRUE;
    }
  return dhk_store_end (self, write_step (self, day, old, error), error);
}

/* The end ---------------------------------------------------------------------------------------- */

static gboolean
shred_if_there (GFile *file, GError **error)
{
  return !g_file_query_exists (file, NULL) || dhk_store_shred (file, error);
}

gboolean
dhk_store_erase_study (DhkStore *self, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) key_file = NULL;
  g_autofree char *backups = NULL;
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (self->read_only)
    {
      dhk_store_fail_read_only (self->name, error);
      dhk_store_close (self);
      return FALSE;
    }
  file = g_object_ref (self->file);
  key_file = self->key_file != NULL ? g_object_ref (dhk_key_file_get_file (self->key_file))
                                    : dhk_key_file_get_place (file);
  ok = dhk_store_remove_backups (self, error);
  dhk_store_close (self);
  backups = g_strconcat (g_file_peek_path (file), ".backups", NULL);
  g_rmdir (backups);
  return ok && shred_if_there (key_file, error) && shred_if_there (file, error);
}
