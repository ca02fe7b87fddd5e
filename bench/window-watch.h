/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the benches of the window share: the program's own window with settings of its own, and a
 * watch on the main loop.
 *
 * The watch stands around the poll of the default main context. A turn is everything between two
 * polls: as long as it lasts, no key, click or frame is answered. Of every turn it takes
 *
 *   own work   processor time of the main thread in it (CLOCK_THREAD_CPUTIME_ID): what the window
 *              itself does there, however busy the machine is
 *   time       on the clock: with what the thread waited for, a lock, the disk or, on a busy
 *              machine, a processor
 */

#include "ui/dhk-window.h"

G_BEGIN_DECLS

typedef struct
{
  GtkApplication *application;
  DhkWindow *window;
} Bench;

/* Registers the application and shows a window of 1280 × 800; starts the watch. */
void bench_start (Bench *self);

/* Another window, in place of the one there is. */
void bench_show_window (Bench *self);

/* Processor time of this thread, in microseconds. */
gint64 bench_get_work (void);

/*
 * Runs the main loop until it is so, and `settle_ms` more for what follows it. The phase began where the
 * one before it ended, so what set it off belongs to it. Prints a line: the name, seconds
 * until it was so, turns, most own work in a turn, how many had more than BENCH_SLOW_MS of it, the
 * longest turn by the clock, and how many were longer than that.
 */
#define BENCH_SLOW_MS 50

typedef gboolean (*BenchCondition) (Bench *self);
void bench_run (Bench *self, const char *name, BenchCondition is_so, guint settle_ms);
void bench_print_head (void);

/* Leaves out what was since the last phase. */
void bench_begin (void);

G_END_DECLS
