/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The statistics of a whole report on made-up answers, for stats.py.
 *
 *   stats make N FILE    writes N respondents as CSV: type, sector, sex, age and 37 items of
 *                        seven scales, answers 1–5, 3 % missing
 *   stats run FILE       reads them and prints, a line a job: job, seconds, a check sum
 *
 * Time is that of the computation alone, from the columns of answers in memory; R gets the
 * same (stats.R). The check sums of both must agree.
 */

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stats/dhk-anova.h"
#include "stats/dhk-correlation-matrix.h"
#include "stats/dhk-describe.h"
#include "stats/dhk-posthoc.h"
#include "stats/dhk-reliability.h"
#include "stats/dhk-ttest.h"

#define N_TYPES 4
#define N_SECTORS 3
#define N_SCALES 7
#define N_ITEMS 37
#define N_CELLS (N_TYPES * N_SECTORS)

static const int items_of[N_SCALES] = { 5, 5, 5, 5, 5, 6, 6 };

/* Made-up answers */

static uint64_t state = 20261122;

/* SplitMix64 */
static double
draw (void)
{
  uint64_t z = state += 0x9e3779b97f4a7c15u;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (double) ((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double
draw_normal (void)
{
  return sqrt (-2 * log (1 - draw ())) * cos (2 * 3.14159265358979323846 * draw ());
}

static int
make (long n, const char *name)
{
  FILE *file = fopen (name, "w");

  if (file == NULL)
    return 1;
  fprintf (file, "type,sector,sex,age");
  for (int j = 0; j < N_ITEMS; j++)
    fprintf (file, ",i%d", j);
  for (long i = 0; i < n; i++)
    {
      int type = (int) (N_TYPES * draw ()), sector = (int) (N_SECTORS * draw ());
      double trait = draw_normal () + 0.2 * type - 0.15 * sector;

      fprintf (file, "\n%d,%d,%d,%d", type, sector, (int) (2 * draw ()), 12 + (int) (50 * draw ()));
      for (int j = 0; j < N_ITEMS; j++)
        {
          double x = round (3.2 + 0.6 * trait + 0.9 * draw_normal ());

          fputc (',', file);
          if (draw () >= 0.03)
            fprintf (file, "%d", (int) fmax (1, fmin (5, x)));
        }
    }
  fputc ('\n', file);
  return fclose (file);
}

/* Answers in memory */

typedef struct
{
  size_t n;
  int *type, *sector, *sex, *cell;
  double *age;
  double *items[N_ITEMS];
  double *scores[N_SCALES];
} Data;

static double
read_field (char **at)
{
  char *end = *at + strcspn (*at, ",\n");
  double value = end == *at ? NAN : strtod (*at, NULL);

  *at = *end != '\0' ? end + 1 : end;
  return value;
}

static bool
load (Data *self, const char *name)
{
  FILE *file = fopen (name, "r");
  char line[512];
  size_t n = 0;

  if (file == NULL)
    return false;
  while (fgets (line, sizeof line, file) != NULL)
    n++;
  self->n = n - 1;
  self->type = calloc (n, sizeof (int));
  self->sector = calloc (n, sizeof (int));
  self->sex = calloc (n, sizeof (int));
  self->cell = calloc (n, sizeof (int));
  self->age = calloc (n, sizeof (double));
  for (int j = 0; j < N_ITEMS; j++)
    self->items[j] = calloc (n, sizeof (double));
  for (int s = 0; s < N_SCALES; s++)
    self->scores[s] = calloc (n, sizeof (double));

  rewind (file);
  if (fgets (line, sizeof line, file) == NULL)
    return false;
  for (size_t i = 0; fgets (line, sizeof line, file) != NULL; i++)
    {
      char *at = line;

      self->type[i] = (int) read_field (&at);
      self->sector[i] = (int) read_field (&at);
      self->sex[i] = (int) read_field (&at);
      self->age[i] = read_field (&at);
      self->cell[i] = self->type[i] * N_SECTORS + self->sector[i];
      for (int j = 0; j < N_ITEMS; j++)
        self->items[j][i] = read_field (&at);
    }
  return fclose (file) == 0;
}

/* Jobs. Each returns a sum of its figures. */

/* Mean of the items where all are answered. */
static double
score (Data *self)
{
  double sum = 0;
  int first = 0;

  for (int s = 0; s < N_SCALES; s++)
    {
      memcpy (self->scores[s], self->items[first], self->n * sizeof (double));
      for (int j = 1; j < items_of[s]; j++)
        for (size_t i = 0; i < self->n; i++)
          self->scores[s][i] += self->items[first + j][i];
      for (size_t i = 0; i < self->n; i++)
        self->scores[s][i] /= items_of[s];
      first += items_of[s];
      sum += self->scores[s][0] >= 0;
    }
  return sum;
}

static double
describe (Data *self, const int *group, size_t n_groups)
{
  DhkDescription each[N_CELLS];
  double sum = 0;

  for (int s = 0; s < N_SCALES; s++)
    {
      dhk_describe_groups (self->scores[s], group, self->n, n_groups, 0.95, each);
      for (size_t g = 0; g < n_groups; g++)
        sum += each[g].mean + each[g].sd + (double) each[g].n;
    }
  return sum;
}

static double
run_means (Data *self)
{
  return describe (self, self->type, N_TYPES) + describe (self, self->sector, N_SECTORS)
         + describe (self, self->cell, N_CELLS);
}

static double
run_alpha (Data *self)
{
  double *columns[N_ITEMS], sum = 0;

  for (int j = 0; j < N_ITEMS; j++)
    columns[j] = malloc (self->n * sizeof (double));
  for (int type = 0; type < N_TYPES; type++)
    {
      size_t n = 0;
      int first = 0;

      for (size_t i = 0; i < self->n; i++)
        if (self->type[i] == type)
          {
            for (int j = 0; j < N_ITEMS; j++)
              columns[j][n] = self->items[j][i];
            n++;
          }
      for (int s = 0; s < N_SCALES; s++)
        {
          sum += dhk_cronbach_alpha ((const double *const *) columns + first, (size_t) items_of[s],
                                     n, 0.95, NULL)
                     .alpha;
          first += items_of[s];
        }
    }
  for (int j = 0; j < N_ITEMS; j++)
    free (columns[j]);
  return sum;
}

static double
run_anova (Data *self)
{
  DhkPair pairs[N_TYPES * (N_TYPES - 1) / 2];
  uint64_t letters[N_TYPES];
  double sum = 0;

  for (int s = 0; s < N_SCALES; s++)
    {
      sum += dhk_anova_one_way (self->scores[s], self->type, self->n, N_TYPES).eta_squared;
      dhk_post_hoc (DHK_PROCEDURE_TUKEY, self->scores[s], self->type, self->n, N_TYPES, 0.95, pairs,
                    letters);
      for (size_t i = 0; i < dhk_pair_count (N_TYPES); i++)
        sum += fabs (pairs[i].difference) + pairs[i].p;
    }
  return sum;
}

static double
run_t_tests (Data *self)
{
  double sum = 0;

  for (int s = 0; s < N_SCALES; s++)
    {
      DhkDescription sexes[2];

      dhk_describe_groups (self->scores[s], self->sex, self->n, 2, 0.95, sexes);
      sum += dhk_t_test_from_summary (DHK_T_STUDENT,
                                      (DhkSummary){ sexes[0].n, sexes[0].mean, sexes[0].sd },
                                      (DhkSummary){ sexes[1].n, sexes[1].mean, sexes[1].sd }, 0.95)
                 .p;
    }
  return sum;
}

static double
run_correlations (Data *self)
{
  const double *columns[N_SCALES + 1];
  DhkCorrelationPair pairs[(N_SCALES + 1) * N_SCALES / 2];
  double sum = 0;

  for (int s = 0; s < N_SCALES; s++)
    columns[s] = self->scores[s];
  columns[N_SCALES] = self->age;
  dhk_correlation_matrix (DHK_CORRELATE_PEARSON, columns, N_SCALES + 1, self->n, false, false,
                          0.95, pairs);
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    sum += pairs[i].r;
  return sum;
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    double (*run) (Data *self);
  } jobs[] = {
    { "scores", score },          { "means", run_means },     { "alpha", run_alpha },
    { "anova_tukey", run_anova }, { "t_tests", run_t_tests }, { "correlations", run_correlations },
  };
  Data data = { 0 };

  if (argc == 4 && strcmp (argv[1], "make") == 0)
    return make (strtol (argv[2], NULL, 10), argv[3]);
  if (argc != 3 || strcmp (argv[1], "run") != 0 || !load (&data, argv[2]))
    return 2;
  for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
    {
      double start = now (), sum = jobs[i].run (&data);

      printf ("%s\t%.9f\t%.12g\n", jobs[i].name, now () - start, sum);
    }
  return 0;
}
