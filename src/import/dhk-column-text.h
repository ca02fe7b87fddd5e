/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Spaces around numbers and dates, for import/dhk-column-guess.h. Inner header of the import room. */

#include <glib.h>

G_BEGIN_DECLS

static inline gboolean
dhk_text_is_space (gunichar c)
{
  if (c < 0x80)
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  return g_unichar_isspace (c) || c == 0x00A0 || c == 0x202F || c == 0x2009 || c == 0xFEFF;
}

static inline const char *
dhk_text_skip_spaces (const char *text)
{
  while (*text != '\0' && dhk_text_is_space (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  return text;
}

static inline gboolean
dhk_text_is_nothing (const char *text)
{
  return text == NULL || *dhk_text_skip_spaces (text) == '\0';
}

G_END_DECLS
