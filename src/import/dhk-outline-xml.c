/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * LimeSurvey's .lss.
 *
 * A survey of LimeSurvey is its database tables as XML: <questions>, <subquestions> and <answers>
 * hold <rows>, a <row> has an element per column. Up to version 3 each row holds its text and
 * language; since then texts stand in <question_l10ns> and <answer_l10ns> (after
 * https://github.com/LimeSurvey/LimeSurvey, application/helpers/export_helper.php).
 */

#include <string.h>

#include "base/dhk-xml.h"
#include "import/dhk-outline-read.h"

#include <glib/gi18n-lib.h>

#define MOST_ROWS 20000 /* of a table; a survey has some hundreds */

static char *
dup_child (const xmlNode *row, const char *name)
{
  xmlNode *node = dhk_xml_first (row, name);

  return node != NULL ? dhk_xml_dup_text (node) : g_strdup ("");
}

/* LimeSurvey --------------------------------------------------------------------- */

typedef struct
{
  char *language;
  GHashTable *question_texts; /* qid -> text, of surveys that keep them apart */
  GHashTable *answer_texts;   /* aid -> text */
  GPtrArray *questions;       /* lent rows, in order */
  GHashTable *subquestions;   /* qid -> GPtrArray of lent rows, in order */
  GHashTable *answers;        /* qid -> GPtrArray of lent rows, in order */
} Lime;

static void
lime_clear (Lime *self)
{
  g_free (self->language);
  g_hash_table_unref (self->question_texts);
  g_hash_table_unref (self->answer_texts);
  g_ptr_array_unref (self->questions);
  g_hash_table_unref (self->subquestions);
  g_hash_table_unref (self->answers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lime, lime_clear)

static xmlNode *
first_row (const xmlNode *root, const char *table)
{
  xmlNode *node = dhk_xml_first (root, table);
  xmlNode *rows = node != NULL ? dhk_xml_first (node, "rows") : NULL;

  return rows != NULL ? dhk_xml_first (rows, "row") : NULL;
}

/* Rows in another language of the survey are the same questions again. */
static gboolean
is_in_language (const Lime *self, const xmlNode *row)
{
  g_autofree char *language = dup_child (row, "language");

  return *language == '\0' || strcmp (language, self->language) == 0;
}

static void
read_texts (Lime *self,
            const xmlNode *root,
            const char *table,
            const char *id,
            const char *text,
            GHashTable *texts)
{
  guint n = 0;

  for (xmlNode *row = first_row (root, table); row != NULL && n++ < MOST_ROWS;
       row = dhk_xml_next (row, "row"))
    if (is_in_language (self, row))
      g_hash_table_insert (texts, dup_child (row, id), dup_child (row, text));
}

static int
compare_numbers (const xmlNode *a, const xmlNode *b, const char *column)
{
  g_autofree char *one = dup_child (a, column);
  g_autofree char *other = dup_child (b, column);
  gint64 x = g_ascii_strtoll (one, NULL, 10);
  gint64 y = g_ascii_strtoll (other, NULL, 10);

  return (x > y) - (x < y);
}

static int
compare_questions (gconstpointer a, gconstpointer b)
{
  return compare_numbers (*(xmlNode *const *) a, *(xmlNode *const *) b, "question_order");
}

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  return compare_numbers (*(xmlNode *const *) a, *(xmlNode *const *) b, "sortorder");
}

static GHashTable *
group_rows (
    const Lime *self, const xmlNode *root, const char *table, const char *key, GCompareFunc compare)
{
  GHashTable *groups
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer rows;
  guint n = 0;

  for (xmlNode *row = first_row (root, table); row != NULL && n++ < MOST_ROWS;
       row = dhk_xml_next (row, "row"))
    {
      g_autofree char *id = dup_child (row, key);
      g_autofree char *scale = dup_child (row, "scale_id");

      /* A second scale of answers makes other items; only the first is taken. */
      if (!is_in_language (self, row) || (*scale != '\0' && strcmp (scale, "0") != 0))
        continue;
      rows = g_hash_table_lookup (groups, id);
      if (rows == NULL)
        {
          rows = g_ptr_array_new ();
          g_hash_table_insert (groups, g_steal_pointer (&id), rows);
        }
      g_ptr_array_add (rows, row);
    }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &rows))
    g_ptr_array_sort (rows, compare);
  return groups;
}

/* Groups in their order, questions in theirs. */
static void
list_questions (Lime *self, const xmlNode *root)
{
  g_autoptr (GHashTable) by_group = group_rows (self, root, "questions", "gid", compare_questions);
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  guint n = 0;

  for (xmlNode *row = first_row (root, "groups"); row != NULL && n++ < MOST_ROWS;
       row = dhk_xml_next (row, "row"))
    if (is_in_language (self, row))
      g_ptr_array_add (groups, row);
  for (guint i = 0; i < groups->len; i++)
    {
      g_autofree char *gid = dup_child (g_ptr_array_index (groups, i), "gid");
      GPtrArray *rows = g_hash_table_lookup (by_group, gid);

      for (guint k = 0; rows != NULL && k < rows->len; k++)
        g_ptr_array_add (self->questions, g_ptr_array_index (rows, k));
      g_hash_table_remove (by_group, gid);
    }
}

static char *
dup_question_text (const Lime *self, const xmlNode *row)
{
  g_autofree char *qid = dup_child (row, "qid");
  const char *apart = g_hash_table_lookup (self->question_texts, qid);

  return apart != NULL ? g_strdup (apart) : dup_child (row, "question");
}

static void
add_lime_answers (const Lime *self, DhkOutlineQuestion *question, const char *qid)
{
  const GPtrArray *rows = g_hash_table_lookup (self->answers, qid);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const xmlNode *row = g_ptr_array_index (rows, i);
      g_autofree char *aid = dup_child (row, "aid");
      g_autofree char *given = dup_child (row, "code");
      const char *apart = g_hash_table_lookup (self->answer_texts, aid);
      g_autofree char *text = apart != NULL ? g_strdup (apart) : dup_child (row, "answer");
      guint64 code;

      if (!g_ascii_string_to_unsigned (given, 10, 0, 100, &code, NULL))
        code = G_MAXUINT64;
      dhk_outline_add_answer (question, code <= 100 ? (int) code : -1, text);
    }
}

/* Points without labels: 1 to n. */
static void
add_points (DhkOutlineQuestion *question, int n)
{
  for (int code = 1; code <= n; code++)
    {
      g_autofree char *label = g_strdup_printf ("%d", code);

      dhk_outline_add_answer (question, code, label);
    }
}

static void
add_words (DhkOutline *outline, DhkOutlineQuestion *question, const char *const *words)
{
  for (int i = 0; words[i] != NULL; i++)
    dhk_outline_add_answer (question, i + 1, dhk_translate (outline->language, words[i]));
}

/* The answers that a type brings itself; FALSE for types without a choice of one. */
static gboolean
add_answers_of_type (
    const Lime *self, DhkOutline *outline, DhkOutlineQuestion *question, char type, const char *qid)
{
  static const char *const yes_no[] = { N_ ("Yes"), N_ ("No"), NULL };
  static const char *const yes_uncertain_no[] = { N_ ("Yes"), N_ ("Uncertain"), N_ ("No"), NULL };
  static const char *const more_less[] = { N_ ("Increase"), N_ ("Same"), N_ ("Decrease"), NULL };
  static const char *const gender[] = { N_ ("Female"), N_ ("Male"), NULL };

  switch (type)
    {
    case 'F':
    case 'H':
    case '1':
    case 'L':
    case '!':
    case 'O':
      add_lime_answers (self, question, qid);
      break;
    case 'A':
    case '5':
      add_points (question, 5);
      break;
    case 'B':
      add_points (question, 10);
      break;
    case 'C':
      add_words (outline, question, yes_uncertain_no);
      break;
    case 'E':
      add_words (outline, question, more_less);
      break;
    case 'Y':
      add_words (outline, question, yes_no);
      break;
    case 'G':
      add_words (outline, question, gender);
      break;
    default:
      return FALSE;
    }
  return question->answers->len >= 2;
}

static void
add_lime_array (const Lime *self, DhkOutline *outline, const xmlNode *row, char type)
{
  g_autofree char *qid = dup_child (row, "qid");
  g_autofree char *title = dup_child (row, "title");
  g_autofree char *stem = dup_question_text (self, row);
  const GPtrArray *rows = g_hash_table_lookup (self->subquestions, qid);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const xmlNode *sub = g_ptr_array_index (rows, i);
      g_autofree char *name = dup_child (sub, "title");
      g_autofree char *code = g_strconcat (title, "[", name, "]", NULL);
      g_autofree char *text = dup_question_text (self, sub);
      DhkOutlineQuestion *question = dhk_outline_add (outline, code, stem, text);

      if (question == NULL)
        continue;
      question->in_grid = TRUE;
      if (!add_answers_of_type (self, outline, question, type, qid))
        dhk_outline_drop_last (outline);
    }
}

/* Several choices: every subquestion is one, with a column of its own in an export. */
static gboolean
add_lime_choices (const Lime *self,
                  DhkOutlineQuestion *question,
                  const char *title,
                  const char *qid)
{
  const GPtrArray *rows = g_hash_table_lookup (self->subquestions, qid);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const xmlNode *sub = g_ptr_array_index (rows, i);
      g_autofree char *name = dup_child (sub, "title");
      g_autofree char *head = g_strconcat (title, "[", name, "]", NULL);
      g_autofree char *text = dup_question_text (self, sub);

      dhk_outline_add_choice (question, head, text);
    }
  return question->answers->len > 0;
}

static void
add_lime_question (const Lime *self, DhkOutline *outline, const xmlNode *row)
{
  g_autofree char *type = dup_child (row, "type");
  g_autofree char *parent = dup_child (row, "parent_qid");
  g_autofree char *qid = dup_child (row, "qid");
  g_autofree char *title = dup_child (row, "title");
  g_autofree char *text = dup_question_text (self, row);
  DhkOutlineQuestion *question;

  /* A text that is only shown asks nothing. */
  if (*type == '\0' || *type == 'X' || (*parent != '\0' && strcmp (parent, "0") != 0))
    return;
  if (strchr ("FHABCE1", *type) != NULL)
    {
      add_lime_array (self, outline, row, *type);
      return;
    }
  question = dhk_outline_add (outline, title, "", text);
  if (question == NULL)
    return;
  if (*type == 'N')
    question->maximum = 1000;
  else if (*type == 'M' || *type == 'P')
    {
      if (!add_lime_choices (self, question, title, qid))
        dhk_outline_drop_last (outline);
    }
  else if (!add_answers_of_type (self, outline, question, *type, qid))
    dhk_outline_drop_last (outline);
  else
    question->in_grid = *type == '5';
}

/* The survey's languages, its own first. */
static GPtrArray *
list_lime_languages (const xmlNode *root)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  xmlNode *languages = dhk_xml_first (root, "languages");

  for (xmlNode *node = languages != NULL ? dhk_xml_first (languages, "language") : NULL;
       node != NULL; node = dhk_xml_next (node, "language"))
    g_ptr_array_add (codes, dhk_xml_dup_text (node));
  return codes;
}

static char *
dup_lime_title (const Lime *self, const xmlNode *root)
{
  for (xmlNode *row = first_row (root, "surveys_languagesettings"); row != NULL;
       row = dhk_xml_next (row, "row"))
    {
      g_autofree char *language = dup_child (row, "surveyls_language");

      if (*language == '\0' || strcmp (language, self->language) == 0)
        return dup_child (row, "surveyls_title");
    }
  return g_strdup ("");
}

static DhkOutline *
read_lime (const xmlNode *root, const char *name, const char *code, DhkLanguage language)
{
  g_auto (Lime) self = { .language = g_strdup (code) };
  g_autofree char *title = dup_lime_title (&self, root);
  DhkOutline *outline;

  self.question_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.answer_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.questions = g_ptr_array_new ();
  read_texts (&self, root, "question_l10ns", "qid", "question", self.question_texts);
  read_texts (&self, root, "answer_l10ns", "aid", "answer", self.answer_texts);
  self.subquestions = group_rows (&self, root, "subquestions", "parent_qid", compare_questions);
  self.answers = group_rows (&self, root, "answers", "qid", compare_answers);
  list_questions (&self, root);

  outline = dhk_outline_new (*title != '\0' ? title : name, language);
  for (guint i = 0; i < self.questions->len; i++)
    add_lime_question (&self, outline, g_ptr_array_index (self.questions, i));
  return outline;
}

DhkOutline *
dhk_outline_read_lss (const xmlNode *root, const char *name)
{
  g_autoptr (GPtrArray) codes = list_lime_languages (root);

  return dhk_outline_read_languages (root, name, codes, read_lime);
}
