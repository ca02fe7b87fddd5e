/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-choices-editor.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/dhk-answer-popover.h"
#include "ui/dhk-answer-rows.h"

typedef struct
{
  GtkWidget *popover;
  GPtrArray *boxes; /* GtkCheckButton, one a choice */
  DhkInstrument *instrument;
  const DhkChoices *choices; /* borrowed from the instrument */
  DhkChoicesChosen chosen;
  gpointer user_data;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_ptr_array_unref (self->boxes);
  dhk_instrument_unref (self->instrument);
  g_free (self);
}

static void
finish (Editor *self, const gint8 *codes)
{
  DhkChoicesChosen chosen = self->chosen;

  self->chosen = NULL;
  if (chosen != NULL)
    chosen (codes, self->user_data);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
save (Editor *self)
{
  g_autofree gint8 *codes = g_new (gint8, self->choices->n_choices);

  for (guint i = 0; i < self->choices->n_choices; i++)
    codes[i] = gtk_check_button_get_active (g_ptr_array_index (self->boxes, i)) ? DHK_CHOSEN
                                                                                : DHK_NOT_CHOSEN;
  finish (self, codes);
}

static void
save_cb (GtkButton *button, gpointer user_data)
{
  save (user_data);
}

static void
missing_cb (GtkButton *button, gpointer user_data)
{
  Editor *self = user_data;
  g_autofree gint8 *codes = g_new (gint8, self->choices->n_choices);
  int kind = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kind"));

  memset (codes, kind, self->choices->n_choices);
  finish (self, codes);
}

/* A digit ticks its choice, the arrows go through all, Enter saves wherever the focus is but on another button. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint keycode,
        GdkModifierType state,
        gpointer user_data)
{
  Editor *self = user_data;
  int digit = dhk_answer_get_digit (key, state);
  GtkRoot *root = gtk_widget_get_root (self->popover);

  if (digit > 0 && digit <= (int) self->boxes->len)
    {
      GtkCheckButton *box = g_ptr_array_index (self->boxes, digit - 1);

      gtk_check_button_set_active (box, !gtk_check_button_get_active (box));
      gtk_widget_grab_focus (GTK_WIDGET (box));
      return TRUE;
    }
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down || key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    {
      gboolean down = key == GDK_KEY_Down || key == GDK_KEY_KP_Down;

      gtk_widget_child_focus (self->popover, down ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD);
      return TRUE;
    }
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
      || (root != NULL && GTK_IS_BUTTON (gtk_root_get_focus (root))))
    return FALSE;
  save (self);
  return TRUE;
}

/* Building ------------------------------------------------------------------------------ */

static GtkWidget *
create_boxes (Editor *self, const gint8 *codes)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < self->choices->n_choices; i++)
    {
      const char *label
          = dhk_text_get (&self->choices->choices[i].label, dhk_language_of_messages ());
      g_autofree char *text = i < 9 ? g_strdup_printf ("%u · %s", i + 1, label) : g_strdup (label);
      GtkWidget *box = gtk_check_button_new_with_label (text);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (box), codes[i] == DHK_CHOSEN);
      g_ptr_array_add (self->boxes, box);
      gtk_box_append (GTK_BOX (list), box);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 300);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  return scroller;
}

static void
add_buttons (Editor *self, GtkWidget *box)
{
  static const int missing[] = { DHK_MISSING_EMPTY, DHK_MISSING_UNREADABLE, DHK_MISSING_NOT_ASKED };
  const DhkQuestion question
      = { .item = -1, .variable = (int) self->choices->first, .target = DHK_NO_TARGET };
  GtkWidget *saves = gtk_button_new_with_mnemonic (_ ("_Save"));

  gtk_widget_add_css_class (saves, "suggested-action");
  g_signal_connect (saves, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (GTK_BOX (box), saves);
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autofree char *text = dhk_answer_dup_long (self->instrument, &question, missing[i], NAN);
      GtkWidget *button = gtk_button_new_with_label (text);

      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "kind", GINT_TO_POINTER (missing[i]));
      g_signal_connect (button, "clicked", G_CALLBACK (missing_cb), self);
      gtk_box_append (GTK_BOX (box), button);
    }
}

static GtkWidget *
create_content (Editor *self, const char *wording, const gint8 *codes)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (wording);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), create_boxes (self, codes));
  add_buttons (self, box);
  return box;
}

GtkWidget *
dhk_choices_editor_open (GtkWidget *parent,
                         const GdkRectangle *area,
                         DhkInstrument *instrument,
                         const DhkChoices *choices,
                         const char *wording,
                         const gint8 *codes,
                         guint focus,
                         DhkChoicesChosen chosen,
                         gpointer user_data)
{
  Editor *self;

  g_return_val_if_fail (choices != NULL && focus < choices->n_choices, NULL);

  self = g_new0 (Editor, 1);
  self->instrument = dhk_instrument_ref (instrument);
  self->choices = choices;
  self->boxes = g_ptr_array_new ();
  self->chosen = chosen;
  self->user_data = user_data;
  self->popover
      = dhk_answer_popover_new (create_content (self, wording, codes), G_CALLBACK (key_cb), self);
  g_object_set_data_full (G_OBJECT (self->popover), "editor", self, editor_free);
  dhk_answer_popover_open (self->popover, parent, area);
  gtk_widget_grab_focus (g_ptr_array_index (self->boxes, focus));
  return self->popover;
}
