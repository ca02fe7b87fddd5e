/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person says against the program: about columns and about rows. */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-head-key.h"

/* So many rows that stand aside are offered one by one. */
#define MAX_ROWS 500

/* So many columns that are no questions are; a file of thousands is no export of a form. */
#define MAX_OTHERS 500

/* Columns -------------------------------------------------------------------- */

/* Its head as an import profile knows it. */
char *
dhk_recogniser_dup_key (DhkRecogniser *self, guint column)
{
  const char *fold = dhk_shape_get_head (self->shape, column)->fold;

  return dhk_head_key_dup_bare (fold);
}

static char *
make_id (DhkRecogniser *self, guint column)
{
  g_autofree char *number = g_strdup_printf ("%u", column + 1);

  return dhk_recogniser_make_id (self, "column", number);
}

/* The form's own columns are what they are; addresses are never kept. */
static gboolean
is_fixed (const DhkColumnWork *column)
{
  return column->role == DHK_COLUMN_FORM_ID || column->role == DHK_COLUMN_STARTED
         || column->role == DHK_COLUMN_COMPLETED || column->kind == DHK_HEAD_EMAIL
         || column->addresses || (column->head[0] == '\0' && column->n_filled == 0);
}

static int
find_question (DhkRecogniser *self, const char *choice)
{
  for (guint q = 0; q < self->by_question->len; q++)
    {
      g_autofree char *id = dhk_recogniser_dup_question_id (self, q);

      if (strcmp (id, choice) == 0)
        return (int) q;
    }
  return -1;
}

static char *
dup_reason (DhkRecogniser *self, DhkDecidedBy by)
{
  if (by == DHK_DECIDED_BY_HAND)
    return g_strdup (_ ("chosen by hand"));
  return g_strdup_printf (_ ("by the import profile “%s”"),
                          dhk_import_profile_get_name (self->profile));
}

static void
settle_column (DhkRecogniser *self, guint index, const char *choice, DhkDecidedBy by)
{
  DhkColumnWork *column = dhk_recogniser_get_column (self, index);
  int question = find_question (self, choice);

  if (question >= 0)
    dhk_recogniser_assign (self, index, (guint) question, dup_reason (self, by));
  else if (dhk_recogniser_find_whole (self, choice) >= 0)
    dhk_recogniser_assign_whole (self, index, (guint) dhk_recogniser_find_whole (self, choice),
                                 dup_reason (self, by));
  else if (strcmp (choice, "personal") == 0 || strcmp (choice, "ignore") == 0)
    {
      column->role = *choice == 'p' ? DHK_COLUMN_PERSONAL : DHK_COLUMN_UNMATCHED;
      column->question = -1;
      g_free (column->reason);
      column->reason = dup_reason (self, by);
    }
  else
    return;
  column->settled = TRUE;
  dhk_recogniser_expect_more (self);
}

void
dhk_recogniser_settle_columns (DhkRecogniser *self)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      g_autofree char *id = make_id (self, c);
      g_autofree char *key = dhk_recogniser_dup_key (self, c);
      const char *choice;
      DhkDecidedBy by;

      if (is_fixed (dhk_recogniser_get_column (self, c)))
        continue;
      choice = dhk_asker_peek (self->asker, id, self->profile, "column",
                               key[0] != '\0' ? key : NULL, &by);
      if (choice != NULL)
        settle_column (self, c, choice, by);
    }
}

static char *
dup_decided (DhkRecogniser *self, const DhkColumnWork *column)
{
  switch (column->role)
    {
    case DHK_COLUMN_QUESTION:
      if (column->several)
        return g_strdup (dhk_recogniser_get_choices (self, (guint) column->question)->id);
      return dhk_recogniser_dup_question_id (self, (guint) column->question);
    case DHK_COLUMN_PERSONAL:
      return g_strdup ("personal");
    case DHK_COLUMN_FORM_ID:
    case DHK_COLUMN_STARTED:
    case DHK_COLUMN_COMPLETED:
    case DHK_COLUMN_TECHNICAL:
    case DHK_COLUMN_UNMATCHED:
    case DHK_COLUMN_ASKED:
    default:
      return g_strdup ("ignore");
    }
}

/* What is offered for every column: of each question what it is called and says. */
typedef struct
{
  char *id;
  char *text;
} Offer;

static void
clear_offer (gpointer data)
{
  Offer *offer = data;

  g_free (offer->id);
  g_free (offer->text);
}

static GArray *
list_offers (DhkRecogniser *self)
{
  GArray *offers = g_array_new (FALSE, FALSE, sizeof (Offer));

  g_array_set_clear_func (offers, clear_offer);
  for (guint q = 0; q < self->by_question->len; q++)
    {
      Offer offer = { dhk_recogniser_dup_question_id (self, q),
                      dhk_recogniser_describe_question (self, q) };

      g_array_append_val (offers, offer);
    }
  return offers;
}

static void
offer_column (DhkRecogniser *self, guint index, const GArray *offers)
{
  DhkColumnWork *column = dhk_recogniser_get_column (self, index);
  g_autofree char *name = dhk_recogniser_name_column (index);
  g_autofree char *decided = dup_decided (self, column);
  g_autofree char *key = dhk_recogniser_dup_key (self, index);
  gboolean personal = column->role == DHK_COLUMN_PERSONAL;

  column->asked = make_id (self, index);
  dhk_asker_begin (
      self->asker, g_strdup (column->asked),
      personal
          ? g_strdup_printf (_ ("What is the personal %s of “%s”?"), name, self->file->name)
          : g_strdup_printf (_ ("What is %s of “%s”, “%s”?"), name, self->file->name, column->head),
      personal || column->head[0] == '\0' ? NULL : dhk_recogniser_dup_examples (self, index));
  dhk_recogniser_about (self, key[0] != '\0' ? "column" : NULL, key);
  for (guint q = 0; q < self->by_question->len; q++)
    {
      const Offer *offer = &g_array_index (offers, Offer, q);

      dhk_recogniser_offer_whole (self, q);
      dhk_asker_choice (self->asker, offer->id, g_strdup (offer->text));
    }
  dhk_asker_choice (self->asker, "ignore", g_strdup (_ ("No question of the study")));
  dhk_asker_choice (self->asker, "personal", g_strdup (_ ("Personal data: do not keep it")));
  dhk_asker_decide (self->asker, decided);
}

void
dhk_recogniser_offer_columns (DhkRecogniser *self)
{
  g_autoptr (GArray) offers = list_offers (self);
  guint n_others = 0;

  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkColumnWork *column = dhk_recogniser_get_column (self, c);

      if (is_fixed (column) || column->asked != NULL || column->role == DHK_COLUMN_ASKED)
        continue;
      if (column->settled || column->role == DHK_COLUMN_QUESTION || n_others++ < MAX_OTHERS)
        offer_column (self, c, offers);
    }
}

/* Rows ------------------------------------------------------------------------- */

static void
begin_row (DhkRecogniser *self, guint row, const char *reason)
{
  guint64 line = dhk_recogniser_get_line (self, row);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, line);

  dhk_asker_begin (self->asker, dhk_recogniser_make_id (self, "row", number),
                   g_strdup_printf (_ ("Does line %lu of “%s” count as a response?"), (gulong) line,
                                    self->file->name),
                   g_strdup (reason));
  dhk_recogniser_about (self, NULL, NULL);
  dhk_asker_choice (self->asker, "take", g_strdup (_ ("Yes: take it in")));
  dhk_asker_choice (self->asker, "aside", g_strdup (_ ("No: keep it aside")));
}

/* Rows that a person named, by line; index of the row -> itself. */
static GHashTable *
find_named (DhkRecogniser *self)
{
  g_autofree char *prefix = dhk_recogniser_make_id (self, "row", "");
  g_autoptr (GPtrArray) lines = dhk_asker_list_answered (self->asker, prefix);
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTable *named = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      guint64 line;

      if (g_ascii_string_to_unsigned (g_ptr_array_index (lines, i), 10, 1, G_MAXUINT64, &line,
                                      NULL))
        g_hash_table_add (wanted, g_memdup2 (&line, sizeof line));
    }
  for (guint row = 0; g_hash_table_size (wanted) > 0 && row < self->rows->len; row++)
    {
      guint64 line = dhk_recogniser_get_line (self, row);

      if (g_hash_table_contains (wanted, &line))
        g_hash_table_add (named, GUINT_TO_POINTER (row));
    }
  return named;
}

static void
settle_row (DhkRecogniser *self, guint row)
{
  const char *reason = g_hash_table_lookup (self->asides, GUINT_TO_POINTER (row));
  const char *answer;

  begin_row (self, row, reason);
  answer = dhk_asker_decide (self->asker, reason != NULL ? "aside" : "take");
  if (strcmp (answer, "take") == 0)
    g_hash_table_remove (self->asides, GUINT_TO_POINTER (row));
  else if (reason == NULL)
    g_hash_table_insert (self->asides, GUINT_TO_POINTER (row), g_strdup (_ ("kept aside by hand")));
}

void
dhk_recogniser_settle_rows (DhkRecogniser *self)
{
  g_autoptr (GHashTable) named = find_named (self);
  guint n_offered = 0;

  if (g_hash_table_size (named) == 0 && g_hash_table_size (self->asides) == 0)
    return;
  for (guint row = 0; row < self->rows->len; row++)
    {
      gboolean is_named = g_hash_table_contains (named, GUINT_TO_POINTER (row));

      if (!is_named && !g_hash_table_contains (self->asides, GUINT_TO_POINTER (row)))
        continue;
      if (is_named || n_offered++ < MAX_ROWS)
        settle_row (self, row);
    }
}
