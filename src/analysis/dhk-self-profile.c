/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "analysis/dhk-self-profile.h"

#include <math.h>

/* Pairs ------------------------------------------------------------------------------- */

static const DhkText *
get_label (const DhkQuestionnaire *form, guint item)
{
  static const DhkText nothing = { { NULL } };

  for (guint i = 0; i < form->n_questions; i++)
    if (form->questions[i].item == (int) item && form->questions[i].target == DHK_NO_TARGET)
      return &form->questions[i].text;
  return &nothing;
}

static gboolean
is_high (const DhkSelfProfile *self, int code)
{
  return 2 * code > self->lowest + self->highest;
}

static int
find_finding (const DhkSelfProfile *self, int ideal, int actual)
{
  if (ideal < 0 || actual < 0)
    return -1;
  if (is_high (self, ideal))
    return is_high (self, actual) ? DHK_FINDING_BOTH : DHK_FINDING_IDEAL;
  return is_high (self, actual) ? DHK_FINDING_ACTUAL : DHK_FINDING_NEITHER;
}

/* A code that the answers do not have counts as left open. */
static int
get_code (const DhkSelfProfile *self, const DhkResponse *response, guint item)
{
  const DhkItem *found = dhk_instrument_get_item (self->instrument, item);
  const DhkAnswerScale *answers
      = dhk_instrument_get_answer_scale (self->instrument, found->answer_scale);
  int code = dhk_response_get_code (response, found->id);

  return dhk_answer_scale_find (answers, code) != NULL ? code : DHK_RESPONSE_OPEN;
}

static void
add_pairs (DhkSelfProfile *self, const DhkResponse *response)
{
  const DhkScale *ideal = dhk_instrument_get_scale (self->instrument, self->rating->ideal);
  const DhkScale *actual = dhk_instrument_get_scale (self->instrument, self->rating->actual);
  const DhkQuestionnaire *form
      = dhk_instrument_get_questionnaire (self->instrument, self->questionnaire);

  for (guint i = 0; i < ideal->n_items; i++)
    {
      DhkSelfPair pair = { .label = get_label (form, ideal->items[i]),
                           .ideal = get_code (self, response, ideal->items[i]),
                           .actual = get_code (self, response, actual->items[i]),
                           .group_ideal = NAN,
                           .group_actual = NAN };

      pair.finding = find_finding (self, pair.ideal, pair.actual);
      self->n_open += (pair.ideal < 0) + (pair.actual < 0);
      g_array_append_val (self->pairs, pair);
    }
}

/* The group ----------------------------------------------------------------------------- */

/* The category that the person named and that the profile tells of. */
static const DhkProfileGroup *
find_own_group (DhkSelfProfile *self, const DhkResponse *response, const char *type)
{
  for (guint i = 0; i < self->rating->n_background; i++)
    {
      const guint v = self->rating->background[i];
      const DhkVariable *variable = dhk_instrument_get_variable (self->instrument, v);
      const char *category = dhk_response_get_category (response, variable->id);
      int index = category != NULL ? dhk_variable_find_category (variable, category) : -1;
      const DhkProfileGroup *group;

      if (index < 0)
        continue;
      group = dhk_group_profile_find (self->group, type, variable->id, category);
      if (group == NULL)
        continue;
      self->group_variable = (int) v;
      self->group_category = index;
      return group;
    }
  return dhk_group_profile_find (self->group, type, NULL, NULL);
}

static void
take_mean (DhkSelfProfile *self, const DhkProfileGroup *group, guint item, double *mean, guint *n)
{
  const DhkProfileCell *cell
      = dhk_profile_group_find (group, dhk_instrument_get_item (self->instrument, item)->id);

  if (cell == NULL || cell->mean < self->lowest || cell->mean > self->highest)
    return;
  *mean = cell->mean;
  *n = cell->n;
  self->group_least = self->group_least == 0 ? cell->n : MIN (self->group_least, cell->n);
  self->group_most = MAX (self->group_most, cell->n);
}

static void
add_group (DhkSelfProfile *self, const DhkResponse *response, DhkGroupProfile *profile)
{
  const DhkScale *ideal = dhk_instrument_get_scale (self->instrument, self->rating->ideal);
  const DhkScale *actual = dhk_instrument_get_scale (self->instrument, self->rating->actual);
  guint type = dhk_instrument_get_questionnaire (self->instrument, self->questionnaire)->type;
  const DhkProfileGroup *group;

  self->group = dhk_group_profile_ref (profile);
  group = find_own_group (self, response, dhk_instrument_get_role (self->instrument, type)->id);
  for (guint i = 0; group != NULL && i < self->pairs->len; i++)
    {
      DhkSelfPair *pair = &g_array_index (self->pairs, DhkSelfPair, i);

      take_mean (self, group, ideal->items[i], &pair->group_ideal, &pair->group_ideal_n);
      take_mean (self, group, actual->items[i], &pair->group_actual, &pair->group_actual_n);
    }
  /* It says nothing about people like this one. */
  if (self->group_most == 0)
    {
      g_clear_pointer (&self->group, dhk_group_profile_unref);
      self->group_variable = -1;
    }
}

/* Life ---------------------------------------------------------------------------------- */

DhkSelfProfile *
dhk_self_profile_new (DhkInstrument *instrument,
                      const DhkResponse *response,
                      DhkGroupProfile *group)
{
  DhkSelfProfile *self;
  int questionnaire;
  guint answers;

  g_return_val_if_fail (instrument != NULL && response != NULL, NULL);
  g_return_val_if_fail (dhk_instrument_get_self_rating (instrument) != NULL, NULL);
  questionnaire
      = dhk_instrument_find_questionnaire (instrument, dhk_response_get_questionnaire (response));
  g_return_val_if_fail (questionnaire >= 0, NULL);

  self = g_new0 (DhkSelfProfile, 1);
  g_atomic_ref_count_init (&self->refs);
  self->instrument = dhk_instrument_ref (instrument);
  self->rating = dhk_instrument_get_self_rating (instrument);
  self->questionnaire = (guint) questionnaire;
  self->saved = dhk_response_get_saved (response);
  self->pairs = g_array_new (FALSE, TRUE, sizeof (DhkSelfPair));
  self->group_variable = -1;
  answers = dhk_instrument_get_scale (instrument, self->rating->ideal)->answer_scale;
  dhk_answer_scale_get_range (dhk_instrument_get_answer_scale (instrument, answers), &self->lowest,
                              &self->highest);
  add_pairs (self, response);
  if (group != NULL)
    add_group (self, response, group);
  return self;
}

DhkSelfProfile *
dhk_self_profile_ref (DhkSelfProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_self_profile_unref (DhkSelfProfile *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->group, dhk_group_profile_unref);
  dhk_instrument_unref (self->instrument);
  g_array_unref (self->pairs);
  g_free (self);
}

static int
compare_gaps (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const DhkSelfProfile *self = user_data;
  const guint i = *(const guint *) a, j = *(const guint *) b;
  const DhkSelfPair *one = &g_array_index (self->pairs, DhkSelfPair, i);
  const DhkSelfPair *other = &g_array_index (self->pairs, DhkSelfPair, j);
  int gap = (other->ideal - other->actual) - (one->ideal - one->actual);

  return gap != 0 ? gap : (int) i - (int) j;
}

GArray *
dhk_self_profile_list (const DhkSelfProfile *self, DhkFindingKind finding)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (self != NULL, found);

  for (guint i = 0; i < self->pairs->len; i++)
    if (g_array_index (self->pairs, DhkSelfPair, i).finding == (int) finding)
      g_array_append_val (found, i);
  g_array_sort_with_data (found, compare_gaps, (gpointer) self);
  return found;
}
