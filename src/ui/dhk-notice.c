/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-notice.h"

#include <glib/gi18n.h>

GtkWidget *
dhk_notice_new (const char *text)
{
  GtkWidget *notice = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                    "spacing", 12, NULL);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (notice, "notice");
  gtk_widget_add_css_class (notice, "problem");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (notice), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_box_append (GTK_BOX (notice), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (notice), label);
  return notice;
}

void
dhk_notice_add_action (GtkWidget *notice, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (notice), button);
}

static void
close_cb (GtkButton *button, gpointer user_data)
{
  GtkWidget *notice = gtk_widget_get_parent (GTK_WIDGET (button));

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (notice)), notice);
}

void
dhk_notice_add_close (GtkWidget *notice)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Put this notice away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Put this notice away"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (close_cb), NULL);
  gtk_box_append (GTK_BOX (notice), button);
}
