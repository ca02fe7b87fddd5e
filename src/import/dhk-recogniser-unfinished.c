/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Responses that were not finished, and previews: LimeSurvey leaves the date of
 * sending empty, Qualtrics has columns for both. They are kept aside, and can be
 * taken in.
 */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const DhkWord *
get_word (DhkRecogniser *self, guint row, int column)
{
  return column < 0 ? NULL : dhk_recogniser_get_word (self, row, (guint) column);
}

static gboolean
is_one_of (const char *fold, const char *const *list)
{
  for (; *list != NULL; list++)
    if (strcmp (fold, *list) == 0)
      return TRUE;
  return FALSE;
}

/* Nothing, zero or a word for no. */
static gboolean
is_no (const DhkWord *word)
{
  static const char *const no[] = { "0", "false", "onwaar", "no", "nee", "unwahr", NULL };

  return is_one_of (word->fold, no);
}

static gboolean
is_unfinished (DhkRecogniser *self, guint row)
{
  const DhkWord *submitted = get_word (self, row, self->shape->submitted);
  const DhkWord *finished = get_word (self, row, self->shape->finished);
  const DhkWord *progress = get_word (self, row, self->shape->progress);
  int percentage;

  if (submitted != NULL)
    return dhk_word_is_blank (submitted) || strcmp (submitted->fold, "n/a") == 0;
  if (finished != NULL && !dhk_word_is_blank (finished))
    return is_no (finished);
  return progress != NULL && dhk_labels_parse_code (progress, &percentage) && percentage < 100;
}

/* Qualtrics writes words or codes: 1 a preview, 2 a test, and 8 more for spam. */
static gboolean
is_preview (DhkRecogniser *self, guint row)
{
  static const char *const previews[] = { "1",
                                          "2",
                                          "8",
                                          "9",
                                          "12",
                                          "17",
                                          "40",
                                          "survey preview",
                                          "preview",
                                          "survey test",
                                          "test",
                                          "spam",
                                          "preview spam",
                                          "imported spam",
                                          "offline preview",
                                          NULL };
  const DhkWord *status = get_word (self, row, self->shape->status);

  return status != NULL && is_one_of (status->fold, previews);
}

typedef gboolean (*Judge) (DhkRecogniser *self, guint row);

typedef struct
{
  const char *id;
  const char *reason;
  const char *take;
  Judge judge;
} Kind;

static char *
dup_text (DhkRecogniser *self, const Kind *kind, guint n)
{
  const char *name = self->file->name;

  if (kind->judge == is_unfinished)
    return g_strdup_printf (ngettext ("In “%s”, %u response was not finished. Shall it count?",
                                      "In “%s”, %u responses were not finished. Shall they count?",
                                      n),
                            name, n);
  return g_strdup_printf (
      ngettext ("In “%s”, %u response is a preview, a test or spam. Shall it count?",
                "In “%s”, %u responses are previews, tests or spam. Shall they count?", n),
      name, n);
}

static void
settle (DhkRecogniser *self, const Kind *kind)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *lines = NULL;
  const char *answer;

  for (guint row = 0; row < self->rows->len; row++)
    if (!g_hash_table_contains (self->asides, GUINT_TO_POINTER (row)) && kind->judge (self, row))
      g_array_append_val (rows, row);
  if (rows->len == 0)
    return;

  lines = dhk_recogniser_list_lines (self, rows);
  dhk_asker_begin (self->asker, g_strdup_printf ("%s:%s", self->slug, kind->id),
                   dup_text (self, kind, rows->len),
                   g_strdup_printf (ngettext ("Line %s", "Lines %s", rows->len), lines));
  dhk_recogniser_about (self, kind->id, "");
  dhk_asker_choice (self->asker, "aside", g_strdup (_ ("No: keep them aside")));
  dhk_asker_choice (self->asker, "take", g_strdup (_ ("Yes: take them in")));
  answer = dhk_asker_decide (self->asker, "aside");
  if (strcmp (answer, "take") == 0)
    {
      dhk_draft_file_add_note (self->file, DHK_NOTE_ATTENTION, 0, "%s", kind->take);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (self->asides, GUINT_TO_POINTER (g_array_index (rows, guint, i)),
                         g_strdup (kind->reason));
}

void
dhk_recogniser_find_unfinished (DhkRecogniser *self)
{
  const Kind kinds[] = {
    { "previews", _ ("a preview, a test or spam"),
      _ ("Previews, tests and spam were taken in, by hand."), is_preview },
    { "unfinished", _ ("not finished: it was never sent in"),
      _ ("Responses that were not finished were taken in, by hand."), is_unfinished },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    settle (self, &kinds[i]);
}
