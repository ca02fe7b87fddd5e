/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-doubles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-twice.h"

/* Sent twice: so many seconds apart at most. */
#define A_FEW_MINUTES (10 * 60)

typedef struct
{
  DhkRecogniser *file;
  guint row;
} Place;

static DhkDraftRow *
get_row (const Place *place)
{
  return dhk_draft_file_get_row (place->file->file, place->row);
}

static gint64
get_time (const Place *place)
{
  const DhkDraftRow *row = get_row (place);

  return row->completed != 0 ? row->completed : row->started;
}

static gboolean
is_open (const Place *place)
{
  return dhk_draft_file_get_fate (place->file->file, place->row) == DHK_ROW_NEW;
}

static gboolean
is_equal (const Place *a, const Place *b)
{
  return strcmp (get_row (a)->content, get_row (b)->content) == 0;
}

/* "line 5 of “Parents.xlsx”"; %lu, as xgettext cannot read past a format macro. */
static char *
name_place (const Place *place)
{
  return g_strdup_printf (_ ("line %lu of “%s”"), (gulong) get_row (place)->line,
                          place->file->file->name);
}

/* Groups: key -> GArray of Place, in the order of the files ------------------ */

typedef char *(*KeyFunc) (const Place *place);

/* A hash of the same for every row of a file; 0 where there is none. */
typedef void (*HashFunc) (DhkRecogniser *file, guint64 *keys);

/* The rows whose hash another row has as well, so few that their keys can be compared. */
static GArray *
find_places (GPtrArray *files, HashFunc hash)
{
  g_autofree guint64 *keys = NULL;
  g_autoptr (GArray) found = NULL;
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  guint n = 0;
  guint file = 0;
  guint before = 0;

  for (guint f = 0; f < files->len; f++)
    n += ((DhkRecogniser *) g_ptr_array_index (files, f))->rows->len;
  keys = g_new0 (guint64, (gsize) n + 1);
  n = 0;
  for (guint f = 0; f < files->len; f++)
    {
      DhkRecogniser *one = g_ptr_array_index (files, f);

      if (one->questionnaire != NULL)
        hash (one, keys + n);
      n += one->rows->len;
    }
  found = dhk_twice_find (keys, n);
  for (guint i = 0; i < found->len; i++)
    {
      guint at = g_array_index (found, guint, i);
      Place place;

      while (at - before >= ((DhkRecogniser *) g_ptr_array_index (files, file))->rows->len)
        before += ((DhkRecogniser *) g_ptr_array_index (files, file++))->rows->len;
      place = (Place){ g_ptr_array_index (files, file), at - before };
      g_array_append_val (places, place);
    }
  return places;
}

static GPtrArray *
group_places (GPtrArray *files, HashFunc hash, KeyFunc get_key)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) places = find_places (files, hash);
  GPtrArray *several = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < places->len; i++)
    {
      Place place = g_array_index (places, Place, i);
      char *key = is_open (&place) ? get_key (&place) : NULL;
      GArray *group;

      if (key == NULL)
        continue;
      group = g_hash_table_lookup (by_key, key);
      if (group == NULL)
        {
          group = g_array_new (FALSE, FALSE, sizeof (Place));
          g_ptr_array_add (all, group);
          g_hash_table_insert (by_key, key, group);
        }
      else
        g_free (key);
      g_array_append_val (group, place);
    }
  for (guint i = 0; i < all->len; i++)
    {
      GArray *group = g_ptr_array_index (all, i);

      if (group->len > 1)
        g_ptr_array_add (several, g_array_ref (group));
    }
  return several;
}

static void
hash_identities (DhkRecogniser *file, guint64 *keys)
{
  dhk_draft_file_read_keys (file->file, keys);
}

static char *
key_identity (const Place *place)
{
  return g_strdup (get_row (place)->identity);
}

static char *
dup_email (const Place *place)
{
  const DhkCell *cell;
  g_autofree char *text = NULL;

  if (place->file->email < 0)
    return NULL;
  cell = dhk_recogniser_get_word (place->file, place->row, (guint) place->file->email)->cell;
  if (cell->kind != DHK_CELL_TEXT || strchr (cell->text, '@') == NULL)
    return NULL;
  text = g_strstrip (g_strdup (cell->text));
  return g_utf8_casefold (text, -1);
}

static void
hash_persons (DhkRecogniser *file, guint64 *keys)
{
  for (Place place = { file, 0 }; file->email >= 0 && place.row < file->rows->len; place.row++)
    {
      DhkWordText text;
      const DhkWord *word = dhk_recogniser_peek_word (file, place.row, (guint) file->email, &text);
      g_autofree char *email = NULL;

      if (word->cell->kind == DHK_CELL_TEXT && strchr (word->cell->text, '@') != NULL)
        email = dup_email (&place);
      if (email != NULL)
        keys[place.row] = dhk_twice_key (0, email, strlen (email));
    }
}

static char *
key_person (const Place *place)
{
  g_autofree char *email = dup_email (place);

  return email == NULL ? NULL : g_strdup_printf ("%s\n%s", place->file->questionnaire->id, email);
}

static gboolean
has_item_answer (const Place *place)
{
  const DhkQuestionnaire *questionnaire = place->file->questionnaire;
  const gint8 *codes = dhk_draft_file_get_codes (place->file->file, place->row);

  for (guint q = 0; q < questionnaire->n_questions; q++)
    if (questionnaire->questions[q].item >= 0 && codes[q] >= 0)
      return TRUE;
  return FALSE;
}

#define BLOCK 256

static void
hash_contents (DhkRecogniser *file, guint64 *keys)
{
  guint n = file->file->n_questions;
  gboolean numbered = dhk_draft_file_has_numbers (file->file);
  g_autofree gint8 *codes = g_new (gint8, (gsize) n * BLOCK + 1);
  g_autofree double *numbers = numbered ? g_new (double, (gsize) n *BLOCK + 1) : NULL;

  for (guint first = 0; first < file->rows->len; first += BLOCK)
    {
      guint part = MIN (BLOCK, file->rows->len - first);

      dhk_draft_file_read_codes (file->file, first, part, codes);
      if (numbered)
        dhk_draft_file_read_numbers (file->file, first, part, numbers);
      for (guint i = 0; i < part; i++)
        {
          keys[first + i] = dhk_twice_key (0, codes + (gsize) i * n, n);
          if (numbered)
            keys[first + i]
                = dhk_twice_key (keys[first + i], numbers + (gsize) i * n, n * sizeof (double));
        }
    }
}

/* Two who gave their background only are not one for that. */
static char *
key_content (const Place *place)
{
  return get_time (place) != 0 && has_item_answer (place) ? g_strdup (get_row (place)->content)
                                                          : NULL;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = get_time (a);
  gint64 y = get_time (b);

  return (x > y) - (x < y);
}

/* A stable order: files and lines decide between equal times. */
static void
sort_by_time (GArray *group)
{
  for (guint i = 1; i < group->len; i++)
    if (compare_times (&g_array_index (group, Place, i - 1), &g_array_index (group, Place, i)) > 0)
      {
        g_array_sort (group, compare_times);
        return;
      }
}

/* Questions ------------------------------------------------------------------- */

static guint
count_answers (const Place *place)
{
  const gint8 *codes = dhk_draft_file_get_codes (place->file->file, place->row);
  guint n = 0;

  for (guint q = 0; q < place->file->file->n_questions; q++)
    n += codes[q] >= 0;
  return n;
}

static char *
describe_place (const Place *place)
{
  g_autofree char *name = name_place (place);
  guint n = count_answers (place);
  gint64 time = get_time (place);
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
      g_autofree char *place = describe_place (&g_array_index (group, Place, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", place);
    }
  return g_string_free (text, FALSE);
}

static const char *
ask_which (const GArray *group, const char *kind, char *text)
{
  const Place *first = &g_array_index (group, Place, 0);
  DhkAsker *asker = first->file->asker;
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, get_row (first)->line);

  dhk_asker_begin (asker, dhk_recogniser_make_id (first->file, kind, line), text,
                   describe_group (group));
  dhk_asker_choice (asker, "first", g_strdup (_ ("The first")));
  dhk_asker_choice (asker, "latest", g_strdup (_ ("The latest")));
  dhk_asker_choice (asker, "most-complete", g_strdup (_ ("The most complete")));
  dhk_asker_choice (asker, "both",
                    g_strdup (group->len == 2 ? _ ("Both: they are two respondents")
                                              : _ ("All: they are different respondents")));
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
    if (count_answers (&g_array_index (group, Place, i))
        >= count_answers (&g_array_index (group, Place, chosen)))
      chosen = i;
  return chosen;
}

static void
follow_answer (const GArray *group, const char *answer)
{
  const Place *chosen;
  g_autofree char *name = NULL;
  GPtrArray *others;

  if (answer == NULL)
    return;
  if (strcmp (answer, "both") == 0)
    {
      for (guint i = 1; i < group->len; i++)
        {
          DhkDraftRow *row = get_row (&g_array_index (group, Place, i));
          g_autofree char *text = g_strdup_printf ("%s\n%u", row->identity, i + 1);

          /* Of one identity, each needs its own; different ones stay as they are. */
          if (strcmp (row->identity, get_row (&g_array_index (group, Place, 0))->identity) != 0)
            continue;
          g_free (row->identity);
          row->identity = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
        }
      return;
    }
  chosen = &g_array_index (group, Place, find_chosen (group, answer));
  name = name_place (chosen);
  others = g_ptr_array_new ();
  for (guint i = 0; i < group->len; i++)
    {
      const Place *place = &g_array_index (group, Place, i);

      if (place == chosen)
        continue;
      dhk_draft_file_set_aside (place->file->file, place->row,
                                _ ("another answer of the same person counts: %s"), name);
      g_ptr_array_add (others, g_strdup (get_row (place)->identity));
    }
  g_ptr_array_add (others, NULL);
  g_strfreev (get_row (chosen)->replaces);
  get_row (chosen)->replaces = (char **) g_ptr_array_free (others, FALSE);
}

/* The three kinds ----------------------------------------------------------------- */

static void
settle_response (GArray *group)
{
  g_autoptr (GArray) different = g_array_new (FALSE, FALSE, sizeof (Place));
  const Place *first;

  for (guint i = 0; i < group->len; i++)
    {
      const Place *place = &g_array_index (group, Place, i);
      const Place *same = NULL;
      g_autofree char *name = NULL;

      for (guint j = 0; j < different->len && same == NULL; j++)
        if (is_equal (&g_array_index (different, Place, j), place))
          same = &g_array_index (different, Place, j);
      if (same == NULL)
        {
          g_array_append_vals (different, place, 1);
          continue;
        }
      name = name_place (same);
      if (same->file != place->file)
        get_row (place)->fate = DHK_ROW_PRESENT;
      else
        dhk_draft_file_set_aside (place->file->file, place->row, _ ("the same response as %s"),
                                  name);
    }
  if (different->len < 2)
    return;
  sort_by_time (different);
  first = &g_array_index (different, Place, 0);
  follow_answer (different,
                 ask_which (different, "response",
                            g_strdup_printf (_ ("In “%s”, the same response stands more than once "
                                                "with different answers. Which one counts?"),
                                             first->file->file->name)));
}

/* The earlier one of `kept` that `place` repeats, or NULL. */
static const Place *
find_earlier (const GArray *kept, const Place *place, gboolean same_person)
{
  for (guint i = kept->len; i > 0; i--)
    {
      const Place *other = &g_array_index (kept, Place, i - 1);
      gboolean timed = get_time (place) != 0 && get_time (other) != 0;
      g_autofree char *a = NULL;
      g_autofree char *b = NULL;

      if (timed && get_time (place) - get_time (other) > A_FEW_MINUTES)
        return NULL;
      if ((!timed && !same_person) || !is_equal (place, other))
        continue;
      if (same_person)
        return other;
      /* Two addresses are two people, however alike. */
      a = dup_email (place);
      b = dup_email (other);
      if (a == NULL || b == NULL || strcmp (a, b) == 0)
        return other;
    }
  return NULL;
}

/* Keeps aside what was sent twice; the rest stays in `group`. */
static void
drop_sent_twice (GArray *group, gboolean same_person)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (Place));

  sort_by_time (group);
  for (guint i = 0; i < group->len; i++)
    {
      const Place *place = &g_array_index (group, Place, i);
      const Place *before = find_earlier (kept, place, same_person);
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
      group, ask_which (group, "person",
                        g_strdup_printf (
                            ngettext ("In “%s”, the same e-mail address stands at %u response. "
                                      "Which one counts?",
                                      "In “%s”, the same e-mail address stands at %u responses. "
                                      "Which one counts?",
                                      group->len),
                            g_array_index (group, Place, 0).file->file->name, group->len)));
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

  responses = group_places (files, hash_identities, key_identity);
  for (guint i = 0; i < responses->len; i++)
    settle_response (g_ptr_array_index (responses, i));
  persons = group_places (files, hash_persons, key_person);
  for (guint i = 0; i < persons->len; i++)
    settle_person (g_ptr_array_index (persons, i));
  contents = group_places (files, hash_contents, key_content);
  for (guint i = 0; i < contents->len; i++)
    drop_sent_twice (g_ptr_array_index (contents, i), FALSE);

  /* Last: a question's own id counts as used from here on. */
  for (guint i = 0; i < files->len; i++)
    forgive_lines (g_ptr_array_index (files, i));
}
