/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The shape of a sheet: which program wrote it, how many head rows it has, and
 * what the head of every column is. Looks at the sheet's head rows alone.
 *
 *   LimeSurvey   heads are codes, full texts, or "code. text"
 *   Qualtrics    three head rows (names, texts, JSON), or two without the JSON
 *   SPSS         the reader names the columns: label, else name
 *
 * dhk_shape_new() moves the sheet's head row to the last head row, so that the
 * rows below it are the responses.
 */

#include "import/dhk-head-words.h"
#include "import/dhk-reader.h"
#include "import/dhk-sheet.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_SHAPE_PLAIN,
  DHK_SHAPE_FORMS,
  DHK_SHAPE_LIMESURVEY,
  DHK_SHAPE_QUALTRICS,
  DHK_SHAPE_SPSS,
} DhkShapeKind;

typedef struct
{
  char *text;       /* the statement as the file has it, addresses masked */
  char *fold;       /* @text folded */
  char *name;       /* a short name besides (Qualtrics, SPSS), folded; "" when none */
  DhkHeadKind kind; /* by text or name */
} DhkShapeHead;

typedef struct
{
  DhkShapeKind kind;
  GPtrArray *heads; /* DhkShapeHead, one per column */

  /* What tells an unfinished response and a preview; columns, or -1. */
  int submitted; /* LimeSurvey: empty when not finished */
  int finished;  /* Qualtrics: True or 1 */
  int progress;  /* Qualtrics: 100 */
  int status;    /* Qualtrics: "IP Address" or 0 for real answers */
} DhkShape;

/* `columns`: what dhk_reader_get_columns() gives, may be NULL. */
DhkShape *dhk_shape_new (DhkSheet *sheet, GPtrArray *columns);
void dhk_shape_free (DhkShape *self);

const DhkShapeHead *dhk_shape_get_head (const DhkShape *self, guint column);

/* TRUE when most columns that are not fixed ones have codes for heads, and no text. */
gboolean dhk_shape_has_codes_only (const DhkShape *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkShape, dhk_shape_free)

G_END_DECLS
