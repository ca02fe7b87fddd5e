/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Changing an instrument on a copy.
 *
 * An instrument never changes: each function here returns a new one (owned) in which one
 * thing is different, or NULL with a sentence of the domain DHK_INSTRUMENT_EDIT_ERROR that says
 * why that cannot be. The file's comments, its order, and parts that this page does not know
 * are kept. What comes out has passed the same checks as a file that is loaded.
 *
 * Things are named by their index in `self`. No item is ever removed, only the question that asks it:
 * answers that were given stay in a study under the item's id.
 */

#include "study/dhk-frame.h"
#include "study/dhk-instrument.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_INSTRUMENT_EDIT_ERROR_TEXT, /* empty, too long, or with characters that a file cannot hold */
  DHK_INSTRUMENT_EDIT_ERROR_IN_USE, /* something else needs what should go */
  DHK_INSTRUMENT_EDIT_ERROR_UNFIT,  /* does not go together with the rest */
} DhkInstrumentEditError;

#define DHK_INSTRUMENT_EDIT_ERROR (dhk_instrument_edit_error_quark ())
GQuark dhk_instrument_edit_error_quark (void);

/* Words --------------------------------------------------------------------
 * An empty text takes the wording in that language away, where there is another one.
 */

DhkInstrument *dhk_instrument_with_title (DhkInstrument *self,
                                          DhkLanguage language,
                                          const char *text,
                                          GError **error);

DhkInstrument *dhk_instrument_with_questionnaire_label (DhkInstrument *self,
                                                        guint questionnaire,
                                                        DhkLanguage language,
                                                        const char *text,
                                                        GError **error);

/*
 * The new wording is no longer a quotation: it gets the terms "worded for this study". Of one of several choices
 * ("What helped you? – School") it is the question's when the choice behind the dash is the same, and the choice's, in
 * all questionnaires, when the question is. They are moved and removed together.
 */
DhkInstrument *dhk_instrument_with_wording (DhkInstrument *self,
                                            guint questionnaire,
                                            guint question,
                                            DhkLanguage language,
                                            const char *text,
                                            GError **error);

/* The question above the grid that holds this one; empty in the last language: none. */
DhkInstrument *dhk_instrument_with_stem (DhkInstrument *self,
                                         guint questionnaire,
                                         guint question,
                                         DhkLanguage language,
                                         const char *text,
                                         GError **error);

/* Where the wording comes from and under which terms it may be used. */
DhkInstrument *dhk_instrument_with_terms (DhkInstrument *self,
                                          guint questionnaire,
                                          guint question,
                                          DhkSource source,
                                          const char *licence,
                                          GError **error);

/* The same for every question that asks an item of a scale. */
DhkInstrument *dhk_instrument_with_scale_terms (
    DhkInstrument *self, guint scale, DhkSource source, const char *licence, GError **error);

/* Versions ------------------------------------------------------------------ */

/*
 * The same under another version label; `based_on` (may be NULL) is the instrument that it was
 * made from, written in the file.
 */
DhkInstrument *dhk_instrument_with_version (DhkInstrument *self,
                                            const char *version,
                                            const DhkInstrument *based_on,
                                            GError **error);

/* The label after this one: "1" → "2", "1.4" → "1.5", "pilot" → "pilot-2". Free with g_free(). */
char *dhk_instrument_dup_next_version (const DhkInstrument *self);

/* Answers ------------------------------------------------------------------- */

DhkInstrument *dhk_instrument_with_answer_label (DhkInstrument *self,
                                                 guint answer_scale,
                                                 int code,
                                                 DhkLanguage language,
                                                 const char *text,
                                                 GError **error);

/* Adds an answer; its code is one above the highest. */
DhkInstrument *dhk_instrument_with_answer_added (DhkInstrument *self,
                                                 guint answer_scale,
                                                 DhkLanguage language,
                                                 const char *text,
                                                 GError **error);
DhkInstrument *dhk_instrument_with_answer_removed (DhkInstrument *self,
                                                   guint answer_scale,
                                                   int code,
                                                   GError **error);

/* The label of `code` changes places with that of the answer before it: for a draft whose answers
 * came in no order. Answers that were given keep their code. */
DhkInstrument *dhk_instrument_with_answer_raised (DhkInstrument *self,
                                                  guint answer_scale,
                                                  int code,
                                                  GError **error);

/* Another code for an answer; answers that were given have the old one, so a study refuses this when
 * there are any. */
DhkInstrument *dhk_instrument_with_answer_code (
    DhkInstrument *self, guint answer_scale, int code, int wanted, GError **error);

/* What can be chosen beside the answers and is none ("does not apply to me"); empty: no such choice. */
DhkInstrument *dhk_instrument_with_missing_label (DhkInstrument *self,
                                                  guint answer_scale,
                                                  DhkMissing kind,
                                                  DhkLanguage language,
                                                  const char *text,
                                                  GError **error);

/* A new answer scale with codes from 1; it is the last one. `labels` ends with NULL. */
DhkInstrument *dhk_instrument_with_answer_scale_added (DhkInstrument *self,
                                                       DhkLanguage language,
                                                       const char *name,
                                                       const char *const *labels,
                                                       GError **error);

DhkInstrument *dhk_instrument_with_answer_scale_label (DhkInstrument *self,
                                                       guint answer_scale,
                                                       DhkLanguage language,
                                                       const char *text,
                                                       GError **error);

/* Refused while an item is answered with it. */
DhkInstrument *
dhk_instrument_with_answer_scale_removed (DhkInstrument *self, guint answer_scale, GError **error);

/* These items are answered with another answer scale; no scale may be left with two kinds. */
DhkInstrument *dhk_instrument_with_item_answers (
    DhkInstrument *self, const guint *items, guint n_items, guint answer_scale, GError **error);

/* Scales -------------------------------------------------------------------- */

DhkInstrument *dhk_instrument_with_scale_label (
    DhkInstrument *self, guint scale, DhkLanguage language, const char *text, GError **error);
DhkInstrument *dhk_instrument_with_scale_description (
    DhkInstrument *self, guint scale, DhkLanguage language, const char *text, GError **error);
DhkInstrument *
dhk_instrument_with_scale_minimum (DhkInstrument *self, guint scale, guint minimum, GError **error);

/* Puts an item in (at the end) or takes it out; the minimum follows when it became too high. */
DhkInstrument *dhk_instrument_with_scale_item (
    DhkInstrument *self, guint scale, guint item, gboolean is_in, GError **error);
DhkInstrument *dhk_instrument_with_scale_reversed (
    DhkInstrument *self, guint scale, guint item, gboolean reversed, GError **error);

/* A new last scale; its minimum is three in four of its items. */
DhkInstrument *dhk_instrument_with_scale_added (DhkInstrument *self,
                                                DhkLanguage language,
                                                const char *name,
                                                const guint *items,
                                                guint n_items,
                                                GError **error);
DhkInstrument *dhk_instrument_with_scale_removed (DhkInstrument *self, guint scale, GError **error);

/* Questions ------------------------------------------------------------------ */

/*
 * Asks an item in a questionnaire, right after question `after` (-1: first). Next to a question
 * about the same target it joins that one's grid; else it gets a grid of its own.
 * `item` is an item that is there, or -1 for a new one with answer scale `answer_scale`.
 */
DhkInstrument *dhk_instrument_with_question_added (DhkInstrument *self,
                                                   guint questionnaire,
                                                   int after,
                                                   int item,
                                                   guint answer_scale,
                                                   int target,
                                                   DhkLanguage language,
                                                   const char *text,
                                                   GError **error);

DhkInstrument *dhk_instrument_with_question_removed (DhkInstrument *self,
                                                     guint questionnaire,
                                                     guint question,
                                                     GError **error);

/* One place up or down. The first or last question of a section goes into the section beside it when
 * that is about the same target, and past it, as a section of its own, when not. */
DhkInstrument *dhk_instrument_with_question_moved (
    DhkInstrument *self, guint questionnaire, guint question, gboolean up, GError **error);

/* To the end of the section that holds question `section`. It is about that section's target then:
 * answers about another stay in a study, and are no longer asked for. Both ask an item. */
DhkInstrument *dhk_instrument_with_question_in_section (
    DhkInstrument *self, guint questionnaire, guint question, guint section, GError **error);

/* An item that is asked nowhere and is in no scale. A study refuses this when it has answers. */
DhkInstrument *dhk_instrument_with_item_removed (DhkInstrument *self, guint item, GError **error);

/* Background ------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *const *labels; /* of a choice: what can be chosen, ends with NULL; NULL: a number */
  double minimum;            /* of a number */
  double maximum;
  const char *head; /* of its column in a file, where that is not the question's text; or NULL */
} DhkNewVariable;

/* A new background variable, the last one, and the question `text` that asks it: the last of the
 * background questions that the questionnaire begins with. */
DhkInstrument *dhk_instrument_with_variable_added (DhkInstrument *self,
                                                   guint questionnaire,
                                                   const DhkNewVariable *variable,
                                                   DhkLanguage language,
                                                   const char *text,
                                                   GError **error);

/* The same for a variable that is there. */
DhkInstrument *dhk_instrument_with_variable_asked (DhkInstrument *self,
                                                   guint questionnaire,
                                                   guint variable,
                                                   DhkLanguage language,
                                                   const char *text,
                                                   GError **error);

/* Questionnaires --------------------------------------------------------------- */

/* A last questionnaire with the same questions, to be worded for respondent type `type`; -1: for a
 * new type called `type_name`. */
DhkInstrument *dhk_instrument_with_questionnaire_copied (DhkInstrument *self,
                                                         guint questionnaire,
                                                         int type,
                                                         const char *type_name,
                                                         DhkLanguage language,
                                                         const char *name,
                                                         GError **error);

/* A study refuses this when somebody filled it in. */
DhkInstrument *dhk_instrument_with_questionnaire_removed (DhkInstrument *self,
                                                          guint questionnaire,
                                                          GError **error);

/* Variants ------------------------------------------------------------------- */

/* Replaces `from` by `to` in variant `variant`: a new replacement, or a new text for one that is
 * there; an empty `to` takes it away. */
DhkInstrument *dhk_instrument_with_replacement (
    DhkInstrument *self, guint variant, const char *from, const char *to, GError **error);

/* A new last variant, which replaces `from` by `to`. */
DhkInstrument *dhk_instrument_with_variant_added (DhkInstrument *self,
                                                  DhkLanguage language,
                                                  const char *name,
                                                  const char *from,
                                                  const char *to,
                                                  GError **error);
DhkInstrument *dhk_instrument_with_variant_label (
    DhkInstrument *self, guint variant, DhkLanguage language, const char *text, GError **error);
DhkInstrument *
dhk_instrument_with_variant_removed (DhkInstrument *self, guint variant, GError **error);

/* The questionnaires in the variant's words: to print, not to ask a study with. */
DhkInstrument *
dhk_instrument_with_variant_applied (DhkInstrument *self, guint variant, GError **error);

/* What is different ------------------------------------------------------------ */

/* One sentence for each difference that a person would call one, in `language` (of texts) and the
 * window's words. Owned strings. */
GPtrArray *dhk_instrument_list_changes (const DhkInstrument *before,
                                        const DhkInstrument *after,
                                        DhkLanguage language);

G_END_DECLS
