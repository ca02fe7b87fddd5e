/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the store room: the handle, statement helpers, slots and cells.
 * Nothing outside src/store (and its tests) includes this.
 *
 * How answers lie in the file. An item or a category variable gets a slot at
 * its first use, which it keeps for ever. An answer sheet (respondent × target)
 * holds one character per slot:
 *
 *   code 0 … 48    the character '0' + code     ('0' … '`')
 *   code 49 … 63   the character code - 16      ('!' … '/')
 *   'e' 'n' 'u'    missing: empty, not asked, unreadable
 *
 * so unicode (c) - 48 is the code up to 48, and (unicode (c) + 16) & 63 always.
 * Everything from 'a' on is missing, and so is what lies beyond the end of the
 * text: "not asked" at the end is not written. Category variables are packed as the
 * index of the category, on the sheet without a target. What does not fit
 * (numbers, codes above 63, variables with more than 64 categories) is a row
 * of the table value.
 */

#include <sqlite3.h>
#include <sys/stat.h>

#include "base/dhk-seal.h"
#include "store/dhk-store.h"

G_BEGIN_DECLS

#define DHK_STORE_APPLICATION_ID 0x44484b31 /* "DHK1" */
#define DHK_STORE_BUSY_MS 1500
#define DHK_MAX_PACKED_CODE 63

typedef struct
{
  gboolean is_variable;
  guint index;     /* of the item or variable in the instrument */
  gboolean number; /* a number variable */
  gboolean packed; /* on the sheet; otherwise in the table value */
  guint64 codes;   /* of a packed slot: bit c is set when code c is an answer */
} DhkSlot;

struct _DhkStore
{
  GFile *file;
  char *name; /* display name, for messages */
  sqlite3 *db;
  GThread *owner;
  GHashTable *statements; /* SQL -> prepared statement */

  DhkInstrument *instrument;
  guint instrument_number; /* its version, 0: not asked yet */
  GPtrArray *retired;      /* instruments that were lent before a change */
  GArray *slots;           /* DhkSlot; slot n at n - 1 */
  guint *item_slots;       /* per item its slot, 0: none yet */
  guint *variable_slots;   /* per variable */
  guint64 generation;      /* the last one seen */

  gboolean knows_pseudonyms;
  guint64 pseudonym_keys[2];
  GHashTable *taken_pseudonyms; /* numbers whose pseudonym somebody merged has; NULL: none */
  struct _DhkKeyFile *key_file; /* attached, or NULL */
  GArray *named;                /* gint64: whose names the running transaction keeps; or NULL */

  DhkStoreProgress progress; /* of storing a draft, or NULL */
  gpointer progress_data;

  gboolean automatic_backups;
  gint64 backed_up;     /* when, in this session */
  guint64 backup_lacks; /* so many bytes, when there was no room for one */
  char *backup_problem;
  void (*backup_warning) (const char *problem);

  struct _DhkSealedFile *sealed; /* of an encrypted study (store/dhk-store-seal.h), else NULL */
  gboolean read_only;            /* it works on what was read, and the file stays as it is */
};

/* Statements (dhk-store-sql.c) ---------------------------------------------- */

/* A prepared statement lent by the store; releasing it resets it. */
typedef sqlite3_stmt DhkStatement;
void dhk_statement_release (DhkStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkStatement, dhk_statement_release)

/* Sets an error of this room; always FALSE. */
gboolean
dhk_store_fail (GError **error, DhkStoreError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* The same for a file that base/dhk-file.h did not open, when it is none; else FALSE. */
gboolean dhk_store_explain_file (const GError *problem, GError **error);

/* Sets a DhkStoreError that fits what SQLite answered; always FALSE. */
gboolean dhk_sql_fail (DhkStore *self, int result, GError **error);

/* "The study is damaged" with a reason; always FALSE. */
gboolean dhk_store_fail_damaged (DhkStore *self, const char *reason, GError **error);

/* Fixed text without parameters, maybe several statements. */
gboolean dhk_sql_exec (DhkStore *self, const char *sql, GError **error);

DhkStatement *dhk_sql_prepare (DhkStore *self, const char *sql, GError **error);

/*
 * Binds from parameter 1 on: 'i' gint64, 't' const char * (NULL: null), 'd'
 * double, 'b' GBytes *. Nothing is copied: keep it until the statement is released.
 */
void dhk_sql_bind (DhkStatement *statement, const char *types, ...);

/* 1: a row, 0: done, -1: failed and `error` set. */
int dhk_sql_step (DhkStore *self, DhkStatement *statement, GError **error);

/* For inserting in loops: steps once and resets. */
gboolean dhk_sql_insert (DhkStore *self, DhkStatement *statement, GError **error);

gboolean dhk_sql_run (DhkStore *self, GError **error, const char *sql, const char *types, ...);

/* The first column of the first row. 1, 0 (no row; value untouched) or -1. */
int dhk_sql_get_int (
    DhkStore *self, GError **error, gint64 *value, const char *sql, const char *types, ...);

/* Like sqlite3_column_text(), with "" for null. */
const char *dhk_sql_text (DhkStatement *statement, int column);

void dhk_sql_append_identifier (GString *sql, const char *name);
void dhk_sql_append_literal (GString *sql, const char *text);

/* Transactions: every change is one ------------------------------------------- */

gboolean dhk_store_begin (DhkStore *self, GError **error);

/*
 * Commits when `ok` (a new generation), else rolls back; `error` is set when
 * committing fails. Returns whether the change is in the file.
 */
gboolean dhk_store_end (DhkStore *self, gboolean ok, GError **error);

/* Gives the same transaction back without a trace. */
void dhk_store_roll_back (DhkStore *self);

/* Handle (dhk-store.c) ---------------------------------------------------------- */

DhkStore *dhk_store_new_handle (GFile *file);

/* Opens without reading a page; what reads or writes comes after _set_rules(). */
gboolean dhk_store_connect (DhkStore *self, const char *path, int flags, GError **error);
gboolean dhk_store_set_rules (DhkStore *self, GError **error);

/* Checks and reads what is to be opened; `path` as SQLite is to name it, or NULL for `image`. */
gboolean dhk_store_open_inside (DhkStore *self, const char *path, GBytes *image, GError **error);
void dhk_store_disconnect (DhkStore *self);

/* An encrypted study, by its password or, when that is there already, its key
 * (dhk-store-password.c). */
DhkStore *
dhk_store_open_sealed (GFile *file, const char *password, DhkSealKey *key, GError **error);
void
dhk_store_take_instrument (DhkStore *self, DhkInstrument *instrument); /* takes the reference */
gboolean dhk_store_load_instrument (DhkStore *self, GError **error);

/* Studies that are only looked at (dhk-store-image.c) -------------------------------- */

/* TRUE when the file at `path`, its folder or its disk may not be changed. */
gboolean dhk_store_is_fixed (const char *path);

/* The bytes of a file that nobody is changing; NULL when it cannot be read, or with `beside` the ending
 * of the name of what lies beside a half-written one ("": it kept changing). */
GBytes *dhk_store_read_image (const char *path, const char **beside);
GBytes *dhk_store_read_fixed (DhkStore *self, const char *path, GError **error);

/* Puts them into the database in memory that `self` is connected to. */
gboolean dhk_store_take_image (DhkStore *self, GBytes *bytes, GError **error);

/* Says that the study is read-only; always FALSE. */
gboolean dhk_store_fail_read_only (const char *name, GError **error);

/* Checks before anything is touched (dhk-store-check.c) ---------------------------- */

gboolean dhk_store_check_file (const char *path, const char *name, GError **error);
gboolean dhk_store_check_header (DhkStore *self, gint64 *size, guint *version, GError **error);
gboolean dhk_store_check_content (DhkStore *self, gint64 size, guint version, GError **error);

/*
 * The frame, inside a transaction: with `everybody` of excluded respondents too. `kinds` gets per
 * number variable why there is no number, one gint8 a row, where any respondent has it; the
 * columns are owned by the caller. Or it is NULL. (dhk-store-frame.c)
 */
DhkFrame *dhk_store_scan_frame (
    DhkStore *self, gboolean everybody, gint8 **kinds, GCancellable *cancellable, GError **error);

/* Schema (dhk-store-schema.c) --------------------------------------------------- */

/* Brings a file from version n (its place in the array) to version n + 1. */
typedef gboolean (*DhkMigration) (DhkStore *self, GError **error);

guint dhk_store_get_schema_version (void);

/* The very first tables: a study of version 0. */
gboolean dhk_store_make_base (DhkStore *self, DhkInstrument *instrument, GError **error);

/* Runs all own migrations from `version` on. */
gboolean dhk_store_migrate (DhkStore *self, guint version, GError **error);

/* The same with any list of migrations, then the views: one transaction, all or nothing. */
gboolean dhk_store_run_migrations (DhkStore *self,
                                   const DhkMigration *migrations,
                                   guint n_migrations,
                                   guint version,
                                   GError **error);

/* Copies the study to "<name>.backup-v<version>" before a migration. */
gboolean dhk_store_back_up (DhkStore *self, guint version, GError **error);

/* Files (dhk-store-file.c) -------------------------------------------------------- */

/* Writes bytes as a new file: whole and synced, or not at all; never over another. */
gboolean dhk_store_publish (const char *path, const char *name, GBytes *bytes, GError **error);

/* Takes the place of the file at `path`, whole and synced, by way of `temporary`, which is ours
 * alone. `after` gets what is there then. 0 or an errno: then the file is as it was. */
int dhk_store_replace_file (
    const char *path, const char *temporary, const guint8 *data, gsize size, struct stat *after);

/* A consistent copy of the study at `path`; of an encrypted one encrypted. */
gboolean dhk_store_copy_to (
    DhkStore *self, const char *path, const char *name, gboolean replace, GError **error);

/* Backups (dhk-store-backup.c, -backup-change.c) ---------------------------------------------------- */

void dhk_store_back_up_before_change (DhkStore *self);

/* Where the study itself is, whatever link led to it; or NULL. Free with g_free(). */
char *dhk_backup_dup_place (GFile *study);

/* Overwrites and removes a file. */
gboolean dhk_store_shred (GFile *file, GError **error);

/* After a change of password: the same for the backups. `old` is the key they had, or NULL. */
gboolean dhk_store_reseal_backups (DhkStore *self, DhkSealKey *old, GError **error);

/* Slots (dhk-store-slot.c) ------------------------------------------------------ */

#define DHK_CODE_DAMAGED (-128)
char dhk_store_pack_code (int code);
int dhk_store_unpack_code (char packed); /* DHK_CODE_DAMAGED for what cannot be */

gboolean dhk_store_load_slots (DhkStore *self, GError **error);
gboolean dhk_store_ensure_slot (
    DhkStore *self, gboolean is_variable, guint index, gboolean *fresh, GError **error);
guint dhk_store_get_slot (DhkStore *self, gboolean is_variable, guint index);
const DhkSlot *dhk_store_slot (DhkStore *self, guint slot);

/* What the slot of an item or variable is, or would be. */
DhkSlot dhk_store_describe_slot (DhkInstrument *instrument, gboolean is_variable, guint index);

/* TRUE when `code` may stand in this slot (missing codes always may). */
gboolean dhk_slot_accepts (const DhkSlot *self, DhkInstrument *instrument, int code);

/* The id of a target, "" for none; and back (-2 when there is no such target). */
const char *dhk_store_target_id (DhkStore *self, int target);
int dhk_store_find_target (DhkStore *self, const char *id);

gboolean dhk_store_rebuild_views (DhkStore *self, GError **error); /* dhk-store-view.c */

/* Hashes of respondents (dhk-store-hash.c) ----------------------------------------------------- */

/* The bytes of a hash; its text has twice as many digits. */
#define DHK_HASH_SIZE 32

/* FALSE when the text is no hash. */
gboolean dhk_store_pack_hash (const char *text, guint8 *bytes);

/* To SQLite: dhk_hash (text) as it is kept, dhk_hash_text (bytes) as it is used. */
void dhk_store_teach_hashes (DhkStore *self);

/* Makes rows of respondents from before version 8 what they are since. */
gboolean dhk_store_shorten_respondents (DhkStore *self, GError **error);

/* Cells: one answer of one respondent (dhk-store-cell.c) --------------------------- */

typedef struct
{
  int code;      /* answer code, index of the category, or DhkMissing; 0 for a number */
  double number; /* of a number variable */
} DhkCell;

gboolean dhk_cell_equal (const DhkSlot *slot, const DhkCell *a, const DhkCell *b);

/* What a draft says about question `q` of row `row`. */
DhkCell dhk_cell_from_draft (const DhkSlot *slot, DhkDraftFile *file, guint row, guint q);
DhkCell dhk_cell_from_answer (const DhkSlot *slot, int code, double number);

/* As written in the journal: an integer, or a real for a number. */
void
dhk_cell_bind (DhkStatement *statement, int parameter, const DhkSlot *slot, const DhkCell *cell);
DhkCell dhk_cell_column (DhkStatement *statement, int column, const DhkSlot *slot);

/* For a person: "3 (often)", "12.5", "no answer". Free with g_free(). */
char *dhk_cell_describe (DhkInstrument *instrument, const DhkSlot *slot, const DhkCell *cell);

gboolean dhk_store_read_cell (
    DhkStore *self, gint64 respondent, guint slot, int target, DhkCell *cell, GError **error);
gboolean dhk_store_write_cell (
    DhkStore *self, gint64 respondent, guint slot, int target, const DhkCell *cell, GError **error);

/* From a row of the table value whose first columns are value and missing; FALSE: cannot be. */
gboolean
dhk_store_take_value (DhkStore *self, DhkStatement *statement, const DhkSlot *slot, DhkCell *cell);

/* Binds and inserts a row of the table value; a cell that is not asked is no row. */
gboolean dhk_store_insert_value (DhkStore *self,
                                 DhkStatement *insert,
                                 gint64 respondent,
                                 guint slot,
                                 int target,
                                 const DhkCell *cell,
                                 GError **error);

/* Differences between a row of a draft and a respondent (dhk-store-difference.c) ---- */

typedef struct
{
  guint question;
  DhkCell old;
  DhkCell new;
  gboolean hand; /* corrected by hand: stays */
} DhkDifference;

/* The respondent was not asked before: an answer more, and none that changed. */
gboolean dhk_difference_is_first (const DhkDifference *self);

/* Against what is stored. GArray of DhkDifference, or NULL with an error. */
GArray *dhk_store_find_differences (
    DhkStore *self, DhkDraftFile *file, guint row, gint64 respondent, GError **error);

/* Says so where a file of numbered responses without a start seems to be of another survey. */
void dhk_store_doubt_numbers (DhkDraftFile *file);

/* Against an earlier row of the same draft (of the same questionnaire). */
GArray *dhk_store_find_draft_differences (
    DhkStore *self, DhkDraftFile *file, guint row, DhkDraftFile *other_file, guint other_row);

/* Notes about them; `kept` chooses the hand corrections. NULL when there are none. */
char *dhk_store_describe_differences (DhkStore *self,
                                      DhkDraftFile *file,
                                      GArray *differences,
                                      gboolean kept);

/* Hand corrections against newer files (dhk-store-conflict.c) ------------------------ */

/* Puts the differences that stay as they were corrected on the draft. */
void dhk_store_note_conflicts (
    DhkStore *self, DhkDraftFile *file, guint row, gint64 respondent, const GArray *differences);

/* Keeps the conflicts of a compared draft and forgets settled ones. How many changed, or -1. */
int dhk_store_keep_conflicts (DhkStore *self, DhkDraft *draft, GError **error);

/* Import profiles and conflicts: a migration (dhk-store-profile.c). */
gboolean dhk_store_make_wave_tables (DhkStore *self, GError **error);

/* Comparing inside a transaction (dhk-store-compare.c) ------------------------------ */

/* The response a changed row belongs to: one that is stored, or a row of the same draft. */
typedef struct
{
  gint64 respondent;
  const DhkDraftRow *origin;
} DhkChangedRow;

typedef struct
{
  GHashTable *changed; /* DhkDraftRow -> DhkChangedRow */
  GHashTable *origins; /* DhkDraftRow that is an origin -> gint64: its respondent, once stored */
  GHashTable *aside;   /* DhkDraftRow that stands aside already (a set) */
  GHashTable *erased;  /* DhkDraftRow of somebody who was erased (a set) */
  /* DhkDraftFile -> gint64 of each of its rows: the stored respondent, where no other row is of
   * the same response and nothing changed; negative where the row is known by something else than
   * its identity, and may have changed; else 0. */
  GHashTable *present;
} DhkComparison;

DhkComparison *dhk_store_compare_inside (DhkStore *self,
                                         DhkDraft *draft,
                                         GCancellable *cancellable,
                                         GError **error);
DhkComparison *dhk_comparison_new (void);
void dhk_comparison_free (DhkComparison *self);

/* Adds the rows that stand aside in the study: questionnaire, line feed and raw row. */
gboolean dhk_comparison_load_aside (DhkStore *store, GHashTable *aside, GError **error);

/* Nothing of the row comes in again, also not as raw text. */
void dhk_comparison_set_erased (DhkComparison *self, DhkDraftRow *row);

/* The same answers and background are in the study already: the row stays aside. */
void dhk_comparison_set_sent_twice (DhkDraftRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkComparison, dhk_comparison_free)

/* Raw rows (dhk-store-raw.c) ---------------------------------------------------------- */

/* A text without e-mail addresses; NULL stays NULL. Free with g_free(). */
char *dhk_store_dup_masked (const char *text);

typedef struct _DhkRawWriter DhkRawWriter;
DhkRawWriter *dhk_raw_writer_new (DhkDraftFile *file);

/* Writes the chunks that are ready, so that few are held; and all that are left. */
gboolean dhk_raw_writer_write (DhkRawWriter *self, DhkStore *store, gint64 batch, GError **error);
gboolean dhk_raw_writer_finish (DhkRawWriter *self, DhkStore *store, gint64 batch, GError **error);
void dhk_raw_writer_free (DhkRawWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkRawWriter, dhk_raw_writer_free)

/* Bytes as raw rows are compressed; and back, NULL when they are not `size` bytes. Owned. */
GBytes *dhk_raw_deflate (const char *data, gsize size);
GBytes *dhk_raw_inflate (const char *data, gsize size, gint64 inflated_size);

/* Journal (dhk-store-journal.c) --------------------------------------------------------- */

/* A new step after the last done one; what could be redone is gone. Returns its number, or 0. */
gint64 dhk_journal_append (
    DhkStore *self, const char *kind, const char *subject, gint64 n, gint64 batch, GError **error);

/* What became of a cell. */
typedef struct
{
  gint64 respondent;
  guint slot;
  int target;
  DhkCell old;
  DhkCell new;
} DhkChange;

/* Writes the new cell and remembers both under the step (and the import, or 0). */
gboolean dhk_journal_change_cell (
    DhkStore *self, gint64 step, gint64 batch, const DhkChange *change, GError **error);

/* What a step is called, or NULL. Free with g_free(). */
char *dhk_journal_dup_label (DhkStore *self, gint64 step);

/* Whether the answer is one that its question can have (dhk-store-edit.c). */
gboolean dhk_store_may_hold (DhkStore *self, const DhkSlot *slot, const DhkCell *cell);

/* Sets who is excluded as it was before or after a step. (dhk-store-exclude.c) */
gboolean dhk_journal_switch_exclusions (DhkStore *self, gint64 step, gboolean undo, GError **error);

/* Until when answers may be kept, and what such a step is called (dhk-store-retention.c). */
#define DHK_RETENTION_STEP "retention"
gboolean dhk_journal_switch_retention (DhkStore *self, gint64 step, gboolean undo, GError **error);
char *dhk_journal_dup_retention_label (const char *subject);

/* The same for the content hash of a respondent. */
gboolean dhk_journal_change_content (DhkStore *self,
                                     gint64 step,
                                     gint64 batch,
                                     gint64 respondent,
                                     const char *content,
                                     GError **error);

/* The cells that a step (of one import, or 0: all) changed; content hashes are not among them. */
GArray *dhk_journal_load_changes (DhkStore *self, gint64 step, gint64 batch, GError **error);

/* Remembers that a step corrected its cells by hand, or takes that back. */
gboolean dhk_journal_count_hand_edit (DhkStore *self, gint64 step, gboolean undo, GError **error);

/* 1 when this answer was corrected by hand, 0, or -1 with an error. */
int dhk_store_is_hand_edited (
    DhkStore *self, gint64 respondent, guint slot, int target, GError **error);

G_END_DECLS
