/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Typing paper forms in a test: the questionnaire of youths, whose first questions these are. */

#include "store-fixture.h"
#include "store/dhk-store-entry.h"

G_BEGIN_DECLS

#define SECTOR 0
#define SEX 1
#define AGE 2
#define BAND1 3

gint64 entry_new_batch (Fixture *self, const char *name, const char *questionnaire);
void entry_type (Fixture *self,
                 gint64 batch,
                 DhkEntryPass pass,
                 guint number,
                 guint question,
                 DhkEntryAnswer answer);
DhkEntryAnswer entry_code (int code);
DhkEntryAnswer entry_number (double number);
DhkEntryAnswer entry_missing (DhkEntryKind kind, const char *note);
void entry_finish (Fixture *self, gint64 batch, DhkEntryPass pass, guint form);
void entry_assert_undo_label (Fixture *self, const char *expected);
guint entry_propose (Fixture *self, gint64 batch, DhkEntryPass pass, guint after);
DhkEntrySheet *entry_load (Fixture *self, gint64 batch, DhkEntryPass pass, guint form);
DhkEntryComparison *entry_compare (Fixture *self, gint64 batch);
const DhkEntryPair *
entry_find_difference (DhkEntryComparison *comparison, guint form, guint question);
void entry_settle (Fixture *self, gint64 batch, guint form, guint question, DhkEntryAnswer answer);
/* Form 1 twice with three differences, form 2 once, form 3 only the second time. */
gint64 entry_type_twice (Fixture *self);

G_END_DECLS
