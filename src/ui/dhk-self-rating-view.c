/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-self-rating-view.h"

#include <glib/gi18n.h>

#include "report/dhk-self-report.h"
#include "ui/dhk-chart-view.h"
#include "ui/dhk-table-view.h"

struct _DhkSelfRatingView
{
  GtkWidget parent_instance;

  /* Children, built in init */
  GtkWidget *box;
  GtkWidget *sentences;
  GtkWidget *group;
  GtkWidget *gaps;
  GtkWidget *square;
  GtkWidget *table;
};

G_DEFINE_FINAL_TYPE (DhkSelfRatingView, dhk_self_rating_view, GTK_TYPE_WIDGET)

static GtkWidget *
create_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
clear_sentences (DhkSelfRatingView *self)
{
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (self->sentences)) != NULL)
    gtk_box_remove (GTK_BOX (self->sentences), old);
}

static void
show_sentences (DhkSelfRatingView *self, DhkSelfProfile *profile, DhkLanguage language)
{
  g_auto (GStrv) sentences = dhk_self_profile_dup_sentences (profile, language);

  clear_sentences (self);
  for (char **sentence = sentences; *sentence != NULL; sentence++)
    gtk_box_append (GTK_BOX (self->sentences), create_label (*sentence, NULL));
}

static void
show_group (DhkSelfRatingView *self, DhkSelfProfile *profile, DhkLanguage language)
{
  g_autofree char *label = dhk_self_profile_dup_group_label (profile, language);
  g_autofree char *text = NULL;

  if (label != NULL)
    /* Translators: a group of respondents, with n */
    text = g_strdup_printf (_ ("The small open marks are the mean (M) of a group: %s."), label);
  gtk_label_set_text (GTK_LABEL (self->group), text != NULL ? text : "");
  gtk_widget_set_visible (self->group, text != NULL);
}

void
dhk_self_rating_view_set_profile (DhkSelfRatingView *self, DhkSelfProfile *profile)
{
  const DhkLanguage language = dhk_language_of_messages ();
  const DhkNumberStyle style = dhk_number_style_for_language (language);
  g_autoptr (DhkChart) gaps = NULL;
  g_autoptr (DhkChart) square = NULL;
  g_autoptr (DhkTable) table = NULL;

  g_return_if_fail (DHK_IS_SELF_RATING_VIEW (self));

  if (profile == NULL)
    {
      clear_sentences (self);
      gtk_label_set_text (GTK_LABEL (self->group), "");
      dhk_chart_view_set_chart (DHK_CHART_VIEW (self->gaps), NULL);
      dhk_chart_view_set_chart (DHK_CHART_VIEW (self->square), NULL);
      dhk_table_view_set_table (DHK_TABLE_VIEW (self->table), NULL, NULL);
      return;
    }
  gaps = dhk_chart_new_gaps (profile, NULL, language, style);
  square = dhk_chart_new_quadrant (profile, NULL, language, style);
  table = dhk_self_profile_new_table (profile, language, style);
  show_sentences (self, profile, language);
  show_group (self, profile, language);
  dhk_chart_view_set_chart (DHK_CHART_VIEW (self->gaps), gaps);
  dhk_chart_view_set_chart (DHK_CHART_VIEW (self->square), square);
  dhk_table_view_set_table (DHK_TABLE_VIEW (self->table), table, NULL);
}

/* Life ---------------------------------------------------------------------------------- */

static void
dhk_self_rating_view_dispose (GObject *object)
{
  DhkSelfRatingView *self = DHK_SELF_RATING_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dhk_self_rating_view_parent_class)->dispose (object);
}

static void
dhk_self_rating_view_class_init (DhkSelfRatingViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dhk_self_rating_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
dhk_self_rating_view_init (DhkSelfRatingView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), create_label (_ ("My Profile"), "title-1"));
  self->sentences = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_box_append (GTK_BOX (self->box), self->sentences);

  gtk_box_append (GTK_BOX (self->box),
                  create_label (_ ("What I answered, part by part"), "title-3"));
  self->group = create_label (NULL, NULL);
  gtk_box_append (GTK_BOX (self->box), self->group);
  self->gaps = dhk_chart_view_new ();
  gtk_box_append (GTK_BOX (self->box), self->gaps);

  gtk_box_append (GTK_BOX (self->box), create_label (_ ("Both answers together"), "title-3"));
  gtk_box_append (GTK_BOX (self->box),
                  create_label (_ ("The numbers are those of the parts above."), NULL));
  self->square = dhk_chart_view_new ();
  gtk_box_append (GTK_BOX (self->box), self->square);

  gtk_box_append (GTK_BOX (self->box), create_label (_ ("The same as a table"), "title-3"));
  self->table = dhk_table_view_new ();
  gtk_box_append (GTK_BOX (self->box), self->table);
}

GtkWidget *
dhk_self_rating_view_new (void)
{
  return g_object_new (DHK_TYPE_SELF_RATING_VIEW, NULL);
}
