/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Around the questions while they are edited: names, variants, items that are asked no more. */

#include <glib/gi18n.h>

#include "ui/dhk-instrument-page-private.h"
#include "ui/dhk-message.h"

static GtkWidget *
add_action (DhkInstrumentPage *self, GtkWidget *box, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, self, 0);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_flow_box_append (GTK_FLOW_BOX (box), button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  return button;
}

/* A box for buttons, that wrap, or NULL when it is there with them. */
static GtkWidget *
add_actions (DhkInstrumentPage *self, const char *kind)
{
  GtkWidget *box;

  if (dhk_instrument_page_take_child (self->questions, kind) != NULL)
    return NULL;
  box = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (box), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (box), 6);
  gtk_widget_add_css_class (box, "choice-line");
  dhk_instrument_page_put_child (self->questions, box, kind);
  return box;
}

/* Why something stays ------------------------------------------------------ */

static guint
count_answers (DhkFrame *frame, int item, int code)
{
  DhkInstrument *instrument = dhk_frame_get_instrument (frame);
  guint n = 0;

  for (int target = DHK_NO_TARGET; target < (int) dhk_instrument_get_n_targets (instrument);
       target++)
    {
      const gint8 *answers = dhk_frame_get_answers (frame, (guint) item, target);

      for (guint row = 0; answers != NULL && row < dhk_frame_get_n_rows (frame); row++)
        n += code >= 0 ? answers[row] == code : answers[row] >= 0;
    }
  return n;
}

/* What the draft calls this item, in the frame's instrument, or -1. */
static int
find_in_frame (DhkInstrumentPage *self, DhkFrame *frame, guint item)
{
  return dhk_instrument_find_item (
      dhk_frame_get_instrument (frame),
      dhk_instrument_get_item (dhk_instrument_page_get_instrument (self), item)->id);
}

gboolean
dhk_instrument_page_is_answered (DhkInstrumentPage *self, guint item)
{
  DhkFrame *frame = dhk_session_get_frame (self->session);
  int found = frame != NULL ? find_in_frame (self, frame, item) : -1;
  guint n = found >= 0 ? count_answers (frame, found, -1) : 0;
  g_autofree char *text = NULL;

  if (n == 0)
    return FALSE;
  text = g_strdup_printf (
      ngettext ("“%s” was answered %u time, so it stays. Nobody is asked it any more.",
                "“%s” was answered %u times, so it stays. Nobody is asked it any more.", n),
      dhk_instrument_get_item (dhk_instrument_page_get_instrument (self), item)->id, n);
  dhk_message_toast (GTK_WIDGET (self), text, NULL, NULL);
  return TRUE;
}

gboolean
dhk_instrument_page_is_given (DhkInstrumentPage *self, guint answer_scale, const DhkAnswer *answer)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  DhkFrame *frame = dhk_session_get_frame (self->session);
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; frame != NULL && i < dhk_instrument_get_n_items (instrument); i++)
    if (dhk_instrument_get_item (instrument, i)->answer_scale == answer_scale)
      {
        int found = find_in_frame (self, frame, i);

        n += found >= 0 ? count_answers (frame, found, answer->code) : 0;
      }
  if (n == 0)
    return FALSE;
  text
      = g_strdup_printf (ngettext ("“%s” was answered %u time, so it stays.",
                                   "“%s” was answered %u times, so it stays.", n),
                         dhk_text_get (&answer->label, dhk_instrument_page_get_language (self)), n);
  dhk_message_toast (GTK_WIDGET (self), text, NULL, NULL);
  return TRUE;
}

/* Names --------------------------------------------------------------------- */

static gboolean
apply_title (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next
      = dhk_instrument_with_title (dhk_instrument_page_get_instrument (self),
                                   dhk_instrument_page_get_language (self), text, &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

static gboolean
apply_label (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_questionnaire_label (
      dhk_instrument_page_get_instrument (self), dhk_instrument_page_get_questionnaire (self),
      dhk_instrument_page_get_language (self), text, &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

static void
copy_cb (GtkWidget *button, gpointer user_data)
{
  dhk_instrument_page_ask_copy (DHK_INSTRUMENT_PAGE (user_data));
}

/* TRUE, with a toast, when somebody filled in the questionnaire that is shown. */
static gboolean
is_filled_in (DhkInstrumentPage *self)
{
  const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (
      dhk_instrument_page_get_instrument (self), dhk_instrument_page_get_questionnaire (self));
  int saved
      = dhk_instrument_find_questionnaire (dhk_session_get_instrument (self->session), asked->id);
  const DhkCoverage *coverage
      = saved >= 0 ? dhk_session_get_coverage (self->session, (guint) saved) : NULL;
  guint n = coverage != NULL ? coverage->n + coverage->excluded : 0;
  g_autofree char *text = NULL;

  if (n == 0)
    return FALSE;
  text = g_strdup_printf (ngettext ("“%s” was filled in by %u respondent, so it stays.",
                                    "“%s” was filled in by %u respondents, so it stays.", n),
                          dhk_text_get (&asked->label, dhk_instrument_page_get_language (self)), n);
  dhk_message_toast (GTK_WIDGET (self), text, NULL, NULL);
  return TRUE;
}

static void
remove_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  guint questionnaire = dhk_instrument_page_get_questionnaire (self);
  g_autoptr (GError) error = NULL;
  DhkInstrument *next;

  if (is_filled_in (self))
    return;
  next = dhk_instrument_with_questionnaire_removed (dhk_instrument_page_get_instrument (self),
                                                    questionnaire, &error);
  /* The choice above the tabs has to follow before the tabs are made again. */
  if (dhk_instrument_page_take (self, next, error, FALSE, NULL))
    dhk_instrument_page_show_questionnaire (self, questionnaire > 0 ? questionnaire - 1 : 0);
}

void
dhk_instrument_page_add_names (DhkInstrumentPage *self)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  const DhkQuestionnaire *asked
      = dhk_instrument_get_questionnaire (instrument, dhk_instrument_page_get_questionnaire (self));
  DhkLanguage language = dhk_instrument_page_get_language (self);
  const char *title = dhk_instrument_get_title (instrument)->in[language];
  const char *label = asked->label.in[language];
  GtkListBox *list = dhk_instrument_page_add_list (self->questions, _ ("Names"), NULL);
  GtkWidget *actions;

  gtk_widget_set_name (dhk_instrument_page_add_text (self, list, _ ("Title"),
                                                     title != NULL ? title : "", apply_title),
                       "names-title");
  dhk_instrument_page_add_text (self, list, _ ("Questionnaire"), label != NULL ? label : "",
                                apply_label);
  actions = add_actions (self, "names-actions");
  if (actions == NULL)
    return;
  add_action (self, actions, _ ("_Copy for Another Respondent Type…"), G_CALLBACK (copy_cb));
  add_action (self, actions, _ ("_Remove This Questionnaire"), G_CALLBACK (remove_cb));
}

/* Variants -------------------------------------------------------------------- */

static gboolean
apply_replacement (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  guint variant = (guint) dhk_instrument_page_get_place (row, 0);
  const char *from = g_object_get_data (G_OBJECT (row), "from");
  DhkInstrument *next = dhk_instrument_with_replacement (instrument, variant, from, text, &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

static gboolean
apply_variant (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_variant_label (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (row, 0),
      dhk_instrument_page_get_language (self), text, &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

static void
remove_variant_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_variant_removed (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (button, 0),
      &error);

  dhk_instrument_page_take (self, next, error, TRUE, "add-variant");
}

static void
add_word_cb (GtkWidget *button, gpointer user_data)
{
  dhk_instrument_page_ask_word (DHK_INSTRUMENT_PAGE (user_data),
                                (guint) dhk_instrument_page_get_place (button, 0));
}

static void
add_variant_cb (GtkWidget *button, gpointer user_data)
{
  dhk_instrument_page_ask_variant (DHK_INSTRUMENT_PAGE (user_data));
}

static void
add_variant (DhkInstrumentPage *self, guint index)
{
  const DhkVariant *variant
      = dhk_instrument_get_variant (dhk_instrument_page_get_instrument (self), index);
  const char *name = variant->label.in[dhk_instrument_page_get_language (self)];
  g_autofree char *focus = g_strdup_printf ("add-word-%u", index);
  GtkListBox *list = dhk_instrument_page_add_list (
      self->questions, dhk_text_get (&variant->label, dhk_language_of_messages ()),
      _ ("A variant: words that take the place of others in every question."));
  GtkWidget *row = dhk_instrument_page_add_text (self, list, _ ("Name of the variant"),
                                                 name != NULL ? name : "", apply_variant);
  GtkWidget *button;

  dhk_instrument_page_set_place (row, (int) index, 0);
  button = dhk_instrument_page_add_button (self, row, "list-add-symbolic", _ ("Replace a word"),
                                           G_CALLBACK (add_word_cb));
  gtk_widget_set_name (button, focus);
  dhk_instrument_page_set_place (button, (int) index, 0);
  button = dhk_instrument_page_add_button (
      self, row, "user-trash-symbolic", _ ("Remove the variant"), G_CALLBACK (remove_variant_cb));
  dhk_instrument_page_set_place (button, (int) index, 0);
  for (guint k = 0; k < variant->n_replacements; k++)
    {
      g_autofree char *title
          /* TRANSLATORS: a word that is replaced by another */
          = g_strdup_printf (_ ("In place of “%s”"), variant->replacements[k].from);

      row = dhk_instrument_page_add_text (self, list, title, variant->replacements[k].to,
                                          apply_replacement);
      dhk_instrument_page_set_place (row, (int) index, (int) k);
      g_object_set_data_full (G_OBJECT (row), "from", g_strdup (variant->replacements[k].from),
                              g_free);
    }
}

void
dhk_instrument_page_add_variants (DhkInstrumentPage *self)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  GtkWidget *actions;

  for (guint i = 0; i < dhk_instrument_get_n_variants (instrument); i++)
    add_variant (self, i);
  actions = add_actions (self, "variant-actions");
  if (actions != NULL)
    gtk_widget_set_name (
        add_action (self, actions, _ ("Add a _Variant…"), G_CALLBACK (add_variant_cb)),
        "add-variant");
}

/* Items that nobody is asked any more ------------------------------------------- */

static gboolean
is_asked (const DhkInstrument *instrument, guint item)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, i);

      for (guint k = 0; k < asked->n_questions; k++)
        if (asked->questions[k].item == (int) item)
          return TRUE;
    }
  return FALSE;
}

static void
remove_item_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  guint item = (guint) dhk_instrument_page_get_place (button, 0);
  g_autoptr (GError) error = NULL;
  DhkInstrument *next;

  if (dhk_instrument_page_is_answered (self, item))
    return;
  next = dhk_instrument_with_item_removed (dhk_instrument_page_get_instrument (self), item, &error);
  dhk_instrument_page_take (self, next, error, TRUE, "add-variant");
}

void
dhk_instrument_page_add_unasked (DhkInstrumentPage *self)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  GtkListBox *list = NULL;

  for (guint i = 0; i < dhk_instrument_get_n_items (instrument); i++)
    {
      const DhkItem *item = dhk_instrument_get_item (instrument, i);
      g_autofree char *remove = g_strdup_printf (_ ("Remove the item %s"), item->id);
      GtkWidget *row, *button;

      if (is_asked (instrument, i))
        continue;
      if (list == NULL)
        list = dhk_instrument_page_add_list (
            self->questions, _ ("Not asked any more"),
            _ ("Items that no questionnaire asks. Answers that were given are still there."));
      row = dhk_instrument_page_add_row (
          list, item->id,
          dhk_text_get (&dhk_instrument_get_answer_scale (instrument, item->answer_scale)->label,
                        dhk_language_of_messages ()));
      button = dhk_instrument_page_add_button (self, row, "user-trash-symbolic", remove,
                                               G_CALLBACK (remove_item_cb));
      dhk_instrument_page_set_place (button, (int) i, 0);
    }
}
