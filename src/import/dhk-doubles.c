/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-doubles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/dhk-double-groups.h"

/* Sent twice: so many seconds apart at most. */
#define A_FEW_MINUTES (10 * 60)

static gboolean
is_equal (const DhkDoublePlace *a, const DhkDoublePlace *b)
{
  return strcmp (dhk_double_get_row (a)->content, dhk_double_get_row (b)->content) == 0;
}

/* "line 5 of “Parents.xlsx”"; %lu, as xgettext cannot read past a format macro. */
static char *
name_place (const DhkDoublePlace *place)
{
  return g_strdup_printf (_ ("line %lu of “%s”"), (gulong) dhk_double_get_row (place)->line,
                          place->file->file->name);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = dhk_double_get_time (a);
  gint64 y = dhk_double_get_time (b);

  return (x > y) - (x < y);
}

/* A stable order: files and lines decide between equal times. */
static void
sort_by_time (GArray *group)
{
  for (guint i = 1; i < group->len; i++)
    if (compare_times (&g_array_index (group, DhkDoublePlace, i - 1),
                       &g_array_index (group, DhkDoublePlace, i))
        > 0)
      {
        g_array_sort (group, compare_times);
        return;
      }
}

/* Questions ------------------------------------------------------------------- */

static guint
count_answers (const DhkDoublePlace *place)
{
  const gint8 *codes = dhk_draft_file_get_codes (place->file->file, place->row);
  guint n = 0;

  for (guint q = 0; q < place->file->file->n_questions; q++)
    n += codes[q] >= 0;
  return n;
}

static char *
describe_place (const DhkDoublePlace *place)
{
  g_autofree char *name = name_place (place);
  guint n = count_answers (place);
  gint64 time = dhk_double_get_time (place);
  g_autoptr (GDateTime) date = time == 0 ? NULL : g_date_time_new_from_unix_utc (time);
  g_autofree char *when = date == NULL ? NULL : g_date_time_format (date, "%Y-%m-%d %H:%M");

  return g_strdup_printf (ngettext ("%s%s%s, %u answer", "%s%s%s, %u answers", n), name,
                          when != NULL ? ", " : "", when != NULL ? when : "", n);
}

static char *
describe_group (const GArray *group)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < group->len; i++)
    {
      g_autofree char *place = describe_place (&g_array_index (group, DhkDoublePlace, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", place);
    }
  return g_string_free (text, FALSE);
}

static const char *
ask_which (const GArray *group, const char *kind, char *text)
{
  const DhkDoublePlace *first = &g_array_index (group, DhkDoublePlace, 0);
  DhkAsker *asker = first->file->asker;
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, dhk_double_get_row (first)->line);

  dhk_asker_begin (asker, dhk_recogniser_make_id (first->file, kind, line), text,
                   describe_group (group));
  dhk_recogniser_offer_doubles (asker, group->len == 2);
  dhk_asker_about (asker, first->file->file, NULL, NULL, NULL);
  return first->file->doubles == NULL ? dhk_asker_end (asker, NULL)
                                      : dhk_asker_decide (asker, first->file->doubles);
}

static guint
find_chosen (const GArray *group, const char *answer)
{
  guint chosen = 0;

  if (strcmp (answer, "latest") == 0)
    return group->len - 1;
  for (guint i = 1; strcmp (answer, "most-complete") == 0 && i < group->len; i++)
    if (count_answers (&g_array_index (group, DhkDoublePlace, i))
        >= count_answers (&g_array_index (group, DhkDoublePlace, chosen)))
      chosen = i;
  return chosen;
}

static void
follow_answer (const GArray *group, const char *answer)
{
  const DhkDoublePlace *chosen;
  g_autofree char *name = NULL;
  GPtrArray *others;

  if (answer == NULL)
    return;
  if (strcmp (answer, "both") == 0)
    {
      for (guint i = 1; i < group->len; i++)
        {
          DhkDraftRow *row = dhk_double_get_row (&g_array_index (group, DhkDoublePlace, i));
          g_autofree char *text = g_strdup_printf ("%s\n%u", row->identity, i + 1);

          /* Of one identity, each needs its own; different ones stay as they are. */
          if (strcmp (row->identity,
                      dhk_double_get_row (&g_array_index (group, DhkDoublePlace, 0))->identity)
              != 0)
            continue;
          g_free (row->identity);
          row->identity = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
        }
      return;
    }
  chosen = &g_array_index (group, DhkDoublePlace, find_chosen (group, answer));
  name = name_place (chosen);
  others = g_ptr_array_new ();
  for (guint i = 0; i < group->len; i++)
    {
      const DhkDoublePlace *place = &g_array_index (group, DhkDoublePlace, i);

      if (place == chosen)
        continue;
      dhk_draft_file_set_aside (place->file->file, place->row,
                                _ ("another answer of the same person counts: %s"), name);
      g_ptr_array_add (others, g_strdup (dhk_double_get_row (place)->identity));
    }
  g_ptr_array_add (others, NULL);
  g_strfreev (dhk_double_get_row (chosen)->replaces);
  dhk_double_get_row (chosen)->replaces = (char **) g_ptr_array_free (others, FALSE);
}

/* The three kinds ----------------------------------------------------------------- */

static void
settle_response (GArray *group)
{
  g_autoptr (GArray) different = g_array_new (FALSE, FALSE, sizeof (DhkDoublePlace));
  const DhkDoublePlace *first;

  for (guint i = 0; i < group->len; i++)
    {
      const DhkDoublePlace *place = &g_array_index (group, DhkDoublePlace, i);
      const DhkDoublePlace *same = NULL;
      g_autofree char *name = NULL;

      for (guint j = 0; j < different->len && same == NULL; j++)
        if (is_equal (&g_array_index (different, DhkDoublePlace, j), place))
          same = &g_array_index (different, DhkDoublePlace, j);
      if (same == NULL)
        {
          g_array_append_vals (different, place, 1);
          continue;
        }
      name = name_place (same);
      if (same->file != place->file)
        dhk_double_get_row (place)->fate = DHK_ROW_PRESENT;
      else
        dhk_draft_file_set_aside (place->file->file, place->row, _ ("the same response as %s"),
                                  name);
    }
  if (different->len < 2)
    return;
  sort_by_time (different);
  first = &g_array_index (different, DhkDoublePlace, 0);
  follow_answer (different,
                 ask_which (different, "response",
                            g_strdup_printf (_ ("In “%s”, the same response stands more than once "
                                                "with different answers. Which one counts?"),
                                             first->file->file->name)));
}

/* The earlier one of `kept` that `place` repeats, or NULL. */
static const DhkDoublePlace *
find_earlier (const GArray *kept, const DhkDoublePlace *place, gboolean same_person)
{
  for (guint i = kept->len; i > 0; i--)
    {
      const DhkDoublePlace *other = &g_array_index (kept, DhkDoublePlace, i - 1);
      gboolean timed = dhk_double_get_time (place) != 0 && dhk_double_get_time (other) != 0;
      g_autofree char *a = NULL;
      g_autofree char *b = NULL;

      if (timed && dhk_double_get_time (place) - dhk_double_get_time (other) > A_FEW_MINUTES)
        return NULL;
      if ((!timed && !same_person) || !is_equal (place, other))
        continue;
      if (same_person)
        return other;
      /* Two addresses are two people, however alike. */
      a = dhk_double_dup_email (place);
      b = dhk_double_dup_email (other);
      if (a == NULL || b == NULL || strcmp (a, b) == 0)
        return other;
    }
  return NULL;
}

/* Keeps aside what was sent twice; the rest stays in `group`. */
static void
drop_sent_twice (GArray *group, gboolean same_person)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (DhkDoublePlace));

  sort_by_time (group);
  for (guint i = 0; i < group->len; i++)
    {
      const DhkDoublePlace *place = &g_array_index (group, DhkDoublePlace, i);
      const DhkDoublePlace *before = find_earlier (kept, place, same_person);
      g_autofree char *name = NULL;

      if (before == NULL)
        {
          g_array_append_vals (kept, place, 1);
          continue;
        }
      name = name_place (before);
      dhk_draft_file_set_aside (place->file->file, place->row,
                                _ ("sent twice: the same answers as %s"), name);
    }
  g_array_set_size (group, 0);
  g_array_append_vals (group, kept->data, kept->len);
}

static void
settle_person (GArray *group)
{
  drop_sent_twice (group, TRUE);
  if (group->len < 2)
    return;
  follow_answer (
      group,
      ask_which (
          group, "person",
          g_strdup_printf (ngettext ("In “%s”, the same e-mail address stands at %u response. "
                                     "Which one counts?",
                                     "In “%s”, the same e-mail address stands at %u responses. "
                                     "Which one counts?",
                                     group->len),
                           g_array_index (group, DhkDoublePlace, 0).file->file->name, group->len)));
}

static gboolean
is_line (const char *text, gpointer user_data)
{
  DhkRecogniser *file = user_data;
  guint64 line;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT64, &line, NULL))
    return FALSE;
  for (guint row = 0; row < file->rows->len; row++)
    if (dhk_recogniser_get_line (file, row) == line)
      return TRUE;
  return FALSE;
}

/* Which of several rows a question is named after depends on what else was answered. */
static void
forgive_lines (DhkRecogniser *file)
{
  static const char *const kinds[] = { "response", "person" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *prefix = dhk_recogniser_make_id (file, kinds[i], "");

      dhk_asker_forgive (file->asker, prefix, is_line, file);
    }
}

void
dhk_doubles_settle (GPtrArray *files)
{
  g_autoptr (GPtrArray) responses = NULL;
  g_autoptr (GPtrArray) persons = NULL;
  g_autoptr (GPtrArray) contents = NULL;

  g_return_if_fail (files != NULL);

  responses = dhk_double_group_responses (files);
  for (guint i = 0; i < responses->len; i++)
    settle_response (g_ptr_array_index (responses, i));
  persons = dhk_double_group_persons (files);
  for (guint i = 0; i < persons->len; i++)
    settle_person (g_ptr_array_index (persons, i));
  contents = dhk_double_group_contents (files);
  for (guint i = 0; i < contents->len; i++)
    drop_sent_twice (g_ptr_array_index (contents, i), FALSE);

  /* Last: a question's own id counts as used from here on. */
  for (guint i = 0; i < files->len; i++)
    forgive_lines (g_ptr_array_index (files, i));
}
