/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that prints the help of a page of the window. */

#include <glib/gi18n-lib.h>

#include "base/dhk-help.h"
#include "cli/dhk-cli-private.h"

#define WIDTH 78
#define STEP_INDENT 4
#define KEY_INDENT 24

/* A paragraph that hangs behind `lead`, which takes the place of the indentation of the first line. */
static void
print_hanging (const char *lead, guint indent, const char *text)
{
  g_autofree char *wrapped = dhk_cli_dup_wrapped (text, WIDTH - (glong) indent);
  g_auto (GStrv) lines = g_strsplit (wrapped, "\n", -1);
  /* printf counts bytes; the names of keys are columns of characters. */
  int gap = (int) indent - (int) g_utf8_strlen (lead, -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (i == 0)
      g_print ("%s%*s%s\n", lead, MAX (gap, 0), "", lines[i]);
    else
      g_print ("%*s%s\n", (int) indent, "", lines[i]);
}

static void
print_part (const DhkHelpPart *part, const DhkHelpPart *before)
{
  gboolean follows_its_like = before != NULL && before->kind == part->kind;
  g_autofree char *lead = NULL;

  switch (part->kind)
    {
    case DHK_HELP_HEADING:
      g_print ("\n%s\n", part->text);
      break;
    case DHK_HELP_STEP:
      lead = g_strdup_printf ("%2u. ", part->number);
      print_hanging (lead, STEP_INDENT, part->text);
      break;
    case DHK_HELP_KEY:
      lead = g_strdup_printf ("  %s", part->keys);
      print_hanging (lead, KEY_INDENT, part->text);
      break;
    case DHK_HELP_PARAGRAPH:
    default:
      if (follows_its_like || (before != NULL && before->kind == DHK_HELP_STEP))
        g_print ("\n");
      print_hanging ("", 0, part->text);
      break;
    }
}

char *
dhk_cli_dup_help_topics (void)
{
  g_autoptr (GPtrArray) topics = dhk_help_load (dhk_language_of_messages ());
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < topics->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "",
                            ((const DhkHelpTopic *) g_ptr_array_index (topics, i))->id);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

gboolean
dhk_cli_print_topic (const char *id)
{
  g_autoptr (GPtrArray) topics = dhk_help_load (dhk_language_of_messages ());
  const DhkHelpTopic *topic = dhk_help_find (topics, id);

  if (topic == NULL)
    return FALSE;
  g_print ("%s\n\n", topic->title);
  for (guint i = 0; i < topic->parts->len; i++)
    print_part (g_ptr_array_index (topic->parts, i),
                i > 0 ? g_ptr_array_index (topic->parts, i - 1) : NULL);
  return TRUE;
}

DhkExit
dhk_cli_help (char **given)
{
  g_auto (GStrv) arguments = given;
  static const GOptionEntry none[] = { { NULL } };
  g_autofree char *topics = NULL;
  DhkExit status;

  if (!dhk_cli_parse ("help", none, &arguments, &status))
    return status;
  topics = dhk_cli_dup_help_topics ();
  if (g_strv_length (arguments) != 2)
    return dhk_cli_usage (NULL, _ ("Name one topic: %s."), topics);
  if (dhk_cli_print_topic (arguments[1]))
    return DHK_EXIT_DONE;
  return dhk_cli_usage (NULL,
                        _ ("There is no help on “%s”. There is help on: %s, and on every command."),
                        arguments[1], topics);
}
