/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/dhk-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
free_series (gpointer data)
{
  DhkChartSeries *self = data;

  g_free (self->label);
  g_free (self);
}

DhkChart *
dhk_chart_new (DhkChartKind kind, DhkLanguage language, DhkNumberStyle style)
{
  DhkChart *self = g_new0 (DhkChart, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->language = language;
  self->style = style;
  self->axis_high = 1;
  self->clusters = g_ptr_array_new_with_free_func (g_free);
  self->series = g_ptr_array_new_with_free_func (free_series);
  self->marks = g_array_new (FALSE, TRUE, sizeof (DhkChartMark));
  return self;
}

DhkChart *
dhk_chart_ref (DhkChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_chart_unref (DhkChart *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->title);
  g_free (self->axis_title);
  g_free (self->low_label);
  g_free (self->high_label);
  g_free (self->error_label);
  g_free (self->alternative);
  g_free (self->across_low_label);
  g_free (self->across_high_label);
  for (guint i = 0; i < DHK_N_FINDINGS; i++)
    g_free (self->corners[i]);
  g_ptr_array_unref (self->clusters);
  g_ptr_array_unref (self->series);
  g_array_unref (self->marks);
  g_free (self);
}

void
dhk_chart_add_cluster (DhkChart *self, const char *label)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_add (self->clusters, g_strdup (label != NULL ? label : ""));
}

void
dhk_chart_add_series (DhkChart *self, const char *label, guint colour)
{
  DhkChartSeries *series;

  g_return_if_fail (self != NULL);

  series = g_new0 (DhkChartSeries, 1);
  series->label = g_strdup (label != NULL ? label : "");
  series->colour = colour;
  series->pattern = self->series->len;
  g_ptr_array_add (self->series, series);
}

void
dhk_chart_add_mark (DhkChart *self, const DhkChartMark *mark)
{
  g_return_if_fail (self != NULL && mark != NULL);

  g_array_append_val (self->marks, *mark);
}

/* An own answer "4"; a group's "M = 3,90; n = 50"; of a square "Important 5; Succeeds 4". */
static void
append_answer (const DhkChart *self, const DhkChartMark *mark, GString *text)
{
  g_autofree char *value = dhk_number_format_fixed (mark->value, 0, self->style);

  if (self->kind == DHK_CHART_QUADRANT)
    {
      g_autofree char *across = dhk_number_format_fixed (mark->across, 0, self->style);
      const DhkChartSeries *lying = g_ptr_array_index (self->series, 0);
      const DhkChartSeries *standing = g_ptr_array_index (self->series, 1);

      g_string_append_printf (text, "%s %s; %s %s", lying->label, across, standing->label, value);
    }
  else if (mark->series < DHK_GAPS_GROUP_IDEAL)
    g_string_append (text, value);
  else
    {
      g_autofree char *mean
          = dhk_number_format_equation ("M", DHK_NUMBER_MEAN, mark->value, self->style);

      g_string_append_printf (text, "%s; n = %u", mean, mark->n);
    }
}

/* "M = 3,90; SD = 0,95; 95% BI [3,65; 4,15]; n = 50" or "n = 50". */
static void
append_values (const DhkChart *self, const DhkChartMark *mark, gboolean brief, GString *text)
{
  if (self->kind == DHK_CHART_GAPS || self->kind == DHK_CHART_QUADRANT)
    {
      append_answer (self, mark, text);
      return;
    }
  if (self->kind == DHK_CHART_MEANS)
    {
      g_autofree char *mean
          = dhk_number_format_equation ("M", DHK_NUMBER_MEAN, mark->value, self->style);

      g_string_append_printf (text, "%s; ", mean);
      if (!brief && isfinite (mark->sd))
        {
          g_autofree char *sd
              = dhk_number_format_equation ("SD", DHK_NUMBER_SD, mark->sd, self->style);

          g_string_append_printf (text, "%s; ", sd);
        }
      if (!brief && self->error_label != NULL && isfinite (mark->ci_low)
          && isfinite (mark->ci_high))
        {
          g_autofree char *low = dhk_number_format (DHK_NUMBER_MEAN, mark->ci_low, self->style);
          g_autofree char *high = dhk_number_format (DHK_NUMBER_MEAN, mark->ci_high, self->style);

          g_string_append_printf (text, "%s [%s%s %s]; ", self->error_label, low,
                                  self->style == DHK_NUMBER_STYLE_DUTCH ? ";" : ",", high);
        }
    }
  g_string_append_printf (text, "n = %u", mark->n);
}

static gboolean
is_drawn (const DhkChart *self, const DhkChartMark *mark)
{
  return mark->cluster < self->clusters->len && mark->series < self->series->len
         && isfinite (mark->value);
}

char *
dhk_chart_dup_mark_text (const DhkChart *self, guint mark)
{
  const DhkChartMark *m;
  GString *text;

  g_return_val_if_fail (self != NULL && mark < self->marks->len, NULL);

  text = g_string_new (NULL);
  m = &g_array_index (self->marks, DhkChartMark, mark);
  if (m->cluster < self->clusters->len)
    g_string_append (text, g_ptr_array_index (self->clusters, m->cluster));
  if (m->series < self->series->len && self->kind != DHK_CHART_QUADRANT)
    {
      const DhkChartSeries *series = g_ptr_array_index (self->series, m->series);

      if (text->len > 0 && *series->label != '\0')
        g_string_append (text, ", ");
      g_string_append (text, series->label);
    }
  if (text->len > 0)
    g_string_append (text, ": ");
  append_values (self, m, FALSE, text);
  return g_string_free (text, FALSE);
}

void
dhk_chart_describe (DhkChart *self)
{
  GString *text;

  g_return_if_fail (self != NULL);

  text = g_string_new (dhk_translate (
      self->language, self->kind == DHK_CHART_GAPS     ? N_ ("Chart of answers.")
                      : self->kind == DHK_CHART_COUNTS ? N_ ("Bar chart of counts.")
                                                       : N_ ("Bar chart of means.")));
  if (self->title != NULL && *self->title != '\0')
    g_string_append_printf (text, " %s.", self->title);

  for (guint cluster = 0; cluster < self->clusters->len; cluster++)
    {
      const char *label = g_ptr_array_index (self->clusters, cluster);
      gboolean any = FALSE;

      for (guint i = 0; i < self->marks->len; i++)
        {
          const DhkChartMark *mark = &g_array_index (self->marks, DhkChartMark, i);
          const DhkChartSeries *series;

          if (mark->cluster != cluster || !is_drawn (self, mark))
            continue;
          if (!any && *label != '\0')
            g_string_append_printf (text, " %s:", label);
          series = g_ptr_array_index (self->series, mark->series);
          g_string_append_printf (text, "%s %s%s", any ? "," : "", series->label,
                                  *series->label != '\0' ? " (" : "(");
          append_values (self, mark, TRUE, text);
          g_string_append_c (text, ')');
          any = TRUE;
        }
      if (any)
        g_string_append_c (text, '.');
    }
  g_free (self->alternative);
  self->alternative = g_string_free (text, FALSE);
}
