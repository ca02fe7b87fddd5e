/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What a study holds at one moment, read from the store in one go: immutable,
 * made in the thread that has the store, then lent to the window.
 */

#include "ui/dhk-session.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 generation;
  gboolean is_sample;
  DhkFrame *frame;
  GPtrArray *batches;
  GPtrArray *aside;
  GArray *coverage; /* DhkCoverage per questionnaire */
  char *undo_label;
  char *redo_label;
  char *retention; /* or NULL */
} DhkSnapshot;

DhkSnapshot *dhk_snapshot_new (DhkStore *store, GError **error);
void dhk_snapshot_free (DhkSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSnapshot, dhk_snapshot_free)

G_END_DECLS
