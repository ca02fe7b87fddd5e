/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every method when memory runs out: each allocation in turn is refused, and
 * the method must say so, give back what it holds, and go on working afterwards.
 *
 * The linker puts these functions in the place of malloc and its kin.
 */

#include <stdlib.h>

#include "random-input.h"

void *__real_malloc (size_t size);
void *__real_calloc (size_t n, size_t size);
void *__real_realloc (void *memory, size_t size);
void *__wrap_malloc (size_t size);
void *__wrap_calloc (size_t n, size_t size);
void *__wrap_realloc (void *memory, size_t size);

/* How many allocations still succeed; negative: all. */
static long n_granted = -1;
static gboolean refused;

static gboolean
grant (void)
{
  if (n_granted < 0)
    return TRUE;
  if (n_granted-- > 0)
    return TRUE;
  /* what is refused once stays refused */
  n_granted = 0;
  refused = TRUE;
  return FALSE;
}

void *
__wrap_malloc (size_t size)
{
  return grant () ? __real_malloc (size) : NULL;
}

void *
__wrap_calloc (size_t n, size_t size)
{
  return grant () ? __real_calloc (n, size) : NULL;
}

void *
__wrap_realloc (void *memory, size_t size)
{
  return grant () ? __real_realloc (memory, size) : NULL;
}

/* A part of a result may have run out alone. */
static gboolean
says_so (DhkStatsStatus status, const DhkRecord *record)
{
  gsize n;
  const DhkRecordItem *items = dhk_record_get_items (record, &n);

  for (gsize i = 0; i < n; i++)
    if (items[i].kind == DHK_RECORD_STATUS && items[i].count == DHK_STATS_NO_MEMORY)
      return TRUE;
  return status == DHK_STATS_NO_MEMORY;
}

static DhkStatsStatus
run (const DhkMethod *method, const RandomInput *data, long n, gboolean *said_so)
{
  DhkRecord record = { 0 };
  DhkStatsStatus status;

  refused = FALSE;
  n_granted = n;
  status = dhk_method_run (method, &data->input, &record);
  n_granted = -1;
  *said_so = says_so (status, &record);
  dhk_record_clear (&record);
  return status;
}

/* Refuses allocation after allocation until the method needs no more. */
static void
starve (const DhkMethod *method, const RandomInput *data)
{
  gboolean said_so;
  DhkStatsStatus whole = run (method, data, -1, &said_so);

  for (long n = 0; n < 100000; n++)
    {
      DhkStatsStatus status = run (method, data, n, &said_so);

      if (!refused)
        {
          g_assert_cmpint (status, ==, whole);
          break;
        }
      if (!said_so)
        g_test_message ("%s: allocation %ld refused, but the status is %s", method->name, n + 1,
                        dhk_stats_status_name (status));
      g_assert_true (said_so);
    }
  g_assert_cmpint (run (method, data, -1, &said_so), ==, whole);
}

static void
method_says_so (gconstpointer user_data)
{
  const DhkMethod *method = user_data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  RandomRows rows = { 12, 12, 0 };

  for (guint repeat = 0; repeat < 4; repeat++)
    {
      g_auto (RandomInput) data = { 0 };

      random_input_init (&data, method, rand, rows);
      starve (method, &data);
    }
}

int
main (int argc, char **argv)
{
  gsize n;
  const DhkMethod *const *methods = dhk_method_list (&n);

  g_test_init (&argc, &argv, NULL);
  /* one method's failure shall not hide another's */
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/stats/no-memory/%s", methods[i]->name);

      g_test_add_data_func (path, methods[i], method_says_so);
    }
  return g_test_run ();
}
