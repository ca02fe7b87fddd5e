/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-drop-down.h"

#define LIST_CHARACTERS 60

typedef struct
{
  int least;
  int most;
} Length;

static void
setup_button_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Length *length = user_data;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), length->least);
  gtk_label_set_max_width_chars (GTK_LABEL (label), length->most);
  gtk_list_item_set_child (item, label);
}

static void
setup_list_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LIST_CHARACTERS);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringObject *text = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (text));
}

void
dhk_drop_down_set_length (GtkDropDown *self, int least, int most)
{
  g_autoptr (GtkListItemFactory) button = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) list = gtk_signal_list_item_factory_new ();
  Length *length = g_new0 (Length, 1);

  g_return_if_fail (GTK_IS_DROP_DOWN (self));

  length->least = least;
  length->most = most;
  g_signal_connect_data (button, "setup", G_CALLBACK (setup_button_cb), length,
                         (GClosureNotify) (gpointer) g_free, 0);
  g_signal_connect (button, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (list, "setup", G_CALLBACK (setup_list_cb), NULL);
  g_signal_connect (list, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_factory (self, button);
  gtk_drop_down_set_list_factory (self, list);
}
