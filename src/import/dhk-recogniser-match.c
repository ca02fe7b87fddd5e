/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which column is which question of the questionnaire. */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
dhk_recogniser_assign (DhkRecogniser *self, guint column, guint question, char *reason)
{
  DhkColumnWork *work = dhk_recogniser_get_column (self, column);

  work->role = DHK_COLUMN_QUESTION;
  work->question = (int) question;
  g_free (work->reason);
  work->reason = reason;
  g_array_append_val (g_ptr_array_index (self->by_question, question), column);
}

void
dhk_recogniser_set_role (DhkColumnWork *column, DhkColumnRole role, const char *reason)
{
  column->role = role;
  column->question = -1;
  g_free (column->reason);
  column->reason = g_strdup (reason);
}

/* Statements asked once ----------------------------------------------------- */

static char *
say_hit (DhkRecogniser *self, const DhkHit *hit)
{
  DhkLanguage language = dhk_language_of_messages ();

  switch (hit->kind)
    {
    case DHK_HIT_TEXT:
      return g_strdup (_ ("the same text"));
    case DHK_HIT_VARIANT:
      return g_strdup_printf (
          _ ("the same text in the wording “%s”"),
          dhk_text_get (&dhk_instrument_get_variant (self->instrument, hit->variant)->label,
                        language));
    case DHK_HIT_NAME:
      return g_strdup (_ ("its column name in an export"));
    case DHK_HIT_HEAD:
      return g_strdup (_ ("a usual head of this question"));
    case DHK_HIT_ALL:
      return g_strdup (_ ("the question, with all choices in one cell"));
    default:
      g_assert_not_reached ();
    }
}

static void
match_single (DhkRecogniser *self, const GArray *group)
{
  for (guint i = 0; i < group->len; i++)
    {
      guint index = g_array_index (group, guint, i);
      const GArray *hits = dhk_recogniser_get_column (self, index)->hits;

      for (guint h = 0; h < hits->len; h++)
        {
          const DhkHit *hit = &g_array_index (hits, DhkHit, h);

          if ((int) hit->questionnaire == self->file->questionnaire)
            {
              if (hit->kind == DHK_HIT_ALL)
                dhk_recogniser_assign_whole (self, index, hit->question, say_hit (self, hit));
              else
                dhk_recogniser_assign (self, index, hit->question, say_hit (self, hit));
              break;
            }
        }
    }
}

/* Columns without the number behind their heads, in the order of the file. */
static GPtrArray *
group_columns (DhkRecogniser *self)
{
  g_autoptr (GHashTable) by_stem = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint c = 0; c < self->columns->len; c++)
    {
      DhkColumnWork *column = dhk_recogniser_get_column (self, c);
      GArray *group;

      if (column->role != DHK_COLUMN_UNMATCHED || column->settled
          || dhk_catalogue_count (column->hits, (guint) self->file->questionnaire) == 0)
        continue;
      group = g_hash_table_lookup (by_stem, column->stem);
      if (group == NULL)
        {
          group = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (by_stem, column->stem, group);
          g_ptr_array_add (groups, group);
        }
      g_array_append_val (group, c);
    }
  return groups;
}

/* Number against answers ------------------------------------------------------ */

#define MAX_LISTED 5

static char *
list_contradictions (DhkRecogniser *self, const GArray *contradictions)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < contradictions->len && i < MAX_LISTED; i++)
    {
      guint column = g_array_index (contradictions, DhkContradiction, i).column;
      g_autofree char *name = dhk_recogniser_name_column (column);
      g_autofree char *examples = dhk_recogniser_dup_examples (self, column);

      g_string_append_printf (list, "%s%s, “%s”: %s", i > 0 ? "\n" : "", name,
                              dhk_recogniser_get_column (self, column)->head,
                              examples != NULL ? examples : "");
    }
  if (contradictions->len > MAX_LISTED)
    g_string_append (list, "\n…");
  return g_string_free (list, FALSE);
}

static void
settle_contradictions (DhkRecogniser *self, const GArray *contradictions)
{
  const char *answer;

  if (contradictions->len == 0)
    return;
  dhk_asker_begin (
      self->asker, g_strdup_printf ("%s:pairs", self->slug),
      g_strdup_printf (
          ngettext ("In “%s”, %u column of a statement that is asked twice is answered with the "
                    "labels of the other one. What tells which is which?",
                    "In “%s”, %u columns of statements that are asked twice are answered with the "
                    "labels of the other one. What tells which is which?",
                    contradictions->len),
          self->file->name, contradictions->len),
      list_contradictions (self, contradictions));
  dhk_recogniser_about (self, "pairs", "");
  dhk_recogniser_expect_more (self);
  dhk_asker_choice (self->asker, "labels", g_strdup (_ ("The labels of the answers")));
  dhk_asker_choice (self->asker, "number", g_strdup (_ ("The number behind the heads")));
  answer = dhk_asker_end (self->asker, NULL);

  for (guint i = 0; i < contradictions->len; i++)
    {
      const DhkContradiction *c = &g_array_index (contradictions, DhkContradiction, i);

      if (answer == NULL)
        dhk_recogniser_set_role (
            dhk_recogniser_get_column (self, c->column), DHK_COLUMN_ASKED,
            _ ("the number behind its head and its answers contradict each other"));
      else
        dhk_recogniser_assign (self, c->column,
                               strcmp (answer, "labels") == 0 ? c->by_answers : c->by_number,
                               g_strdup (_ ("chosen by hand")));
    }
}

/* Questions about one column --------------------------------------------------- */

/* Most of the column's answers are labels of this question. */
static gboolean
may_answer (DhkRecogniser *self, guint column, guint question)
{
  DhkLabels *labels = dhk_recogniser_get_labels (self, question);
  g_autoptr (GArray) tally = NULL;
  guint n = 0;
  int value;

  if (labels == NULL)
    return FALSE;
  tally = dhk_recogniser_tally (self, column, FALSE, TRUE);
  for (guint i = 0; i < tally->len; i++)
    {
      const DhkTally *one = &g_array_index (tally, DhkTally, i);
      const DhkWord *word = dhk_recogniser_get_word (self, one->row, column);

      if (!dhk_word_is_blank (word) && dhk_labels_find (labels, word->fold, &value))
        n += one->n;
    }
  return n * 2 > dhk_recogniser_get_column (self, column)->n_filled;
}

/* What stands in a column without a head may be names: it is shown only when it is answers. */
static gboolean
may_show (DhkRecogniser *self, guint column, const GArray *questions)
{
  if (dhk_recogniser_get_column (self, column)->head[0] != '\0')
    return TRUE;
  for (guint i = 0; i < questions->len; i++)
    if (may_answer (self, column, g_array_index (questions, guint, i)))
      return TRUE;
  return FALSE;
}

static void
follow_answer (DhkRecogniser *self, guint column, const GArray *questions, const char *answer)
{
  DhkColumnWork *work = dhk_recogniser_get_column (self, column);

  if (answer == NULL)
    dhk_recogniser_set_role (work, DHK_COLUMN_ASKED, _ ("an open question"));
  else if (strcmp (answer, "ignore") == 0)
    dhk_recogniser_set_role (work, DHK_COLUMN_UNMATCHED, _ ("set apart by hand"));
  else if (strcmp (answer, "personal") == 0)
    dhk_recogniser_set_role (work, DHK_COLUMN_PERSONAL,
                             _ ("called personal by hand: stays out of the study"));
  else if (dhk_recogniser_find_whole (self, answer) >= 0)
    dhk_recogniser_assign_whole (self, column, (guint) dhk_recogniser_find_whole (self, answer),
                                 g_strdup (_ ("chosen by hand")));
  else
    for (guint i = 0; i < questions->len; i++)
      {
        guint question = g_array_index (questions, guint, i);
        g_autofree char *id = dhk_recogniser_dup_question_id (self, question);

        if (strcmp (answer, id) == 0)
          {
            dhk_recogniser_assign (self, column, question, g_strdup (_ ("chosen by hand")));
            return;
          }
      }
}

void
dhk_recogniser_ask_column (
    DhkRecogniser *self, guint column, const GArray *questions, int suggested, const char *text)
{
  DhkColumnWork *work = dhk_recogniser_get_column (self, column);
  g_autofree char *number = g_strdup_printf ("%u", column + 1);
  g_autofree char *name = dhk_recogniser_name_column (column);
  g_autofree char *key = dhk_recogniser_dup_key (self, column);
  g_autofree char *suggestion
      = suggested < 0 ? NULL : dhk_recogniser_dup_question_id (self, (guint) suggested);
  GString *words = g_string_new (text);

  dhk_recogniser_expect_more (self);
  g_string_replace (words, "{file}", self->file->name, 0);
  g_string_replace (words, "{column}", name, 0);
  g_string_replace (words, "{head}", work->head, 0);
  work->asked = dhk_recogniser_make_id (self, "column", number);
  dhk_asker_begin (self->asker, g_strdup (work->asked), g_string_free (words, FALSE),
                   may_show (self, column, questions) ? dhk_recogniser_dup_examples (self, column)
                                                      : NULL);
  dhk_recogniser_about (self, key[0] != '\0' ? "column" : NULL, key);
  for (guint i = 0; i < questions->len; i++)
    {
      guint question = g_array_index (questions, guint, i);
      g_autofree char *id = dhk_recogniser_dup_question_id (self, question);

      dhk_recogniser_offer_whole (self, question);
      dhk_asker_choice (self->asker, id, dhk_recogniser_describe_question (self, question));
    }
  dhk_asker_choice (self->asker, "ignore", g_strdup (_ ("No question of the study")));
  dhk_asker_choice (self->asker, "personal", g_strdup (_ ("Personal data: do not keep it")));
  follow_answer (self, column, questions, dhk_asker_end (self->asker, suggestion));
}

static GArray *
list_unassigned (DhkRecogniser *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint q = 0; q < self->by_question->len; q++)
    if (((GArray *) g_ptr_array_index (self->by_question, q))->len == 0)
      g_array_append_val (list, q);
  return list;
}

static void
ask_headless (DhkRecogniser *self)
{
  g_autoptr (GArray) questions = list_unassigned (self);

  for (guint c = 0; c < self->columns->len; c++)
    {
      DhkColumnWork *column = dhk_recogniser_get_column (self, c);
      int suggested = -1;

      if (column->role != DHK_COLUMN_UNMATCHED || column->head[0] != '\0' || column->n_filled == 0
          || column->reason != NULL)
        continue;
      for (guint i = 0; i < questions->len && suggested != -2; i++)
        if (may_answer (self, c, g_array_index (questions, guint, i)))
          suggested = suggested < 0 ? (int) g_array_index (questions, guint, i) : -2;
      dhk_recogniser_ask_column (
          self, c, questions, MAX (suggested, -1),
          _ ("In “{file}”, {column} has answers and no head. Which question is it?"));
    }
}

/* A data file of several questionnaires has the columns of the others as well. */
static void
pass_over_unanswered (DhkRecogniser *self)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      DhkColumnWork *column = dhk_recogniser_get_column (self, c);

      if (column->role == DHK_COLUMN_UNMATCHED && column->reason == NULL && column->head[0] != '\0'
          && column->n_missing == column->n_filled)
        dhk_recogniser_set_role (column, DHK_COLUMN_TECHNICAL,
                                 _ ("nobody has an answer in it: not used"));
    }
}

/* What is said about it -------------------------------------------------------- */

static void
append_quoted (GString *list, const char *text, guint n)
{
  if (n < MAX_LISTED)
    g_string_append_printf (list, "%s“%s”", n > 0 ? ", " : "", text);
  else if (n == MAX_LISTED)
    g_string_append (list, ", …");
}

static void
note_columns (DhkRecogniser *self)
{
  g_autoptr (GString) unmatched = g_string_new (NULL);
  guint n_questions = 0;
  guint n_unmatched = 0;

  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkColumnWork *column = dhk_recogniser_get_column (self, c);

      if (column->role == DHK_COLUMN_QUESTION)
        n_questions++;
      else if (column->role == DHK_COLUMN_UNMATCHED && column->reason == NULL
               && column->head[0] != '\0')
        append_quoted (unmatched, column->head, n_unmatched++);
    }
  dhk_draft_file_add_note (self->file, DHK_NOTE_INFORMATION, 0,
                           ngettext ("%u column was recognised as a question.",
                                     "%u columns were recognised as questions.", n_questions),
                           n_questions);
  if (n_unmatched > 0)
    dhk_draft_file_add_note (
        self->file, DHK_NOTE_INFORMATION, 0,
        ngettext ("%u column is no question of the questionnaire and is kept as it is: %s.",
                  "%u columns are no questions of the questionnaire and are kept as they are: %s.",
                  n_unmatched),
        n_unmatched, unmatched->str);
}

/* The form's own columns of names and addresses are no news; what was judged is. */
static void
note_personal (DhkRecogniser *self)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n = 0;

  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkColumnWork *column = dhk_recogniser_get_column (self, c);
      g_autofree char *name = NULL;

      if (column->role != DHK_COLUMN_PERSONAL || column->n_filled == 0
          || column->kind == DHK_HEAD_EMAIL || column->kind == DHK_HEAD_PERSONAL)
        continue;
      name = dhk_recogniser_name_column (c);
      g_string_append_printf (list, "%s%s", n > 0 ? ", " : "", name);
      n++;
    }
  if (n > 0)
    dhk_draft_file_add_note (
        self->file, DHK_NOTE_INFORMATION, 0,
        ngettext (
            "%u column seems to hold names, addresses or the like and stays out of the study: %s.",
            "%u columns seem to hold names, addresses or the like and stay out of the study: %s.",
            n),
        n, list->str);
}

static gboolean
has_open_column (DhkRecogniser *self)
{
  for (guint c = 0; c < self->columns->len; c++)
    if (dhk_recogniser_get_column (self, c)->role == DHK_COLUMN_ASKED)
      return TRUE;
  return FALSE;
}

static void
note_missing (DhkRecogniser *self)
{
  g_autoptr (GArray) missing = list_unassigned (self);
  g_autoptr (GString) list = g_string_new (NULL);

  /* Which questions have no column is only known when every column is settled. */
  if (missing->len == 0 || has_open_column (self))
    return;
  for (guint i = 0; i < missing->len; i++)
    {
      g_autofree char *text
          = dhk_recogniser_describe_question (self, g_array_index (missing, guint, i));

      append_quoted (list, text, i);
    }
  dhk_draft_file_add_note (self->file, DHK_NOTE_ATTENTION, 0,
                           ngettext ("%u question has no column in the file: %s.",
                                     "%u questions have no column in the file: %s.", missing->len),
                           missing->len, list->str);
}

void
dhk_recogniser_match (DhkRecogniser *self)
{
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GArray) contradictions = g_array_new (FALSE, FALSE, sizeof (DhkContradiction));

  dhk_recogniser_settle_columns (self);
  groups = group_columns (self);
  for (guint i = 0; i < groups->len; i++)
    {
      GArray *group = g_ptr_array_index (groups, i);
      const DhkColumnWork *first
          = dhk_recogniser_get_column (self, g_array_index (group, guint, 0));

      if (dhk_catalogue_count (first->hits, (guint) self->file->questionnaire) > 1)
        dhk_recogniser_match_twins (self, group, contradictions);
      else
        match_single (self, group);
    }
  settle_contradictions (self, contradictions);
  dhk_recogniser_spread_choices (self);
  dhk_recogniser_match_near (self);
  dhk_recogniser_ask_codes (self);
  ask_headless (self);
  for (guint q = 0; q < self->by_question->len; q++)
    dhk_recogniser_settle_copies (self, q);
  dhk_recogniser_spread_choices (self);
  pass_over_unanswered (self);
  note_columns (self);
  note_personal (self);
  note_missing (self);
  dhk_recogniser_offer_columns (self);
}
