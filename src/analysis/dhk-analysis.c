/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/dhk-analysis.h"

#include <math.h>

DhkAnalysis *
dhk_analysis_new (DhkInstrument *instrument, DhkAnalysisKind kind)
{
  DhkAnalysis *self;

  g_return_val_if_fail (instrument != NULL, NULL);

  self = g_new0 (DhkAnalysis, 1);
  g_atomic_ref_count_init (&self->refs);
  self->instrument = dhk_instrument_ref (instrument);
  self->kind = kind;
  self->scales = g_array_new (FALSE, FALSE, sizeof (guint));
  self->groups = g_array_new (FALSE, FALSE, sizeof (DhkGroup));
  self->row_variable = self->row_choices = -1;
  self->variables = g_array_new (FALSE, FALSE, sizeof (guint));
  self->extras = g_array_new (FALSE, FALSE, sizeof (DhkExtraCorrelation));
  self->design = DHK_DESIGN_NONE;
  self->pairs = g_array_new (FALSE, FALSE, sizeof (DhkGroupPair));
  self->alpha = 0.05;
  self->confidence = 0.95;
  return self;
}

DhkAnalysis *
dhk_analysis_ref (DhkAnalysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_analysis_unref (DhkAnalysis *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->scales);
  g_array_unref (self->groups);
  g_array_unref (self->variables);
  g_array_unref (self->extras);
  g_array_unref (self->pairs);
  g_free (self->family);
  dhk_instrument_unref (self->instrument);
  g_free (self);
}

static const DhkChoices *
get_choices (const DhkAnalysis *self)
{
  return self->row_choices < 0
             ? NULL
             : dhk_instrument_get_choices (self->instrument, (guint) self->row_choices);
}

static const DhkVariable *
get_variable (const DhkAnalysis *self)
{
  return dhk_instrument_get_variable (self->instrument, (guint) self->row_variable);
}

guint
dhk_analysis_get_n_rows (const DhkAnalysis *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (get_choices (self) != NULL)
    return get_choices (self)->n_choices;
  return self->row_variable < 0 ? 0 : get_variable (self)->n_categories;
}

const DhkText *
dhk_analysis_get_row_label (const DhkAnalysis *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < dhk_analysis_get_n_rows (self), NULL);

  return get_choices (self) != NULL ? &get_choices (self)->choices[row].label
                                    : &get_variable (self)->categories[row].label;
}

const DhkText *
dhk_analysis_get_rows_label (const DhkAnalysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_choices (self) != NULL ? &get_choices (self)->label : &get_variable (self)->label;
}

DhkGroup
dhk_group_init (guint role, int target)
{
  DhkGroup group = { .role = role, .target = target };

  for (guint i = 0; i < DHK_MAX_VARIABLES; i++)
    group.categories[i] = -1;
  return group;
}

gboolean
dhk_group_contains (const DhkGroup *self, const DhkFrame *frame, guint row)
{
  const DhkInstrument *instrument;
  guint n_variables;

  g_return_val_if_fail (self != NULL && frame != NULL, FALSE);
  g_return_val_if_fail (row < dhk_frame_get_n_rows (frame), FALSE);

  instrument = dhk_frame_get_instrument (frame);
  if ((dhk_instrument_get_role (instrument, self->role)->types >> dhk_frame_get_types (frame)[row]
       & 1)
      == 0)
    return FALSE;

  n_variables = dhk_instrument_get_n_variables (instrument);
  for (guint i = 0; i < n_variables; i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, i);
      int category = self->categories[i];

      if (category < 0)
        continue;
      if (variable->kind == DHK_VARIABLE_CATEGORY)
        {
          if (dhk_frame_get_categories (frame, i)[row] != category)
            return FALSE;
        }
      else
        {
          double number = dhk_frame_get_numbers (frame, i)[row];
          const DhkBand *band = &variable->bands[category];

          /* also FALSE where the number is missing (NaN) */
          if (!(number >= band->low && number < band->high))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
conditions_exclude (const DhkVariable *variable, int a, int b)
{
  if (a < 0 || b < 0 || a == b)
    return FALSE;
  if (variable->kind == DHK_VARIABLE_CATEGORY)
    return TRUE;
  return variable->bands[a].high <= variable->bands[b].low
         || variable->bands[b].high <= variable->bands[a].low;
}

gboolean
dhk_groups_exclude (const DhkInstrument *instrument, const DhkGroup *a, const DhkGroup *b)
{
  guint n_variables;

  g_return_val_if_fail (instrument != NULL && a != NULL && b != NULL, FALSE);

  if ((dhk_instrument_get_role (instrument, a->role)->types
       & dhk_instrument_get_role (instrument, b->role)->types)
      == 0)
    return TRUE;
  n_variables = dhk_instrument_get_n_variables (instrument);
  for (guint i = 0; i < n_variables; i++)
    if (conditions_exclude (dhk_instrument_get_variable (instrument, i), a->categories[i],
                            b->categories[i]))
      return TRUE;
  return FALSE;
}
