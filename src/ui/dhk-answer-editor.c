/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-answer-editor.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/dhk-number.h"
#include "ui/dhk-answer-popover.h"
#include "ui/dhk-answer-rows.h"

typedef struct
{
  GtkWidget *popover;
  GtkListBox *list;
  GtkWidget *entry; /* of a number, or NULL */
  GtkWidget *problem;
  const DhkVariable *variable; /* of a number; borrowed from the instrument */
  gboolean has_digits;         /* the answers are codes */
  DhkInstrument *instrument;
  DhkAnswerChosen chosen;
  gpointer user_data;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  dhk_instrument_unref (self->instrument);
  g_free (self);
}

static void
choose (Editor *self, int code, double number)
{
  DhkAnswerChosen chosen = self->chosen;

  self->chosen = NULL;
  if (chosen != NULL)
    chosen (code, number, self->user_data);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Rows -------------------------------------------------------------------- */

static int
get_code (GtkListBoxRow *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "code"));
}

static void
add_row (Editor *self, int code, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (row), "code", GINT_TO_POINTER (code));
  gtk_list_box_append (self->list, row);
}

static void
add_rows (Editor *self, const DhkQuestion *question)
{
  static const int missing[] = { DHK_MISSING_EMPTY, DHK_MISSING_UNREADABLE, DHK_MISSING_NOT_ASKED };
  guint n = 0;

  if (question->item >= 0)
    {
      const DhkItem *item = dhk_instrument_get_item (self->instrument, (guint) question->item);
      const DhkAnswerScale *scale
          = dhk_instrument_get_answer_scale (self->instrument, item->answer_scale);

      for (n = 0; n < scale->n_answers; n++)
        {
          g_autofree char *text
              = dhk_answer_dup_long (self->instrument, question, scale->answers[n].code, NAN);

          add_row (self, scale->answers[n].code, text);
        }
    }
  else if (self->variable == NULL)
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (self->instrument, (guint) question->variable);

      for (n = 0; n < variable->n_categories; n++)
        add_row (self, (int) n,
                 dhk_text_get (&variable->categories[n].label, dhk_language_of_messages ()));
    }
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autofree char *text = dhk_answer_dup_long (self->instrument, question, missing[i], NAN);

      add_row (self, missing[i], text);
    }
}

static GtkListBoxRow *
find_row (Editor *self, int code)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (row == NULL || get_code (row) == code)
        return row;
    }
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  choose (user_data, get_code (row), NAN);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint keycode,
        GdkModifierType state,
        gpointer user_data)
{
  Editor *self = user_data;
  int digit = dhk_answer_get_digit (key, state);

  if (digit < 0 || !self->has_digits || find_row (self, digit) == NULL)
    return FALSE;
  choose (self, digit, NAN);
  return TRUE;
}

/* Numbers ----------------------------------------------------------------- */

static void
entered_cb (GtkEntry *entry, gpointer user_data)
{
  Editor *self = user_data;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  double number = NAN;

  g_strdelimit (text, ",", '.');
  if (dhk_number_from_file (text, &number) && number >= self->variable->minimum
      && number <= self->variable->maximum)
    {
      choose (self, 0, number);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_set_visible (self->problem, TRUE);
}

static void
add_entry (Editor *self, GtkWidget *box, double number, int digit)
{
  DhkNumberStyle style = dhk_number_style_for_language (dhk_language_of_messages ());
  g_autofree char *low = dhk_number_format_fixed (self->variable->minimum, 0, style);
  g_autofree char *high = dhk_number_format_fixed (self->variable->maximum, 0, style);
  g_autofree char *range = g_strdup_printf (_ ("A number from %s to %s."), low, high);
  g_autofree char *now = NULL;

  self->entry = gtk_entry_new ();
  self->problem = gtk_label_new (range);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_set_visible (self->problem, FALSE);
  if (digit >= 0)
    now = g_strdup_printf ("%d", digit);
  else if (isfinite (number))
    now = dhk_number_format_fixed (number, fabs (number - round (number)) < 1e-9 ? 0 : 2, style);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), now != NULL ? now : "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), range);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
      dhk_text_get (&self->variable->label, dhk_language_of_messages ()), -1);
  g_signal_connect (self->entry, "activate", G_CALLBACK (entered_cb), self);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->problem);
}

/* Opening ----------------------------------------------------------------- */

static void
take_focus (Editor *self, int code, int digit)
{
  GtkListBoxRow *row = digit >= 0 && self->has_digits ? find_row (self, digit) : NULL;

  if (self->entry != NULL)
    {
      gtk_widget_grab_focus (self->entry);
      if (digit >= 0)
        gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
      return;
    }
  if (row == NULL)
    row = find_row (self, code);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static GtkWidget *
create_list (Editor *self, const DhkQuestion *question)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  add_rows (self, question);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  return scroller;
}

GtkWidget *
dhk_answer_editor_open (GtkWidget *parent,
                        const GdkRectangle *area,
                        DhkInstrument *instrument,
                        const DhkQuestion *question,
                        int code,
                        double number,
                        int digit,
                        DhkAnswerChosen chosen,
                        gpointer user_data)
{
  Editor *self = g_new0 (Editor, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->instrument = dhk_instrument_ref (instrument);
  self->chosen = chosen;
  self->user_data = user_data;
  self->has_digits = question->item >= 0;
  if (question->item < 0)
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (instrument, (guint) question->variable);

      self->variable = variable->kind == DHK_VARIABLE_NUMBER ? variable : NULL;
    }
  if (self->variable != NULL)
    add_entry (self, box, number, digit);
  gtk_box_append (GTK_BOX (box), create_list (self, question));
  self->popover = dhk_answer_popover_new (box, G_CALLBACK (key_cb), self);
  g_object_set_data_full (G_OBJECT (self->popover), "editor", self, editor_free);
  dhk_answer_popover_open (self->popover, parent, area);
  take_focus (self, code, digit);
  return self->popover;
}
