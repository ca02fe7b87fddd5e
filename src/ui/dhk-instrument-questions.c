/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tab Questions: one questionnaire, as it is asked. */

#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-instrument-page-private.h"
#include "ui/dhk-message.h"

static const DhkQuestionnaire *
get_asked (DhkInstrumentPage *self)
{
  return dhk_instrument_get_questionnaire (dhk_instrument_page_get_instrument (self),
                                           dhk_instrument_page_get_questionnaire (self));
}

/* Words about a question -------------------------------------------------- */

/* "Bond, Alliance": the scales that the item counts in, or "". */
static char *
dup_scales (const DhkInstrument *instrument, int item)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < dhk_instrument_get_n_scales (instrument); i++)
    {
      const DhkScale *scale = dhk_instrument_get_scale (instrument, i);

      for (guint k = 0; k < scale->n_items; k++)
        if ((int) scale->items[k] == item)
          g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                  dhk_text_get (&scale->label, dhk_language_of_messages ()));
    }
  return g_string_free (names, FALSE);
}

static char *
dup_what (const DhkInstrument *instrument, const DhkQuestion *question)
{
  DhkLanguage language = dhk_language_of_messages ();
  g_autofree char *scales = NULL;
  const DhkItem *item;

  if (question->item < 0)
    return g_strdup_printf (
        /* TRANSLATORS: a background variable, such as “Sex” */
        _ ("Background: %s"),
        dhk_text_get (&dhk_instrument_get_variable (instrument, (guint) question->variable)->label,
                      language));
  item = dhk_instrument_get_item (instrument, (guint) question->item);
  scales = dup_scales (instrument, question->item);
  return *scales != '\0' ? g_strdup_printf ("%s · %s", item->id, scales)
                         : g_strdup_printf (_ ("%s · in no scale"), item->id);
}

static const char *
get_source (const DhkQuestion *question)
{
  return question->source == DHK_SOURCE_QUOTED ? _ ("quoted wording") : _ ("own wording");
}

/* Changing ---------------------------------------------------------------- */

static gboolean
apply_wording (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_wording (
      dhk_instrument_page_get_instrument (self), dhk_instrument_page_get_questionnaire (self),
      (guint) dhk_instrument_page_get_place (row, 0), dhk_instrument_page_get_language (self), text,
      &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

static gboolean
apply_stem (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_stem (
      dhk_instrument_page_get_instrument (self), dhk_instrument_page_get_questionnaire (self),
      (guint) dhk_instrument_page_get_place (row, 0), dhk_instrument_page_get_language (self), text,
      &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

static void
remove_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  int question = dhk_instrument_page_get_place (button, 0);
  g_autofree char *focus = g_strdup_printf ("question-%d", MAX (question - 1, 0));
  int item = get_asked (self)->questions[question].item;
  g_autofree char *scales = dup_scales (dhk_instrument_page_get_instrument (self), item);
  DhkInstrument *next = dhk_instrument_with_question_removed (
      dhk_instrument_page_get_instrument (self), dhk_instrument_page_get_questionnaire (self),
      (guint) question, &error);

  if (dhk_instrument_page_take (self, next, error, TRUE, focus) && *scales != '\0')
    {
      /* TRANSLATORS: the name of one scale, or of several */
      g_autofree char *text = g_strdup_printf (
          _ ("Not every item of %s is asked any more: take it out there too."), scales);

      dhk_message_toast (GTK_WIDGET (self), text, NULL, NULL);
    }
}

static void
add_cb (GtkWidget *button, gpointer user_data)
{
  dhk_instrument_page_ask_question (DHK_INSTRUMENT_PAGE (user_data),
                                    dhk_instrument_page_get_place (button, 0));
}

static void
more_cb (GtkWidget *button, gpointer user_data)
{
  dhk_instrument_page_ask_about_question (DHK_INSTRUMENT_PAGE (user_data),
                                          (guint) dhk_instrument_page_get_place (button, 0));
}

/* One place up or down; the focus goes along. */
static void
move (DhkInstrumentPage *self, guint question, gboolean up, const char *focus)
{
  g_autoptr (GError) error = NULL;
  const DhkQuestion *asked = &get_asked (self)->questions[question];
  int item = asked->item, variable = asked->variable, target = asked->target;
  DhkInstrument *next = dhk_instrument_with_question_moved (
      dhk_instrument_page_get_instrument (self), dhk_instrument_page_get_questionnaire (self),
      question, up, &error);
  g_autofree char *name = NULL;
  const DhkQuestionnaire *moved;

  if (next == NULL)
    {
      dhk_instrument_page_take (self, NULL, error, FALSE, NULL);
      return;
    }
  moved = dhk_instrument_get_questionnaire (next, dhk_instrument_page_get_questionnaire (self));
  for (guint i = 0; i < moved->n_questions && name == NULL; i++)
    if (moved->questions[i].item == item && moved->questions[i].variable == variable
        && moved->questions[i].target == target)
      name = g_strdup_printf ("%s-%u", focus, i);
  dhk_instrument_page_take (self, next, NULL, TRUE, name);
}

static void
up_cb (GtkWidget *button, gpointer user_data)
{
  move (DHK_INSTRUMENT_PAGE (user_data), (guint) dhk_instrument_page_get_place (button, 0), TRUE,
        "up");
}

static void
down_cb (GtkWidget *button, gpointer user_data)
{
  move (DHK_INSTRUMENT_PAGE (user_data), (guint) dhk_instrument_page_get_place (button, 0), FALSE,
        "down");
}

/* Rows -------------------------------------------------------------------- */

static void
add_row_button (DhkInstrumentPage *self,
                GtkWidget *row,
                const char *name,
                const char *icon,
                const char *label,
                GCallback clicked)
{
  int question = dhk_instrument_page_get_place (row, 0);
  g_autofree char *full = g_strdup_printf ("%s-%d", name, question);
  GtkWidget *button = dhk_instrument_page_add_button (self, row, icon, label, clicked);

  gtk_widget_set_name (button, full);
  dhk_instrument_page_set_place (button, question, 0);
}

static void
add_edited (DhkInstrumentPage *self, GtkListBox *list, guint i)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  const DhkQuestion *question = &get_asked (self)->questions[i];
  const char *text = question->text.in[dhk_instrument_page_get_language (self)];
  g_autofree char *what = dup_what (instrument, question);
  g_autofree char *title = g_strdup_printf ("%u · %s", i + 1, what);
  g_autofree char *name = g_strdup_printf ("question-%u", i);
  g_autofree char *up = g_strdup_printf (_ ("Move question %u up"), i + 1);
  g_autofree char *down = g_strdup_printf (_ ("Move question %u down"), i + 1);
  g_autofree char *more = g_strdup_printf (_ ("More about question %u"), i + 1);
  g_autofree char *add = g_strdup_printf (_ ("Add a question after %u"), i + 1);
  g_autofree char *remove = g_strdup_printf (_ ("Remove question %u"), i + 1);
  GtkWidget *row
      = dhk_instrument_page_add_text (self, list, title, text != NULL ? text : "", apply_wording);

  gtk_widget_set_name (row, name);
  dhk_instrument_page_set_place (row, (int) i, 0);
  add_row_button (self, row, "up", "go-up-symbolic", up, G_CALLBACK (up_cb));
  add_row_button (self, row, "down", "go-down-symbolic", down, G_CALLBACK (down_cb));
  add_row_button (self, row, "more", "view-more-symbolic", more, G_CALLBACK (more_cb));
  add_row_button (self, row, "add", "list-add-symbolic", add, G_CALLBACK (add_cb));
  add_row_button (self, row, "remove", "user-trash-symbolic", remove, G_CALLBACK (remove_cb));
}

static void
add_shown (DhkInstrumentPage *self, GtkListBox *list, guint i)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  const DhkQuestion *question = &get_asked (self)->questions[i];
  g_autofree char *what = dup_what (instrument, question);
  g_autofree char *title = g_strdup_printf (
      "%u. %s", i + 1, dhk_text_get (&question->text, dhk_instrument_page_get_language (self)));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", what, get_source (question));

  dhk_instrument_page_add_row (list, title, subtitle);
}

static gboolean
is_same_list (const DhkQuestion *a, const DhkQuestion *b)
{
  if ((a->item >= 0) != (b->item >= 0) || a->target != b->target)
    return FALSE;
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (g_strcmp0 (a->stem.in[i], b->stem.in[i]) != 0)
      return FALSE;
  return TRUE;
}

/* "How often?" with "Youth about worker · rarely or never (1) … always (5)" below. */
static GtkListBox *
add_list (DhkInstrumentPage *self, const DhkQuestion *question)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  DhkLanguage language = dhk_instrument_page_get_language (self);
  const char *stem = dhk_text_get (&question->stem, language);
  const DhkAnswerScale *scale;
  g_autofree char *about = NULL;

  if (question->item < 0)
    return dhk_instrument_page_add_list (self->questions, _ ("Background"), NULL);
  scale = dhk_instrument_get_answer_scale (
      instrument, dhk_instrument_get_item (instrument, (guint) question->item)->answer_scale);
  about = g_strdup_printf (
      "%s · %d %s … %d %s",
      dhk_instrument_get_perspective_label (instrument, get_asked (self)->type, question->target,
                                            dhk_language_of_messages ()),
      scale->answers[0].code, dhk_text_get (&scale->answers[0].label, language),
      scale->answers[scale->n_answers - 1].code,
      dhk_text_get (&scale->answers[scale->n_answers - 1].label, language));
  return dhk_instrument_page_add_list (self->questions, *stem != '\0' ? stem : _ ("Statements"),
                                       about);
}

static void
add_stem (DhkInstrumentPage *self, GtkListBox *list, guint i)
{
  const DhkQuestion *question = &get_asked (self)->questions[i];
  const char *text = question->stem.in[dhk_instrument_page_get_language (self)];
  GtkWidget *row = dhk_instrument_page_add_text (self, list, _ ("Above these statements"),
                                                 text != NULL ? text : "", apply_stem);

  dhk_instrument_page_set_place (row, (int) i, 0);
}

/* Where the wordings come from, each once. */
static void
add_licences (DhkInstrumentPage *self)
{
  const DhkQuestionnaire *asked = get_asked (self);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GtkListBox *list
      = dhk_instrument_page_add_list (self->questions, _ ("Where the wordings come from"), NULL);

  for (guint i = 0; i < asked->n_questions; i++)
    g_hash_table_insert (
        counts, asked->questions[i].licence,
        GUINT_TO_POINTER (
            1 + GPOINTER_TO_UINT (g_hash_table_lookup (counts, asked->questions[i].licence))));
  for (guint i = 0; i < asked->n_questions; i++)
    {
      const DhkQuestion *question = &asked->questions[i];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, question->licence));
      g_autofree char *subtitle = NULL;

      if (n == 0)
        continue;
      subtitle = g_strdup_printf (ngettext ("%u question, %s", "%u questions, %s", n), n,
                                  get_source (question));
      dhk_instrument_page_add_row (list, question->licence, subtitle);
      g_hash_table_remove (counts, question->licence);
    }
}

static void
add_background_cb (GtkWidget *button, gpointer user_data)
{
  dhk_instrument_page_ask_background (DHK_INSTRUMENT_PAGE (user_data));
}

/* Below the background questions that the questionnaire begins with, also when there are none. */
static void
add_background_button (DhkInstrumentPage *self)
{
  GtkWidget *button;

  if (dhk_instrument_page_take_child (self->questions, "add-background") != NULL)
    return;
  button = gtk_button_new_with_mnemonic (_ ("Add a _Background Question…"));
  gtk_widget_set_name (button, "add-background");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_background_cb), self, 0);
  dhk_instrument_page_put_child (self->questions, button, "add-background");
}

/* Whether question `i` is the first that asks an item. */
static gboolean
ends_background (DhkInstrumentPage *self, guint i)
{
  const DhkQuestion *questions = get_asked (self)->questions;

  for (guint k = 0; k < i; k++)
    if (questions[k].item >= 0)
      return FALSE;
  return questions[i].item >= 0;
}

static void
add_question (DhkInstrumentPage *self, guint i)
{
  const DhkQuestion *question = &get_asked (self)->questions[i];
  gboolean edits = dhk_instrument_page_is_editing (self);

  if (edits && ends_background (self, i))
    add_background_button (self);
  if (i == 0 || !is_same_list (question, &get_asked (self)->questions[i - 1]))
    {
      self->list = add_list (self, question);
      if (edits && question->item >= 0)
        add_stem (self, self->list, i);
    }
  if (edits)
    add_edited (self, self->list, i);
  else
    add_shown (self, self->list, i);
}

static void
add_rest (DhkInstrumentPage *self)
{
  if (dhk_instrument_page_is_editing (self))
    {
      dhk_instrument_page_add_variants (self);
      dhk_instrument_page_add_unasked (self);
    }
  else
    add_licences (self);
}

/* What is above the questions, each question, what is below them. */
gboolean
dhk_instrument_page_build_questions (DhkInstrumentPage *self, guint place)
{
  guint n = get_asked (self)->n_questions;

  if (place == 0)
    {
      dhk_instrument_page_begin (self->questions);
      if (dhk_instrument_page_is_editing (self))
        dhk_instrument_page_add_names (self);
    }
  else if (place <= n)
    add_question (self, place - 1);
  else if (place == n + 1)
    add_rest (self);
  else
    return dhk_instrument_page_end (self->questions);
  return TRUE;
}
