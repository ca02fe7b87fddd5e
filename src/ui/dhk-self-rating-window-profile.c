/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of the self-rating: its profile beside a group's, and on paper. */

#include <glib/gi18n.h>

#include "report/dhk-self-report.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-print.h"
#include "ui/dhk-self-rating-window-private.h"

/* Comparing ------------------------------------------------------------------------------------ */

void
dhk_self_rating_window_compare (DhkSelfRatingWindow *self, GFile *file)
{
  g_autoptr (DhkGroupProfile) group = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (DHK_IS_SELF_RATING_WINDOW (self));
  g_return_if_fail (self->saver != NULL);

  group = dhk_group_profile_load (file, self->instrument, NULL, &error);
  if (group == NULL)
    {
      dhk_message_show_error (GTK_WIDGET (self), _ ("The group profile was not opened"), error);
      return;
    }
  g_clear_pointer (&self->group, dhk_group_profile_unref);
  self->group = g_steal_pointer (&group);
  dhk_self_rating_window_show_profile (self);
  if (self->profile->group == NULL)
    dhk_message_toast (GTK_WIDGET (self),
                       _ ("This group profile has no figures of people who filled in your form."),
                       NULL, NULL);
}

static void
compare_chosen (GPtrArray *files, gpointer owner)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (owner);

  if (self->saver != NULL)
    dhk_self_rating_window_compare (self, g_ptr_array_index (files, 0));
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const suffixes[] = { DHK_GROUP_PROFILE_SUFFIX, NULL };
  const DhkFileKind kind = { _ ("Group profiles"), suffixes };
  const DhkChoice choice = { .title = _ ("Open the Profile of a Group"),
                             .accept = _ ("_Open"),
                             .confined = TRUE,
                             .kinds = &kind,
                             .n_kinds = 1 };

  dhk_choose (widget, &choice, compare_chosen);
}

/* Paper ---------------------------------------------------------------------------------------- */

static DhkPages *
create_pages (DhkSelfRatingWindow *self)
{
  const DhkLanguage language = dhk_language_of_messages ();
  g_autoptr (DhkDocument) document = dhk_self_profile_new_document (
      self->profile, language, dhk_number_style_for_language (language));

  return dhk_pages_new (document, &dhk_paper_a4, TRUE);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (widget);
  g_autoptr (DhkPages) pages = NULL;

  if (self->profile == NULL)
    return;
  pages = create_pages (self);
  dhk_print_run (pages, adw_window_title_get_title (self->title), GTK_WINDOW (self));
}

gboolean
dhk_self_rating_window_write_pdf (DhkSelfRatingWindow *self, GFile *file, GError **error)
{
  g_autoptr (DhkPages) pages = NULL;

  g_return_val_if_fail (DHK_IS_SELF_RATING_WINDOW (self) && self->profile != NULL, FALSE);

  pages = create_pages (self);
  return dhk_pages_write_pdf (pages, file, NULL, error);
}

static void
pdf_chosen (GPtrArray *files, gpointer owner)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (owner);
  g_autoptr (GError) error = NULL;

  if (self->profile == NULL)
    return;
  if (dhk_self_rating_window_write_pdf (self, g_ptr_array_index (files, 0), &error))
    dhk_message_toast (GTK_WIDGET (self), _ ("Profile saved as PDF"), NULL, NULL);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The profile was not saved"), error);
}

static void
pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const suffixes[] = { "pdf", NULL };
  const DhkFileKind kind = { _ ("PDF"), suffixes };
  const DhkChoice choice = { .title = _ ("Save Profile as PDF"),
                             .accept = _ ("_Save"),
                             .save = TRUE,
                             .confined = TRUE,
                             .suggested_name = _ ("My profile"),
                             .kinds = &kind,
                             .n_kinds = 1 };

  dhk_choose (widget, &choice, pdf_chosen);
}

/* The table ------------------------------------------------------------------------------------ */

void
dhk_self_rating_window_install_profile_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "rating.compare", NULL, compare_action);
  gtk_widget_class_install_action (klass, "rating.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "rating.pdf", NULL, pdf_action);
}
