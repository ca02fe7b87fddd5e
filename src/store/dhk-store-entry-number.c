/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper entry: a form that was typed under the number of another. */

#include "store/dhk-store-entry-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  guint slot;
  char *target;
} Settled;

static void
settled_clear (gpointer data)
{
  g_free (((Settled *) data)->target);
}

static GArray *
load_settled (DhkStore *self, gint64 form, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT slot, target FROM entry_settled WHERE form = ?", error);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Settled));
  int found;

  g_array_set_clear_func (list, settled_clear);
  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", form);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      Settled one = { .slot = (guint) sqlite3_column_int64 (statement, 0),
                      .target = g_strdup (dhk_sql_text (statement, 1)) };

      g_array_append_val (list, one);
    }
  return found == 0 ? g_steal_pointer (&list) : NULL;
}

static int
find_form (
    DhkStore *self, gint64 batch, DhkEntryPass pass, guint number, gint64 *form, GError **error)
{
  return dhk_sql_get_int (self, error, form,
                          "SELECT id FROM entry_form WHERE batch = ? AND pass = ? AND number = ? "
                          "AND active",
                          "iii", batch, (gint64) pass, (gint64) number);
}

/* Which answers differ is another question for another pair of forms. */
static gboolean
unsettle (DhkStore *self, gint64 step, gint64 batch, guint number, GError **error)
{
  g_autoptr (GArray) list = NULL;
  gint64 first = 0;
  int found = find_form (self, batch, DHK_ENTRY_FIRST, number, &first, error);

  if (found != 1)
    return found == 0;
  list = load_settled (self, first, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const Settled *one = &g_array_index (list, Settled, i);
      const DhkEntryPlace place = { one->slot, dhk_store_find_target (self, one->target) };

      if (place.target >= DHK_NO_TARGET
          && !dhk_store_entry_change (self, step, first, DHK_ENTRY_FIELD_SETTLED, &place, NULL,
                                      error))
        return FALSE;
    }
  return list != NULL;
}

static gboolean
renumber (DhkStore *self, gint64 batch, gint64 form, guint number, guint wanted, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u", wanted);
  gint64 step
      = dhk_journal_append (self, DHK_ENTRY_STEP_NUMBER, text, (gint64) number, batch, error);

  return step != 0 && unsettle (self, step, batch, number, error)
         && unsettle (self, step, batch, wanted, error)
         && dhk_store_entry_change (self, step, form, DHK_ENTRY_FIELD_NUMBER, NULL, text, error)
         && dhk_store_entry_relink (self, batch, error);
}

/* The form when the number can change; else 0 and an error. */
static gint64
check (DhkStore *self, gint64 batch, DhkEntryPass pass, guint number, guint wanted, GError **error)
{
  gint64 form = 0;
  gint64 other = 0;
  int found = find_form (self, batch, pass, number, &form, error);

  if (found == 0)
    dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                    _ ("Form %u is no longer in this batch, so nothing was changed."), number);
  if (found != 1)
    return 0;
  found = find_form (self, batch, pass, wanted, &other, error);
  if (found == 1)
    dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                    _ ("There is a form %u in this batch already, so form %u keeps its number."),
                    wanted, number);
  return found == 0 ? form : 0;
}

gboolean
dhk_store_entry_renumber (
    DhkStore *self, gint64 batch, DhkEntryPass pass, guint number, guint wanted, GError **error)
{
  gint64 form;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (wanted >= 1 && wanted <= DHK_ENTRY_MAX_NUMBER, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (number == wanted)
    return TRUE;
  if (!dhk_store_begin (self, error))
    return FALSE;
  form = check (self, batch, pass, number, wanted, error);
  if (form == 0)
    {
      dhk_store_roll_back (self);
      return FALSE;
    }
  return dhk_store_end (self, renumber (self, batch, form, number, wanted, error), error);
}
