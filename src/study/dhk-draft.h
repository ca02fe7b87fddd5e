/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The draft of an import: everything that was found in the chosen files and
 * decided about them, before anything is stored.
 *
 * The import room makes a draft from files and answers to its questions; the
 * store compares it with what a study holds (which sets the fate of every row)
 * and commits it; the window and the command line show it. A draft with open
 * questions cannot be committed. Answering a question makes a new draft
 * (dhk_import_read() with one more answer): drafts are not edited.
 *
 * Personal columns (name, e-mail, IP, …) never get into a draft, unless they are to go to the key
 * file (personal, which the study itself never sees); e-mail
 * addresses inside other texts are masked.
 */

#include <gio/gio.h>

#include "base/dhk-packed-rows.h"
#include "base/dhk-sha256.h"
#include "study/dhk-frame.h"
#include "study/dhk-instrument.h"

G_BEGIN_DECLS

/* Who decided: nobody yet, the program, a person now, or a person once (an import profile). */
typedef enum
{
  DHK_DECIDED_BY_NOBODY,
  DHK_DECIDED_BY_PROGRAM,
  DHK_DECIDED_BY_HAND,
  DHK_DECIDED_BY_PROFILE,
} DhkDecidedBy;

/* A label, or a code, of one column, and what it is taken as. */
typedef struct
{
  char *text;
  guint64 count; /* rows that are not kept aside */
  int value;     /* answer code, category index, which of several choices, or DhkMissing */
  DhkDecidedBy by;
  char *decision; /* id of the question or decision about it */
} DhkDraftLabel;

/* What became of a column ------------------------------------------------- */

typedef enum
{
  DHK_COLUMN_QUESTION,  /* a question of the questionnaire */
  DHK_COLUMN_FORM_ID,   /* the form's own number of the response */
  DHK_COLUMN_STARTED,   /* start time */
  DHK_COLUMN_COMPLETED, /* completion time */
  DHK_COLUMN_TECHNICAL, /* last modified, language, points: not used */
  DHK_COLUMN_PERSONAL,  /* name, e-mail, IP, location, token: not read */
  DHK_COLUMN_UNMATCHED, /* not in the instrument: kept raw, with a note */
  DHK_COLUMN_ASKED,     /* an open question decides */
} DhkColumnRole;

typedef struct
{
  guint index; /* column in the file, from 0 */
  char *head;  /* as in the file, cleaned; "[personal]" for a personal one */
  DhkColumnRole role;
  int question;       /* index in the questionnaire, or -1 */
  gboolean several;   /* its cells hold several choices, of which `question` is the first */
  char *reason;       /* why: "same text", "second of a pair: answered with …" (translated) */
  char *examples;     /* up to three raw values joined by " · ", NULL for a personal column */
  char *key;          /* its head for an import profile, folded; NULL for fixed and personal ones */
  char *decision;     /* id of the question or decision that says what it is, or NULL */
  GPtrArray *labels;  /* DhkDraftLabel: what stands in a question's column; NULL for others */
  GPtrArray *preview; /* char *: the texts of the first rows; NULL for what is not kept */

  /* Of a column that is no question's: what a background question of it could be. */
  GPtrArray *values;  /* char *: its different texts, where they are few; else NULL */
  gboolean is_number; /* what is filled in is a number, from `low` to `high` */
  double low;
  double high;
} DhkDraftColumn;

/* What became of a row ---------------------------------------------------- */

typedef enum
{
  DHK_ROW_NEW,
  DHK_ROW_PRESENT, /* already in the study, the same */
  DHK_ROW_CHANGED, /* already in the study, with other answers: taken over (counts as present) */
  DHK_ROW_ASIDE,   /* kept aside: stored raw with a reason, no respondent */
} DhkRowFate;

typedef struct
{
  guint64 line; /* row in the file, as a person counts */
  DhkRowFate fate;
  char *reason;    /* of a row kept aside (translated), else NULL */
  char *identity;  /* what makes it the same response in a newer export; no personal data */
  char **replaces; /* identities of what it counts instead of, by a person's answer; or NULL */
  char *content;   /* hash of its answers and background */
  char *form_id;   /* or NULL */
  gint64 started;  /* seconds since 1970 of the form's wall clock; 0 when unknown */
  gint64 completed;
  gboolean compared; /* its fate comes from the store's comparison */
} DhkDraftRow;

/* Seconds are lost when a workbook is saved as text, so a start counts in minutes. */
gint64 dhk_draft_row_get_minutes (gint64 started);

/*
 * The identity of a row that the form's number and its start tell, in every export of that form;
 * `started` is 0 where the number alone tells it. Free with g_free(); or its bytes (DHK_SHA256_SIZE).
 */
char *dhk_draft_row_make_identity (const char *questionnaire, const char *form_id, gint64 started);
void dhk_draft_row_hash_identity (const char *questionnaire,
                                  const char *form_id,
                                  gint64 started,
                                  guint8 *bytes);

/* What is stored of a new row, made without a piece of memory for each. */
typedef struct
{
  gint64 started;
  gint64 completed;
  guint8 identity[DHK_SHA256_SIZE]; /* the bytes of what is a text in DhkDraftRow */
  guint8 content[DHK_SHA256_SIZE];
} DhkDraftFacts;

/* Frees the texts; for a row that dhk_draft_file_read_row() filled. */
void dhk_draft_row_clear (DhkDraftRow *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkDraftRow, dhk_draft_row_clear)

/*
 * Where the rows of a file lie while it is a draft, when they are not held here: an
 * import has up to millions of them. All functions may be called by several threads at
 * once, and give the same for ever.
 */
typedef struct
{
  gpointer data;
  GDestroyNotify free;
  guint n_rows;
  gboolean has_numbers;

  /* Of `n` rows from `first` on: n × n_questions codes, or numbers (NaN where there is none). */
  void (*read_codes) (gpointer data, guint first, guint n, gint8 *codes);
  void (*read_numbers) (gpointer data, guint first, guint n, double *numbers);

  /*
   * Fills everything but reason, fate and replaces; the texts are the caller's. `codes` and `numbers`
   * are the row's own where the caller has them, or NULL.
   */
  void (*read_row) (
      gpointer data, guint row, const gint8 *codes, const double *numbers, DhkDraftRow *found);

  /*
   * What is stored of a row; the form's number is appended to `form_id`, which stays as it is where there
   * is none. May be NULL where rows are asked for one by one.
   */
  void (*read_facts) (gpointer data,
                      guint row,
                      const gint8 *codes,
                      const double *numbers,
                      DhkDraftFacts *facts,
                      GString *form_id);

  /* A key for every row: rows of one identity have one key, 0 is none. */
  void (*read_keys) (gpointer data, guint64 *keys);

  /* A line of CSV each, with its line end. */
  void (*append_raw) (gpointer data, guint first, guint n, GString *lines);

  /* The same rows packed, as many as the packer takes; or NULL. */
  void (*pack_raw) (gpointer data, guint first, DhkRowPacker *packer);
} DhkDraftSource;

typedef struct _DhkDraftFar DhkDraftFar;

/* Something a person should know ------------------------------------------- */

typedef enum
{
  DHK_NOTE_INFORMATION, /* "36 columns recognised" */
  DHK_NOTE_ATTENTION,   /* "12 answers could not be read" */
} DhkNoteKind;

typedef struct
{
  DhkNoteKind kind;
  guint64 line;      /* 0: the whole file */
  char *text;        /* translated sentence */
  gboolean compared; /* comes from the store's comparison, and goes with the next one */
} DhkDraftNote;

/* An answer that was corrected by hand and that the file has otherwise: it stays as it was. */
typedef struct
{
  guint row; /* of the file's rows */
  guint question;
  gboolean is_exclusion; /* about who is excluded, not about a question */
  gint64 respondent;
  char *held;  /* what the study holds, as text */
  char *found; /* what the file says, as text */
} DhkDraftConflict;

/*
 * A question only a person can decide ---------------------------------------
 *
 * A decision is a question that the program answered itself: it is never open,
 * and giving an answer to its id changes it.
 */

typedef struct
{
  char *id;    /* short, stable, typed on a command line: "Ouders.label.q3.mee-eens" */
  char *label; /* translated */
} DhkDraftChoice;

typedef struct
{
  char *id;     /* short, stable, no spaces */
  char *text;   /* translated sentence with a question mark */
  char *detail; /* raw examples, lines; may be NULL */
  guint n_choices;
  DhkDraftChoice *choices;
  char *suggestion; /* id of the choice a hint points at, or NULL: never taken without a person */
  char *chosen;     /* id of the choice that holds; NULL while open */
  DhkDecidedBy by;
  const struct _DhkDraftFile *file; /* lent; NULL when it is about all files */
  char *kind; /* for an import profile, with `key`; NULL when it cannot hold for another file */
  char *key;
} DhkDraftQuestion;

/* One file ------------------------------------------------------------------ */

typedef struct _DhkDraftFile
{
  char *name;   /* display name, no path */
  guint source; /* which of the files that were read, from 0: one may hold several questionnaires */
  char *sha256;
  char *kind;           /* "Microsoft Forms", "CSV" … (translated) */
  char *summary;        /* of a study: what it holds, in words; it has no rows; else NULL */
  DhkInstrument *other; /* of a study: its questionnaires; else NULL */
  int questionnaire;    /* -1 while unknown */
  GPtrArray *columns;   /* DhkDraftColumn */
  GPtrArray *rows;      /* DhkDraftRow: those that are held here, see below */
  GPtrArray *notes;     /* DhkDraftNote */
  GPtrArray *conflicts; /* DhkDraftConflict, by the store's comparison */
  char *profile;        /* name of the import profile that was used, or NULL */
  guint n_questions;    /* of the questionnaire: the width of codes and numbers */
  GArray *codes;   /* gint8 [row × n_questions]: answer code or category index, or DhkMissing */
  GArray *numbers; /* double [row × n_questions]: of number variables, else NaN; may be NULL when
                      there are none */
  GPtrArray *raw;  /* char *, one per row: its cells without personal columns, as one CSV line */
  char *raw_head;  /* the same columns' heads, as one CSV line */
  gboolean numbers_tell; /* without a start, the form's number says which response a row is */
  gboolean has_personal; /* somebody filled in a personal column: a name, an address */
  char *
      *personal_heads; /* heads of the personal columns, only when they are to be kept; else NULL */
  GPtrArray *personal; /* char **, one per row: their texts, for the key file alone; or NULL */
  guint nameless;      /* of them, how many the key file lacks of respondents who are there; by the
                          store's comparison */
  gboolean is_merged;  /* of another study; its raw rows are with what the draft was made of */
  guint64 found;       /* rows that are not wholly empty */
  DhkDraftFar *far;    /* rows that lie elsewhere; `rows`, `codes`, `numbers` and `raw` are empty */
  GArray *twins;       /* by dhk_draft_find_twins(), else NULL */
} DhkDraftFile;

typedef struct
{
  guint64 found;
  guint64 added;   /* "new" */
  guint64 present; /* the same or changed */
  guint64 changed; /* of those present */
  guint64 aside;
} DhkDraftTotals;

/* What became of a response file (study/dhk-response.h). Its row says more. */
typedef enum
{
  DHK_RESPONSE_FILE_READ,
  DHK_RESPONSE_FILE_SEALED,     /* wants a password that was not given */
  DHK_RESPONSE_FILE_UNREADABLE, /* left out: see `problem` */
} DhkResponseFileState;

typedef struct
{
  GFile *file;   /* its name may be a person's: for the screen, never kept */
  GFile *source; /* what was given: itself, or its folder */
  DhkResponseFileState state;
  char *problem;            /* a sentence, or NULL */
  struct _DhkDraftFile *of; /* READ: where its row is; lent */
  guint row;
} DhkDraftResponse;

/* A file that could not be read, and held up none of the others. */
typedef struct
{
  guint source;  /* which of the files that were given */
  char *problem; /* a sentence */
} DhkDraftRefusal;

typedef struct _DhkDraft DhkDraft;

/* Making (import room) ------------------------------------------------------- */

DhkDraft *dhk_draft_new (DhkInstrument *instrument);
DhkDraft *dhk_draft_ref (DhkDraft *self);
void dhk_draft_unref (DhkDraft *self);

DhkDraftFile *dhk_draft_add_file (DhkDraft *self, const char *name);
DhkDraftColumn *
dhk_draft_file_add_column (DhkDraftFile *self, guint index, const char *head, DhkColumnRole role);
void dhk_draft_file_add_note (DhkDraftFile *self,
                              DhkNoteKind kind,
                              guint64 line,
                              const char *format,
                              ...) G_GNUC_PRINTF (4, 5);

/* The texts that tell what was found are filled in by the caller. */
DhkDraftLabel *dhk_draft_column_add_label (DhkDraftColumn *self, const char *text, int value);
DhkDraftConflict *dhk_draft_file_add_conflict (DhkDraftFile *self, guint row, guint question);

/* Adds a row; its codes start as not asked. Returns its index. */
guint dhk_draft_file_add_row (DhkDraftFile *self, guint64 line, const char *raw);

/* Instead: all rows lie elsewhere. Takes `data`. */
void dhk_draft_file_set_source (DhkDraftFile *self, const DhkDraftSource *source);
void dhk_draft_file_set_aside (DhkDraftFile *self, guint row, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Notes a response file; lent by the draft. */
DhkDraftResponse *dhk_draft_add_response (DhkDraft *self, GFile *file, GFile *source);
GPtrArray *dhk_draft_get_responses (DhkDraft *self); /* DhkDraftResponse, in order of reading */

/* Notes a file that cannot be read; lent by the draft. */
DhkDraftRefusal *dhk_draft_add_refusal (DhkDraft *self, guint source, const char *problem);
GPtrArray *dhk_draft_get_refusals (DhkDraft *self); /* DhkDraftRefusal, in order of reading */

/* Notes the id of a question that was answered, and is not asked or has no such choice: the answer was left out. */
void dhk_draft_add_misfit (DhkDraft *self, const char *question);
GPtrArray *dhk_draft_get_misfits (DhkDraft *self); /* char * */

/* What the draft was made of, for whoever made it: goes with the draft, after its files. */
void dhk_draft_set_origin (DhkDraft *self, gpointer origin, GDestroyNotify destroy);
gpointer dhk_draft_get_origin (DhkDraft *self); /* or NULL */

/*
 * Rows, wherever they lie ------------------------------------------------------
 *
 * What is not const writes into the draft, which then belongs to one thread. While a store inserts the rows,
 * two threads read them: meanwhile nobody may set fates, set rows aside, forget raw text, or get a row that
 * was not got before.
 */

guint dhk_draft_file_get_n_rows (const DhkDraftFile *self);

/* The row, to look at and to change; it stays as long as the draft does. Asked for one by one. */
DhkDraftRow *dhk_draft_file_get_row (DhkDraftFile *self, guint row);

/*
 * The same, or NULL when it lies elsewhere and nobody asked for it: then it is new or
 * present, was not set aside and replaces nothing.
 */
DhkDraftRow *dhk_draft_file_peek_row (const DhkDraftFile *self, guint row);

/*
 * For going over all of them: a copy of the row, and what became of it. `codes` and `numbers` are
 * what was read of the row, or NULL.
 */
void dhk_draft_file_read_row (const DhkDraftFile *self, guint row, DhkDraftRow *copy);
void dhk_draft_file_read_whole_row (const DhkDraftFile *self,
                                    guint row,
                                    const gint8 *codes,
                                    const double *numbers,
                                    DhkDraftRow *copy);

/* The same of what is stored, see DhkDraftSource. FALSE: the row has to be read whole. */
gboolean dhk_draft_file_read_facts (const DhkDraftFile *self,
                                    guint row,
                                    const gint8 *codes,
                                    const double *numbers,
                                    DhkDraftFacts *facts,
                                    GString *form_id);
DhkRowFate dhk_draft_file_get_fate (const DhkDraftFile *self, guint row);

/* By comparison: new or present. */
void dhk_draft_file_set_fate (DhkDraftFile *self, guint row, DhkRowFate fate);

/* Takes back what a comparison made of the rows. */
void dhk_draft_file_reset_fates (DhkDraftFile *self);

/* For dhk_twice_find(): n_rows keys; rows of one identity have one key, 0 is none. */
void dhk_draft_file_read_keys (const DhkDraftFile *self, guint64 *keys);

/*
 * Has every file list in `twins` its rows (guint, rising) that another row of the draft may be of the same
 * response as, or of which no identity tells. Where all rows lie elsewhere the lists stay: only twins
 * are given another identity.
 */
void dhk_draft_find_twins (DhkDraft *self);

/* The n_questions codes, or numbers, of a row; kept like the row. */
gint8 *dhk_draft_file_get_codes (DhkDraftFile *self, guint row);
double *dhk_draft_file_get_numbers (DhkDraftFile *self, guint row);

/* Those of `n` rows from `first` on, copied. */
void dhk_draft_file_read_codes (const DhkDraftFile *self, guint first, guint n, gint8 *codes);
gboolean dhk_draft_file_has_numbers (const DhkDraftFile *self);
void dhk_draft_file_read_numbers (const DhkDraftFile *self, guint first, guint n, double *numbers);

/*
 * The rows without personal columns, a line of CSV each. May be called by any thread
 * while another reads rows and changes fates.
 */
void dhk_draft_file_append_raw (const DhkDraftFile *self, guint first, guint n, GString *lines);

/* The same of as many rows as the packer takes. FALSE: they are to be had as lines only. */
gboolean dhk_draft_file_pack_raw (const DhkDraftFile *self, guint first, DhkRowPacker *packer);
char *dhk_draft_file_dup_raw (const DhkDraftFile *self, guint row); /* without the line end */
void dhk_draft_file_forget_raw (DhkDraftFile *self, guint row);     /* an empty line from now on */

/* Questions --------------------------------------------------------------------- */

/* Takes ownership of all strings. */
DhkDraftQuestion *dhk_draft_add_question (DhkDraft *self, char *id, char *text, char *detail);

/* The same for a decision, which is never open. */
DhkDraftQuestion *dhk_draft_add_decision (DhkDraft *self, char *id, char *text, char *detail);
void dhk_draft_question_add_choice (DhkDraftQuestion *self, char *id, char *label);

/* Reading ---------------------------------------------------------------------- */

DhkInstrument *dhk_draft_get_instrument (DhkDraft *self);
GPtrArray *dhk_draft_get_files (DhkDraft *self);     /* DhkDraftFile */
GPtrArray *dhk_draft_get_questions (DhkDraft *self); /* DhkDraftQuestion: the open ones */
GPtrArray *dhk_draft_get_decisions (DhkDraft *self); /* DhkDraftQuestion: the others */

/* An open question or a decision by id, or NULL. */
DhkDraftQuestion *dhk_draft_find_question (DhkDraft *self, const char *id);

/* Of one file, or of the whole draft when `file` is NULL. */
DhkDraftTotals dhk_draft_get_totals (DhkDraft *self, const DhkDraftFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkDraft, dhk_draft_unref)

G_END_DECLS
