/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/dhk-json-writer.h"

#include <math.h>

#include "base/dhk-number.h"

void
dhk_json_open (DhkJsonWriter *self, const char *bracket)
{
  g_string_append (self->text, bracket);
  self->first = TRUE;
}

void
dhk_json_close (DhkJsonWriter *self, const char *bracket)
{
  g_string_append (self->text, bracket);
  self->first = FALSE;
}

void
dhk_json_separate (DhkJsonWriter *self, const char *separator)
{
  if (!self->first)
    g_string_append (self->text, separator);
  self->first = FALSE;
}

void
dhk_json_write_string (DhkJsonWriter *self, const char *value)
{
  g_string_append_c (self->text, '"');
  for (const char *p = value; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (self->text, "\\%c", *p);
    else if ((guchar) *p < 0x20)
      g_string_append_printf (self->text, "\\u%04x", (guint) *p);
    else
      g_string_append_c (self->text, *p);
  g_string_append_c (self->text, '"');
}

void
dhk_json_write_number (DhkJsonWriter *self, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (self->text, isfinite (value) ? dhk_number_to_file (value, buffer) : "null");
}

void
dhk_json_write_key (DhkJsonWriter *self, const char *key)
{
  dhk_json_separate (self, ", ");
  dhk_json_write_string (self, key);
  g_string_append (self->text, ": ");
}

void
dhk_json_add_string (DhkJsonWriter *self, const char *key, const char *value)
{
  dhk_json_write_key (self, key);
  if (value != NULL)
    dhk_json_write_string (self, value);
  else
    g_string_append (self->text, "null");
}

void
dhk_json_add_number (DhkJsonWriter *self, const char *key, double value)
{
  dhk_json_write_key (self, key);
  dhk_json_write_number (self, value);
}

void
dhk_json_add_count (DhkJsonWriter *self, const char *key, guint64 value)
{
  dhk_json_write_key (self, key);
  g_string_append_printf (self->text, "%" G_GUINT64_FORMAT, value);
}
