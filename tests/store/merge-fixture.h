/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Two studies in one folder, of which one is merged into the other; keys are cheap here. */

#include "encrypted-fixture.h"
#include "entry-fixture.h"
#include "store/dhk-store-merge.h"
#include "store/dhk-store-respondents.h"

G_BEGIN_DECLS

#define OTHER "School B.driehoek"

DhkDraft *
merge_make_rows (Fixture *self, const char *name, const char *sha256, guint first, guint last);
void merge_add_rows (Fixture *self, DhkStore *store, const char *name, guint first, guint last);
void merge_edit (Fixture *self, DhkStore *store, gint64 respondent, const char *item, int code);

/* Twenty responses, one without an identity, corrections, an exclusion, a pile of paper. */
void merge_live (Fixture *self);

/* The other study: empty, a copy of this one, or with everything that can come along. */
GFile *merge_other_file (Fixture *self);
DhkStore *merge_make_other (Fixture *self);
DhkStore *merge_copy_to_other (Fixture *self);
DhkStore *merge_make_rich_other (Fixture *self);

DhkDraft *merge_read_other (Fixture *self, const char *name, GHashTable *answers, GError **error);

/* Read, compared, stored; the file of the other study is looked at before and after. */
DhkDraft *merge_with_other (Fixture *self, GHashTable *answers);

guint merge_count_conflicts (DhkDraft *draft);
void merge_assert_totals (DhkDraft *draft, guint added, guint present, guint aside);
void merge_assert_folder_holds (Fixture *self, guint n);

/* In memory where that can be: what is tested is not the disk. */
#define MERGE_TEST(path, function)                                                                 \
  g_test_add (path, Fixture, "/dev/shm", fixture_set_up, function, fixture_tear_down)

G_END_DECLS
