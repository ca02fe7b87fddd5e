/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-print.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/dhk-message.h"

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  DhkPages *pages = user_data;

  dhk_pages_draw (pages, (guint) page, gtk_print_context_get_cairo_context (context));
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *parent = user_data;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  dhk_message_show_error (parent, _ ("The pages were not printed"), error);
}

/* The paper is that of the pages, by its name where it has one, and the pages bring their margins.
 */
static GtkPaperSize *
create_paper_size (const DhkPaper *paper)
{
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  if (fabs (gtk_paper_size_get_width (a4, GTK_UNIT_POINTS) - paper->width) < 1
      && fabs (gtk_paper_size_get_height (a4, GTK_UNIT_POINTS) - paper->height) < 1)
    return g_steal_pointer (&a4);
  return gtk_paper_size_new_custom ("driehoek", _ ("Paper of the report"), paper->width,
                                    paper->height, GTK_UNIT_POINTS);
}

static GtkPageSetup *
create_page_setup (DhkPages *pages)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = create_paper_size (dhk_pages_get_paper (pages));

  gtk_page_setup_set_paper_size (setup, size);
  return setup;
}

static GtkPrintOperation *
create_operation (DhkPages *pages, const char *name)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = create_page_setup (pages);

  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_n_pages (operation, (int) dhk_pages_get_n (pages));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), dhk_pages_ref (pages),
                         (GClosureNotify) (GCallback) dhk_pages_unref, 0);
  return operation;
}

/* Who prints into a file finds it under the name of what is printed. */
static void
suggest_name (GtkPrintOperation *operation, const char *name)
{
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autofree char *file = g_strdelimit (g_strdup (name), "/", '-');

  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, file);
  gtk_print_operation_set_print_settings (operation, settings);
}

void
dhk_print_run (DhkPages *pages, const char *name, GtkWindow *parent)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (pages != NULL);

  operation = create_operation (pages, name);
  suggest_name (operation, name);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  if (parent != NULL)
    g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), parent, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &error)
          == GTK_PRINT_OPERATION_RESULT_ERROR
      && parent != NULL)
    dhk_message_show_error (GTK_WIDGET (parent), _ ("The pages were not printed"), error);
}

gboolean
dhk_print_to_file (DhkPages *pages, const char *name, GFile *file, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = NULL;

  g_return_val_if_fail (pages != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  operation = create_operation (pages, name);
  gtk_print_operation_set_export_filename (operation, g_file_peek_path (file));
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error)
         == GTK_PRINT_OPERATION_RESULT_APPLY;
}
