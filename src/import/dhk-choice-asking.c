/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked about the texts in columns with several choices, and offered to be otherwise. */

#include "import/dhk-choice-reading-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many texts that are no choice are asked about together first. */
#define MANY_UNKNOWN 12

#define NOT_SAID (-101)

const char *
dhk_choice_reading_get_label (const DhkChoiceReading *self)
{
  return dhk_text_get (&self->choices->label, dhk_language_of_messages ());
}

static const char *
describe (const DhkChoiceReading *self, int value)
{
  if (value == DHK_OWN_WORDS)
    return _ ("None of the choices: words of their own");
  if (value < 0)
    return _ ("Empty: not readable");
  return dhk_text_get (&self->choices->choices[value].label, dhk_language_of_messages ());
}

/* What is asked and offered ------------------------------------------------------ */

static void
offer_choices (const DhkChoiceReading *self)
{
  DhkAsker *asker = self->recogniser->asker;

  for (guint i = 0; i < self->choices->n_choices; i++)
    dhk_asker_choice (asker, self->choices->choices[i].id, g_strdup (describe (self, (int) i)));
  dhk_asker_choice (asker, "own-words", g_strdup (describe (self, DHK_OWN_WORDS)));
  dhk_asker_choice (asker, "unreadable", g_strdup (describe (self, DHK_MISSING_UNREADABLE)));
}

static int
parse_choice (const DhkChoiceReading *self, const char *choice)
{
  if (choice == NULL)
    return NOT_SAID;
  for (guint i = 0; i < self->choices->n_choices; i++)
    if (strcmp (self->choices->choices[i].id, choice) == 0)
      return (int) i;
  if (strcmp (choice, "own-words") == 0)
    return DHK_OWN_WORDS;
  return strcmp (choice, "unreadable") == 0 ? DHK_MISSING_UNREADABLE : NOT_SAID;
}

/* As dhk-label-map.c names labels: the same file may have both. */
static char *
make_id (DhkChoiceReading *self, const DhkChoiceEntry *entry)
{
  char *slug = dhk_asker_slug (entry->text, FALSE);
  const char *owner = g_hash_table_lookup (self->slugs, slug);
  gboolean is_clear = entry->known >= 0 ? dhk_asker_slug_is_whole (slug, entry->fold)
                                        : owner == NULL || strcmp (owner, entry->fold) == 0;
  g_autofree char *rest = is_clear ? g_strdup_printf ("%s:%s", self->choices->id, slug)
                                   : g_strdup_printf ("%s:%s.%08x", self->choices->id, slug,
                                                      g_str_hash (entry->fold));

  g_hash_table_insert (self->slugs, slug, entry->fold);
  return dhk_recogniser_make_id (self->recogniser, "label", rest);
}

static void
decide_known (DhkChoiceReading *self, DhkChoiceEntry *entry)
{
  DhkAsker *asker = self->recogniser->asker;
  DhkDecidedBy by = DHK_DECIDED_BY_PROGRAM;
  int value;

  entry->id = make_id (self, entry);
  dhk_asker_peek (asker, entry->id, self->recogniser->profile, "label", entry->key, &by);
  dhk_asker_begin (asker, g_strdup (entry->id),
                   g_strdup_printf (_ ("In “%s”, what is “%s” taken as?"),
                                    self->recogniser->file->name, entry->text),
                   NULL);
  dhk_recogniser_about (self->recogniser, "label", entry->key);
  offer_choices (self);
  value = parse_choice (self, dhk_asker_decide (asker, self->choices->choices[entry->known].id));
  entry->by = value != entry->known ? by : DHK_DECIDED_BY_PROGRAM;
  entry->value = value;
}

static char *
dup_detail (DhkChoiceReading *self, const DhkChoiceEntry *entry)
{
  g_autofree char *name = dhk_recogniser_name_column (entry->column);
  g_autofree char *lines = dhk_recogniser_list_lines (self->recogniser, entry->rows);

  return g_strdup_printf (ngettext ("%u time, first in %s, “%s”: line %s",
                                    "%u times, first in %s, “%s”: lines %s", entry->rows->len),
                          entry->rows->len, name,
                          dhk_recogniser_get_column (self->recogniser, entry->column)->head, lines);
}

static void
note_choice (DhkChoiceReading *self, const DhkChoiceEntry *entry)
{
  dhk_draft_file_add_note (self->recogniser->file, DHK_NOTE_INFORMATION, 0,
                           ngettext ("“%s” was taken as “%s”, by hand (%u answer).",
                                     "“%s” was taken as “%s”, by hand (%u answers).",
                                     entry->rows->len),
                           entry->text, describe (self, entry->value), entry->rows->len);
}

static void
ask_unknown (DhkChoiceReading *self, DhkChoiceEntry *entry)
{
  DhkAsker *asker = self->recogniser->asker;
  DhkDecidedBy by = DHK_DECIDED_BY_NOBODY;
  int value;

  entry->id = make_id (self, entry);
  dhk_asker_peek (asker, entry->id, NULL, NULL, NULL, &by);
  dhk_asker_begin (asker, g_strdup (entry->id),
                   g_strdup_printf (_ ("In “%s”, “%s” is none of the choices of “%s”. Which one is "
                                       "it?"),
                                    self->recogniser->file->name, entry->text,
                                    dhk_choice_reading_get_label (self)),
                   dup_detail (self, entry));
  dhk_recogniser_about (self->recogniser, "label", entry->key);
  offer_choices (self);
  value = parse_choice (self, dhk_asker_end (asker, NULL));
  if (value == NOT_SAID)
    return;
  entry->by = by == DHK_DECIDED_BY_HAND ? DHK_DECIDED_BY_HAND : DHK_DECIDED_BY_PROFILE;
  entry->value = value;
  note_choice (self, entry);
}

/* One question about all that is no choice; FALSE: each is asked about. */
static gboolean
ask_together (DhkChoiceReading *self, const GPtrArray *unknown)
{
  DhkRecogniser *recogniser = self->recogniser;
  guint column = ((const DhkChoiceEntry *) g_ptr_array_index (unknown, 0))->column;
  g_autofree char *id = NULL;
  const char *answer;
  int value;

  dhk_recogniser_expect_more (recogniser);
  id = dhk_recogniser_make_id (recogniser, "answers", self->choices->id);
  dhk_asker_begin (recogniser->asker, g_strdup (id),
                   g_strdup_printf (_ ("In “%s”, %u different texts are none of the choices of "
                                       "“%s”. What are they?"),
                                    recogniser->file->name, unknown->len,
                                    dhk_choice_reading_get_label (self)),
                   dhk_recogniser_dup_examples (recogniser, column));
  dhk_asker_choice (recogniser->asker, "each", g_strdup (_ ("That is said for each text")));
  offer_choices (self);
  answer = dhk_asker_end (recogniser->asker, NULL);
  if (g_strcmp0 (answer, "each") == 0)
    return FALSE;
  value = parse_choice (self, answer);
  for (guint i = 0; i < unknown->len; i++)
    {
      DhkChoiceEntry *entry = g_ptr_array_index (unknown, i);

      entry->id = g_strdup (id);
      if (value == NOT_SAID)
        continue;
      entry->value = value;
      entry->by = DHK_DECIDED_BY_HAND;
    }
  return TRUE;
}

void
dhk_choice_reading_ask (DhkChoiceReading *self)
{
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      DhkChoiceEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->known >= 0)
        decide_known (self, entry);
      else
        g_ptr_array_add (unknown, entry);
    }
  if (unknown->len > MANY_UNKNOWN && ask_together (self, unknown))
    return;
  for (guint i = 0; i < unknown->len; i++)
    ask_unknown (self, g_ptr_array_index (unknown, i));
}
