/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-entry-cards.h"

/* So many stand side by side at most. */
#define MAX_COLUMNS 6

struct _DhkEntryCards
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GPtrArray *cards; /* GtkCheckButton, lent */
  int active;
  gboolean is_setting;
  gboolean several; /* each is ticked for itself */
};

G_DEFINE_FINAL_TYPE (DhkEntryCards, dhk_entry_cards, GTK_TYPE_WIDGET)

static guint chosen_signal;

static void
toggled_cb (GtkCheckButton *card, gpointer user_data)
{
  DhkEntryCards *self = DHK_ENTRY_CARDS (user_data);
  guint place;

  if (self->is_setting || (!self->several && !gtk_check_button_get_active (card))
      || !g_ptr_array_find (self->cards, card, &place))
    return;
  self->active = (int) place;
  g_signal_emit (self, chosen_signal, 0, place);
}

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_card (DhkEntryCards *self, const char *key, const char *words)
{
  /* GTK 4.8 takes a check button in a group for a checkbox. */
  GtkWidget *card = g_object_new (
      GTK_TYPE_CHECK_BUTTON, "accessible-role",
      self->several ? GTK_ACCESSIBLE_ROLE_CHECKBOX : GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *name = g_strdup_printf ("%s, %s", key, words);

  gtk_box_append (GTK_BOX (box), create_label (key, "answer-key"));
  gtk_box_append (GTK_BOX (box), create_label (words, "answer-words"));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (card), box);
  gtk_widget_add_css_class (card, "answer-card");
  gtk_widget_set_hexpand (card, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->cards->len > 0 && !self->several)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (card), g_ptr_array_index (self->cards, 0));
  return card;
}

static void
clear (DhkEntryCards *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->cards, 0);
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
}

static void
set_cards (DhkEntryCards *self,
           const char *const *keys,
           const char *const *labels,
           guint n,
           const gboolean *ticked)
{
  guint n_rows = (n + MAX_COLUMNS - 1) / MAX_COLUMNS;
  guint n_columns = n_rows > 0 ? (n + n_rows - 1) / n_rows : 1;

  clear (self);
  self->is_setting = TRUE;
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *card = create_card (self, keys[i], labels[i]);

      g_ptr_array_add (self->cards, card);
      gtk_grid_attach (GTK_GRID (self->grid), card, (int) (i % n_columns), (int) (i / n_columns), 1,
                       1);
      if (ticked[i])
        gtk_check_button_set_active (GTK_CHECK_BUTTON (card), TRUE);
      g_signal_connect (card, "toggled", G_CALLBACK (toggled_cb), self);
    }
  self->is_setting = FALSE;
}

void
dhk_entry_cards_set (
    DhkEntryCards *self, const char *const *keys, const char *const *labels, guint n, int active)
{
  g_autofree gboolean *ticked = g_new0 (gboolean, n + 1);

  g_return_if_fail (DHK_IS_ENTRY_CARDS (self));
  g_return_if_fail (active < (int) n);

  if (active >= 0)
    ticked[active] = TRUE;
  self->several = FALSE;
  set_cards (self, keys, labels, n, ticked);
  self->active = active;
}

void
dhk_entry_cards_set_several (DhkEntryCards *self,
                             const char *const *keys,
                             const char *const *labels,
                             guint n,
                             const gboolean *ticked,
                             int focus)
{
  g_return_if_fail (DHK_IS_ENTRY_CARDS (self));
  g_return_if_fail (focus < (int) n);

  self->several = TRUE;
  set_cards (self, keys, labels, n, ticked);
  self->active = focus;
}

void
dhk_entry_cards_focus (DhkEntryCards *self)
{
  g_return_if_fail (DHK_IS_ENTRY_CARDS (self));

  if (self->cards->len > 0)
    gtk_widget_grab_focus (
        g_ptr_array_index (self->cards, self->active >= 0 ? (guint) self->active : 0));
}

void
dhk_entry_cards_move (DhkEntryCards *self, int step)
{
  g_return_if_fail (DHK_IS_ENTRY_CARDS (self));

  for (guint i = 0; i < self->cards->len; i++)
    if (gtk_widget_has_focus (g_ptr_array_index (self->cards, i)))
      {
        int place = CLAMP ((int) i + step, 0, (int) self->cards->len - 1);

        gtk_widget_grab_focus (g_ptr_array_index (self->cards, (guint) place));
        return;
      }
  dhk_entry_cards_focus (self);
}

static void
dhk_entry_cards_dispose (GObject *object)
{
  DhkEntryCards *self = DHK_ENTRY_CARDS (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->cards, g_ptr_array_unref);

  G_OBJECT_CLASS (dhk_entry_cards_parent_class)->dispose (object);
}

static void
dhk_entry_cards_class_init (DhkEntryCardsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_entry_cards_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  chosen_signal = g_signal_new ("chosen", DHK_TYPE_ENTRY_CARDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
dhk_entry_cards_init (DhkEntryCards *self)
{
  self->active = -1;
  self->cards = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 12);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}
