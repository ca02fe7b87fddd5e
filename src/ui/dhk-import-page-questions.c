/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import page: what only a person can decide, what was decided, and which of that fits no more. */

#include <glib/gi18n.h>
#include <string.h>

#include "import/dhk-import.h"
#include "ui/dhk-import-page-private.h"

/* So many decisions that are gone are named. */
#define MAX_NAMED 2

/* What is gone -------------------------------------------------------------- */

/* As the draft at hand asks it. */
static void
note_gone (DhkImportPage *self, const char *id)
{
  const DhkDraftQuestion *question
      = self->draft != NULL ? dhk_draft_find_question (self->draft, id) : NULL;

  g_ptr_array_add (self->gone, g_strdup (question != NULL ? question->text : ""));
}

void
dhk_import_page_leave_misfits (DhkImportPage *self, DhkDraft *draft)
{
  const GPtrArray *misfits = dhk_draft_get_misfits (draft);

  for (guint i = 0; i < misfits->len; i++)
    {
      const char *id = g_ptr_array_index (misfits, i);

      note_gone (self, id);
      g_hash_table_remove (self->answers, id);
    }
}

/* Whether the answer says which table there is. */
static gboolean
is_about_table (const char *id)
{
  return g_str_has_suffix (id, DHK_IMPORT_SHEET_SUFFIX)
         || g_str_has_suffix (id, DHK_IMPORT_SEPARATOR_SUFFIX);
}

/* Lets go of the answers whose id begins with `stem` and `next`. */
static void
forget_answers (DhkImportPage *self, const char *stem, char next, gboolean tell)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!g_str_has_prefix (key, stem) || ((const char *) key)[strlen (stem)] != next)
        continue;
      if (tell)
        note_gone (self, key);
      g_hash_table_iter_remove (&iter);
    }
}

/* Columns and rows of another sheet, or between other separators, have the same numbers, and are others. */
static void
forget_other_table (DhkImportPage *self, const char *id, const char *choice)
{
  static const char *const places[] = { "column", "columns", "row", "person", "response" };
  g_autofree char *stem = NULL;

  if (!is_about_table (id) || g_strcmp0 (g_hash_table_lookup (self->answers, id), choice) == 0)
    return;
  stem = g_strndup (id, (gsize) (strrchr (id, ':') - id));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *place = g_strconcat (stem, ":", places[i], NULL);

      forget_answers (self, place, ':', TRUE);
    }
}

/* What the ids of a file begin with. Free with g_free(); NULL where nothing was asked about it. */
static char *
dup_stem (DhkImportPage *self, guint source)
{
  GPtrArray *decisions = self->draft != NULL ? dhk_draft_get_decisions (self->draft) : NULL;

  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    {
      const DhkDraftQuestion *decision = g_ptr_array_index (decisions, i);

      if (decision->file != NULL && decision->file->source == source)
        return g_strndup (decision->id, strcspn (decision->id, ":"));
    }
  return NULL;
}

void
dhk_import_page_remove_file (DhkImportPage *self, GFile *file)
{
  g_autofree char *stem = NULL;
  guint source;

  if (!g_ptr_array_find (self->files, file, &source))
    return;
  stem = dup_stem (self, source);
  if (stem != NULL)
    {
      forget_answers (self, stem, ':', FALSE);
      /* Those of its namesakes are numbered, and get other numbers. */
      forget_answers (self, stem, '_', TRUE);
    }
  g_ptr_array_remove_index (self->files, source);
  dhk_import_page_read (self);
}

/* Free with g_free(). */
static char *
dup_gone_text (DhkImportPage *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < self->gone->len && n < MAX_NAMED; i++)
    {
      const char *question = g_ptr_array_index (self->gone, i);

      if (question[0] != '\0')
        g_string_append_printf (names, "%s%s", n++ > 0 ? " · " : "", question);
    }
  if (n < self->gone->len)
    g_string_append (names, n > 0 ? " · …" : "…");
  text = g_strdup_printf (ngettext ("%u decision of yours no longer fits, and is gone: %s",
                                    "%u decisions of yours no longer fit, and are gone: %s",
                                    self->gone->len),
                          self->gone->len, names->str);
  return g_hash_table_size (self->answers) == 0
             ? g_steal_pointer (&text)
             : g_strdup_printf ("%s %s", text, _ ("The others still hold."));
}

/* It stands until the next draft. */
static void
show_gone (DhkImportPage *self)
{
  g_autofree char *text = self->gone->len > 0 ? dup_gone_text (self) : NULL;

  gtk_label_set_text (self->gone_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->gone_label), text != NULL);
  g_ptr_array_set_size (self->gone, 0);
}

/* Deciding ------------------------------------------------------------------ */

/* What was decided may be decided otherwise: everything is read again with it. */
void
dhk_import_page_decide (const char *id, const char *choice, gpointer owner)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (owner);

  if (self->committing)
    return;
  forget_other_table (self, id, choice);
  if (choice == NULL)
    g_hash_table_remove (self->answers, id);
  else
    g_hash_table_insert (self->answers, g_strdup (id), g_strdup (choice));
  dhk_import_page_read (self);
}

static void
answered_cb (DhkQuestionRow *row, const char *choice, gpointer user_data)
{
  dhk_import_page_decide (dhk_question_row_get_id (row), choice, user_data);
}

/* Showing ------------------------------------------------------------------- */

DhkQuestionRow *
dhk_import_page_find_question (DhkImportPage *self, const char *id)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->questions, i);

      if (row == NULL)
        return NULL;
      if (g_strcmp0 (dhk_question_row_get_id (DHK_QUESTION_ROW (row)), id) == 0)
        return DHK_QUESTION_ROW (row);
    }
}

static GtkWidget *
create_row (DhkImportPage *self, const DhkDraftQuestion *question)
{
  GtkWidget *row = dhk_question_row_new (question);

  g_signal_connect_object (row, "answered", G_CALLBACK (answered_cb), self, 0);
  return row;
}

/* In its place, with the focus where it was. */
static void
replace_row (DhkImportPage *self, int index, const DhkDraftQuestion *question)
{
  GtkWidget *old = GTK_WIDGET (gtk_list_box_get_row_at_index (self->questions, index));
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->questions)) == old;
  GtkWidget *row = create_row (self, question);

  gtk_list_box_remove (self->questions, old);
  gtk_list_box_insert (self->questions, row, index);
  if (has_focus)
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

/* Questions that are asked otherwise by now, or no more. An answer may wait for its question to come back, out of sight. */
static void
renew_rows (DhkImportPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->questions, i)) != NULL;)
    {
      const char *id = dhk_question_row_get_id (DHK_QUESTION_ROW (row));
      const DhkDraftQuestion *question = dhk_draft_find_question (self->draft, id);

      if (question == NULL && !g_hash_table_contains (self->answers, id))
        {
          gtk_list_box_remove (self->questions, GTK_WIDGET (row));
          continue;
        }
      gtk_widget_set_visible (GTK_WIDGET (row), question != NULL);
      if (question != NULL && !dhk_question_row_shows (DHK_QUESTION_ROW (row), question))
        replace_row (self, i, question);
      i++;
    }
}

static gboolean
has_visible_row (GtkListBox *list)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (row)))
      return TRUE;
  return FALSE;
}

/* Those that were answered stay in their place; new ones come below. */
void
dhk_import_page_show_questions (DhkImportPage *self)
{
  GPtrArray *open = dhk_draft_get_questions (self->draft);

  renew_rows (self);
  for (guint i = 0; i < open->len; i++)
    {
      const DhkDraftQuestion *question = g_ptr_array_index (open, i);

      if (dhk_import_page_find_question (self, question->id) == NULL)
        gtk_list_box_append (self->questions, create_row (self, question));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->questions), has_visible_row (self->questions));
  show_gone (self);
}
