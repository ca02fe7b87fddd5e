/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "export/dhk-atomic.h"
#include "export/dhk-pages-private.h"
#include "export/dhk-pdf-language.h"

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static char *
dup_outline_text (const DhkBlock *block)
{
  const char *label
      = block->kind == DHK_BLOCK_TABLE && block->table != NULL ? block->table->label : block->label;
  const char *text
      = block->kind == DHK_BLOCK_TABLE && block->table != NULL ? block->table->title : block->text;
  g_autofree char *whole
      = g_strconcat (label != NULL ? label : "", label != NULL && text != NULL ? ". " : "",
                     text != NULL ? text : "", NULL);

  return g_utf8_make_valid (whole, -1);
}

/* Headings, and under each its tables and figures. */
static void
add_outline (const DhkPages *self, cairo_surface_t *surface)
{
  int heading = CAIRO_PDF_OUTLINE_ROOT;

  for (guint i = 0; i < self->document->blocks->len; i++)
    {
      const DhkBlock *block = g_ptr_array_index (self->document->blocks, i);
      gboolean is_heading = block->kind == DHK_BLOCK_HEADING;
      g_autofree char *text = dup_outline_text (block);
      g_autofree char *link
          = g_strdup_printf ("page=%u pos=[%d %d]", self->places[i].page + 1,
                             (int) self->paper.margin, MAX ((int) self->places[i].y - 6, 0));
      int id;

      if ((!is_heading && block->kind != DHK_BLOCK_TABLE && block->kind != DHK_BLOCK_FIGURE)
          || *text == '\0')
        continue;
      id = cairo_pdf_surface_add_outline (surface, is_heading ? CAIRO_PDF_OUTLINE_ROOT : heading,
                                          text, link, is_heading ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
      if (is_heading)
        heading = id;
    }
}

static void
set_metadata (const DhkPages *self, cairo_surface_t *surface)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 seconds;

  for (guint i = 0; i < self->document->blocks->len; i++)
    {
      const DhkBlock *block = g_ptr_array_index (self->document->blocks, i);

      if (block->kind == DHK_BLOCK_TITLE && block->text != NULL)
        {
          g_autofree char *title = g_utf8_make_valid (block->text, -1);

          cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
          break;
        }
    }
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Driehoek " DHK_VERSION);

  /* Written twice, the same bytes: https://reproducible-builds.org/specs/source-date-epoch/ */
  if (epoch != NULL && g_ascii_string_to_signed (epoch, 10, 0, G_MAXINT32, &seconds, NULL))
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
    }
}

gboolean
dhk_pages_write_pdf (const DhkPages *self, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  g_return_val_if_fail (self != NULL && G_IS_FILE (file), FALSE);

  surface
      = cairo_pdf_surface_create_for_stream (write_cb, pdf, self->paper.width, self->paper.height);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  set_metadata (self, surface);
  add_outline (self, surface);
  cr = cairo_create (surface);
  for (guint i = 0; i < self->pages->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      dhk_pages_draw (self, i, cr);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _ ("The report could not be drawn: %s. No file was changed."),
                   cairo_status_to_string (status));
      return FALSE;
    }

  dhk_pdf_add_language (pdf, dhk_language_get_code (self->document->language));
  return dhk_atomic_replace (file, pdf->data, pdf->len, cancellable, error);
}
