/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * An export whose start times are in another time zone than those of the study, or in summer time:
 * programs write the wall clock of whoever exports. Its numbers and answers are the same and every start
 * is so many hours off, so that no identity is. That is found out from a sample of the rows whose
 * identity the study does not hold: most of those that it holds at one distance must have the same answers
 * there too. Days and months that were read the wrong way round are found in the same way.
 */

#include "store/dhk-store-compare-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Time zones are a whole number of these apart, from -12 to +14 hours, and one for summer time. */
#define STEP_MINUTES 15
#define MAX_STEPS (27 * 4)
/* In place of a distance: day and month change places. */
#define SWAPPED (MAX_STEPS + 1)

/* So many rows are looked at, at most. */
#define N_SAMPLE 256

typedef struct
{
  char *form_id;
  gint64 started;
  DhkDigest content;
} Sample;

struct _DhkZoneGuess
{
  const char *questionnaire;
  GArray *rows;   /* guint: all that were added */
  GArray *sample; /* Sample, of every `stride`th of them */
  guint stride;
};

static void
sample_clear (gpointer data)
{
  g_free (((Sample *) data)->form_id);
}

DhkZoneGuess *
dhk_zone_guess_new (const char *questionnaire)
{
  DhkZoneGuess *self = g_new0 (DhkZoneGuess, 1);

  self->questionnaire = questionnaire;
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->sample = g_array_new (FALSE, FALSE, sizeof (Sample));
  g_array_set_clear_func (self->sample, sample_clear);
  self->stride = 1;
  return self;
}

void
dhk_zone_guess_free (DhkZoneGuess *self)
{
  g_array_unref (self->rows);
  g_array_unref (self->sample);
  g_free (self);
}

/* Every second one stays, so that the sample is always of the whole file. */
static void
thin_out (DhkZoneGuess *self)
{
  for (guint i = 1; i < self->sample->len; i++)
    g_array_remove_index (self->sample, i);
  self->stride *= 2;
}

void
dhk_zone_guess_add (DhkZoneGuess *self, guint i, const DhkDraftRow *row)
{
  if (row->form_id == NULL || row->started == 0 || row->identity == NULL)
    return;
  if (self->rows->len % self->stride == 0 && self->sample->len == N_SAMPLE)
    thin_out (self);
  if (self->rows->len % self->stride == 0)
    {
      Sample sample = { g_strdup (row->form_id), row->started, dhk_digest (row->content) };

      g_array_append_val (self->sample, sample);
    }
  g_array_append_val (self->rows, i);
}

static gint64
swap_day_and_month (gint64 started)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (started);
  g_autoptr (GDateTime) swapped = NULL;

  if (time != NULL)
    swapped = g_date_time_new_utc (g_date_time_get_year (time), g_date_time_get_day_of_month (time),
                                   g_date_time_get_month (time), g_date_time_get_hour (time),
                                   g_date_time_get_minute (time), 0);
  return swapped != NULL ? g_date_time_to_unix (swapped) : started;
}

/* Where the study may have it. */
static gint64
move (gint64 started, int step)
{
  return step == SWAPPED ? swap_day_and_month (started)
                         : started + (gint64) step * STEP_MINUTES * 60;
}

static char *
make_identity (DhkZoneGuess *self, const char *form_id, gint64 started)
{
  return dhk_draft_row_make_identity (self->questionnaire, form_id, started);
}

static gboolean
is_distance (DhkZoneGuess *self, DhkResponses *responses, int step)
{
  guint n_found = 0;
  guint n_same = 0;

  for (guint i = 0; i < self->sample->len; i++)
    {
      const Sample *sample = &g_array_index (self->sample, Sample, i);
      g_autofree char *identity
          = make_identity (self, sample->form_id, move (sample->started, step));
      DhkDigest content;

      if (dhk_responses_peek (responses, identity, &content) == 0)
        continue;
      n_found++;
      n_same += dhk_digest_equal (&content, &sample->content) ? 1 : 0;
    }
  /* Once may be chance: then nothing else may stand at that distance. */
  return n_same > 0 && (n_same == n_found || (n_same > 1 && n_same * 2 >= n_found));
}

static gboolean
adopt_row (
    DhkComparer *self, DhkZoneGuess *guess, DhkDraftFile *file, guint i, int step, gint64 *present)
{
  DhkResponses *responses = self->responses[file->questionnaire];
  g_auto (DhkDraftRow) row = { 0 };
  g_autofree char *identity = NULL;
  DhkDigest content;
  gint64 respondent;

  dhk_draft_file_read_row (file, i, &row);
  identity = make_identity (guess, row.form_id, move (row.started, step));
  if (self->erased != NULL && dhk_erased_holds_identity (self->erased, identity))
    {
      dhk_comparison_set_erased (self->result, dhk_draft_file_get_row (file, i));
      return FALSE;
    }
  respondent = dhk_responses_peek (responses, identity, &content);
  if (respondent == 0 || !dhk_responses_adopt (responses, &row, respondent))
    return FALSE;
  present[i] = -respondent;
  return TRUE;
}

static void
note_swapped (DhkDraftFile *file, guint n)
{
  if (n == 0)
    return;
  dhk_draft_file_add_note (
      file, DHK_NOTE_ATTENTION, 0,
      g_dngettext (GETTEXT_PACKAGE,
                   "%u response has the number of one in the study, where day and month of its "
                   "start are the other way round. It counts as the same; choose the other order "
                   "of the dates, so that those of new ones are right.",
                   "%u responses have the numbers of some in the study, where day and month of "
                   "their start are the other way round. They count as the same; choose the "
                   "other order of the dates, so that those of new ones are right.",
                   n),
      n);
  ((DhkDraftNote *) g_ptr_array_index (file->notes, file->notes->len - 1))->compared = TRUE;
}

static void
note_zone (DhkDraftFile *file, guint n)
{
  if (n == 0)
    return;
  dhk_draft_file_add_note (
      file, DHK_NOTE_INFORMATION, 0,
      g_dngettext (GETTEXT_PACKAGE,
                   "%u response has the number of one in the study, and a start time as in another "
                   "time zone or in summer time. It counts as the same.",
                   "%u responses have the numbers of some in the study, and start times as in "
                   "another time zone or in summer time. They count as the same.",
                   n),
      n);
  ((DhkDraftNote *) g_ptr_array_index (file->notes, file->notes->len - 1))->compared = TRUE;
}

static guint
adopt_step (DhkComparer *self, DhkZoneGuess *guess, DhkDraftFile *file, int step, gint64 *present)
{
  guint n = 0;

  if (step == 0 || !is_distance (guess, self->responses[file->questionnaire], step))
    return 0;
  for (guint at = 0; at < guess->rows->len; at++)
    {
      guint i = g_array_index (guess->rows, guint, at);

      if (present[i] == 0 && dhk_draft_file_get_fate (file, i) != DHK_ROW_ASIDE
          && adopt_row (self, guess, file, i, step, present))
        n++;
    }
  return n;
}

void
dhk_comparer_adopt_zone (DhkComparer *self,
                         DhkZoneGuess *guess,
                         DhkDraftFile *file,
                         gint64 *present)
{
  guint n = 0;

  if (guess->sample->len == 0)
    return;
  note_swapped (file, adopt_step (self, guess, file, SWAPPED, present));
  for (int step = -MAX_STEPS; step <= MAX_STEPS; step++)
    n += adopt_step (self, guess, file, step, present);
  note_zone (file, n);
}
