/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All answers as a system file of SPSS: what the CSV has, with wording, labels and kinds of missing. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "export/dhk-export-columns.h"
#include "export/dhk-export.h"
#include "export/dhk-sav-writer.h"
#include "study/dhk-missing.h"

#define CASES_BETWEEN_CANCEL 512
/* Labels ---------------------------------------------------------------- */

static void
add_label (GArray *labels, double value, const char *label)
{
  const DhkSavLabel one = { value, label };

  if (label[0] != '\0')
    g_array_append_val (labels, one);
}

static void
add_missing_labels (GArray *labels, DhkLanguage language)
{
  for (guint i = 0; i < DHK_N_MISSING_KINDS; i++)
    {
      DhkMissing kind = dhk_missing_get_kind (i);

      add_label (labels, kind, dhk_missing_get_label (kind, language));
    }
}

/* The wording of the first form that asks it; forms differ in who is spoken to. */
static const char *
get_wording (const DhkInstrument *instrument, const DhkExportColumn *column, DhkLanguage language)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (instrument, i);

      for (guint q = 0; q < form->n_questions; q++)
        if (form->questions[q].item == (int) column->index
            && form->questions[q].target == column->target)
          return dhk_text_get (&form->questions[q].text, language);
    }
  return "";
}

static char *
dup_score_label (const DhkInstrument *instrument,
                 const DhkExportColumn *column,
                 DhkLanguage language)
{
  const DhkScale *scale = dhk_instrument_get_scale (instrument, column->index);
  const char *label = dhk_text_get (&scale->label, language);

  if (column->target == DHK_NO_TARGET)
    return g_strdup_printf (dhk_translate (language, N_ ("Score: %s")), label);
  return g_strdup_printf (
      /* Translators: the score of a scale, and about whom. */
      dhk_translate (language, N_ ("Score: %s, about %s")), label,
      dhk_text_get (&dhk_instrument_get_target (instrument, (guint) column->target)->label,
                    language));
}

/* Variables ---------------------------------------------------------------- */

static void
add_coded (DhkSavWriter *writer, DhkSavVariable *variable, GArray *labels)
{
  DhkSavMissing missing[DHK_N_MISSING_KINDS];

  /* The frame's own codes are the user-missing values. */
  for (guint i = 0; i < DHK_N_MISSING_KINDS; i++)
    missing[i] = (DhkSavMissing){ dhk_missing_get_kind (i), dhk_missing_get_kind (i) };
  variable->labels = (const DhkSavLabel *) (const void *) labels->data;
  variable->n_labels = labels->len;
  variable->missing = missing;
  variable->n_missing = DHK_N_MISSING_KINDS;
  dhk_sav_writer_add (writer, variable);
}

/* Categories count from 1; one of several choices is 0 or 1, as whoever adds them up expects. */
static double
get_first_code (const DhkVariable *variable)
{
  return variable->choices >= 0 ? 0 : 1;
}

static void
add_category (DhkSavWriter *writer, const DhkExportColumn *column, DhkLanguage language)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (DhkSavLabel));
  DhkSavVariable variable = { .name = column->name,
                              .label = dhk_text_get (&column->variable->label, language),
                              .format = "F4.0",
                              .measure = DHK_SAV_NOMINAL };

  for (guint i = 0; i < column->variable->n_categories; i++)
    add_label (labels, i + get_first_code (column->variable),
               dhk_text_get (&column->variable->categories[i].label, language));
  add_missing_labels (labels, language);
  add_coded (writer, &variable, labels);
}

static void
add_answer (DhkSavWriter *writer,
            const DhkInstrument *instrument,
            const DhkExportColumn *column,
            DhkLanguage language)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (DhkSavLabel));
  const DhkItem *item = dhk_instrument_get_item (instrument, column->index);
  const DhkAnswerScale *scale = dhk_instrument_get_answer_scale (instrument, item->answer_scale);
  DhkSavVariable variable = { .name = column->name,
                              .label = get_wording (instrument, column, language),
                              .format = "F4.0",
                              .measure = DHK_SAV_ORDINAL };

  for (guint i = 0; i < scale->n_answers; i++)
    add_label (labels, scale->answers[i].code, dhk_text_get (&scale->answers[i].label, language));
  add_missing_labels (labels, language);
  add_coded (writer, &variable, labels);
}

static void
add_column (DhkSavWriter *writer,
            const DhkInstrument *instrument,
            const DhkExportColumn *column,
            DhkLanguage language)
{
  g_autofree char *label = NULL;
  DhkSavVariable variable = { .name = column->name, .format = "F8.2", .measure = DHK_SAV_SCALE };

  switch (column->kind)
    {
    case DHK_EXPORT_CATEGORY:
      add_category (writer, column, language);
      return;
    case DHK_EXPORT_ANSWER:
      add_answer (writer, instrument, column, language);
      return;
    case DHK_EXPORT_SCORE:
      label = dup_score_label (instrument, column, language);
      break;
    case DHK_EXPORT_NUMBER:
    default:
      label = g_strdup (dhk_text_get (&column->variable->label, language));
      break;
    }
  variable.label = label;
  dhk_sav_writer_add (writer, &variable);
}

static void
add_variables (DhkSavWriter *writer, DhkFrame *frame, const GArray *columns, DhkLanguage language)
{
  g_autoptr (GArray) types = g_array_new (FALSE, FALSE, sizeof (DhkSavLabel));
  const DhkInstrument *instrument = dhk_frame_get_instrument (frame);
  const DhkSavVariable id = { .name = "id",
                              .label = dhk_translate (language, N_ ("Number of the respondent")),
                              .format = "F11.0",
                              .measure = DHK_SAV_NOMINAL };
  DhkSavVariable type = { .name = "respondent_type",
                          .label = dhk_translate (language, N_ ("Respondent type")),
                          .format = "F4.0",
                          .measure = DHK_SAV_NOMINAL };

  dhk_sav_writer_add (writer, &id);
  for (guint i = 0; i < dhk_instrument_get_n_types (instrument); i++)
    add_label (types, i + 1.0,
               dhk_text_get (&dhk_instrument_get_role (instrument, i)->label, language));
  type.labels = (const DhkSavLabel *) (const void *) types->data;
  type.n_labels = types->len;
  dhk_sav_writer_add (writer, &type);
  for (guint i = 0; i < columns->len; i++)
    add_column (writer, instrument, &g_array_index (columns, DhkExportColumn, i), language);
}

/* Cases ---------------------------------------------------------------- */

static double
get_value (const DhkExportColumn *column, guint row)
{
  switch (column->kind)
    {
    case DHK_EXPORT_CATEGORY:
      if (column->codes == NULL)
        return DHK_MISSING_NOT_ASKED;
      return column->codes[row] < 0 ? column->codes[row]
                                    : column->codes[row] + get_first_code (column->variable);
    case DHK_EXPORT_ANSWER:
      return column->codes != NULL ? column->codes[row] : DHK_MISSING_NOT_ASKED;
    case DHK_EXPORT_NUMBER:
    case DHK_EXPORT_SCORE:
    default:
      return column->values != NULL ? column->values[row] : NAN;
    }
}

static gboolean
write_cases (DhkSavWriter *writer,
             DhkFrame *frame,
             const GArray *columns,
             GCancellable *cancellable,
             GError **error)
{
  const guint n = dhk_frame_get_n_rows (frame);
  g_autofree double *values = g_new (double, columns->len + 2);

  for (guint row = 0; row < n; row++)
    {
      if (row % CASES_BETWEEN_CANCEL == 0
          && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      values[0] = (double) dhk_frame_get_respondents (frame)[row];
      values[1] = dhk_frame_get_types (frame)[row] + 1.0;
      for (guint i = 0; i < columns->len; i++)
        values[i + 2] = get_value (&g_array_index (columns, DhkExportColumn, i), row);
      if (!dhk_sav_writer_case (writer, values, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
dhk_export_sav (
    DhkFrame *frame, DhkLanguage language, GFile *file, GCancellable *cancellable, GError **error)
{
  const DhkInstrument *instrument;
  g_autoptr (DhkSavWriter) writer = NULL;
  g_autoptr (GArray) columns = NULL;

  g_return_val_if_fail (frame != NULL && G_IS_FILE (file), FALSE);

  instrument = dhk_frame_get_instrument (frame);
  writer = dhk_sav_writer_new (file, dhk_text_get (dhk_instrument_get_title (instrument), language),
                               cancellable, error);
  if (writer == NULL)
    return FALSE;
  columns = dhk_export_columns_list (frame);
  add_variables (writer, frame, columns, language);
  return dhk_sav_writer_begin (writer, dhk_frame_get_n_rows (frame), error)
         && write_cases (writer, frame, columns, cancellable, error)
         && dhk_sav_writer_finish (writer, error);
}
