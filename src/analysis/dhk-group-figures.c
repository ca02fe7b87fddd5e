/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "analysis/dhk-group-figures.h"

#include <math.h>

#include "stats/dhk-describe.h"

typedef struct
{
  DhkFrame *frame;
  DhkInstrument *instrument;
  const DhkSelfRating *rating;
  int variable; /* -1: none */
  guint minimum;
} Figures;

/* The answers to an item of one type, in one category (-1: all of them, also of none). */
static DhkSummary
summarise (const Figures *self, guint item, guint type, int category)
{
  const gint8 *answers = dhk_frame_get_answers (self->frame, item, DHK_NO_TARGET);
  const gint8 *types = dhk_frame_get_types (self->frame);
  const gint8 *categories
      = category >= 0 ? dhk_frame_get_categories (self->frame, (guint) self->variable) : NULL;
  const guint n_rows = dhk_frame_get_n_rows (self->frame);
  g_autofree double *values = g_new (double, MAX (n_rows, 1));
  guint n = 0;

  for (guint i = 0; answers != NULL && i < n_rows; i++)
    if (types[i] == (gint8) type && answers[i] >= 0
        && (categories == NULL || categories[i] == category))
      values[n++] = answers[i];
  return dhk_summarise (values, n);
}

static void
add_cell (const Figures *self, DhkProfileGroup *group, guint item, const DhkSummary *summary)
{
  if (summary->n >= self->minimum && isfinite (summary->mean) && isfinite (summary->sd))
    dhk_profile_group_add_cell (group, dhk_instrument_get_item (self->instrument, item)->id,
                                (guint) summary->n, summary->mean, summary->sd);
}

/* The item for the whole type and for each category, where nobody is given away. */
static void
add_item (
    const Figures *self, guint type, guint item, DhkProfileGroup *whole, DhkProfileGroup **parts)
{
  DhkSummary all = summarise (self, item, type, -1);
  const guint n_categories
      = parts != NULL
            ? dhk_instrument_get_variable (self->instrument, (guint) self->variable)->n_categories
            : 0;
  gsize rest = all.n;

  for (guint c = 0; c < n_categories; c++)
    {
      DhkSummary part = summarise (self, item, type, (int) c);

      add_cell (self, parts[c], item, &part);
      if (part.n >= self->minimum)
        rest -= part.n;
    }
  /* What the whole has more than its parts that are shown: nobody, or enough. */
  if (rest == 0 || rest >= self->minimum)
    add_cell (self, whole, item, &all);
}

static void
add_type (const Figures *self, DhkGroupProfile *profile, guint type)
{
  const char *id = dhk_instrument_get_role (self->instrument, type)->id;
  const guint scales[] = { self->rating->ideal, self->rating->actual };
  g_autofree DhkProfileGroup **parts = NULL;
  DhkProfileGroup *whole = dhk_group_profile_add_group (profile, id, NULL, NULL);

  if (self->variable >= 0)
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (self->instrument, (guint) self->variable);

      parts = g_new0 (DhkProfileGroup *, variable->n_categories);
      for (guint c = 0; c < variable->n_categories; c++)
        parts[c]
            = dhk_group_profile_add_group (profile, id, variable->id, variable->categories[c].id);
    }
  for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
    {
      const DhkScale *scale = dhk_instrument_get_scale (self->instrument, scales[s]);

      for (guint i = 0; i < scale->n_items; i++)
        add_item (self, type, scale->items[i], whole, parts);
    }
}

/* A group without a cell says only that it is there. */
static void
drop_empty_groups (DhkGroupProfile *profile)
{
  for (guint i = profile->groups->len; i-- > 0;)
    if (((const DhkProfileGroup *) g_ptr_array_index (profile->groups, i))->cells->len == 0)
      g_ptr_array_remove_index (profile->groups, i);
}

DhkGroupProfile *
dhk_group_figures_compute (DhkFrame *frame, int variable, guint minimum, gboolean is_sample)
{
  Figures self = { .frame = frame, .variable = variable, .minimum = minimum };
  guint32 done = 0;
  DhkGroupProfile *profile;

  g_return_val_if_fail (frame != NULL && minimum >= DHK_GROUP_PROFILE_MINIMUM, NULL);

  self.instrument = dhk_frame_get_instrument (frame);
  self.rating = dhk_instrument_get_self_rating (self.instrument);
  g_return_val_if_fail (self.rating != NULL, NULL);
  g_return_val_if_fail (variable < 0
                            || dhk_instrument_get_variable (self.instrument, (guint) variable)->kind
                                   == DHK_VARIABLE_CATEGORY,
                        NULL);

  profile = dhk_group_profile_new (self.instrument, minimum, is_sample);
  for (guint i = 0; i < self.rating->n_forms; i++)
    {
      guint type = dhk_instrument_get_questionnaire (self.instrument, self.rating->forms[i])->type;

      /* Two questionnaires may be for one type. */
      if ((done & 1u << type) == 0)
        add_type (&self, profile, type);
      done |= 1u << type;
    }
  drop_empty_groups (profile);
  return profile;
}
