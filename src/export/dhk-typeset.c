/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-typeset.h"

#include <string.h>

#define FONT "Cantarell, DejaVu Sans"

DhkTypesetter *
dhk_typesetter_new (DhkLanguage language)
{
  DhkTypesetter *self = g_new0 (DhkTypesetter, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->map = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->map), 72);
  self->context = pango_font_map_create_context (self->map);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_language (self->context,
                              pango_language_from_string (dhk_language_get_code (language)));
  cairo_font_options_destroy (options);
  return self;
}

void
dhk_typesetter_free (DhkTypesetter *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->context);
  g_object_unref (self->map);
  g_free (self);
}

/* " = 50", " < ,001" and " > b" belong to what is before them, "171)" to "F(2,". */
static gboolean
is_inside_equation (const char *text, const char *p)
{
  if (p[0] != ' ' || p == text)
    return FALSE;
  if ((p[1] == '=' || p[1] == '<' || p[1] == '>') && p[2] == ' ')
    return TRUE;
  return p - text >= 2 && p[-1] == ',' && g_ascii_isdigit (p[-2]) && g_ascii_isdigit (p[1]);
}

/* The letter of a column belongs to its first word: "(c) Hulpverlener". */
static void
keep_letter (PangoAttrList *attributes, const char *text)
{
  PangoAttribute *keep;

  if (text[0] != '(' || !g_ascii_isalpha (text[1]) || text[2] != ')' || text[3] != ' ')
    return;
  keep = pango_attr_allow_breaks_new (FALSE);
  keep->start_index = 0;
  keep->end_index = 5;
  pango_attr_list_insert (attributes, keep);
}

void
dhk_keep_together (PangoAttrList *attributes, const char *text)
{
  keep_letter (attributes, text);
  for (const char *p = text; *p != '\0'; p++)
    if (is_inside_equation (text, p))
      {
        PangoAttribute *keep = pango_attr_allow_breaks_new (FALSE);

        keep->start_index = (guint) (p - text) - 1;
        keep->end_index = (guint) (p - text) + (p[2] == ' ' ? 3 : 1);
        keep->end_index += (guint) strcspn (text + keep->end_index, " ");
        pango_attr_list_insert (attributes, keep);
      }
}

PangoLayout *
dhk_typesetter_set (DhkTypesetter *self, const DhkType *type, const char *text, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  pango_font_description_set_absolute_size (font, type->size * PANGO_SCALE);
  pango_font_description_set_weight (font, type->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (font, type->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (type->italic_lead != NULL)
    {
      PangoAttribute *italic = pango_attr_style_new (PANGO_STYLE_ITALIC);
      g_autofree char *whole = g_strconcat (type->italic_lead, " ", valid, NULL);

      italic->end_index = (guint) strlen (type->italic_lead);
      pango_attr_list_insert (attributes, italic);
      pango_layout_set_text (layout, whole, -1);
    }
  else
    pango_layout_set_text (layout, valid, -1);

  if (type->keep_equations)
    dhk_keep_together (attributes, pango_layout_get_text (layout));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_alignment (layout, type->align);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (type->line_spacing > 0)
    pango_layout_set_line_spacing (layout, (float) type->line_spacing);
  if (width >= 0)
    pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

double
dhk_layout_get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

double
dhk_layout_get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

double
dhk_typesetter_measure_word (DhkTypesetter *self, const DhkType *type, const char *text)
{
  PangoLayout *layout = dhk_typesetter_set (self, type, text, 0);
  double width;

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  width = dhk_layout_get_width (layout);
  g_object_unref (layout);
  return width;
}

/* Top of line `line` in pango units; the layout's bottom beyond the last. */
static int
get_line_top (PangoLayout *layout, int line)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int top = 0, bottom = 0, i = 0;

  do
    pango_layout_iter_get_line_yrange (iter, &top, &bottom);
  while (i++ < line && pango_layout_iter_next_line (iter));

  pango_layout_iter_free (iter);
  return i > line ? top : bottom;
}

double
dhk_layout_get_lines_height (PangoLayout *layout, int first, int end)
{
  return (double) (get_line_top (layout, end) - get_line_top (layout, first)) / PANGO_SCALE;
}

void
dhk_layout_show_lines (PangoLayout *layout, cairo_t *cr, double x, double y, int first, int end)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int start = get_line_top (layout, first), i = 0;

  do
    if (i >= first && i < end)
      {
        PangoRectangle logical;

        pango_layout_iter_get_line_extents (iter, NULL, &logical);
        cairo_move_to (cr, x + (double) logical.x / PANGO_SCALE,
                       y + (double) (pango_layout_iter_get_baseline (iter) - start) / PANGO_SCALE);
        pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
      }
  while (++i < end && pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}
