/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * All methods in four threads at once give the same bits as alone.
 */

#include <string.h>

#include "random-input.h"

#define N_THREADS 4
#define N_INPUTS 6

typedef struct
{
  const DhkMethod *method;
  RandomInput data;
  DhkRecord alone;
} Task;

static Task *tasks;
static guint n_tasks;

/* The same fields, and of every number the same bits. */
static gboolean
is_same (const DhkRecord *a, const DhkRecord *b)
{
  gsize n_a, n_b;
  const DhkRecordItem *x = dhk_record_get_items (a, &n_a), *y = dhk_record_get_items (b, &n_b);

  if (n_a != n_b)
    return FALSE;
  for (gsize i = 0; i < n_a; i++)
    if (x[i].kind != y[i].kind || x[i].count != y[i].count
        || memcmp (&x[i].number, &y[i].number, sizeof x[i].number) != 0
        || g_strcmp0 (x[i].name, y[i].name) != 0 || g_strcmp0 (x[i].text, y[i].text) != 0)
      return FALSE;
  return TRUE;
}

/* Every thread runs all tasks, each from another one on. Returns how many differ. */
static gpointer
run_all (gpointer first)
{
  guint n_different = 0;

  for (guint i = 0; i < n_tasks; i++)
    {
      const Task *task = &tasks[(i + GPOINTER_TO_UINT (first)) % n_tasks];
      DhkRecord record = { 0 };

      dhk_method_run (task->method, &task->data.input, &record);
      n_different += !is_same (&record, &task->alone);
      dhk_record_clear (&record);
    }
  return GUINT_TO_POINTER (n_different);
}

static void
prepare (const DhkMethod *const *methods, gsize n_methods)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  n_tasks = (guint) n_methods * N_INPUTS;
  tasks = g_new0 (Task, n_tasks);
  for (guint i = 0; i < n_tasks; i++)
    {
      const DhkMethod *method = methods[i / N_INPUTS];
      RandomRows rows = { 20, 30, 0.05 };

      if ((method->traits & DHK_METHOD_SMALL_DATA) != 0)
        rows = (RandomRows){ 6, 10, 0.05 };
      tasks[i].method = method;
      random_input_init (&tasks[i].data, method, rand, rows);
      dhk_method_run (method, &tasks[i].data.input, &tasks[i].alone);
    }
}

static void
threads_agree (void)
{
  gsize n_methods;
  const DhkMethod *const *methods = dhk_method_list (&n_methods);
  GThread *threads[N_THREADS];

  prepare (methods, n_methods);
  for (guint i = 0; i < N_THREADS; i++)
    threads[i]
        = g_thread_new ("method", run_all, GUINT_TO_POINTER (i * (guint) n_tasks / N_THREADS));
  for (guint i = 0; i < N_THREADS; i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 0);

  for (guint i = 0; i < n_tasks; i++)
    {
      random_input_clear (&tasks[i].data);
      dhk_record_clear (&tasks[i].alone);
    }
  g_free (tasks);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/threads/all-methods", threads_agree);
  return g_test_run ();
}
