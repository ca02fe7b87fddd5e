/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is printed cannot steer a terminal. Names of files and sheets, labels and words of a damaged
 * file stand in messages, and may hold control characters: those are shown as dots, on a
 * terminal, and in messages wherever they go. What is written to a file or to another program
 * stays as it is.
 */

#include <string.h>
#include <unistd.h>

#include "cli/dhk-cli-private.h"

/* Also those that turn the direction of writing: they make a name look like another. */
static gboolean
steers (gunichar c)
{
  return (g_unichar_iscntrl (c) && c != '\n' && c != '\t') || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069);
}

char *
dhk_cli_dup_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *plain = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (steers (g_utf8_get_char (p)))
      g_string_append (plain, "·");
    else
      g_string_append_len (plain, p, g_utf8_next_char (p) - p);
  return g_string_free (plain, FALSE);
}

static void
print_plain (const char *text)
{
  g_autofree char *plain = dhk_cli_dup_plain (text);

  /* The usual way to a terminal in any encoding is what is there without a handler. */
  g_set_print_handler (NULL);
  g_print ("%s", plain);
  g_set_print_handler (print_plain);
}

static void
print_error_plain (const char *text)
{
  g_autofree char *plain = dhk_cli_dup_plain (text);

  g_set_printerr_handler (NULL);
  g_printerr ("%s", plain);
  g_set_printerr_handler (print_error_plain);
}

void
dhk_cli_guard_terminal (void)
{
  g_set_printerr_handler (print_error_plain);
  if (isatty (STDOUT_FILENO))
    g_set_print_handler (print_plain);
}
