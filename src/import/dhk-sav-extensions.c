/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The extensions of a system file's dictionary (records of type 7): which of
 * them ReadStat may see.
 *
 * Six kinds matter here: 3 and 20 (encoding), 4 (the number that means
 * missing), 11 (level of measurement), 13 (long names), 14 (very long texts), 21
 * and 22 (labels and missing values of long texts). All others are switched off
 * by giving them a number that means nothing, so that no place shifts.
 */

#include "import/dhk-sav-check-private.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_SUBTYPE 9999
#define MAX_TEXT_WIDTH 32767
/* ReadStat looks for every name among all variables. */
#define MAX_COMPARISONS (G_GUINT64_CONSTANT (20) * 1000 * 1000)
/* A file has one of each kind. */
#define MAX_EXTENSIONS 64
/* Bytes of a very long text that one variable holds, and the next ones add. */
#define PART_BYTES 252

static const char *
get_data (DhkSavWalk *self)
{
  return (const char *) self->spss->start->data + self->at;
}

static void
switch_off (DhkSavWalk *self)
{
  dhk_sav_walk_set_u32 (self, self->at - 12, NO_SUBTYPE);
}

static DhkSavVariable *
get_variable (DhkSavWalk *self, guint i)
{
  return &g_array_index (self->variables, DhkSavVariable, i);
}

/* Encoding ---------------------------------------------------------------- */

static char *
encoding_from_code (guint32 code)
{
  switch (code)
    {
    case 2: /* "7-bit ASCII", by programs that wrote Windows-1252 */
    case 3:
      return g_strdup ("WINDOWS-1252");
    case 20127:
      return g_strdup ("WINDOWS-1252");
    case 65001:
      return g_strdup ("UTF-8");
    case 932:
      return g_strdup ("CP932");
    case 20866:
      return g_strdup ("KOI8-R");
    case 10000:
      return g_strdup ("MACINTOSH");
    case 51932:
      return g_strdup ("EUC-JP");
    case 51936:
      return g_strdup ("GB2312");
    case 51949:
      return g_strdup ("EUC-KR");
    case 54936:
      return g_strdup ("GB18030");
    default:
      if (code >= 28591 && code <= 28605)
        return g_strdup_printf ("ISO-8859-%u", code - 28590);
      if (code >= 1250 && code <= 1258)
        return g_strdup_printf ("WINDOWS-%u", code);
      return g_strdup_printf ("CP%u", code);
    }
}

static void
check_integers (DhkSavWalk *self, guint32 size, guint32 n)
{
  if (size != 4 || n != 8)
    {
      switch_off (self);
      return;
    }
  if (!self->named)
    {
      g_free (self->spss->encoding);
      self->spss->encoding = encoding_from_code (dhk_sav_walk_get_u32 (self, self->at + 28));
    }
}

static void
check_encoding (DhkSavWalk *self, guint64 length)
{
  g_autofree char *name = g_strndup (get_data (self), (gsize) MIN (length, 64));

  g_strstrip (name);
  switch_off (self);
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.:()", *p) == NULL)
      return;
  if (name[0] == '\0')
    return;
  g_free (self->spss->encoding);
  self->spss->encoding = g_ascii_strup (name, -1);
  self->named = TRUE;
}

/* Names ---------------------------------------------------------------- */

static guint
fold_hash (gconstpointer key)
{
  g_autofree char *fold = g_ascii_strdown (key, -1);

  return g_str_hash (fold);
}

static gboolean
fold_equal (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

/* Short name -> index + 1 of its variable, 0 when two variables share it. */
static GHashTable *
list_short_names (DhkSavWalk *self)
{
  GHashTable *names = g_hash_table_new (fold_hash, fold_equal);

  for (guint i = 0; i < self->variables->len; i++)
    {
      char *name = get_variable (self, i)->name;

      g_hash_table_insert (names, name,
                           GUINT_TO_POINTER (g_hash_table_contains (names, name) ? 0 : i + 1));
    }
  return names;
}

static GHashTable *
list_names (DhkSavWalk *self)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->names->len; i++)
    g_hash_table_insert (names, g_ptr_array_index (self->names, i), GUINT_TO_POINTER (i + 1));
  return names;
}

static gboolean
is_key (const char *key, gsize length)
{
  if (length == 0 || length > 8)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guint8 c = (guint8) key[i];

      if (c >= 0x80 ? c > 0xf7
          : i == 0  ? !g_ascii_isupper (c) && c != '@'
                    : !g_ascii_isalnum (c) && strchr ("@#$_.", c) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_long_name (const char *name, gsize length)
{
  if (length == 0 || length > 64)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guint8 c = (guint8) name[i];

      if (c >= 0x80 ? c > 0xf7 : !g_ascii_isprint (c))
        return FALSE;
    }
  return TRUE;
}

/* "SHORT=Long name", divided by tabs; all or nothing. */
static gboolean
take_long_names (DhkSavWalk *self, gsize length)
{
  g_autoptr (GHashTable) shorts = list_short_names (self);
  const char *p = get_data (self), *end = p + length;

  if (length > 0 && end[-1] == '\t')
    end--;
  while (p < end)
    {
      const char *stop = memchr (p, '\t', (gsize) (end - p));
      const char *equals;
      g_autofree char *key = NULL;
      guint index;

      stop = stop != NULL ? stop : end;
      equals = memchr (p, '=', (gsize) (stop - p));
      if (equals == NULL || !is_key (p, (gsize) (equals - p))
          || !is_long_name (equals + 1, (gsize) (stop - equals - 1)) || stop == end - 1)
        return FALSE;
      key = g_strndup (p, (gsize) (equals - p));
      index = GPOINTER_TO_UINT (g_hash_table_lookup (shorts, key));
      if (index > 0)
        {
          g_free (g_ptr_array_index (self->names, index - 1));
          g_ptr_array_index (self->names, index - 1)
              = g_strndup (equals + 1, (gsize) (stop - equals - 1));
        }
      p = MIN (stop + 1, end);
    }
  return length > 0;
}

/* Very long texts ---------------------------------------------------------------- */

static gboolean
take_very_long (DhkSavWalk *self, guint index, guint64 width, GError **error)
{
  DhkSavVariable *variable = get_variable (self, index);
  guint n_parts = (guint) ((width + PART_BYTES - 1) / PART_BYTES);

  if (variable->width == 0 || n_parts == 0 || n_parts > self->variables->len - index)
    return dhk_spss_refuse_damaged (error);
  for (guint i = 1; i < n_parts; i++)
    if (get_variable (self, index + i - 1)->width != 255
        || get_variable (self, index + i)->width == 0
        || get_variable (self, index + i)->n_parts != 1)
      return dhk_spss_refuse_damaged (error);
  variable->n_parts = n_parts;
  return TRUE;
}

/* "SHORT=00300", each ended by zero bytes and a tab. */
static gboolean
check_very_long (DhkSavWalk *self, gsize length, GError **error)
{
  g_autoptr (GHashTable) shorts = list_short_names (self);
  const char *p = get_data (self), *end = p + length;

  while (p < end)
    {
      const char *stop = memchr (p, '\0', (gsize) (end - p));
      const char *equals = stop != NULL ? memchr (p, '=', (gsize) (stop - p)) : NULL;
      g_autofree char *key = NULL;
      guint64 width;
      guint index;

      if (equals == NULL || !is_key (p, (gsize) (equals - p)) || stop - equals < 2
          || stop - equals > 9)
        return dhk_spss_refuse_damaged (error);
      for (const char *digit = equals + 1; digit < stop; digit++)
        if (!g_ascii_isdigit (*digit))
          return dhk_spss_refuse_damaged (error);
      key = g_strndup (p, (gsize) (equals - p));
      width = g_ascii_strtoull (equals + 1, NULL, 10);
      index = GPOINTER_TO_UINT (g_hash_table_lookup (shorts, key));
      if (index == 0 || width > MAX_TEXT_WIDTH || !take_very_long (self, index - 1, width, error))
        return error != NULL && *error != NULL ? FALSE : dhk_spss_refuse_damaged (error);

      for (p = stop; p < end && *p == '\0'; p++)
        ;
      if (p < end && *p++ != '\t')
        return dhk_spss_refuse_damaged (error);
    }
  return TRUE;
}

/* Labels and missing values of long texts -------------------------------------- */

typedef struct
{
  DhkSavWalk *walk;
  guint64 at;
  guint64 end;
} Cursor;

static gboolean
cursor_u32 (Cursor *self, guint32 *number)
{
  if (self->end - self->at < 4)
    return FALSE;
  *number = dhk_sav_walk_get_u32 (self->walk, self->at);
  self->at += 4;
  return TRUE;
}

/* A length and so many bytes. */
static gboolean
cursor_text (Cursor *self, guint32 max, char **text)
{
  guint32 length;

  if (!cursor_u32 (self, &length) || length > max || self->end - self->at < length)
    return FALSE;
  if (text != NULL)
    *text = g_strndup ((const char *) self->walk->spss->start->data + self->at, length);
  self->at += length;
  return TRUE;
}

static gboolean
check_long_labels (DhkSavWalk *self, gsize length)
{
  Cursor cursor = { self, self->at, self->at + length };
  g_autoptr (GHashTable) names = list_names (self);
  guint64 n_compared = 0;

  while (cursor.at < cursor.end)
    {
      g_autofree char *name = NULL;
      guint32 width, n;

      n_compared += self->variables->len;
      if (n_compared > MAX_COMPARISONS || !cursor_text (&cursor, 64, &name)
          || !g_hash_table_contains (names, name) || !cursor_u32 (&cursor, &width)
          || !cursor_u32 (&cursor, &n))
        return FALSE;
      for (guint32 i = 0; i < n; i++)
        if (!cursor_text (&cursor, MAX_TEXT_WIDTH, NULL)
            || !cursor_text (&cursor, MAX_TEXT_WIDTH, NULL))
          return FALSE;
    }
  return TRUE;
}

static gboolean
check_long_missing (DhkSavWalk *self, gsize length)
{
  Cursor cursor = { self, self->at, self->at + length };
  g_autoptr (GHashTable) names = list_names (self);
  guint64 n_compared = 0;

  while (cursor.at < cursor.end)
    {
      g_autofree char *name = NULL;
      guint32 width;
      guint8 n;

      n_compared += self->variables->len;
      if (n_compared > MAX_COMPARISONS || !cursor_text (&cursor, 64, &name)
          || !g_hash_table_contains (names, name) || cursor.at == cursor.end)
        return FALSE;
      n = self->spss->start->data[cursor.at++];
      if (n < 1 || n > 3 || !cursor_u32 (&cursor, &width) || width > 8
          || cursor.end - cursor.at < (guint64) n * width)
        return FALSE;
      cursor.at += (guint64) n * width;
    }
  return TRUE;
}

/* Which of them ---------------------------------------------------------------- */

static void
start_names (DhkSavWalk *self)
{
  if (self->names != NULL)
    return;
  self->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->variables->len; i++)
    g_ptr_array_add (self->names, g_strdup (get_variable (self, i)->name));
}

static void
leave_out (DhkSavWalk *self, const char *note)
{
  switch_off (self);
  dhk_notes_take (self->notes, g_strdup (note));
}

gboolean
dhk_sav_check_extension (DhkSavWalk *self, guint32 subtype, guint32 size, guint32 n, GError **error)
{
  const gboolean is_costly = subtype == 13 || subtype == 14 || subtype == 21 || subtype == 22;
  gsize length = (gsize) size * n;

  if (is_costly && ++self->n_extensions > MAX_EXTENSIONS)
    return dhk_spss_refuse_damaged (error);
  start_names (self);
  switch (subtype)
    {
    case 3:
      check_integers (self, size, n);
      return TRUE;
    case 4:
      if (size != 8 || n != 3)
        switch_off (self);
      return TRUE;
    case 11:
      if (size != 4 || (n != 2 * self->variables->len && n != 3 * self->variables->len))
        switch_off (self);
      return TRUE;
    case 13:
      if (size != 1 || !take_long_names (self, length))
        leave_out (self, _ ("The long names of the variables are damaged in this file; the short "
                            "names are shown."));
      return TRUE;
    case 14:
      if (size != 1)
        return dhk_spss_refuse_damaged (error);
      return check_very_long (self, length, error);
    case 20:
      check_encoding (self, length);
      return TRUE;
    case 21:
      if (size != 1 || !check_long_labels (self, length))
        leave_out (self, _ ("The value labels of long texts are damaged in this file; the texts "
                            "are shown without them."));
      return TRUE;
    case 22:
      if (size != 1 || !check_long_missing (self, length))
        leave_out (self, _ ("The missing values of long texts are damaged in this file; they are "
                            "read as ordinary texts."));
      return TRUE;
    default:
      switch_off (self);
      return TRUE;
    }
}
