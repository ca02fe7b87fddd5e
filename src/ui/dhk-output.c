/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-output.h"

#include <glib/gi18n.h>
#include <string.h>

#include "export/dhk-atomic.h"
#include "export/dhk-export.h"
#include "export/dhk-pages.h"
#include "report/dhk-sentences.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-print.h"

#define PICTURE_WIDTH 1000

/* Making ------------------------------------------------------------------ */

typedef struct
{
  DhkAnalysis *analysis;
  DhkFrame *frame;
  char *heading;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  dhk_analysis_unref (request->analysis);
  dhk_frame_unref (request->frame);
  g_free (request->heading);
  g_free (request);
}

DhkOutput *
dhk_output_ref (DhkOutput *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_output_unref (DhkOutput *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->result, dhk_result_unref);
  g_clear_pointer (&self->table, dhk_table_unref);
  g_clear_pointer (&self->chart, dhk_chart_unref);
  g_free (self->heading);
  g_free (self->sentences);
  g_free (self);
}

static char *
dup_sentences (const DhkResult *result, DhkLanguage language, DhkNumberStyle style)
{
  GString *lines = g_string_new (NULL);

  if (result->analysis->design == DHK_DESIGN_NONE)
    return g_string_free (lines, FALSE);
  for (guint i = 0; i < result->analysis->scales->len; i++)
    {
      guint scale = g_array_index (result->analysis->scales, guint, i);
      g_autofree char *text = dhk_result_scale_sentence (result, scale, language, style);

      if (text != NULL && *text != '\0')
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", text);
    }
  return g_string_free (lines, FALSE);
}

static DhkOutput *
output_new (DhkResult *result, const char *heading)
{
  DhkOutput *self = g_new0 (DhkOutput, 1);
  DhkLanguage language = dhk_language_of_messages ();
  DhkNumberStyle style = dhk_number_style_for_language (language);

  g_atomic_ref_count_init (&self->refs);
  self->result = dhk_result_ref (result);
  self->heading = heading != NULL ? g_strdup (heading) : dhk_result_heading (result, language);
  /* The heading stands above both on the page: no need to say it three times. */
  self->table = dhk_table_new_from_result (result, NULL, NULL, NULL, language, style);
  self->chart = dhk_chart_new_from_result (result, NULL, language, style);
  self->sentences = dup_sentences (result, language, style);
  return self;
}

static void
compute_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;
  g_autoptr (DhkResult) result
      = dhk_analysis_run (request->analysis, request->frame, cancellable, &error);

  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, output_new (result, request->heading),
                           (GDestroyNotify) dhk_output_unref);
}

void
dhk_output_compute_async (DhkAnalysis *analysis,
                          DhkFrame *frame,
                          const char *heading,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->analysis = dhk_analysis_ref (analysis);
  request->frame = dhk_frame_ref (frame);
  request->heading = g_strdup (heading);
  g_task_set_source_tag (task, dhk_output_compute_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, compute_thread);
}

DhkOutput *
dhk_output_compute_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Using ------------------------------------------------------------------- */

static DhkPages *
create_pages (DhkOutput *self)
{
  DhkLanguage language = dhk_language_of_messages ();
  g_autoptr (DhkDocument) document = dhk_document_new_result (
      self->result, self->heading, language, dhk_number_style_for_language (language));

  if (self->is_sample)
    dhk_document_add_marking (document, DHK_MARKING_SAMPLE);
  return dhk_pages_new (document, &dhk_paper_a4, TRUE);
}

void
dhk_output_print (DhkOutput *self, GtkWidget *widget)
{
  g_autoptr (DhkPages) pages = NULL;
  GtkRoot *root;

  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_WIDGET (widget));

  pages = create_pages (self);
  root = gtk_widget_get_root (widget);
  dhk_print_run (pages, self->heading, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
}

static gboolean
has_extension (GFile *file, const char *extension)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *folded = g_utf8_strdown (base, -1);

  return g_str_has_suffix (folded, extension);
}

gboolean
dhk_output_export (DhkOutput *self, GFile *file, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  if (has_extension (file, ".csv"))
    {
      g_autofree char *text = dhk_table_to_csv (self->table);

      return dhk_atomic_replace (file, text, strlen (text), NULL, error);
    }
  if (self->chart != NULL && (has_extension (file, ".svg") || has_extension (file, ".png")))
    return dhk_export_chart (self->chart, file, PICTURE_WIDTH, NULL, error);

  {
    g_autoptr (DhkPages) pages = create_pages (self);

    return dhk_pages_write_pdf (pages, file, NULL, error);
  }
}

static void
export_chosen (GPtrArray *files, gpointer owner)
{
  DhkOutput *self = g_object_get_data (G_OBJECT (owner), "dhk-output-to-export");
  g_autoptr (GError) error = NULL;

  if (dhk_output_export (self, g_ptr_array_index (files, 0), &error))
    dhk_message_toast_file (GTK_WIDGET (owner), _ ("Exported"), g_ptr_array_index (files, 0));
  else
    dhk_message_show_error (GTK_WIDGET (owner), _ ("The file was not written"), error);
}

void
dhk_output_choose_export (DhkOutput *self, GtkWidget *widget)
{
  static const char *const pdf[] = { "pdf", NULL };
  static const char *const svg[] = { "svg", NULL };
  static const char *const png[] = { "png", NULL };
  static const char *const csv[] = { "csv", NULL };
  const DhkFileKind kinds[] = {
    { _ ("PDF: page with table and chart"), pdf },
    { _ ("SVG: the chart, for a drawing program"), svg },
    { _ ("PNG: the chart, as a picture"), png },
    { _ ("CSV: the table"), csv },
  };
  const DhkChoice choice = { .title = _ ("Export"),
                             .accept = _ ("_Export"),
                             .save = TRUE,
                             .suggested_name = self->heading,
                             .kinds = kinds,
                             .n_kinds = G_N_ELEMENTS (kinds) };

  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_object_set_data_full (G_OBJECT (widget), "dhk-output-to-export", dhk_output_ref (self),
                          (GDestroyNotify) dhk_output_unref);
  dhk_choose (widget, &choice, export_chosen);
}

void
dhk_output_copy (DhkOutput *self, GtkWidget *widget, GdkTexture *picture)
{
  g_autofree char *text = NULL;
  g_autoptr (GdkContentProvider) content = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_WIDGET (widget));

  text = dhk_table_to_tsv (self->table);
  content = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  if (picture != NULL)
    {
      GdkContentProvider *both[] = { g_steal_pointer (&content),
                                     gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, picture) };

      content = gdk_content_provider_new_union (both, G_N_ELEMENTS (both));
    }
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  dhk_message_toast (widget, _ ("Table and chart copied"), NULL, NULL);
}
