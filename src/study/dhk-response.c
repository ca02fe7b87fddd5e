/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-response.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-response-private.h"

G_DEFINE_QUARK (dhk - response - error - quark, dhk_response_error)

/* Life ------------------------------------------------------------------------------ */

static void
answer_clear (gpointer data)
{
  DhkResponseAnswer *self = data;

  g_free (self->variable);
  g_free (self->category);
  g_free (self->item);
  g_free (self->target);
}

DhkResponse *
dhk_response_new_empty (void)
{
  DhkResponse *self = g_new0 (DhkResponse, 1);

  g_atomic_ref_count_init (&self->refs);
  self->answers = g_array_new (FALSE, TRUE, sizeof (DhkResponseAnswer));
  g_array_set_clear_func (self->answers, answer_clear);
  return self;
}

DhkResponse *
dhk_response_ref (DhkResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_response_unref (DhkResponse *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->id);
  g_free (self->instrument);
  g_free (self->version);
  g_free (self->sha256);
  g_free (self->questionnaire);
  g_array_unref (self->answers);
  g_free (self);
}

gint64
dhk_response_get_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_to_unix (now) + g_date_time_get_utc_offset (now) / G_TIME_SPAN_SECOND;
}

/* 128 random bits: no two responses ever meet, and nothing is told of who or when. */
static char *
make_id (void)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *more = g_uuid_string_random ();
  g_autofree char *both = g_strconcat (uuid, more, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  return g_strndup (hash, 32);
}

void
dhk_response_take_question (DhkResponse *self, DhkResponseAnswer answer)
{
  g_array_append_val (self->answers, answer);
}

/* In the order of the questionnaire, as everybody else is asked. */
static void
take_questions (DhkResponse *self, DhkInstrument *instrument, const DhkQuestionnaire *form)
{
  const DhkSelfRating *rating = dhk_instrument_get_self_rating (instrument);
  const guint scales[] = { rating->ideal, rating->actual };

  for (guint i = 0; i < rating->n_background; i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, rating->background[i]);

      dhk_response_take_question (self, (DhkResponseAnswer){ .variable = g_strdup (variable->id),
                                                             .code = DHK_RESPONSE_OPEN });
    }
  for (guint q = 0; q < form->n_questions; q++)
    for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
      {
        const DhkScale *scale = dhk_instrument_get_scale (instrument, scales[s]);

        for (guint i = 0; i < scale->n_items; i++)
          if (form->questions[q].item == (int) scale->items[i]
              && form->questions[q].target == DHK_NO_TARGET)
            dhk_response_take_question (
                self,
                (DhkResponseAnswer){
                    .item = g_strdup (dhk_instrument_get_item (instrument, scale->items[i])->id),
                    .code = DHK_RESPONSE_OPEN });
      }
}

DhkResponse *
dhk_response_new (DhkInstrument *instrument, guint questionnaire)
{
  const DhkQuestionnaire *form;
  DhkResponse *self;

  g_return_val_if_fail (instrument != NULL, NULL);
  g_return_val_if_fail (dhk_instrument_get_self_rating (instrument) != NULL, NULL);

  form = dhk_instrument_get_questionnaire (instrument, questionnaire);
  self = dhk_response_new_empty ();
  self->id = make_id ();
  self->instrument = g_strdup (dhk_instrument_get_id (instrument));
  self->version = g_strdup (dhk_instrument_get_version (instrument));
  self->sha256
      = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, dhk_instrument_get_xml (instrument));
  self->questionnaire = g_strdup (form->id);
  self->started = dhk_response_get_now ();
  self->saved = self->started;
  take_questions (self, instrument, form);
  return self;
}

void
dhk_response_change_form (DhkResponse *self, DhkInstrument *instrument, guint questionnaire)
{
  const DhkQuestionnaire *form;
  g_autoptr (GArray) old = NULL;

  g_return_if_fail (self != NULL && instrument != NULL);

  form = dhk_instrument_get_questionnaire (instrument, questionnaire);
  old = g_steal_pointer (&self->answers);
  self->answers = g_array_new (FALSE, TRUE, sizeof (DhkResponseAnswer));
  g_array_set_clear_func (self->answers, answer_clear);
  g_free (self->questionnaire);
  self->questionnaire = g_strdup (form->id);
  take_questions (self, instrument, form);
  for (guint i = 0; i < self->answers->len; i++)
    for (guint k = 0; k < old->len; k++)
      {
        DhkResponseAnswer *now = &g_array_index (self->answers, DhkResponseAnswer, i);
        DhkResponseAnswer *before = &g_array_index (old, DhkResponseAnswer, k);

        if (g_strcmp0 (now->item, before->item) != 0
            || g_strcmp0 (now->variable, before->variable) != 0)
          continue;
        now->code = before->code;
        now->category = g_steal_pointer (&before->category);
      }
}

/* Lending ---------------------------------------------------------------------------- */

const char *
dhk_response_get_id (const DhkResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
dhk_response_get_version (const DhkResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->version;
}

const char *
dhk_response_get_questionnaire (const DhkResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->questionnaire;
}

gint64
dhk_response_get_started (const DhkResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->started;
}

gint64
dhk_response_get_saved (const DhkResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->saved;
}

gboolean
dhk_response_is_finished (const DhkResponse *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->finished;
}

guint
dhk_response_get_n_answers (const DhkResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->answers->len;
}

const DhkResponseAnswer *
dhk_response_get_answer (const DhkResponse *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->answers->len, NULL);

  return &g_array_index (self->answers, DhkResponseAnswer, i);
}

guint
dhk_response_get_n_open (const DhkResponse *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->answers->len; i++)
    {
      const DhkResponseAnswer *answer = &g_array_index (self->answers, DhkResponseAnswer, i);

      n += answer->item != NULL ? answer->code < 0 : answer->category == NULL;
    }
  return n;
}

static DhkResponseAnswer *
find_answer (const DhkResponse *self, const char *item, const char *variable)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      DhkResponseAnswer *answer = &g_array_index (self->answers, DhkResponseAnswer, i);

      if (item != NULL ? g_strcmp0 (answer->item, item) == 0 && answer->target == NULL
                       : g_strcmp0 (answer->variable, variable) == 0)
        return answer;
    }
  return NULL;
}

int
dhk_response_get_code (const DhkResponse *self, const char *item)
{
  const DhkResponseAnswer *answer;

  g_return_val_if_fail (self != NULL && item != NULL, DHK_RESPONSE_OPEN);

  answer = find_answer (self, item, NULL);
  return answer != NULL ? answer->code : DHK_RESPONSE_OPEN;
}

const char *
dhk_response_get_category (const DhkResponse *self, const char *variable)
{
  const DhkResponseAnswer *answer;

  g_return_val_if_fail (self != NULL && variable != NULL, NULL);

  answer = find_answer (self, NULL, variable);
  return answer != NULL ? answer->category : NULL;
}

char *
dhk_response_dup_content (const DhkResponse *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->answers->len; i++)
    {
      const DhkResponseAnswer *answer = &g_array_index (self->answers, DhkResponseAnswer, i);

      if (answer->item != NULL)
        g_string_append_printf (text, "%s/%s=%d\n", answer->item,
                                answer->target != NULL ? answer->target : "", answer->code);
      else
        g_string_append_printf (text, "%s=%s\n", answer->variable,
                                answer->category != NULL ? answer->category : "");
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

gboolean
dhk_response_fits (const DhkResponse *self,
                   const DhkInstrument *instrument,
                   const char *name,
                   GError **error)
{
  g_return_val_if_fail (self != NULL && instrument != NULL && name != NULL, FALSE);

  if (strcmp (self->instrument, dhk_instrument_get_id (instrument)) != 0)
    {
      g_set_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_OTHER_INSTRUMENT,
                   _ ("“%s” holds answers to another survey (“%s”; this one is “%s”). Nothing was "
                      "changed."),
                   name, self->instrument, dhk_instrument_get_id (instrument));
      return FALSE;
    }
  if (dhk_instrument_find_questionnaire (instrument, self->questionnaire) < 0)
    {
      g_set_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_OTHER_INSTRUMENT,
                   _ ("“%s” answers the questionnaire “%s”, which this survey does not have. "
                      "Nothing was changed."),
                   name, self->questionnaire);
      return FALSE;
    }
  return TRUE;
}

/* Filling in -------------------------------------------------------------------------- */

void
dhk_response_set_code (DhkResponse *self, const char *item, int code)
{
  DhkResponseAnswer *answer;

  g_return_if_fail (self != NULL && item != NULL);

  answer = find_answer (self, item, NULL);
  g_return_if_fail (answer != NULL);
  answer->code = MAX (code, DHK_RESPONSE_OPEN);
}

void
dhk_response_set_category (DhkResponse *self, const char *variable, const char *category)
{
  DhkResponseAnswer *answer;

  g_return_if_fail (self != NULL && variable != NULL);

  answer = find_answer (self, NULL, variable);
  g_return_if_fail (answer != NULL);
  g_free (answer->category);
  answer->category = g_strdup (category);
}

void
dhk_response_set_finished (DhkResponse *self, gboolean finished)
{
  g_return_if_fail (self != NULL);

  self->finished = finished;
}
