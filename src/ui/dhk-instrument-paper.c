/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page Questionnaire: paper forms, printed or as PDF, one or many with a number each. */

#include <glib/gi18n.h>

#include "export/dhk-paper.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-instrument-dialog.h"
#include "ui/dhk-message.h"
#include "ui/dhk-print.h"
#include "ui/dhk-task.h"

#define HIGHEST_NUMBER 999999
#define USUAL_FORMS 30

/* What is printed ------------------------------------------------------------------------- */

/* In the words of the variant that is chosen. Owned. */
static DhkInstrument *
create_worded (DhkInstrumentPage *self)
{
  DhkInstrument *shown = dhk_instrument_page_get_instrument (self);
  guint variant = gtk_drop_down_get_selected (self->variants);
  DhkInstrument *worded = NULL;

  if (variant >= 1 && variant <= dhk_instrument_get_n_variants (shown))
    worded = dhk_instrument_with_variant_applied (shown, variant - 1, NULL);
  return worded != NULL ? worded : dhk_instrument_ref (shown);
}

static DhkPages *
create_form (DhkInstrumentPage *self)
{
  g_autoptr (DhkInstrument) worded = create_worded (self);

  return dhk_paper_new (worded, dhk_instrument_page_get_questionnaire (self), 0, 0,
                        dhk_instrument_page_get_language (self));
}

static char *
dup_form_name (DhkInstrumentPage *self)
{
  const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (
      dhk_instrument_page_get_instrument (self), dhk_instrument_page_get_questionnaire (self));

  return g_strdup (dhk_text_get (&asked->label, dhk_instrument_page_get_language (self)));
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (widget);
  g_autoptr (DhkPages) pages = create_form (self);
  g_autofree char *form = dup_form_name (self);

  dhk_print_run (pages, form, GTK_WINDOW (gtk_widget_get_root (widget)));
}

/* As PDF ---------------------------------------------------------------------------------- */

static void
choose_file (DhkInstrumentPage *self, const char *title, const char *suggested, DhkChosen chosen)
{
  static const char *const suffixes[] = { "pdf", NULL };
  const DhkFileKind kind = { "PDF", suffixes };
  const DhkChoice choice = { .title = title,
                             .accept = _ ("_Save"),
                             .save = TRUE,
                             .suggested_name = suggested,
                             .kinds = &kind,
                             .n_kinds = 1 };

  dhk_choose (GTK_WIDGET (self), &choice, chosen);
}

static void
export_chosen (GPtrArray *files, gpointer owner)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (owner);
  GFile *file = g_ptr_array_index (files, 0);
  g_autoptr (DhkPages) pages = create_form (self);
  g_autoptr (GError) error = NULL;

  if (dhk_pages_write_pdf (pages, file, NULL, &error))
    dhk_message_toast_file (GTK_WIDGET (self), _ ("Paper form saved"), file);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The paper form was not saved"), error);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (widget);
  g_autofree char *form = dup_form_name (self);

  choose_file (self, _ ("Save the Paper Form"), form, export_chosen);
}

/* Numbered -------------------------------------------------------------------------------- */

enum
{
  FIRST,
  LAST,
};

typedef struct
{
  DhkInstrument *instrument;
  guint questionnaire;
  guint first;
  guint last;
  DhkLanguage language;
  GFile *file;
} Forms;

static void
forms_free (gpointer data)
{
  Forms *forms = data;

  dhk_instrument_unref (forms->instrument);
  g_object_unref (forms->file);
  g_free (forms);
}

/* Many pages take seconds. */
static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Forms *forms = task_data;
  g_autoptr (DhkPages) pages = dhk_paper_new (forms->instrument, forms->questionnaire, forms->first,
                                              forms->last, forms->language);
  GError *error = NULL;

  if (dhk_pages_write_pdf (pages, forms->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const Forms *forms = g_task_get_task_data (G_TASK (result));
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      dhk_message_show_error (GTK_WIDGET (self), _ ("The paper forms were not saved"), error);
      return;
    }
  text = g_strdup_printf (_ ("Paper forms %u to %u saved"), forms->first, forms->last);
  dhk_message_toast_file (GTK_WIDGET (self), text, forms->file);
  /* The next ones go on from here. */
  self->first_form = forms->last + 1;
}

static void
numbered_chosen (GPtrArray *files, gpointer owner)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (owner);
  g_autoptr (GTask) task = dhk_task_new (self, NULL, written_cb, NULL);
  Forms *forms = g_new0 (Forms, 1);

  forms->instrument = create_worded (self);
  forms->questionnaire = dhk_instrument_page_get_questionnaire (self);
  forms->first = self->first_form;
  forms->last = self->last_form;
  forms->language = dhk_instrument_page_get_language (self);
  forms->file = g_object_ref (g_ptr_array_index (files, 0));
  g_task_set_source_tag (task, numbered_chosen);
  g_task_set_task_data (task, forms, forms_free);
  dhk_message_toast (GTK_WIDGET (self), _ ("The paper forms are being made…"), NULL, NULL);
  g_task_run_in_thread (task, write_thread);
}

static gboolean
get_numbers (DhkInstrumentDialog *self, guint *first, guint *last)
{
  guint64 numbers[2];

  for (guint i = FIRST; i <= LAST; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (dhk_instrument_dialog_get_text (self, i)));

      if (!g_ascii_string_to_unsigned (text, 10, 1, HIGHEST_NUMBER, &numbers[i], NULL))
        return FALSE;
    }
  *first = (guint) numbers[FIRST];
  *last = (guint) numbers[LAST];
  return *first <= *last && *last - *first < DHK_PAPER_MAX_FORMS;
}

static gboolean
is_whole (DhkInstrumentDialog *self)
{
  guint first, last;

  return get_numbers (self, &first, &last);
}

static void
take_numbers (DhkInstrumentDialog *dialog)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (dialog->owner);
  g_autofree char *form = dup_form_name (self);
  g_autofree char *suggested = NULL;

  if (!get_numbers (dialog, &self->first_form, &self->last_form))
    return;
  suggested = g_strdup_printf ("%s %u–%u", form, self->first_form, self->last_form);
  choose_file (self, _ ("Save the Paper Forms"), suggested, numbered_chosen);
}

static void
number_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (widget);
  guint start = CLAMP (self->first_form, 1, HIGHEST_NUMBER);
  g_autofree char *first = g_strdup_printf ("%u", start);
  g_autofree char *last = g_strdup_printf ("%u", MIN (start + USUAL_FORMS - 1, HIGHEST_NUMBER));
  g_autofree char *body = g_strdup_printf (
      _ ("A form for each number, which you type on Paper entry when the form comes back. Forms "
         "in one file: at most %d."),
      DHK_PAPER_MAX_FORMS);
  DhkInstrumentDialog *dialog = dhk_instrument_dialog_new_over (widget, _ ("Numbered Forms"), body,
                                                                _ ("_Save as PDF…"), take_numbers);

  dhk_instrument_dialog_add_text (dialog, _ ("First number"), first);
  dhk_instrument_dialog_add_text (dialog, _ ("Last number"), last);
  dialog->is_whole = is_whole;
  dhk_instrument_dialog_present (dialog);
}

void
dhk_instrument_page_install_paper (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "page.number", NULL, number_action);
}
