/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-sav-writer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <readstat.h>
#include <string.h>

#include "export/dhk-atomic.h"

/* What SPSS has room for, in bytes. */
#define MAX_NAME 64
#define MAX_TITLE 64
#define MAX_LABEL 255
#define MAX_VALUE_LABEL 120

struct _DhkSavWriter
{
  DhkAtomic *output;
  readstat_writer_t *writer;
  GPtrArray *variables; /* of readstat_variable_t, lent by the writer */
  GHashTable *names;    /* folded */
  GError *error;        /* of the last write */
};

/* ReadStat asks for the bytes written, or less when there was an error. */
static ssize_t
write_cb (const void *data, size_t length, void *user_data)
{
  DhkSavWriter *self = user_data;

  if (self->error != NULL || !dhk_atomic_write (self->output, data, length, &self->error))
    return -1;
  return (ssize_t) length;
}

static gboolean
check (DhkSavWriter *self, readstat_error_t status, GError **error)
{
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (status == READSTAT_OK)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               /* Translators: %s is the reason as a library gives it, in English. */
               _ ("The file for SPSS could not be made (%s). What was there before is unchanged."),
               readstat_error_message (status));
  return FALSE;
}

/* Texts ---------------------------------------------------------------- */

/* At most so many bytes, and no half letter. Free with g_free(). */
static char *
dup_cut (const char *text, gsize max)
{
  g_autofree char *line = g_strdup (text != NULL ? text : "");
  const char *end = line + MIN (strlen (line), max);

  for (char *p = line; *p != '\0'; p++)
    if (*p == '\n' || *p == '\r' || *p == '\t')
      *p = ' ';
  if (*end != '\0')
    while (end > line && ((guint8) *end & 0xc0) == 0x80)
      end--;
  return g_strndup (line, (gsize) (end - line));
}

static gboolean
is_reserved (const char *name)
{
  static const char *const words[]
      = { "ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* Letters, digits and underscores, a letter first, unlike all names before. */
static char *
dup_name (DhkSavWriter *self, const char *wanted)
{
  GString *name = g_string_new (NULL);
  g_autofree char *stem = NULL;
  guint n = 1;

  for (const char *p = wanted; *p != '\0' && name->len < MAX_NAME - 4; p++)
    g_string_append_c (name, g_ascii_isalnum (*p) ? *p : '_');
  if (name->len == 0 || !g_ascii_isalpha (name->str[0]) || is_reserved (name->str))
    g_string_prepend (name, "v_");
  stem = g_strdup (name->str);
  for (;;)
    {
      g_autofree char *fold = g_ascii_strdown (name->str, -1);

      if (g_hash_table_add (self->names, g_steal_pointer (&fold)))
        return g_string_free (name, FALSE);
      g_string_printf (name, "%s_%u", stem, ++n);
    }
}

/* The dictionary ---------------------------------------------------------------- */

DhkSavWriter *
dhk_sav_writer_new (GFile *file, const char *title, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkSavWriter) self = NULL;
  g_autofree char *label = dup_cut (title, MAX_TITLE);

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_new0 (DhkSavWriter, 1);
  self->variables = g_ptr_array_new ();
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->writer = readstat_writer_init ();
  readstat_set_data_writer (self->writer, write_cb);
  readstat_writer_set_file_label (self->writer, label);
  readstat_writer_set_compression (self->writer, READSTAT_COMPRESS_ROWS);
  self->output = dhk_atomic_new (file, cancellable, error);
  return self->output != NULL ? g_steal_pointer (&self) : NULL;
}

static readstat_label_set_t *
add_labels (DhkSavWriter *self, const DhkSavVariable *variable)
{
  g_autofree char *name = g_strdup_printf ("labels%u", self->variables->len);
  readstat_label_set_t *set = readstat_add_label_set (self->writer, READSTAT_TYPE_DOUBLE, name);

  for (guint i = 0; i < variable->n_labels; i++)
    {
      g_autofree char *label = dup_cut (variable->labels[i].label, MAX_VALUE_LABEL);

      readstat_label_double_value (set, variable->labels[i].value, label);
    }
  return set;
}

static readstat_measure_t
to_measure (DhkSavMeasure measure)
{
  switch (measure)
    {
    case DHK_SAV_NOMINAL:
      return READSTAT_MEASURE_NOMINAL;
    case DHK_SAV_ORDINAL:
      return READSTAT_MEASURE_ORDINAL;
    case DHK_SAV_SCALE:
    default:
      return READSTAT_MEASURE_SCALE;
    }
}

void
dhk_sav_writer_add (DhkSavWriter *self, const DhkSavVariable *variable)
{
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  readstat_variable_t *added;

  g_return_if_fail (self != NULL && variable != NULL && variable->name != NULL);

  name = dup_name (self, variable->name);
  label = dup_cut (variable->label, MAX_LABEL);
  added = readstat_add_variable (self->writer, name, READSTAT_TYPE_DOUBLE, 0);
  readstat_variable_set_label (added, label);
  readstat_variable_set_format (added, variable->format);
  readstat_variable_set_measure (added, to_measure (variable->measure));
  if (variable->n_labels > 0)
    readstat_variable_set_label_set (added, add_labels (self, variable));
  for (guint i = 0; i < variable->n_missing; i++)
    {
      const DhkSavMissing *missing = &variable->missing[i];

      if (missing->low < missing->high)
        readstat_variable_add_missing_double_range (added, missing->low, missing->high);
      else
        readstat_variable_add_missing_double_value (added, missing->low);
    }
  g_ptr_array_add (self->variables, added);
}

/* The cases ---------------------------------------------------------------- */

gboolean
dhk_sav_writer_begin (DhkSavWriter *self, guint n_cases, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return check (self, readstat_begin_writing_sav (self->writer, self, (long) n_cases), error);
}

gboolean
dhk_sav_writer_case (DhkSavWriter *self, const double *values, GError **error)
{
  readstat_error_t status = readstat_begin_row (self->writer);

  for (guint i = 0; i < self->variables->len && status == READSTAT_OK; i++)
    {
      const readstat_variable_t *variable = g_ptr_array_index (self->variables, i);

      status = isnan (values[i]) ? readstat_insert_missing_value (self->writer, variable)
                                 : readstat_insert_double_value (self->writer, variable, values[i]);
    }
  if (status == READSTAT_OK)
    status = readstat_end_row (self->writer);
  return check (self, status, error);
}

gboolean
dhk_sav_writer_finish (DhkSavWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return check (self, readstat_end_writing (self->writer), error)
         && dhk_atomic_commit (self->output, error);
}

void
dhk_sav_writer_free (DhkSavWriter *self)
{
  if (self == NULL)
    return;
  readstat_writer_free (self->writer);
  g_clear_pointer (&self->output, dhk_atomic_free);
  g_ptr_array_unref (self->variables);
  g_hash_table_unref (self->names);
  g_clear_error (&self->error);
  g_free (self);
}
