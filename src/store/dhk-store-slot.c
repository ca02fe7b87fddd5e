/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-store-instrument.h"

/* Slots are positions in a text; more would make every sheet long. */
#define MAX_SLOTS 4096

char
dhk_store_pack_code (int code)
{
  switch (code)
    {
    case DHK_MISSING_EMPTY:
      return 'e';
    case DHK_MISSING_NOT_ASKED:
      return 'n';
    case DHK_MISSING_UNREADABLE:
      return 'u';
    default:
      g_assert (code >= 0 && code <= DHK_MAX_PACKED_CODE);
      return (char) (code <= 48 ? '0' + code : code - 16);
    }
}

int
dhk_store_unpack_code (char packed)
{
  switch (packed)
    {
    case 'e':
      return DHK_MISSING_EMPTY;
    case 'n':
      return DHK_MISSING_NOT_ASKED;
    case 'u':
      return DHK_MISSING_UNREADABLE;
    default:
      return packed >= '!' && packed <= '`' ? (packed + 16) & 63 : DHK_CODE_DAMAGED;
    }
}

DhkSlot
dhk_store_describe_slot (DhkInstrument *instrument, gboolean is_variable, guint index)
{
  DhkSlot slot = { .is_variable = is_variable, .index = index, .packed = TRUE };

  if (is_variable)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, index);

      slot.number = variable->kind == DHK_VARIABLE_NUMBER;
      slot.packed = !slot.number && variable->n_categories <= DHK_MAX_PACKED_CODE + 1;
      for (guint i = 0; slot.packed && i < variable->n_categories; i++)
        slot.codes |= G_GUINT64_CONSTANT (1) << i;
    }
  else
    {
      const DhkItem *item = dhk_instrument_get_item (instrument, index);
      const DhkAnswerScale *scale
          = dhk_instrument_get_answer_scale (instrument, item->answer_scale);

      for (guint i = 0; slot.packed && i < scale->n_answers; i++)
        {
          int code = scale->answers[i].code;

          slot.packed = code >= 0 && code <= DHK_MAX_PACKED_CODE;
          if (slot.packed)
            slot.codes |= G_GUINT64_CONSTANT (1) << code;
        }
    }
  return slot;
}

gboolean
dhk_slot_accepts (const DhkSlot *self, DhkInstrument *instrument, int code)
{
  if (code < 0)
    return code == DHK_MISSING_EMPTY || code == DHK_MISSING_NOT_ASKED
           || code == DHK_MISSING_UNREADABLE;
  if (self->number)
    return FALSE;
  if (self->packed)
    return code <= DHK_MAX_PACKED_CODE && (self->codes >> code & 1) != 0;
  if (self->is_variable)
    return (guint) code < dhk_instrument_get_variable (instrument, self->index)->n_categories;
  else
    {
      const DhkItem *item = dhk_instrument_get_item (instrument, self->index);

      return dhk_answer_scale_find (
                 dhk_instrument_get_answer_scale (instrument, item->answer_scale), code)
             != NULL;
    }
}

static gboolean
take_slot (DhkStore *self, const char *kind, const char *id, guint slot, GError **error)
{
  gboolean is_variable = strcmp (kind, "variable") == 0;
  int index = is_variable ? dhk_instrument_find_variable (self->instrument, id)
                          : dhk_instrument_find_item (self->instrument, id);
  DhkSlot description;

  /* An item of a version that was undone: only answers that are undone too use its slot. */
  if (index < 0 && slot == self->slots->len + 1 && dhk_store_instrument_had_others (self))
    {
      const DhkSlot unused = { .packed = TRUE };

      g_array_append_val (self->slots, unused);
      return TRUE;
    }
  if (index < 0 || slot != self->slots->len + 1 || slot > MAX_SLOTS)
    return dhk_store_fail_damaged (
        self, _ ("its answers do not belong to the questionnaires it holds"), error);
  description = dhk_store_describe_slot (self->instrument, is_variable, (guint) index);
  g_array_append_val (self->slots, description);
  (is_variable ? self->variable_slots : self->item_slots)[index] = slot;
  return TRUE;
}

/* The instrument of the handle is the one of the file, also after undo and rolling back. */
static gboolean
follow_instrument (DhkStore *self, GError **error)
{
  guint number = dhk_store_instrument_get_number (self, error);

  if (number == 0)
    return FALSE;
  if (self->instrument_number != 0 && number != self->instrument_number
      && !dhk_store_load_instrument (self, error))
    return FALSE;
  self->instrument_number = number;
  return TRUE;
}

gboolean
dhk_store_load_slots (DhkStore *self, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT slot, kind, id FROM item_slot ORDER BY slot", error);
  int found;

  if (statement == NULL || !follow_instrument (self, error))
    return FALSE;
  g_array_set_size (self->slots, 0);
  memset (self->item_slots, 0, sizeof (guint) * dhk_instrument_get_n_items (self->instrument));
  memset (self->variable_slots, 0,
          sizeof (guint) * dhk_instrument_get_n_variables (self->instrument));
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    if (!take_slot (self, dhk_sql_text (statement, 1), dhk_sql_text (statement, 2),
                    (guint) sqlite3_column_int (statement, 0), error))
      return FALSE;
  return found == 0;
}

guint
dhk_store_get_slot (DhkStore *self, gboolean is_variable, guint index)
{
  return (is_variable ? self->variable_slots : self->item_slots)[index];
}

const DhkSlot *
dhk_store_slot (DhkStore *self, guint slot)
{
  g_assert (slot >= 1 && slot <= self->slots->len);
  return &g_array_index (self->slots, DhkSlot, slot - 1);
}

gboolean
dhk_store_ensure_slot (
    DhkStore *self, gboolean is_variable, guint index, gboolean *fresh, GError **error)
{
  const char *kind = is_variable ? "variable" : "item";
  const char *id = is_variable ? dhk_instrument_get_variable (self->instrument, index)->id
                               : dhk_instrument_get_item (self->instrument, index)->id;
  guint slot = self->slots->len + 1;

  if (dhk_store_get_slot (self, is_variable, index) != 0)
    return TRUE;
  *fresh = TRUE;
  return dhk_sql_run (self, error, "INSERT INTO item_slot (slot, kind, id) VALUES (?, ?, ?)", "itt",
                      (gint64) slot, kind, id)
         && take_slot (self, kind, id, slot, error);
}

const char *
dhk_store_target_id (DhkStore *self, int target)
{
  return target == DHK_NO_TARGET ? ""
                                 : dhk_instrument_get_target (self->instrument, (guint) target)->id;
}

int
dhk_store_find_target (DhkStore *self, const char *id)
{
  int target;

  if (id[0] == '\0')
    return DHK_NO_TARGET;
  target = dhk_instrument_find_target (self->instrument, id);
  return target >= 0 ? target : -2;
}
