/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-instrument-fit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is there must stay ------------------------------------------------------- */

static gboolean
fail_lacking (const char *name, GError **error)
{
  return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                         _ ("The new version lacks “%s”, which answers in the study belong to. "
                            "Nothing was changed."),
                         name);
}

/* TRUE when nobody in the study ever was asked it, also in what undo would bring back. */
static gboolean
is_unused (DhkStore *self, const char *column, const char *id, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT (SELECT count(*) FROM respondent_record WHERE %s = ?1)"
                         " + (SELECT count(*) FROM import_batch WHERE questionnaire = ?1)"
                         " + (SELECT count(*) FROM entry_batch WHERE questionnaire = ?1)",
                         column);
  gint64 n = 0;

  if (dhk_sql_get_int (self, error, &n, sql, "t", id) != 1)
    return FALSE;
  return n == 0 || fail_lacking (id, error);
}

static gboolean
keeps_types (DhkStore *self, DhkInstrument *old, DhkInstrument *new, GError **error)
{
  for (guint i = 0; i < dhk_instrument_get_n_types (old); i++)
    {
      const char *id = dhk_instrument_get_role (old, i)->id;
      int found = dhk_instrument_find_role (new, id);

      if ((found < 0 || found >= (int) dhk_instrument_get_n_types (new))
          && !is_unused (self, "respondent_type", id, error))
        return FALSE;
    }
  for (guint i = 0; i < dhk_instrument_get_n_targets (old); i++)
    if (dhk_instrument_find_target (new, dhk_instrument_get_target (old, i)->id) < 0)
      return fail_lacking (dhk_instrument_get_target (old, i)->id, error);
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (old); i++)
    {
      const char *id = dhk_instrument_get_questionnaire (old, i)->id;

      if (dhk_instrument_find_questionnaire (new, id) < 0
          && !is_unused (self, "questionnaire", id, error))
        return FALSE;
    }
  return TRUE;
}

/* Categories are stored by their place. */
static gboolean
keeps_variable (const DhkVariable *old, const DhkVariable *new)
{
  if (old->kind != new->kind || old->n_categories > new->n_categories)
    return FALSE;
  for (guint i = 0; i < old->n_categories; i++)
    if (strcmp (old->categories[i].id, new->categories[i].id) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
keeps_variables (DhkInstrument *old, DhkInstrument *new, GError **error)
{
  for (guint i = 0; i < dhk_instrument_get_n_variables (old); i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (old, i);
      int found = dhk_instrument_find_variable (new, variable->id);

      if (found < 0 || !keeps_variable (variable, dhk_instrument_get_variable (new, (guint) found))
          || dhk_store_describe_slot (old, TRUE, i).packed
                 != dhk_store_describe_slot (new, TRUE, (guint) found).packed)
        return fail_lacking (variable->id, error);
    }
  return TRUE;
}

/* Answers in use ------------------------------------------------------------------ */

/* Where an answer can stand: packed, as values, in steps that undo would take back, typed. */
static int
count_uses (DhkStore *self, guint slot, gboolean packed, int code, gint64 *n, GError **error)
{
  const char character[] = { packed ? dhk_store_pack_code (code) : 'n', '\0' };
  g_autofree char *digits = g_strdup_printf ("%d", code);

  return dhk_sql_get_int (
      self, error, n,
      "SELECT (SELECT count(*) FROM answer_sheet WHERE ?3 AND substr (answers, ?1, 1) = ?4)"
      " + (SELECT count(*) FROM respondent_record WHERE ?3 AND substr (answers, ?1, 1) = ?4)"
      " + (SELECT count(*) FROM value WHERE slot = ?1 AND value = ?2)"
      " + (SELECT count(*) FROM journal_change c WHERE slot = ?1 AND (old = ?2 OR new = ?2) "
      "    AND NOT EXISTS (SELECT 1 FROM answer_sheet a WHERE a.respondent = c.respondent "
      "    AND a.target = c.target AND ?3 AND substr (a.answers, ?1, 1) = ?4) "
      "    AND NOT EXISTS (SELECT 1 FROM respondent_record r WHERE r.id = c.respondent "
      "    AND c.target = '' AND ?3 AND substr (r.answers, ?1, 1) = ?4) "
      "    AND NOT EXISTS (SELECT 1 FROM value v WHERE v.respondent = c.respondent "
      "    AND v.slot = ?1 AND v.target = c.target AND v.value = ?2))"
      " + (SELECT count(*) FROM entry_answer WHERE slot = ?1 AND answer = ?5)",
      "iiitt", (gint64) slot, (gint64) code, (gint64) packed, character, digits);
}

static gboolean
is_free (DhkStore *self,
         guint slot,
         gboolean packed,
         const DhkAnswer *answer,
         const char *item,
         GError **error)
{
  gint64 n = 0;

  if (count_uses (self, slot, packed, answer->code, &n, error) != 1)
    return FALSE;
  if (n == 0)
    return TRUE;
  return dhk_store_fail (
      error, DHK_STORE_ERROR_CONFLICT,
      g_dngettext (GETTEXT_PACKAGE,
                   /* TRANSLATORS: an answer's code and label, the id of an item, a count */
                   "The answer %d “%s” cannot go: at “%s” it was given %u time. Nothing was "
                   "changed.",
                   "The answer %d “%s” cannot go: at “%s” it was given %u times. Nothing was "
                   "changed.",
                   (gulong) n),
      answer->code, dhk_text_get (&answer->label, dhk_language_of_messages ()), item, (guint) n);
}

static gboolean
keeps_item (DhkStore *self, guint item, DhkInstrument *new, GError **error)
{
  const DhkItem *old = dhk_instrument_get_item (self->instrument, item);
  const DhkAnswerScale *scale
      = dhk_instrument_get_answer_scale (self->instrument, old->answer_scale);
  guint slot = dhk_store_get_slot (self, FALSE, item);
  int found = dhk_instrument_find_item (new, old->id);
  const DhkAnswerScale *answers;
  gboolean packed;

  if (slot == 0)
    return TRUE;
  if (found < 0)
    return fail_lacking (old->id, error);
  answers = dhk_instrument_get_answer_scale (
      new, dhk_instrument_get_item (new, (guint) found)->answer_scale);
  packed = dhk_store_slot (self, slot)->packed;
  for (guint i = 0; i < scale->n_answers; i++)
    if (dhk_answer_scale_find (answers, scale->answers[i].code) == NULL
        && !is_free (self, slot, packed, &scale->answers[i], old->id, error))
      return FALSE;
  if (packed != dhk_store_describe_slot (new, FALSE, (guint) found).packed)
    return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                           _ ("Answers to “%s” are stored already; codes from 0 to %d can be added "
                              "to them. Nothing was changed."),
                           old->id, DHK_MAX_PACKED_CODE);
  return TRUE;
}

gboolean
dhk_store_instrument_fits (DhkStore *self, DhkInstrument *instrument, GError **error)
{
  if (strcmp (dhk_instrument_get_id (self->instrument), dhk_instrument_get_id (instrument)) != 0)
    return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                           _ ("“%s” is another instrument than the one of this study. Make a new "
                              "study with it."),
                           dhk_instrument_get_id (instrument));
  if (!keeps_types (self, self->instrument, instrument, error)
      || !keeps_variables (self->instrument, instrument, error))
    return FALSE;
  for (guint i = 0; i < dhk_instrument_get_n_items (self->instrument); i++)
    if (!keeps_item (self, i, instrument, error))
      return FALSE;
  return TRUE;
}
