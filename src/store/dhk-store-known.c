/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-known.h"

#include <string.h>

/* The same content within so many seconds is the same response sent twice. */
#define TWICE_SECONDS (10 * 60)
#define DAY_SECONDS (24 * 60 * 60)

typedef struct
{
  DhkDigest identity;
  DhkDigest content;
  gint64 started;
  gint64 respondent;
} Stored;

struct _DhkResponses
{
  GArray *stored;
  guint32 *places;     /* by identity: place in `stored`, + 1; 0: free. NULL: not made yet */
  gsize mask;          /* of a place in `places` */
  guint8 *drafted;     /* a bit for each stored one: it is in the draft */
  GArray *sent;        /* guint32: places of those that are not, by content and start; or NULL */
  GArray *plain;       /* guint32: places of those without a number and a start */
  guint32 *next_plain; /* for the first of those of one content: how many were adopted; or NULL */
  GHashTable *whole;   /* DhkDigest of the identity -> DhkKnown */
};

/* Digests ------------------------------------------------------------------------ */

static guint
digest_hash (gconstpointer data)
{
  return (guint) ((const DhkDigest *) data)->halves[0];
}

static gboolean
is_none (const DhkDigest *digest)
{
  return digest->halves[0] == 0 && digest->halves[1] == 0;
}

/* Stored ones ---------------------------------------------------------------------- */

DhkResponses *
dhk_responses_new (void)
{
  DhkResponses *self = g_new0 (DhkResponses, 1);

  self->stored = g_array_new (FALSE, FALSE, sizeof (Stored));
  self->plain = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->whole = g_hash_table_new_full (digest_hash, dhk_digest_equal, g_free, g_free);
  return self;
}

void
dhk_responses_free (DhkResponses *self)
{
  g_array_unref (self->stored);
  g_free (self->places);
  g_free (self->drafted);
  g_clear_pointer (&self->sent, g_array_unref);
  g_array_unref (self->plain);
  g_free (self->next_plain);
  g_hash_table_unref (self->whole);
  g_free (self);
}

void
dhk_responses_add_stored (
    DhkResponses *self, gint64 respondent, DhkDigest identity, DhkDigest content, gint64 started)
{
  const Stored stored = { identity, content, started, respondent };

  g_assert (self->places == NULL);
  g_array_append_val (self->stored, stored);
}

void
dhk_responses_mark_plain (DhkResponses *self)
{
  guint32 place = self->stored->len - 1;

  g_assert (self->stored->len > 0 && self->next_plain == NULL);
  g_array_append_val (self->plain, place);
}

gboolean
dhk_responses_have_plain (DhkResponses *self)
{
  return self->plain->len > 0;
}

static const Stored *
get_stored (DhkResponses *self, guint place)
{
  return &g_array_index (self->stored, Stored, place);
}

/* Where an identity stands in `places`, or could. */
static guint32 *
find_place (DhkResponses *self, const DhkDigest *identity)
{
  gsize at = identity->halves[0] & self->mask;

  while (self->places[at] != 0
         && !dhk_digest_equal (&get_stored (self, self->places[at] - 1)->identity, identity))
    at = (at + 1) & self->mask;
  return &self->places[at];
}

/* Of two with one identity the later counts. */
static void
make_places (DhkResponses *self)
{
  gsize size = 16;

  while (size < (gsize) self->stored->len * 2)
    size *= 2;
  self->mask = size - 1;
  self->places = g_new0 (guint32, size);
  self->drafted = g_malloc0 (self->stored->len / 8 + 1);
  for (guint i = 0; i < self->stored->len; i++)
    if (!is_none (&get_stored (self, i)->identity))
      *find_place (self, &get_stored (self, i)->identity) = i + 1;
}

/* The place of a stored response + 1, or 0. */
static guint
find_stored (DhkResponses *self, const DhkDigest *identity)
{
  if (self->places == NULL)
    make_places (self);
  return is_none (identity) ? 0 : *find_place (self, identity);
}

static gboolean
is_drafted (DhkResponses *self, guint place)
{
  return (self->drafted[place / 8] >> place % 8 & 1) != 0;
}

static void
set_drafted (DhkResponses *self, guint place)
{
  self->drafted[place / 8] |= (guint8) (1 << place % 8);
}

gint64
dhk_responses_match (DhkResponses *self, const DhkDraftRow *row, gboolean *is_same)
{
  DhkDigest identity = dhk_digest (row->identity);
  DhkDigest content = dhk_digest (row->content);
  guint place = find_stored (self, &identity);

  g_assert (self->sent == NULL);
  *is_same = FALSE;
  if (place == 0)
    return 0;
  set_drafted (self, place - 1);
  *is_same = dhk_digest_equal (&get_stored (self, place - 1)->content, &content);
  return get_stored (self, place - 1)->respondent;
}

#define CANCEL_EVERY 1024

gboolean
dhk_responses_load (DhkResponses **responses,
                    DhkStore *store,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      store,
      "SELECT r.id, r.questionnaire, r.identity, r.content, r.started, r.form_id "
      "FROM respondent_record r JOIN import_batch b ON b.id = r.batch WHERE b.active ORDER BY r.id",
      error);
  guint n = 0;
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      int questionnaire
          = dhk_instrument_find_questionnaire (store->instrument, dhk_sql_text (statement, 1));

      if (n++ % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (questionnaire < 0 || responses[questionnaire] == NULL)
        continue;
      dhk_responses_add_stored (responses[questionnaire], sqlite3_column_int64 (statement, 0),
                                dhk_digest_of_column (statement, 2),
                                dhk_digest_of_column (statement, 3),
                                sqlite3_column_int64 (statement, 4));
      if (sqlite3_column_int64 (statement, 4) == 0
          && sqlite3_column_type (statement, 5) == SQLITE_NULL)
        dhk_responses_mark_plain (responses[questionnaire]);
    }
  return found == 0;
}

/* Those that the draft is about --------------------------------------------------------- */

static DhkKnown *
keep (DhkResponses *self, const DhkDigest *identity, const DhkKnown *known)
{
  DhkKnown *copy = g_memdup2 (known, sizeof *known);

  g_hash_table_insert (self->whole, g_memdup2 (identity, sizeof *identity), copy);
  return copy;
}

void
dhk_responses_add_new (DhkResponses *self, const char *identity, const DhkKnown *known)
{
  DhkDigest digest = dhk_digest (identity);

  if (!is_none (&digest))
    keep (self, &digest, known);
}

static DhkKnown *
find_identity (DhkResponses *self, const char *identity)
{
  DhkDigest digest = dhk_digest (identity);
  DhkKnown *known = g_hash_table_lookup (self->whole, &digest);
  guint place = known == NULL ? find_stored (self, &digest) : 0;

  if (place == 0)
    return known;
  return keep (self, &digest,
               &(DhkKnown){ .respondent = get_stored (self, place - 1)->respondent,
                            .content = get_stored (self, place - 1)->content });
}

DhkKnown *
dhk_responses_find (DhkResponses *self, const DhkDraftRow *row)
{
  DhkKnown *known = find_identity (self, row->identity);

  /* A person's stored response gives way to the one that was chosen. */
  for (char **other = row->replaces; known == NULL && other != NULL && *other != NULL; other++)
    known = find_identity (self, *other);
  return known;
}

/* Known by something else than their identity -------------------------------------------- */

static gboolean
adopt (DhkResponses *self, const DhkDraftRow *row, guint place)
{
  const Stored *stored = get_stored (self, place);

  set_drafted (self, place);
  dhk_responses_add_new (
      self, row->identity,
      &(DhkKnown){ .respondent = stored->respondent, .content = stored->content });
  return TRUE;
}

gboolean
dhk_responses_adopt (DhkResponses *self, const DhkDraftRow *row, gint64 respondent)
{
  guint low = 0;
  guint high = self->stored->len;

  g_assert (self->places != NULL && self->sent == NULL);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_stored (self, middle)->respondent < respondent)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->stored->len && get_stored (self, low)->respondent == respondent
         && !is_drafted (self, low) && adopt (self, row, low);
}

gint64
dhk_responses_peek (DhkResponses *self, const char *identity, DhkDigest *content)
{
  DhkDigest digest = dhk_digest (identity);
  guint place = find_stored (self, &digest);

  if (place == 0 || is_drafted (self, place - 1))
    return 0;
  *content = get_stored (self, place - 1)->content;
  return get_stored (self, place - 1)->respondent;
}

static int
compare_plain (gconstpointer a, gconstpointer b, gpointer user_data)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;
  int order = memcmp (&get_stored (user_data, x)->content, &get_stored (user_data, y)->content,
                      sizeof (DhkDigest));

  return order != 0 ? order : (x > y) - (x < y);
}

static guint32
get_plain (DhkResponses *self, guint at)
{
  return g_array_index (self->plain, guint32, at);
}

gint64
dhk_responses_adopt_plain (DhkResponses *self, const DhkDraftRow *row)
{
  DhkDigest content = dhk_digest (row->content);
  guint low = 0;

  g_assert (self->places != NULL && self->sent == NULL);
  if (is_none (&content))
    return 0;
  if (self->next_plain == NULL)
    {
      g_array_sort_with_data (self->plain, compare_plain, self);
      self->next_plain = g_new0 (guint32, self->plain->len + 1);
    }
  for (guint high = self->plain->len; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (memcmp (&get_stored (self, get_plain (self, middle))->content, &content, sizeof content)
          < 0)
        low = middle + 1;
      else
        high = middle;
    }
  /* Those that were adopted before are passed at once: a million may answer alike. */
  for (guint at = low + self->next_plain[low];
       at < self->plain->len
       && dhk_digest_equal (&get_stored (self, get_plain (self, at))->content, &content);
       at++)
    {
      self->next_plain[low]++;
      if (!is_drafted (self, get_plain (self, at)) && adopt (self, row, get_plain (self, at)))
        return get_stored (self, get_plain (self, at))->respondent;
    }
  return 0;
}

/* Sent twice ---------------------------------------------------------------------------- */

static int
compare_sent (const Stored *stored, const DhkDigest *content, gint64 started)
{
  for (guint i = 0; i < 2; i++)
    if (stored->content.halves[i] != content->halves[i])
      return stored->content.halves[i] < content->halves[i] ? -1 : 1;
  return (stored->started > started) - (stored->started < started);
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer user_data)
{
  DhkResponses *self = user_data;
  const Stored *other = get_stored (self, *(const guint32 *) b);

  return compare_sent (get_stored (self, *(const guint32 *) a), &other->content, other->started);
}

static void
list_sent (DhkResponses *self)
{
  if (self->places == NULL)
    make_places (self);
  self->sent = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = 0; i < self->stored->len; i++)
    if (!is_drafted (self, i) && !is_none (&get_stored (self, i)->content))
      g_array_append_val (self->sent, i);
  g_array_sort_with_data (self->sent, compare_places, self);
}

/* The first of those with the content that started then or later; or NULL. */
static const Stored *
find_sent (DhkResponses *self, const DhkDigest *content, gint64 from)
{
  const Stored *found;
  guint low = 0;
  guint high;

  if (self->sent == NULL)
    list_sent (self);
  for (high = self->sent->len; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (compare_sent (get_stored (self, g_array_index (self->sent, guint32, middle)), content,
                        from)
          < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == self->sent->len)
    return NULL;
  found = get_stored (self, g_array_index (self->sent, guint32, low));
  return dhk_digest_equal (&found->content, content) ? found : NULL;
}

gboolean
dhk_responses_hold_near (DhkResponses *self, const char *content, gint64 started)
{
  DhkDigest digest = dhk_digest (content);
  const Stored *found;

  if (is_none (&digest) || started == 0)
    return FALSE;
  found = find_sent (self, &digest, MAX (started - TWICE_SECONDS, 1));
  return found != NULL && found->started - started <= TWICE_SECONDS;
}

gboolean
dhk_responses_hold_alike (DhkResponses *self, const char *content, gint64 started)
{
  DhkDigest digest = dhk_digest (content);
  gint64 day = started - started % DAY_SECONDS;
  const Stored *found;

  if (is_none (&digest))
    return FALSE;
  found = find_sent (self, &digest, started == 0 ? G_MININT64 : 0);
  if (found != NULL && (started == 0 || found->started == 0))
    return TRUE;
  /* A day without a time of day, here or there. */
  found = find_sent (self, &digest, day);
  return found != NULL
         && (started == day ? found->started < day + DAY_SECONDS : found->started == day);
}

gboolean
dhk_responses_hold_content (DhkResponses *self, const char *content)
{
  DhkDigest digest = dhk_digest (content);

  return !is_none (&digest) && find_sent (self, &digest, G_MININT64) != NULL;
}
