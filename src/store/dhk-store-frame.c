/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The frame from one scan: respondents, sheets and values all lie in the order
 * of the respondent's id, so each table is read once, from front to back.
 */

#include "store/dhk-store-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define CANCEL_EVERY 4096

typedef struct
{
  DhkStore *store;
  GCancellable *cancellable;
  DhkFrameBuilder *builder;
  gboolean everybody;  /* excluded respondents too */
  gint8 **kinds;       /* per number variable: why there is no number; or NULL */
  GArray *respondents; /* gint64, rising; the row in the frame is the place */
  guint at;            /* the respondent the scan is at */
  guint n_steps;
  gint8 codes[128]; /* what a packed character means */
} Loader;

static gboolean
fail_unknown (Loader *self, GError **error)
{
  return dhk_store_fail_damaged (
      self->store, _ ("it holds an answer that its questionnaires do not know"), error);
}

static int
step (Loader *self, DhkStatement *statement, GError **error)
{
  if (self->n_steps++ % CANCEL_EVERY == 0
      && g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return -1;
  return dhk_sql_step (self->store, statement, error);
}

static gboolean
set_sheet (Loader *self, int target, const char *answers, guint length, GError **error)
{
  const DhkSlot *slots = (const DhkSlot *) (gpointer) self->store->slots->data;

  if (length > self->store->slots->len)
    return fail_unknown (self, error);
  for (guint i = 0; i < length; i++)
    {
      guint8 character = (guint8) answers[i];
      int code = character < 128 ? self->codes[character] : DHK_CODE_DAMAGED;

      if (code == DHK_MISSING_NOT_ASKED)
        continue;
      if (!slots[i].packed || code == DHK_CODE_DAMAGED
          || (code >= 0 && (slots[i].codes >> code & 1) == 0))
        return fail_unknown (self, error);
      if (!slots[i].is_variable)
        dhk_frame_builder_set_answer (self->builder, self->at, slots[i].index, target, code);
      else if (target == DHK_NO_TARGET)
        dhk_frame_builder_set_category (self->builder, self->at, slots[i].index, code);
      else
        return fail_unknown (self, error);
    }
  return TRUE;
}

static gboolean
load_respondents (Loader *self, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self->store,
      "SELECT r.id, r.respondent_type, r.answers FROM respondent_record r "
      "WHERE r.batch IN (SELECT id FROM import_batch WHERE active) AND (?1 OR NOT r.excluded) "
      "ORDER BY r.id",
      error);
  g_autofree char *last = g_strdup ("");
  int type = -1;
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", (gint64) self->everybody);
  while ((found = step (self, statement, error)) == 1)
    {
      gint64 respondent = sqlite3_column_int64 (statement, 0);
      const char *id = dhk_sql_text (statement, 1);

      if (strcmp (id, last) != 0)
        {
          g_free (last);
          last = g_strdup (id);
          type = dhk_instrument_find_role (self->store->instrument, id);
          if (type < 0 || (guint) type >= dhk_instrument_get_n_types (self->store->instrument))
            return fail_unknown (self, error);
        }
      self->at = self->respondents->len;
      dhk_frame_builder_add_row (self->builder, respondent, (guint) type);
      g_array_append_val (self->respondents, respondent);
      if (!set_sheet (self, DHK_NO_TARGET, dhk_sql_text (statement, 2),
                      (guint) sqlite3_column_bytes (statement, 2), error))
        return FALSE;
    }
  return found == 0;
}

/* Moves to `respondent`; FALSE when it is not in the frame (undone, excluded). */
static gboolean
find_row (Loader *self, gint64 respondent)
{
  const gint64 *ids = (const gint64 *) (gpointer) self->respondents->data;

  while (self->at < self->respondents->len && ids[self->at] < respondent)
    self->at++;
  return self->at < self->respondents->len && ids[self->at] == respondent;
}

static gboolean
load_sheets (Loader *self, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self->store,
      "SELECT respondent, target, answers FROM answer_sheet ORDER BY respondent, target", error);
  int found;

  if (statement == NULL)
    return FALSE;
  self->at = 0;
  while ((found = step (self, statement, error)) == 1)
    {
      const char *answers;
      int target;

      if (!find_row (self, sqlite3_column_int64 (statement, 0)))
        continue;
      target = dhk_store_find_target (self->store, dhk_sql_text (statement, 1));
      answers = dhk_sql_text (statement, 2);
      if (target <= DHK_NO_TARGET)
        return fail_unknown (self, error);
      if (!set_sheet (self, target, answers, (guint) sqlite3_column_bytes (statement, 2), error))
        return FALSE;
    }
  return found == 0;
}

/* A number that is there, or why it is not. */
static void
set_number (Loader *self, guint variable, const DhkCell *cell)
{
  gint8 **kinds = self->kinds != NULL ? &self->kinds[variable] : NULL;

  if (cell->code >= 0)
    dhk_frame_builder_set_number (self->builder, self->at, variable, cell->number);
  if (kinds == NULL)
    return;
  if (*kinds == NULL)
    {
      *kinds = g_malloc (self->respondents->len);
      memset (*kinds, DHK_MISSING_NOT_ASKED, self->respondents->len);
    }
  (*kinds)[self->at] = (gint8) MIN (cell->code, 0);
}

static gboolean
load_values (Loader *self, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self->store,
                         "SELECT value, missing, respondent, slot, target FROM value "
                         "ORDER BY respondent, slot, target",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  self->at = 0;
  while ((found = step (self, statement, error)) == 1)
    {
      gint64 number = sqlite3_column_int64 (statement, 3);
      const DhkSlot *slot;
      DhkCell cell;
      int target;

      if (!find_row (self, sqlite3_column_int64 (statement, 2)))
        continue;
      target = dhk_store_find_target (self->store, dhk_sql_text (statement, 4));
      if (number < 1 || number > self->store->slots->len || target < DHK_NO_TARGET)
        return fail_unknown (self, error);
      slot = dhk_store_slot (self->store, (guint) number);
      if (slot->packed || (slot->is_variable && target != DHK_NO_TARGET)
          || !dhk_store_take_value (self->store, statement, slot, &cell))
        return fail_unknown (self, error);
      if (!slot->is_variable)
        dhk_frame_builder_set_answer (self->builder, self->at, slot->index, target, cell.code);
      else if (!slot->number)
        dhk_frame_builder_set_category (self->builder, self->at, slot->index, cell.code);
      else
        set_number (self, slot->index, &cell);
    }
  return found == 0;
}

static gboolean
load_all (Loader *self, GError **error)
{
  gint64 n = 0;

  if (!dhk_store_load_slots (self->store, error)
      || dhk_sql_get_int (self->store, error, &n,
                          "SELECT ifnull (sum (added), 0) FROM import_batch WHERE active", "")
             != 1)
    return FALSE;
  self->builder
      = dhk_frame_builder_new (self->store->instrument, (guint) CLAMP (n, 0, 10 * 1000 * 1000));
  return load_respondents (self, error) && load_sheets (self, error) && load_values (self, error);
}

DhkFrame *
dhk_store_scan_frame (
    DhkStore *self, gboolean everybody, gint8 **kinds, GCancellable *cancellable, GError **error)
{
  Loader loader
      = { .store = self, .cancellable = cancellable, .everybody = everybody, .kinds = kinds };
  DhkFrame *frame = NULL;

  for (int i = 0; i < 128; i++)
    loader.codes[i] = (gint8) dhk_store_unpack_code ((char) i);
  loader.respondents = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (load_all (&loader, error))
    frame = dhk_frame_builder_finish (g_steal_pointer (&loader.builder));
  g_clear_pointer (&loader.builder, dhk_frame_builder_free);
  g_array_unref (loader.respondents);
  return frame;
}

DhkFrame *
dhk_store_load_frame (DhkStore *self, GCancellable *cancellable, GError **error)
{
  DhkFrame *frame;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  /* One transaction: all three tables as they were at one moment. */
  if (!dhk_sql_exec (self, "BEGIN", error))
    return NULL;
  frame = dhk_store_scan_frame (self, FALSE, NULL, cancellable, error);
  dhk_store_roll_back (self);
  return frame;
}
