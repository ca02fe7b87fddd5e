/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-text-row.h"

#include <string.h>

/* Columns of the grid: what is before, the texts, what is behind. */
#define TEXTS 1

struct _DhkTextRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *grid;
  GtkWidget *title;
  GtkWidget *subtitle;
  int n_suffixes;
};

G_DEFINE_FINAL_TYPE (DhkTextRow, dhk_text_row, ADW_TYPE_PREFERENCES_ROW)

static GtkWidget *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
dhk_text_row_class_init (DhkTextRowClass *klass)
{
}

static void
dhk_text_row_init (DhkTextRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->grid = gtk_grid_new ();
  self->title = create_label ("title");
  self->subtitle = create_label ("subtitle");
  gtk_widget_add_css_class (self->grid, "text-row");
  gtk_widget_add_css_class (box, "texts");
  gtk_widget_set_hexpand (box, TRUE);
  /* What is beside them stands in the middle of the row; the row is no higher for it. */
  gtk_widget_set_vexpand (box, TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->subtitle);
  gtk_grid_attach (GTK_GRID (self->grid), box, TEXTS, 0, 1, 1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->grid);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
dhk_text_row_new (void)
{
  return g_object_new (DHK_TYPE_TEXT_ROW, NULL);
}

void
dhk_text_row_set (DhkTextRow *self, const char *title, const char *subtitle)
{
  g_autofree char *label = NULL;

  g_return_if_fail (DHK_IS_TEXT_ROW (self));
  g_return_if_fail (title != NULL && subtitle != NULL);

  /* A screen reader is told only what is new. */
  if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), title) == 0
      && strcmp (gtk_label_get_text (GTK_LABEL (self->subtitle)), subtitle) == 0)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle);
  gtk_widget_set_visible (self->subtitle, *subtitle != '\0');
  label = *subtitle != '\0' ? g_strdup_printf ("%s, %s", title, subtitle) : g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
dhk_text_row_add_prefix (DhkTextRow *self, GtkWidget *widget)
{
  g_return_if_fail (DHK_IS_TEXT_ROW (self));
  gtk_grid_attach (GTK_GRID (self->grid), widget, TEXTS - 1, 0, 1, 1);
}

void
dhk_text_row_add_suffix (DhkTextRow *self, GtkWidget *widget)
{
  g_return_if_fail (DHK_IS_TEXT_ROW (self));
  gtk_grid_attach (GTK_GRID (self->grid), widget, TEXTS + ++self->n_suffixes, 0, 1, 1);
}
