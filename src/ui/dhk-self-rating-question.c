/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-self-rating-question.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DhkSelfRatingQuestion
{
  GtkWidget parent_instance;

  /* Children, built in init */
  GtkWidget *box;
  GtkWidget *stem;
  GtkWidget *text;
  GtkWidget *cards;
  GtkWidget *hint;

  /* Owned */
  GPtrArray *buttons; /* GtkCheckButton, borrowed from `cards` */
  GPtrArray *digits;  /* char * */
  gboolean showing;   /* the cards are being set, nobody answers */
};

G_DEFINE_FINAL_TYPE (DhkSelfRatingQuestion, dhk_self_rating_question, GTK_TYPE_WIDGET)

enum
{
  ANSWERED,
  NEXT,
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Answering ----------------------------------------------------------------------------- */

static int
get_chosen (DhkSelfRatingQuestion *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->buttons, i)))
      return (int) i;
  return -1;
}

static void
toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  DhkSelfRatingQuestion *self = DHK_SELF_RATING_QUESTION (user_data);
  GtkWidget *card = gtk_widget_get_parent (GTK_WIDGET (button));

  if (gtk_check_button_get_active (button))
    gtk_widget_add_css_class (card, "chosen");
  else
    gtk_widget_remove_css_class (card, "chosen");
  if (!self->showing && gtk_check_button_get_active (button))
    g_signal_emit (self, signals[ANSWERED], 0, get_chosen (self));
}

static gboolean
choose_digit (DhkSelfRatingQuestion *self, guint keyval)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);
  char typed[7] = "";

  if (!g_unichar_isdigit (letter))
    return FALSE;
  g_unichar_to_utf8 (letter, typed);
  for (guint i = 0; i < self->digits->len; i++)
    if (strcmp (g_ptr_array_index (self->digits, i), typed) == 0)
      {
        GtkWidget *button = g_ptr_array_index (self->buttons, i);

        gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
        gtk_widget_grab_focus (button);
        return TRUE;
      }
  return FALSE;
}

/* A card is no button: there Enter goes on. */
static gboolean
is_on_button (DhkSelfRatingQuestion *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return GTK_IS_BUTTON (focus);
}

gboolean
dhk_self_rating_question_press (DhkSelfRatingQuestion *self, guint keyval, GdkModifierType state)
{
  g_return_val_if_fail (DHK_IS_SELF_RATING_QUESTION (self), FALSE);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (is_on_button (self))
        return FALSE;
      g_signal_emit (self, signals[NEXT], 0);
      return TRUE;
    case GDK_KEY_BackSpace:
      g_signal_emit (self, signals[BACK], 0);
      return TRUE;
    default:
      return choose_digit (self, keyval);
    }
}

/* Cards --------------------------------------------------------------------------------- */

static GtkWidget *
create_card (DhkSelfRatingQuestion *self, const char *digit, const char *label)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *number = gtk_label_new (digit);
  GtkWidget *words = gtk_label_new (label);
  g_autofree char *name = g_strdup_printf ("%s %s", digit, label);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "rating-card");
  gtk_widget_add_css_class (number, "rating-digit");
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (content), number);
  gtk_box_append (GTK_BOX (content), words);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), content);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (card), button);

  if (self->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  g_ptr_array_add (self->buttons, button);
  g_ptr_array_add (self->digits, g_strdup (digit));
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  return card;
}

static void
clear_cards (DhkSelfRatingQuestion *self)
{
  GtkWidget *card;

  g_ptr_array_set_size (self->buttons, 0);
  g_ptr_array_set_size (self->digits, 0);
  while ((card = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_box_remove (GTK_BOX (self->cards), card);
}

static void
show_hint (DhkSelfRatingQuestion *self, const char *const *digits)
{
  guint n = g_strv_length ((char **) digits);
  g_autofree char *text = NULL;

  if (n > 0)
    /* Translators: the first and the last digit that answers */
    text = g_strdup_printf (_ ("Keys: %s to %s answer, Enter goes on, Backspace goes back."),
                            digits[0], digits[n - 1]);
  gtk_label_set_text (GTK_LABEL (self->hint), text != NULL ? text : "");
}

void
dhk_self_rating_question_show (DhkSelfRatingQuestion *self,
                               const char *stem,
                               const char *text,
                               const char *const *digits,
                               const char *const *labels,
                               int chosen)
{
  GtkWidget *focus;

  g_return_if_fail (DHK_IS_SELF_RATING_QUESTION (self));
  g_return_if_fail (text != NULL && digits != NULL && labels != NULL);

  self->showing = TRUE;
  clear_cards (self);
  gtk_label_set_text (GTK_LABEL (self->stem), stem != NULL ? stem : "");
  gtk_widget_set_visible (self->stem, stem != NULL && *stem != '\0');
  gtk_label_set_text (GTK_LABEL (self->text), text);
  for (guint i = 0; digits[i] != NULL && labels[i] != NULL; i++)
    gtk_box_append (GTK_BOX (self->cards), create_card (self, digits[i], labels[i]));
  if (chosen >= 0 && chosen < (int) self->buttons->len)
    gtk_check_button_set_active (g_ptr_array_index (self->buttons, (guint) chosen), TRUE);
  show_hint (self, digits);
  /* A screen reader hears the question before its answers. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cards), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, stem != NULL ? stem : "",
                                  -1);
  self->showing = FALSE;

  focus
      = self->buttons->len > 0 ? g_ptr_array_index (self->buttons, (guint) MAX (chosen, 0)) : NULL;
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

/* Life ---------------------------------------------------------------------------------- */

static gboolean
dhk_self_rating_question_grab_focus (GtkWidget *widget)
{
  DhkSelfRatingQuestion *self = DHK_SELF_RATING_QUESTION (widget);
  int chosen = MAX (get_chosen (self), 0);

  return self->buttons->len > 0
         && gtk_widget_grab_focus (g_ptr_array_index (self->buttons, (guint) chosen));
}

static void
dhk_self_rating_question_dispose (GObject *object)
{
  DhkSelfRatingQuestion *self = DHK_SELF_RATING_QUESTION (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dhk_self_rating_question_parent_class)->dispose (object);
}

static void
dhk_self_rating_question_finalize (GObject *object)
{
  DhkSelfRatingQuestion *self = DHK_SELF_RATING_QUESTION (object);

  g_ptr_array_unref (self->buttons);
  g_ptr_array_unref (self->digits);

  G_OBJECT_CLASS (dhk_self_rating_question_parent_class)->finalize (object);
}

static void
dhk_self_rating_question_class_init (DhkSelfRatingQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_self_rating_question_dispose;
  G_OBJECT_CLASS (klass)->finalize = dhk_self_rating_question_finalize;
  widget_class->grab_focus = dhk_self_rating_question_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[ANSWERED] = g_signal_new ("answered", DHK_TYPE_SELF_RATING_QUESTION, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[NEXT] = g_signal_new ("next", DHK_TYPE_SELF_RATING_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  signals[BACK] = g_signal_new ("back", DHK_TYPE_SELF_RATING_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_label (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css);
  return label;
}

static void
dhk_self_rating_question_init (DhkSelfRatingQuestion *self)
{
  self->buttons = g_ptr_array_new ();
  self->digits = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->stem = create_label ("rating-stem");
  gtk_box_append (GTK_BOX (self->box), self->stem);
  self->text = create_label ("rating-text");
  gtk_box_append (GTK_BOX (self->box), self->text);
  self->cards = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 9,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  gtk_widget_set_margin_top (self->cards, 12);
  gtk_box_append (GTK_BOX (self->box), self->cards);
  self->hint = create_label ("caption");
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_box_append (GTK_BOX (self->box), self->hint);
}

GtkWidget *
dhk_self_rating_question_new (void)
{
  return g_object_new (DHK_TYPE_SELF_RATING_QUESTION, NULL);
}
