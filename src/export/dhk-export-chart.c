/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-export.h"

#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "chart/dhk-draw.h"
#include "export/dhk-atomic.h"

#define MARGIN 16.0
#define FONT_SIZE 14.67 /* 11 pt at 96 dots per inch */
#define SCALE 2.0       /* pixels of a PNG per unit: sharp in print and on dense screens */
#define WIDEST 8000.0

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
draw (const DhkChart *chart, cairo_surface_t *surface, double width, double height)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, MARGIN, MARGIN);
  dhk_chart_draw (chart, cr, width - 2 * MARGIN, height - 2 * MARGIN, FONT_SIZE, DHK_LOOK_LIGHT,
                  -1);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

/* The chart's words, where a picture's reader looks for them (SVG 1.1, 5.4). */
static void
add_description (GByteArray *svg, const DhkChart *chart)
{
  const char *start, *end, *text = chart->alternative;
  g_autofree char *escaped = NULL, *element = NULL;
  g_autoptr (GByteArray) result = NULL;
  gsize at;

  start = g_strstr_len ((const char *) svg->data, (gssize) svg->len, "<svg ");
  end = start != NULL ? memchr (start, '>', svg->len - (gsize) (start - (const char *) svg->data))
                      : NULL;
  if (end == NULL || text == NULL)
    return;

  at = (gsize) (end + 1 - (const char *) svg->data);
  escaped = g_markup_escape_text (text, -1);
  element = g_strdup_printf ("\n<desc>%s</desc>", escaped);
  result = g_byte_array_new ();
  g_byte_array_append (result, (const guint8 *) element, (guint) strlen (element));
  g_byte_array_append (result, svg->data + at, svg->len - (guint) at);
  g_byte_array_set_size (svg, (guint) at);
  g_byte_array_append (svg, result->data, result->len);
}

static cairo_status_t
render (const DhkChart *chart, gboolean is_svg, double width, double height, GByteArray *bytes)
{
  cairo_surface_t *surface
      = is_svg ? cairo_svg_surface_create_for_stream (write_cb, bytes, width, height)
               : cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (width * SCALE),
                                             (int) ceil (height * SCALE));
  cairo_status_t status;

  if (is_svg)
    cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  else
    cairo_surface_set_device_scale (surface, SCALE, SCALE);
  status = draw (chart, surface, width, height);
  if (status == CAIRO_STATUS_SUCCESS && !is_svg)
    status = cairo_surface_write_to_png_stream (surface, write_cb, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS && is_svg)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

gboolean
dhk_export_chart (
    DhkChart *chart, GFile *file, double width, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *name = NULL, *lower = NULL;
  gboolean is_svg;
  double height;
  cairo_status_t status;

  g_return_val_if_fail (chart != NULL && G_IS_FILE (file), FALSE);

  name = g_file_get_basename (file);
  lower = g_ascii_strdown (name != NULL ? name : "", -1);
  is_svg = g_str_has_suffix (lower, ".svg");
  if (!is_svg && !g_str_has_suffix (lower, ".png"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("A chart can be saved as a picture with a name that ends in .svg or "
                              ".png. No file was written."));
      return FALSE;
    }

  width = isfinite (width) ? CLAMP (width, 4 * MARGIN, WIDEST) : 800;
  height = dhk_chart_get_natural_height (chart, width - 2 * MARGIN, FONT_SIZE) + 2 * MARGIN;
  status = render (chart, is_svg, width, MIN (height, WIDEST), bytes);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _ ("The chart could not be drawn: %s. No file was changed."),
                   cairo_status_to_string (status));
      return FALSE;
    }

  if (is_svg)
    add_description (bytes, chart);
  return dhk_atomic_replace (file, bytes->data, bytes->len, cancellable, error);
}
