/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-question-row.h"

#include <glib/gi18n.h>
#include <string.h>

/* More choices than this go into a drop-down. */
#define MAX_RADIO_BUTTONS 6

struct _DhkQuestionRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *box;
  GtkWidget *drop_down; /* or NULL: radio buttons */
  GPtrArray *buttons;   /* GtkCheckButton, lent by the box */

  char *id;
  char *text;
  char *detail;   /* or NULL */
  char **choices; /* ids */
  char *chosen;   /* id, or NULL */
};

G_DEFINE_FINAL_TYPE (DhkQuestionRow, dhk_question_row, GTK_TYPE_LIST_BOX_ROW)

static guint answered_signal;

static void
answer (DhkQuestionRow *self, guint choice)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "open-question");
  g_free (self->chosen);
  self->chosen = g_strdup (self->choices[choice]);
  g_signal_emit (self, answered_signal, 0, self->choices[choice]);
}

static void
toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  DhkQuestionRow *self = DHK_QUESTION_ROW (user_data);
  guint choice;

  if (gtk_check_button_get_active (button) && g_ptr_array_find (self->buttons, button, &choice))
    answer (self, choice);
}

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, gpointer user_data)
{
  DhkQuestionRow *self = DHK_QUESTION_ROW (user_data);
  guint selected = gtk_drop_down_get_selected (drop_down);

  /* The first entry only asks for a choice. */
  if (selected > 0 && selected != GTK_INVALID_LIST_POSITION)
    answer (self, selected - 1);
}

static GtkWidget *
append_label (DhkQuestionRow *self, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static char *
dup_choice_label (const DhkDraftQuestion *question, guint choice)
{
  const DhkDraftChoice *chosen = &question->choices[choice];

  /* A hint, never taken without a person. */
  if (g_strcmp0 (question->suggestion, chosen->id) == 0)
    return g_strdup_printf (_ ("%s (likely)"), chosen->label);
  return g_strdup (chosen->label);
}

/* A long choice goes on below: it must not make the page wider. */
static GtkWidget *
create_radio_button (const char *text)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return button;
}

static void
add_radio_buttons (DhkQuestionRow *self, const DhkDraftQuestion *question, GtkWidget *heading)
{
  for (guint i = 0; i < question->n_choices; i++)
    {
      g_autofree char *label = dup_choice_label (question, i);
      GtkWidget *button = create_radio_button (label);

      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button),
                                    g_ptr_array_index (self->buttons, 0));
      gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                      heading, NULL, -1);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (button),
                                   g_strcmp0 (self->choices[i], question->chosen) == 0);
      g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
      g_ptr_array_add (self->buttons, button);
      gtk_box_append (GTK_BOX (self->box), button);
    }
}

static void
add_drop_down (DhkQuestionRow *self, const DhkDraftQuestion *question)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _ ("Choose…"));
  for (guint i = 0; i < question->n_choices; i++)
    gtk_string_list_take (labels, dup_choice_label (question, i));

  self->drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  for (guint i = 0; i < question->n_choices; i++)
    if (g_strcmp0 (self->choices[i], question->chosen) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), i + 1);
  gtk_widget_set_halign (self->drop_down, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  question->text, -1);
  g_signal_connect (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->drop_down);
}

GtkWidget *
dhk_question_row_new (const DhkDraftQuestion *question)
{
  DhkQuestionRow *self;
  GtkWidget *heading;

  g_return_val_if_fail (question != NULL, NULL);

  self = g_object_new (DHK_TYPE_QUESTION_ROW, NULL);
  self->id = g_strdup (question->id);
  self->text = g_strdup (question->text);
  self->detail = g_strdup (question->detail);
  self->chosen = g_strdup (question->chosen);
  self->choices = g_new0 (char *, question->n_choices + 1);
  for (guint i = 0; i < question->n_choices; i++)
    self->choices[i] = g_strdup (question->choices[i].id);

  if (self->chosen == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "open-question");
  heading = append_label (self, question->text, "heading");
  if (question->detail != NULL)
    append_label (self, question->detail, "dim-label");
  if (question->n_choices > MAX_RADIO_BUTTONS)
    add_drop_down (self, question);
  else
    add_radio_buttons (self, question, heading);
  return GTK_WIDGET (self);
}

const char *
dhk_question_row_get_id (DhkQuestionRow *self)
{
  g_return_val_if_fail (DHK_IS_QUESTION_ROW (self), NULL);
  return self->id;
}

gboolean
dhk_question_row_shows (DhkQuestionRow *self, const DhkDraftQuestion *question)
{
  g_return_val_if_fail (DHK_IS_QUESTION_ROW (self), FALSE);
  g_return_val_if_fail (question != NULL, FALSE);

  if (g_strv_length (self->choices) != question->n_choices)
    return FALSE;
  for (guint i = 0; i < question->n_choices; i++)
    if (strcmp (self->choices[i], question->choices[i].id) != 0)
      return FALSE;
  return strcmp (self->text, question->text) == 0 && g_strcmp0 (self->detail, question->detail) == 0
         && g_strcmp0 (self->chosen, question->chosen) == 0;
}

void
dhk_question_row_choose (DhkQuestionRow *self, const char *choice)
{
  g_return_if_fail (DHK_IS_QUESTION_ROW (self));

  for (guint i = 0; self->choices[i] != NULL; i++)
    if (g_strcmp0 (self->choices[i], choice) == 0)
      {
        if (self->drop_down != NULL)
          gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), i + 1);
        else
          gtk_check_button_set_active (g_ptr_array_index (self->buttons, i), TRUE);
      }
}

static void
dhk_question_row_finalize (GObject *object)
{
  DhkQuestionRow *self = DHK_QUESTION_ROW (object);

  g_ptr_array_unref (self->buttons);
  g_free (self->id);
  g_free (self->text);
  g_free (self->detail);
  g_free (self->chosen);
  g_strfreev (self->choices);

  G_OBJECT_CLASS (dhk_question_row_parent_class)->finalize (object);
}

static void
dhk_question_row_class_init (DhkQuestionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dhk_question_row_finalize;

  answered_signal = g_signal_new ("answered", DHK_TYPE_QUESTION_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dhk_question_row_init (DhkQuestionRow *self)
{
  self->buttons = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "question");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
  /* The choices take the focus, not the row. */
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}
