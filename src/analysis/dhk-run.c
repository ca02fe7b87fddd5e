/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/dhk-run.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What a group asks of one variable, with the frame's column at hand. */
typedef struct
{
  guint variable;
  int category; /* of a category variable, else -1 */
  double low;   /* of a band */
  double high;
  const gint8 *categories;
  const double *numbers;
} Condition;

typedef enum
{
  PLACE_OUTSIDE,
  PLACE_INSIDE,
  PLACE_UNKNOWN, /* a variable that decides is missing */
} Place;

static GArray *
find_conditions (const DhkGroup *group, const DhkFrame *frame)
{
  const DhkInstrument *instrument = dhk_frame_get_instrument (frame);
  guint n_variables = dhk_instrument_get_n_variables (instrument);
  GArray *conditions = g_array_new (FALSE, TRUE, sizeof (Condition));

  for (guint i = 0; i < n_variables; i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, i);
      Condition condition = { .variable = i, .category = -1 };
      int category = group->categories[i];

      if (category < 0)
        continue;
      if (variable->kind == DHK_VARIABLE_CATEGORY)
        {
          condition.category = category;
          condition.categories = dhk_frame_get_categories (frame, i);
        }
      else
        {
          condition.low = variable->bands[category].low;
          condition.high = variable->bands[category].high;
          condition.numbers = dhk_frame_get_numbers (frame, i);
        }
      g_array_append_val (conditions, condition);
    }
  return conditions;
}

/* Where `row` stands; `variable` is set to the first that is missing. */
static Place
find_place (const GArray *conditions, guint row, guint *variable)
{
  Place place = PLACE_INSIDE;

  for (guint i = 0; i < conditions->len; i++)
    {
      const Condition *it = &g_array_index (conditions, Condition, i);
      gboolean missing, fits;

      if (it->categories != NULL)
        {
          missing = it->categories[row] < 0;
          fits = it->categories[row] == it->category;
        }
      else
        {
          missing = it->numbers == NULL || isnan (it->numbers[row]);
          fits = !missing && it->numbers[row] >= it->low && it->numbers[row] < it->high;
        }

      if (missing && place == PLACE_INSIDE)
        {
          *variable = it->variable;
          place = PLACE_UNKNOWN;
        }
      else if (!missing && !fits)
        return PLACE_OUTSIDE;
    }
  return place;
}

void
dhk_run_add_left_out (DhkRun *self, guint row, guint variable, gboolean in_total)
{
  DhkResult *result = self->result;
  /* The first roles are the respondent types. */
  guint role = (guint) dhk_frame_get_types (self->frame)[row];
  DhkLeftOut left_out = { .role = role, .variable = variable, .n = 1, .in_total = in_total };

  for (guint i = 0; i < result->left_out->len; i++)
    {
      DhkLeftOut *it = &g_array_index (result->left_out, DhkLeftOut, i);

      if (it->role == role && it->variable == variable && it->in_total == in_total)
        {
          it->n++;
          return;
        }
    }
  g_array_append_val (result->left_out, left_out);
}

/* Puts one respondent into the groups it belongs to, or notes why it is in none. */
static void
place_row (DhkRun *self, GPtrArray *conditions, guint row)
{
  const DhkInstrument *instrument = self->analysis->instrument;
  guint type = (guint) dhk_frame_get_types (self->frame)[row];
  gboolean in_group = FALSE, in_total = FALSE, unknown = FALSE;
  guint variable = 0;

  for (guint i = 0; i < self->n_groups; i++)
    {
      const DhkGroup *group = dhk_run_get_group (self, i);
      guint lacking = 0;
      Place place;

      if ((dhk_instrument_get_role (instrument, group->role)->types >> type & 1) == 0)
        continue;

      place = find_place (g_ptr_array_index (conditions, i), row, &lacking);
      if (place == PLACE_INSIDE)
        {
          g_array_append_val (self->rows[i], row);
          if (group->is_total)
            in_total = TRUE;
          else
            in_group = TRUE;
        }
      else if (place == PLACE_UNKNOWN && !unknown)
        {
          unknown = TRUE;
          variable = lacking;
        }
    }
  if (unknown && !in_group)
    dhk_run_add_left_out (self, row, variable, in_total);
}

void
dhk_run_init (DhkRun *self,
              DhkAnalysis *analysis,
              DhkFrame *frame,
              GCancellable *cancellable,
              DhkResult *result)
{
  g_autoptr (GPtrArray) conditions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  guint n_rows = dhk_frame_get_n_rows (frame);

  self->analysis = analysis;
  self->frame = frame;
  self->cancellable = cancellable;
  self->result = result;
  self->n_groups = analysis->groups->len;
  self->rows = g_new0 (GArray *, self->n_groups);
  self->x = g_new (double, MAX (n_rows, 1));
  self->y = g_new (double, MAX (n_rows, 1));

  for (guint i = 0; i < self->n_groups; i++)
    {
      self->rows[i] = g_array_new (FALSE, FALSE, sizeof (guint));
      g_ptr_array_add (conditions, find_conditions (dhk_run_get_group (self, i), frame));
    }
  for (guint row = 0; row < n_rows; row++)
    place_row (self, conditions, row);
  for (guint i = 0; i < self->n_groups; i++)
    g_array_append_val (result->group_n, self->rows[i]->len);
}

void
dhk_run_clear (DhkRun *self)
{
  for (guint i = 0; i < self->n_groups; i++)
    g_array_unref (self->rows[i]);
  g_free (self->rows);
  g_free (self->x);
  g_free (self->y);
}

guint
dhk_run_gather (const DhkRun *self, guint scale, guint group, double *values)
{
  const double *scores
      = dhk_frame_get_scores (self->frame, scale, dhk_run_get_group (self, group)->target);
  const GArray *rows = self->rows[group];
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      double score = scores[g_array_index (rows, guint, i)];

      if (!isnan (score))
        values[n++] = score;
    }
  return n;
}

gboolean
dhk_run_groups_overlap (const DhkRun *self, guint a, guint b)
{
  const GArray *left = self->rows[a];
  const GArray *right = self->rows[b];
  guint i = 0, j = 0;

  if (dhk_groups_exclude (self->analysis->instrument, dhk_run_get_group (self, a),
                          dhk_run_get_group (self, b)))
    return FALSE;

  while (i < left->len && j < right->len)
    {
      guint x = g_array_index (left, guint, i);
      guint y = g_array_index (right, guint, j);

      if (x == y)
        return TRUE;
      if (x < y)
        i++;
      else
        j++;
    }
  return FALSE;
}

const char *
dhk_run_reason (DhkStatsStatus status)
{
  switch (status)
    {
    case DHK_STATS_OK:
      return NULL;
    case DHK_STATS_NO_DATA:
      return N_ ("nobody has a score");
    case DHK_STATS_TOO_FEW:
      return N_ ("too few respondents have a score");
    case DHK_STATS_TOO_FEW_GROUPS:
      return N_ ("fewer than two groups have scores");
    case DHK_STATS_TOO_FEW_ITEMS:
      return N_ ("the scale has fewer than two items");
    case DHK_STATS_NO_VARIANCE:
      return N_ ("the scores do not vary");
    case DHK_STATS_PERFECT_FIT:
      return N_ ("one score follows exactly from the other");
    case DHK_STATS_NO_DIFFERENCES:
      return N_ ("all pairs of scores are equal");
    case DHK_STATS_EMPTY_CELL:
      return N_ ("a combination of groups has no scores");
    case DHK_STATS_SINGULAR:
      return N_ ("one score can be computed from the others");
    case DHK_STATS_SEPARATED:
    case DHK_STATS_NO_CONVERGENCE:
    case DHK_STATS_TOO_LARGE:
    case DHK_STATS_IMPOSSIBLE:
    case DHK_STATS_INDEFINITE:
    case DHK_STATS_NOT_FINITE:
    case DHK_STATS_BAD_ARGUMENT:
      return N_ ("the scores cannot be computed with");
    case DHK_STATS_NO_MEMORY:
      return N_ ("the computer has too little free memory");
    case DHK_N_STATS_STATUSES:
    default:
      g_return_val_if_reached (N_ ("the scores cannot be computed with"));
    }
}
