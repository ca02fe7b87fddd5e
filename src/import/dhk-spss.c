/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-spss.h"

#include "import/dhk-import-error.h"
#include "import/dhk-por-text.h"
#include "import/dhk-spss-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* While the dictionary is read. */
typedef struct
{
  DhkSpss *spss;
  DhkSpssText text;
  GHashTable *sets;  /* name of a set of labels -> GArray of DhkReaderLabel */
  GPtrArray *wanted; /* per column the name of its set, or NULL */
  GHashTable *names; /* folded name of a column so far -> how many began so */
} Dictionary;

/* What it is ---------------------------------------------------------------- */

DhkSpssKind
dhk_spss_recognise (DhkSource *source)
{
  g_auto (DhkPorText) text = { 0 };
  guint8 start[DHK_POR_GREETING];
  gssize got = dhk_source_read_at (source, 0, start, sizeof start, NULL);

  if (got >= 4 && (memcmp (start, "$FL2", 4) == 0 || memcmp (start, "$FL3", 4) == 0))
    return DHK_SPSS_SYSTEM;
  if (got < (gssize) sizeof start)
    return DHK_SPSS_NOT;
  if (memmem (start, sizeof start, "SPSS PORT FILE", strlen ("SPSS PORT FILE")) != NULL)
    return DHK_SPSS_PORTABLE;
  /* The greeting is free text; the signature behind it is not. */
  dhk_por_text_init (&text, source);
  return dhk_por_take_signature (&text) ? DHK_SPSS_PORTABLE : DHK_SPSS_NOT;
}

/* Columns ---------------------------------------------------------------- */

static void
label_clear (gpointer data)
{
  DhkReaderLabel *label = data;

  g_free (label->value);
  g_free (label->label);
}

static void
missing_clear (gpointer data)
{
  g_free (((DhkReaderMissing *) data)->value);
}

static void
column_free (gpointer data)
{
  DhkReaderColumn *column = data;

  if (column->labels != NULL)
    g_array_unref (column->labels);
  g_array_unref (column->missing);
  g_free (column->name);
  g_free (column->label);
  g_free (column->format);
  g_free (column);
}

static GArray *
new_labels (void)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (DhkReaderLabel));

  g_array_set_clear_func (labels, label_clear);
  return labels;
}

/* Without the spaces that fill a field up. ReadStat gives NULL for what is empty. */
static char *
decode (DhkSpssText *text, const char *bytes)
{
  GString *out = g_string_new (NULL);
  gsize length = bytes != NULL ? strlen (bytes) : 0;

  while (length > 0 && bytes[length - 1] == ' ')
    length--;
  dhk_spss_text_append (text, out, bytes, length);
  return g_string_free (out, FALSE);
}

/* What cannot be shown becomes an underscore. */
static GString *
repair_name (const char *name, int index)
{
  GString *repaired = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (repaired, g_unichar_isgraph (c) && c != 0xfffd ? c : '_');
    }
  if (repaired->len == 0)
    g_string_printf (repaired, "V%d", index + 1);
  return repaired;
}

/* Unlike all names before; thousands of equal ones must not each try all numbers. */
static char *
decode_name (Dictionary *self, const char *bytes, int index)
{
  g_autofree char *decoded = decode (&self->text, bytes);
  GString *name = repair_name (decoded, index);
  g_autofree char *stem = g_strdup (name->str);
  g_autofree char *first = g_utf8_casefold (stem, -1);
  g_autofree char *fold = g_strdup (first);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, first));

  while (g_hash_table_contains (self->names, fold))
    {
      g_string_printf (name, "%s_%u", stem, ++n);
      g_free (fold);
      fold = g_utf8_casefold (name->str, -1);
    }
  if (n > 0)
    g_hash_table_insert (self->names, g_steal_pointer (&first), GUINT_TO_POINTER (n));
  g_hash_table_insert (self->names, g_steal_pointer (&fold), GUINT_TO_POINTER (1));
  return g_string_free (name, FALSE);
}

static char *
value_to_text (const DhkSpssFormat *format, DhkColumnType type, double value)
{
  GString *text = g_string_new (NULL);
  double unused;

  dhk_spss_value_append (text, format, type, value, &unused);
  return g_string_free (text, FALSE);
}

/* ReadStat gives open ends as infinite or as the largest number. */
static double
to_bound (double value)
{
  return CLAMP (value, -G_MAXDOUBLE, G_MAXDOUBLE);
}

static void
add_missing (Dictionary *self,
             DhkReaderColumn *column,
             const DhkSpssFormat *format,
             readstat_value_t low,
             readstat_value_t high)
{
  DhkReaderMissing missing = { 0 };

  if (column->type == DHK_COLUMN_TEXT)
    {
      missing.value = decode (&self->text, readstat_string_value (low));
    }
  else
    {
      double from = readstat_double_value (low), to = readstat_double_value (high);

      if (isnan (from) || isnan (to))
        return;
      missing.low = to_bound (from);
      missing.high = to_bound (to);
      if (!(missing.low < missing.high))
        missing.value = value_to_text (format, column->type, missing.low);
    }
  g_array_append_val (column->missing, missing);
}

static DhkMeasure
measure_of (const readstat_variable_t *variable)
{
  switch (readstat_variable_get_measure (variable))
    {
    case READSTAT_MEASURE_NOMINAL:
      return DHK_MEASURE_NOMINAL;
    case READSTAT_MEASURE_ORDINAL:
      return DHK_MEASURE_ORDINAL;
    case READSTAT_MEASURE_SCALE:
      return DHK_MEASURE_SCALE;
    case READSTAT_MEASURE_UNKNOWN:
    default:
      return DHK_MEASURE_UNKNOWN;
    }
}

static int
variable_cb (int index, readstat_variable_t *variable, const char *set, void *data)
{
  Dictionary *self = data;
  DhkReaderColumn *column;
  DhkSpssFormat *format;
  gboolean is_text = readstat_variable_get_type_class (variable) == READSTAT_TYPE_CLASS_STRING;

  if (index < 0 || (guint) index != self->spss->columns->len
      || (guint) index >= self->spss->formats->len)
    return READSTAT_HANDLER_ABORT;

  format = &g_array_index (self->spss->formats, DhkSpssFormat, index);
  column = g_new0 (DhkReaderColumn, 1);
  column->name = decode_name (self, readstat_variable_get_name (variable), index);
  column->label = decode (&self->text, readstat_variable_get_label (variable));
  column->format = dhk_spss_format_to_text (format, is_text);
  column->type = is_text ? DHK_COLUMN_TEXT : dhk_spss_format_get_type (format);
  column->measure = measure_of (variable);
  column->missing = g_array_new (FALSE, FALSE, sizeof (DhkReaderMissing));
  g_array_set_clear_func (column->missing, missing_clear);
  for (int i = 0; i < readstat_variable_get_missing_ranges_count (variable); i++)
    add_missing (self, column, format, readstat_variable_get_missing_range_lo (variable, i),
                 readstat_variable_get_missing_range_hi (variable, i));
  g_ptr_array_add (self->spss->columns, column);
  g_ptr_array_add (self->wanted, g_strdup (set));
  return READSTAT_HANDLER_OK;
}

/* Value labels ---------------------------------------------------------------- */

static int
label_cb (const char *set, readstat_value_t value, const char *label, void *data)
{
  Dictionary *self = data;
  DhkReaderLabel one = { 0 };
  GArray *labels = g_hash_table_lookup (self->sets, set);

  if (labels == NULL)
    {
      labels = new_labels ();
      g_hash_table_insert (self->sets, g_strdup (set), labels);
    }
  one.label = decode (&self->text, label);
  if (readstat_value_type_class (value) == READSTAT_TYPE_CLASS_STRING)
    one.value = decode (&self->text, readstat_string_value (value));
  else
    one.number = readstat_double_value (value);
  if (one.label[0] != '\0' && isfinite (one.number))
    g_array_append_val (labels, one);
  else
    label_clear (&one);
  return READSTAT_HANDLER_OK;
}

static GArray *
dup_labels (const GArray *labels, const DhkReaderColumn *column, const DhkSpssFormat *format)
{
  GArray *own = new_labels ();

  for (guint k = 0; labels != NULL && k < labels->len; k++)
    {
      const DhkReaderLabel *shared = &g_array_index (labels, DhkReaderLabel, k);
      DhkReaderLabel label = { .number = shared->number, .label = g_strdup (shared->label) };

      if ((column->type == DHK_COLUMN_TEXT) != (shared->value != NULL))
        {
          g_free (label.label);
          continue;
        }
      label.value = shared->value != NULL ? g_strdup (shared->value)
                                          : value_to_text (format, column->type, shared->number);
      g_array_append_val (own, label);
    }
  return own;
}

/* Columns of one format share a set: the text of a code depends on the format. */
static void
give_labels (Dictionary *self)
{
  g_autoptr (GHashTable) given
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->spss->columns->len; i++)
    {
      DhkReaderColumn *column = g_ptr_array_index (self->spss->columns, i);
      const DhkSpssFormat *format = &g_array_index (self->spss->formats, DhkSpssFormat, i);
      const char *set = g_ptr_array_index (self->wanted, i);
      g_autofree char *key
          = g_strdup_printf ("%s %u %d", set != NULL ? set : "", format->kind, (int) column->type);
      GArray *labels = g_hash_table_lookup (given, key);

      if (labels == NULL)
        {
          labels = dup_labels (set != NULL ? g_hash_table_lookup (self->sets, set) : NULL, column,
                               format);
          g_hash_table_insert (given, g_steal_pointer (&key), labels);
        }
      column->labels = g_array_ref (labels);
    }
}

/* Opening ---------------------------------------------------------------- */

static gboolean
read_dictionary (DhkSpss *self, GPtrArray *notes, GError **error)
{
  Dictionary dictionary = { .spss = self };
  DhkSpssPlace place;
  gboolean ok;

  if (!dhk_spss_text_init (&dictionary.text, self->encoding))
    {
      dhk_spss_text_clear (&dictionary.text);
      g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE,
                   /* Translators: %s is the name of an encoding, such as EBCDIC. */
                   _ ("The texts in this data file of SPSS are in the encoding %s, which is not "
                      "read here. Save it in SPSS as Unicode and import that file."),
                   self->encoding);
      return FALSE;
    }
  dictionary.sets
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  dictionary.wanted = g_ptr_array_new_with_free_func (g_free);
  dictionary.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = dhk_spss_parse (self, variable_cb, label_cb, NULL, &dictionary, &place, error);
  give_labels (&dictionary);
  if (ok && self->columns->len != self->formats->len)
    ok = dhk_spss_refuse_damaged (error);
  if (ok && dictionary.text.broken)
    dhk_notes_take (notes, g_strdup (_ ("Some names or labels hold characters that have no "
                                        "meaning in the encoding of the file; they are shown as "
                                        "�.")));
  g_hash_table_unref (dictionary.names);
  g_ptr_array_unref (dictionary.wanted);
  g_hash_table_unref (dictionary.sets);
  dhk_spss_text_clear (&dictionary.text);
  return ok;
}

DhkSpss *
dhk_spss_open (DhkSource *source, DhkSpssKind kind, GPtrArray *notes, GError **error)
{
  g_autoptr (DhkSpss) self = g_new0 (DhkSpss, 1);

  self->source = dhk_source_ref (source);
  self->portable = kind == DHK_SPSS_PORTABLE;
  self->formats = g_array_new (FALSE, FALSE, sizeof (DhkSpssFormat));
  self->columns = g_ptr_array_new_with_free_func (column_free);
  if (self->portable)
    self->encoding = g_strdup ("UTF-8"); /* ReadStat's own */
  if (!(self->portable ? dhk_por_check (self, notes, error) : dhk_sav_check (self, notes, error))
      || !read_dictionary (self, notes, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dhk_spss_free (DhkSpss *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->start, g_byte_array_unref);
  g_clear_pointer (&self->trailer, g_byte_array_unref);
  g_ptr_array_unref (self->columns);
  g_array_unref (self->formats);
  dhk_source_unref (self->source);
  g_free (self->encoding);
  g_free (self);
}
