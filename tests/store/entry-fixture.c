/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "entry-fixture.h"

gint64
entry_new_batch (Fixture *self, const char *name, const char *questionnaire)
{
  g_autoptr (GError) error = NULL;
  int index = dhk_instrument_find_questionnaire (self->instrument, questionnaire);
  gint64 batch = dhk_store_entry_new_batch (self->store, name, (guint) index, &error);

  g_assert_no_error (error);
  g_assert_cmpint (batch, >, 0);
  return batch;
}

void
entry_type (Fixture *self,
            gint64 batch,
            DhkEntryPass pass,
            guint number,
            guint question,
            DhkEntryAnswer answer)
{
  g_autoptr (GError) error = NULL;
  gboolean ok
      = dhk_store_entry_set_answer (self->store, batch, pass, number, question, &answer, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

DhkEntryAnswer
entry_code (int code)
{
  return (DhkEntryAnswer){ .kind = DHK_ENTRY_ANSWERED, .code = code };
}

DhkEntryAnswer
entry_number (double number)
{
  return (DhkEntryAnswer){ .kind = DHK_ENTRY_ANSWERED, .number = number };
}

DhkEntryAnswer
entry_missing (DhkEntryKind kind, const char *note)
{
  DhkEntryAnswer answer = { .kind = kind };

  g_strlcpy (answer.note, note, sizeof answer.note);
  return answer;
}

void
entry_finish (Fixture *self, gint64 batch, DhkEntryPass pass, guint form)
{
  g_autoptr (GError) error = NULL;

  dhk_store_entry_finish (self->store, batch, pass, form, &error);
  g_assert_no_error (error);
}

void
entry_assert_undo_label (Fixture *self, const char *expected)
{
  g_autofree char *label = dhk_store_dup_undo_label (self->store);

  g_assert_cmpstr (label, ==, expected);
}

guint
entry_propose (Fixture *self, gint64 batch, DhkEntryPass pass, guint after)
{
  g_autoptr (GError) error = NULL;
  guint found = 0;

  g_assert_true (dhk_store_entry_propose (self->store, batch, pass, after, &found, &error));
  g_assert_no_error (error);
  return found;
}

DhkEntrySheet *
entry_load (Fixture *self, gint64 batch, DhkEntryPass pass, guint form)
{
  g_autoptr (GError) error = NULL;
  DhkEntrySheet *sheet = dhk_store_entry_load_sheet (self->store, batch, pass, form, &error);

  g_assert_no_error (error);
  return sheet;
}

DhkEntryComparison *
entry_compare (Fixture *self, gint64 batch)
{
  g_autoptr (GError) error = NULL;
  DhkEntryComparison *comparison = dhk_store_entry_compare (self->store, batch, &error);

  g_assert_no_error (error);
  return comparison;
}

const DhkEntryPair *
entry_find_difference (DhkEntryComparison *comparison, guint form, guint question)
{
  for (guint i = 0; i < comparison->pairs->len; i++)
    {
      const DhkEntryPair *pair = &g_array_index (comparison->pairs, DhkEntryPair, i);

      if (pair->number == form && pair->question == question && pair->differs)
        return pair;
    }
  return NULL;
}

void
entry_settle (Fixture *self, gint64 batch, guint form, guint question, DhkEntryAnswer answer)
{
  g_autoptr (GError) error = NULL;

  dhk_store_entry_settle (self->store, batch, form, question, &answer, &error);
  g_assert_no_error (error);
}

gint64
entry_type_twice (Fixture *self)
{
  gint64 batch = entry_new_batch (self, "A", "jeugdigen");

  entry_type (self, batch, DHK_ENTRY_FIRST, 1, AGE, entry_number (14));
  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, entry_code (4));
  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1 + 1, entry_missing (DHK_ENTRY_TWO_MARKS, ""));
  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1 + 2, entry_code (5));
  entry_finish (self, batch, DHK_ENTRY_FIRST, 1);
  entry_type (self, batch, DHK_ENTRY_FIRST, 2, BAND1, entry_code (4));
  entry_type (self, batch, DHK_ENTRY_SECOND, 1, AGE, entry_number (41));
  entry_type (self, batch, DHK_ENTRY_SECOND, 1, BAND1, entry_code (3));
  entry_type (self, batch, DHK_ENTRY_SECOND, 1, BAND1 + 1, entry_missing (DHK_ENTRY_ILLEGIBLE, ""));
  entry_finish (self, batch, DHK_ENTRY_SECOND, 1);
  entry_type (self, batch, DHK_ENTRY_SECOND, 3, BAND1, entry_code (4));
  return batch;
}
