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
 * Personal columns (name, e-mail, IP, …) never get into a draft; e-mail
 * addresses inside other texts are masked.
 */

#include "study/dhk-frame.h"
#include "study/dhk-instrument.h"

G_BEGIN_DECLS

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
  int question;   /* index in the questionnaire, or -1 */
  char *reason;   /* why: "same text", "second of a pair: answered with …" (translated) */
  char *examples; /* up to three raw values joined by " · ", NULL for a personal column */
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

/* A question only a person can decide --------------------------------------- */

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
} DhkDraftQuestion;

/* One file ------------------------------------------------------------------ */

typedef struct
{
  char *name; /* display name, no path */
  char *sha256;
  char *kind;         /* "Microsoft Forms", "CSV" … (translated) */
  int questionnaire;  /* -1 while unknown */
  GPtrArray *columns; /* DhkDraftColumn */
  GPtrArray *rows;    /* DhkDraftRow, one per row found */
  GPtrArray *notes;   /* DhkDraftNote */
  guint n_questions;  /* of the questionnaire: the width of codes and numbers */
  GArray *codes;      /* gint8 [row × n_questions]: answer code or category index, or DhkMissing */
  GArray *numbers; /* double [row × n_questions]: of number variables, else NaN; may be NULL when
                      there are none */
  GPtrArray *raw;  /* char *, one per row: its cells without personal columns, as one CSV line */
  char *raw_head;  /* the same columns' heads, as one CSV line */
  guint64 found;   /* rows that are not wholly empty = rows->len */
} DhkDraftFile;

typedef struct
{
  guint64 found;
  guint64 added;   /* "new" */
  guint64 present; /* the same or changed */
  guint64 changed; /* of those present */
  guint64 aside;
} DhkDraftTotals;

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

/* Adds a row; its codes start as not asked. Returns its index. */
guint dhk_draft_file_add_row (DhkDraftFile *self, guint64 line, const char *raw);
gint8 *dhk_draft_file_get_codes (DhkDraftFile *self, guint row);    /* n_questions codes */
double *dhk_draft_file_get_numbers (DhkDraftFile *self, guint row); /* n_questions numbers */
void dhk_draft_file_set_aside (DhkDraftFile *self, guint row, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Takes ownership of all strings. */
DhkDraftQuestion *dhk_draft_add_question (DhkDraft *self, char *id, char *text, char *detail);
void dhk_draft_question_add_choice (DhkDraftQuestion *self, char *id, char *label);

/* Reading ---------------------------------------------------------------------- */

DhkInstrument *dhk_draft_get_instrument (DhkDraft *self);
GPtrArray *dhk_draft_get_files (DhkDraft *self);     /* DhkDraftFile */
GPtrArray *dhk_draft_get_questions (DhkDraft *self); /* DhkDraftQuestion: the open ones */

/* Of one file, or of the whole draft when `file` is NULL. */
DhkDraftTotals dhk_draft_get_totals (DhkDraft *self, const DhkDraftFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkDraft, dhk_draft_unref)

G_END_DECLS
