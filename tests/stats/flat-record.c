/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flat-record.h"

#include <math.h>
#include <string.h>

#define MAX_DEPTH 16

/* What is open while a record is walked. */
typedef struct
{
  char *path;
  gboolean is_list;
  DhkPer per;
  guint next; /* number of the next entry of a list */
  gboolean turned;
  gboolean directed; /* an interval whose ends change places when turned */
  gboolean in_group;
} Frame;

typedef struct
{
  GHashTable *table;
  FlatNames names;
  Frame frames[MAX_DEPTH];
  guint depth;
} Walk;

/* Names */

static guint
name_back (const Walk *self, DhkPer per, gsize index)
{
  if (per == DHK_PER_GROUP && self->names.levels != NULL && index < self->names.n_levels)
    return self->names.levels[index];
  if (per == DHK_PER_ROW && self->names.rows != NULL && index < self->names.n_rows)
    return self->names.rows[index];
  return (guint) index;
}

/* Two groups that changed places: what is called a is b. */
static char *
turn_name (const char *name)
{
  gsize length = strlen (name);
  g_autofree char *copy = g_strdup (name);

  if (length == 1 || (length > 2 && name[length - 2] == '_'))
    {
      if (name[length - 1] == 'a')
        copy[length - 1] = 'b';
      else if (name[length - 1] == 'b')
        copy[length - 1] = 'a';
    }
  return g_steal_pointer (&copy);
}

/* The levels that an entry of a list of pairs is about. */
static void
find_pair (const Walk *self, const DhkRecordItem *entry, const DhkRecordItem *end, guint pair[2])
{
  guint depth = 0;

  pair[0] = pair[1] = 0;
  for (const DhkRecordItem *item = entry; item < end; item++)
    {
      if (item->kind == DHK_RECORD_BEGIN_OBJECT || item->kind == DHK_RECORD_BEGIN_LIST)
        depth++;
      else if ((item->kind == DHK_RECORD_END_OBJECT || item->kind == DHK_RECORD_END_LIST)
               && --depth == 0)
        return;
      else if (item->kind == DHK_RECORD_INDEX && depth == 1 && strlen (item->name) == 1)
        pair[item->name[0] == 'b'] = name_back (self, item->per, item->count);
    }
}

static char *
name_entry (const Walk *self,
            Frame *list,
            const DhkRecordItem *item,
            const DhkRecordItem *end,
            gboolean *turned)
{
  guint number = list->next++;

  if (list->per == DHK_PER_PAIR && item->kind == DHK_RECORD_BEGIN_OBJECT)
    {
      guint pair[2];

      find_pair (self, item, end, pair);
      *turned = pair[0] > pair[1];
      return g_strdup_printf ("%s[%u,%u]", list->path, MIN (pair[0], pair[1]),
                              MAX (pair[0], pair[1]));
    }
  return g_strdup_printf ("%s[%u]", list->path, name_back (self, list->per, number));
}

/* Walking */

static void
begin (Walk *self, const DhkRecordItem *item, char *path, gboolean turned)
{
  Frame *above = &self->frames[self->depth - 1];
  gboolean is_list = item->kind == DHK_RECORD_BEGIN_LIST;

  g_assert (self->depth < MAX_DEPTH);
  self->frames[self->depth++]
      = (Frame){ .path = path,
                 .is_list = is_list,
                 .per = item->per,
                 .turned = turned,
                 .directed = (item->flags & DHK_FIELD_DIRECTED) != 0,
                 .in_group
                 = above->in_group
                   || (is_list && (item->per == DHK_PER_GROUP || item->per == DHK_PER_PAIR)) };
}

static void
add_figure (Walk *self, const DhkRecordItem *item, const char *path, gboolean turned)
{
  Frame *frame = &self->frames[self->depth - 1];
  FlatItem flat = { .kind = item->kind,
                    .unit = item->unit,
                    .flags = item->flags,
                    .text = item->text,
                    .in_group = frame->in_group };

  flat.value = item->kind == DHK_RECORD_NUMBER ? item->number : (double) item->count;
  if (item->kind == DHK_RECORD_INDEX)
    flat.value = name_back (self, item->per, item->count);
  if (turned && (item->flags & DHK_FIELD_DIRECTED) != 0)
    flat.value = -flat.value;
  g_hash_table_insert (self->table, g_strdup (path), g_memdup2 (&flat, sizeof flat));
}

static char *
name_member (const Walk *self, const Frame *frame, const DhkRecordItem *item, gboolean turned)
{
  gboolean turns_names = turned && !self->names.two_columns;
  g_autofree char *name = turns_names ? turn_name (item->name) : g_strdup (item->name);

  /* the ends of a directed interval */
  if (turned && frame->directed && strcmp (name, "low") == 0)
    return g_strconcat (frame->path, "/high", NULL);
  if (turned && frame->directed && strcmp (name, "high") == 0)
    return g_strconcat (frame->path, "/low", NULL);
  return g_strconcat (frame->path, "/", name, NULL);
}

GHashTable *
flat_record_new (const DhkRecord *record, FlatNames names)
{
  gsize n;
  const DhkRecordItem *items = dhk_record_get_items (record, &n), *end = items + n;
  Walk self = { .table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                .names = names };

  self.frames[self.depth++]
      = (Frame){ .path = g_strdup (""),
                 .turned = names.levels != NULL && names.n_levels == 2 && names.levels[0] == 1 };
  for (const DhkRecordItem *item = items; item < end; item++)
    {
      Frame *frame = &self.frames[self.depth - 1];
      gboolean turned = frame->turned;
      g_autofree char *path = NULL;

      if (item->kind == DHK_RECORD_END_OBJECT || item->kind == DHK_RECORD_END_LIST)
        {
          g_free (self.frames[--self.depth].path);
          continue;
        }
      if (frame->is_list)
        {
          turned = FALSE;
          path = name_entry (&self, frame, item, end, &turned);
        }
      else
        path = name_member (&self, frame, item, turned);
      if (item->kind == DHK_RECORD_BEGIN_OBJECT || item->kind == DHK_RECORD_BEGIN_LIST)
        begin (&self, item, g_steal_pointer (&path), turned);
      else
        add_figure (&self, item, path, turned);
    }
  g_assert (self.depth == 1);
  g_free (self.frames[0].path);
  return self.table;
}

/* Laws of one result */

static const FlatItem *
find_beside (GHashTable *table, const char *path, const char *name)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *beside = g_strdup_printf ("%.*s/%s", (int) (slash - path), path, name);

  return g_hash_table_lookup (table, beside);
}

static gboolean
status_says_why (GHashTable *table, const char *path)
{
  g_autofree char *rest = g_strdup (path);
  g_autofree char *name = g_strdup (strrchr (path, '/') + 1);

  /* a status whose name begins the field's: ci_status covers ci_low */
  for (char *underscore; (underscore = strrchr (name, '_')) != NULL;)
    {
      g_autofree char *beside = NULL;
      const FlatItem *status;

      *underscore = '\0';
      beside = g_strconcat (name, "_status", NULL);
      status = find_beside (table, path, beside);
      if (status != NULL && status->value > 0)
        return TRUE;
    }
  /* the status of the object, or of one around it */
  for (char *slash; (slash = strrchr (rest, '/')) != NULL; *slash = '\0')
    {
      const FlatItem *status = find_beside (table, rest, "status");

      if (status != NULL && status->kind == DHK_RECORD_STATUS && status->value > 0)
        return TRUE;
    }
  return FALSE;
}

/* The summary of a group of nobody has no mean, that of one person no SD. */
static gboolean
is_small_summary (GHashTable *table, const char *path)
{
  const FlatItem *n = find_beside (table, path, "n");

  if (n == NULL)
    return FALSE;
  if (g_str_has_suffix (path, "/mean"))
    return n->value < 1;
  return g_str_has_suffix (path, "/sd") && n->value < 2;
}

static char *
check_interval (GHashTable *table, const char *path, const FlatItem *low)
{
  g_autofree char *folder = g_strndup (path, strlen (path) - strlen ("/low"));
  g_autofree char *high_path = g_strconcat (folder, "/high", NULL);
  const FlatItem *high = g_hash_table_lookup (table, high_path);

  if (high == NULL || isnan (low->value))
    return NULL;
  return low->value <= high->value ? NULL : g_strdup_printf ("%s: ends the wrong way round", path);
}

/* The number called `name` that stands before item `i` in the same object. */
static const DhkRecordItem *
find_estimate (const DhkRecordItem *items, gsize i, const char *name)
{
  guint depth = 0;

  while (i-- > 0)
    switch (items[i].kind)
      {
      case DHK_RECORD_END_OBJECT:
      case DHK_RECORD_END_LIST:
        depth++;
        break;
      case DHK_RECORD_BEGIN_OBJECT:
      case DHK_RECORD_BEGIN_LIST:
        if (depth == 0)
          return NULL;
        depth--;
        break;
      case DHK_RECORD_NUMBER:
        if (depth == 0 && items[i].name != NULL && strcmp (items[i].name, name) == 0)
          return &items[i];
        break;
      case DHK_RECORD_COUNT:
      case DHK_RECORD_FLAG:
      case DHK_RECORD_STATUS:
      case DHK_RECORD_TEXT:
      case DHK_RECORD_INDEX:
      default:
        break;
      }
  return NULL;
}

/* An interval is an object that names its estimate: status, low, high, confidence. */
static char *
check_contains (const DhkRecord *record)
{
  gsize n;
  const DhkRecordItem *items = dhk_record_get_items (record, &n);

  for (gsize i = 0; i + 3 < n; i++)
    {
      double low = items[i + 2].number, high = items[i + 3].number, slack;
      const DhkRecordItem *estimate;

      if (items[i].kind != DHK_RECORD_BEGIN_OBJECT || items[i].of == NULL)
        continue;
      estimate = find_estimate (items, i, items[i].of);
      if (estimate == NULL)
        return g_strdup_printf ("%s: no field %s before it", items[i].name, items[i].of);
      if ((items[i].flags & DHK_FIELD_BY_INVERSION) != 0 || isnan (low))
        continue;
      slack = 1e-9 * (1e-3 + fabs (estimate->number));
      if (!(estimate->number >= low - slack && estimate->number <= high + slack))
        return g_strdup_printf ("%s: [%.17g, %.17g] does not contain %.17g", items[i].name, low,
                                high, estimate->number);
    }
  return NULL;
}

char *
flat_record_check (const DhkRecord *record)
{
  g_autoptr (GHashTable) table = flat_record_new (record, (FlatNames){ 0 });
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      const FlatItem *item = value;
      char *complaint = NULL;

      if (item->kind != DHK_RECORD_NUMBER)
        continue;
      if (!isfinite (item->value) && !status_says_why (table, path)
          && !is_small_summary (table, path))
        return g_strdup_printf ("%s is %g, and no status says why", (char *) path, item->value);
      if (g_str_has_suffix (path, "/low"))
        complaint = check_interval (table, path, item);
      if (complaint != NULL)
        return complaint;
    }
  return check_contains (record);
}

/* Laws of two results */

static double
transform (const FlatItem *item, double shift, double scale)
{
  switch (item->unit)
    {
    case DHK_UNIT_LOCATION:
      return shift + scale * item->value;
    case DHK_UNIT_SPREAD:
      return scale * item->value;
    case DHK_UNIT_SQUARE:
      return scale * scale * item->value;
    case DHK_UNIT_NONE:
    case DHK_UNIT_OTHER:
    default:
      return item->value;
    }
}

static gboolean
agree (double x, double y, const FlatItem *item, double shift, double scale, double tolerance)
{
  /* what an error of one rounding of the largest number about amounts to */
  double floor = tolerance * 1e-3;

  if (isnan (x) || isnan (y))
    return isnan (x) && isnan (y);
  if (item->unit == DHK_UNIT_LOCATION || item->unit == DHK_UNIT_SPREAD)
    floor *= fabs (scale) + fabs (shift);
  else if (item->unit == DHK_UNIT_SQUARE)
    floor *= scale * scale;
  return fabs (x - y) <= tolerance * MAX (fabs (x), fabs (y)) + floor;
}

char *
flat_record_compare (
    GHashTable *one, GHashTable *other, double shift, double scale, unsigned skip, double tolerance)
{
  gboolean moved = shift != 0 || scale != 1;
  GHashTableIter iter;
  gpointer path, value;

  if (g_hash_table_size (one) != g_hash_table_size (other))
    return g_strdup ("the results have different fields");
  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      const FlatItem *a = value, *b = g_hash_table_lookup (other, path);
      double expected;

      if ((a->flags & skip) != 0 || (moved && a->unit == DHK_UNIT_OTHER))
        continue;
      if (b == NULL)
        return g_strdup_printf ("%s is missing in the other", (char *) path);
      if (a->kind == DHK_RECORD_TEXT)
        {
          /* letters of groups are given in the order of groups */
          if (!a->in_group && strcmp (a->text, b->text) != 0)
            return g_strdup_printf ("%s: %s, %s", (char *) path, a->text, b->text);
          continue;
        }
      expected = transform (a, shift, scale);
      if (!agree (expected, b->value, a, shift, scale, tolerance))
        return g_strdup_printf ("%s: %.17g, not %.17g", (char *) path, b->value, expected);
    }
  return NULL;
}

static gboolean
has_numbers (GHashTable *table)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((FlatItem *) value)->kind == DHK_RECORD_NUMBER && !isnan (((FlatItem *) value)->value))
      return TRUE;
  return FALSE;
}

char *
flat_record_compare_known (GHashTable *data, GHashTable *summary, double tolerance)
{
  GHashTableIter iter;
  gpointer path, value;
  guint n_compared = 0;

  g_hash_table_iter_init (&iter, data);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      const FlatItem *a = value, *b = g_hash_table_lookup (summary, path);

      if (b == NULL)
        return g_strdup_printf ("%s is missing in the other", (char *) path);
      if (a->kind != DHK_RECORD_NUMBER || isnan (b->value) || g_str_has_suffix (path, "/n_missing"))
        continue;
      n_compared++;
      if (!agree (a->value, b->value, a, 0, 1, tolerance))
        return g_strdup_printf ("%s: %.17g, not %.17g", (char *) path, b->value, a->value);
    }
  /* where the data have a result, the summary must have one too */
  return n_compared > 0 || !has_numbers (data) ? NULL : g_strdup ("nothing is defined");
}

char *
flat_record_compare_nested (GHashTable *narrow, GHashTable *wide)
{
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, narrow);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      const FlatItem *end = value, *other = g_hash_table_lookup (wide, path);
      const FlatItem *confidence = find_beside (narrow, path, "confidence");
      gboolean is_low = g_str_has_suffix (path, "/low");
      double slack;

      if (confidence == NULL || (end->flags & DHK_FIELD_PUT_TOGETHER) != 0
          || !(is_low || g_str_has_suffix (path, "/high")) || other == NULL || isnan (end->value)
          || isnan (other->value))
        continue;
      slack = 1e-9 * (1e-3 + fabs (end->value));
      if (is_low ? other->value > end->value + slack : other->value < end->value - slack)
        return g_strdup_printf ("%s: %.17g at a higher confidence, %.17g at a lower", (char *) path,
                                other->value, end->value);
    }
  return NULL;
}
