/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-paper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "export/dhk-paper-private.h"

#define MARGIN 51.0 /* 1,8 cm: a questionnaire needs width more than air */
#define NUMBER_BOX_WIDTH 96.0
#define NUMBER_BOX_HEIGHT 22.0
#define HEAD_GAP 10.0
#define BATCH_LINE (NUMBER_BOX_HEIGHT + 4)
#define ROOMY 5.0 /* space above and below the wording in a row */
#define TIGHT 3.0

typedef struct
{
  DhkPages *pages;
  DhkPaperSetter setter;
  guint page;
  double y;
  double top; /* of what stands under the page's head */
  double bottom;
  guint first_page;
  guint number; /* of the form; 0: room for it */
} Form;

/* Pages ------------------------------------------------------------------ */

static void
add_text (Form *form, const DhkType *type, const char *text, double x, double y, gboolean furniture)
{
  DhkPageItem *item = dhk_pages_add_item (form->pages, form->page, DHK_ITEM_TEXT);

  item->layout = dhk_typesetter_set (form->setter.typesetter, type, text, form->setter.width);
  item->is_footer = furniture;
  item->end_line = G_MAXINT;
  item->x = x;
  item->y = y;
}

/* Room at the right, for the office; `title` stands before it. */
static void
add_office_box (Form *form, double y, const char *title, gboolean furniture)
{
  const DhkType small = { .size = 8.5, .align = PANGO_ALIGN_RIGHT };
  DhkPageItem *box = dhk_pages_add_item (form->pages, form->page, DHK_ITEM_RULE);

  *box = (DhkPageItem){ .kind = DHK_ITEM_BOX,
                        .x = MARGIN + form->setter.width - NUMBER_BOX_WIDTH,
                        .y = y,
                        .width = NUMBER_BOX_WIDTH,
                        .height = NUMBER_BOX_HEIGHT,
                        .question = G_MAXUINT };
  add_text (form, &small, title, MARGIN - NUMBER_BOX_WIDTH - 6, y + 6, furniture);
}

/* Room for the form's number, the same on every page, and for the batch on the first. */
static void
add_number_box (Form *form, gboolean is_first)
{
  const DhkType large = { .size = 13, .bold = TRUE };
  const double right = MARGIN + form->setter.width;
  const DhkLanguage language = form->setter.language;

  add_office_box (form, MARGIN, dhk_translate (language, N_ ("Form number")), !is_first);
  if (is_first)
    /* TRANSLATORS: on a paper form: the pile of forms that it is typed in with */
    add_office_box (form, MARGIN + BATCH_LINE, dhk_translate (language, N_ ("Batch")), FALSE);
  if (form->number > 0)
    {
      g_autofree char *digits = g_strdup_printf ("%u", form->number);

      add_text (form, &large, digits, right - NUMBER_BOX_WIDTH + 8, MARGIN + 2, FALSE);
    }
}

static void
start_page (Form *form)
{
  dhk_pages_add_page (form->pages);
  form->page = form->pages->pages->len - 1;
  add_number_box (form, form->page == form->first_page);
  form->y = form->top;
}

static gboolean
fits (const Form *form, double height)
{
  return form->y + height <= form->bottom;
}

static void
place_row (Form *form, DhkPaperRow *row)
{
  for (guint i = 0; i < row->items->len; i++)
    {
      DhkPageItem *from = &g_array_index (row->items, DhkPageItem, i);
      DhkPageItem *item = dhk_pages_add_item (form->pages, form->page, from->kind);

      *item = *from;
      from->layout = NULL;
      item->x += MARGIN;
      item->y += form->y;
    }
  form->y += row->height;
}

/* In one piece where a page can hold it; row by row where none can. */
static void
place (Form *form, DhkPaperPart *part)
{
  const double page = form->bottom - form->top;
  double height = dhk_paper_part_get_height (part);

  if (height <= page && !fits (form, height))
    start_page (form);
  for (guint i = 0; i < part->rows->len; i++)
    {
      DhkPaperRow *row = g_ptr_array_index (part->rows, i);

      if (height > page && !fits (form, row->height) && form->y > form->top)
        start_page (form);
      place_row (form, row);
    }
}

/* Parts ------------------------------------------------------------------ */

static void
place_text (Form *form, const DhkType *type, const char *text, double after)
{
  g_autoptr (DhkPaperPart) part = dhk_paper_part_new_text (&form->setter, type, text, after);

  place (form, part);
}

/* The title stands beside the form's number. */
static void
place_title (Form *form)
{
  const DhkType title = { .size = 15.5, .bold = TRUE, .line_spacing = 1.1 };
  const DhkType label = { .size = 12.5 };
  const DhkType plain = { .size = 10.5, .line_spacing = 1.2 };
  const DhkLanguage language = form->setter.language;
  const double width = form->setter.width;
  const char *name = dhk_text_get (dhk_instrument_get_title (form->setter.instrument), language);
  const char *own = dhk_text_get (&form->setter.questionnaire->label, language);
  /* The only questionnaire of a survey may have its name. */
  const gboolean is_named_twice = strcmp (name, own) == 0;

  form->setter.width = width - 2 * NUMBER_BOX_WIDTH;
  form->y = MARGIN;
  place_text (form, &title, name, is_named_twice ? 10 : 3);
  if (!is_named_twice)
    place_text (form, &label, own, 10);
  form->setter.width = width;
  form->y = MAX (form->y, form->top + BATCH_LINE);
  place_text (
      form, &plain,
      dhk_translate (language,
                     N_ ("Put one cross for each question, in the box of the answer that fits "
                         "best. Changed your mind? Fill the wrong box in completely and cross the "
                         "right one. There are no right or wrong answers.")),
      12);
}

static gboolean
is_same_grid (const DhkInstrument *instrument, const DhkQuestion *a, const DhkQuestion *b)
{
  if (a->item < 0 || b->item < 0 || a->target != b->target)
    return FALSE;
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (g_strcmp0 (a->stem.in[i], b->stem.in[i]) != 0)
      return FALSE;
  return dhk_instrument_get_item (instrument, (guint) a->item)->answer_scale
         == dhk_instrument_get_item (instrument, (guint) b->item)->answer_scale;
}

static DhkPaperPart *
make_item (Form *form, guint question, const DhkPaperColumns *columns)
{
  return columns->is_grid ? dhk_paper_part_new_item (&form->setter, question, columns)
                          : dhk_paper_part_new_question (&form->setter, question);
}

/* The items from `start` up to but not including `end`; the head stays with the first two. */
static void
place_grid (Form *form, guint start, guint end)
{
  g_auto (DhkPaperColumns) columns = { 0 };
  g_autoptr (DhkPaperPart) head = NULL;
  double least;

  dhk_paper_columns_choose (&form->setter, start, &columns);
  head = dhk_paper_part_new_head (&form->setter, start, &columns, FALSE);
  least = dhk_paper_part_get_height (head);
  for (guint i = start; i < MIN (start + 2, end); i++)
    {
      g_autoptr (DhkPaperPart) item = make_item (form, i, &columns);

      least += dhk_paper_part_get_height (item);
    }
  if (least <= form->bottom - form->top && !fits (form, least))
    start_page (form);
  place (form, head);

  for (guint i = start; i < end; i++)
    {
      g_autoptr (DhkPaperPart) item = make_item (form, i, &columns);
      double height = dhk_paper_part_get_height (item);

      if (!fits (form, height) && i > start)
        {
          g_autoptr (DhkPaperPart) again
              = dhk_paper_part_new_head (&form->setter, i, &columns, TRUE);

          start_page (form);
          /* A head that leaves no room for its item is not said again. */
          if (fits (form, dhk_paper_part_get_height (again) + height))
            place (form, again);
        }
      place (form, item);
    }
  form->y += 6;
}

static void
place_questions (Form *form)
{
  const DhkQuestionnaire *questionnaire = form->setter.questionnaire;

  for (guint i = 0; i < questionnaire->n_questions;)
    {
      guint end = i + 1;

      const DhkChoices *choices = dhk_instrument_get_question_choices (
          form->setter.instrument, &questionnaire->questions[i]);

      if (choices != NULL)
        {
          g_autoptr (DhkPaperPart) part = dhk_paper_part_new_choices (&form->setter, i, choices);

          place (form, part);
          end = i + choices->n_choices;
        }
      else if (questionnaire->questions[i].item < 0)
        {
          g_autoptr (DhkPaperPart) part = dhk_paper_part_new_question (&form->setter, i);

          place (form, part);
        }
      else
        {
          while (end < questionnaire->n_questions
                 && is_same_grid (form->setter.instrument, &questionnaire->questions[i],
                                  &questionnaire->questions[end]))
            end++;
          place_grid (form, i, end);
        }
      i = end;
    }
}

/* Which questionnaire it is, and the page of how many. */
static void
place_footers (Form *form)
{
  const DhkType left = { .size = 8.5 };
  const DhkType right = { .size = 8.5, .align = PANGO_ALIGN_RIGHT };
  const DhkLanguage language = form->setter.language;
  const double y = form->pages->paper.height - 0.72 * MARGIN;
  guint n = form->pages->pages->len - form->first_page;
  g_autofree char *name = g_strdup_printf (
      /* TRANSLATORS: at the foot of a paper form: the questionnaire, and its version */
      dhk_translate (language, N_ ("%s, version %s")),
      dhk_text_get (&form->setter.questionnaire->label, language),
      dhk_instrument_get_version (form->setter.instrument));

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *page
          = g_strdup_printf (dhk_translate (language, N_ ("Page %u of %u")), i + 1, n);

      form->page = form->first_page + i;
      add_text (form, &left, name, MARGIN, y, TRUE);
      add_text (form, &right, page, MARGIN, y, TRUE);
    }
}

static void
lay_out_form (Form *form)
{
  const DhkType plain = { .size = 10.5, .bold = TRUE };

  form->first_page = form->pages->pages->len;
  start_page (form);
  place_title (form);
  place_questions (form);
  form->y += 4;
  place_text (form, &plain,
              dhk_translate (form->setter.language, N_ ("This was the last question. Thank you!")),
              0);
  place_footers (form);
}

static guint
count_pages (Form *form, double padding)
{
  guint n;

  form->setter.padding = padding;
  lay_out_form (form);
  n = form->pages->pages->len;
  g_ptr_array_set_size (form->pages->pages, 0);
  return n;
}

/* Rows stand closer where that saves a page. */
static void
choose_padding (Form *form)
{
  guint roomy = count_pages (form, ROOMY);

  if (count_pages (form, TIGHT) == roomy)
    form->setter.padding = ROOMY;
}

/* Public ----------------------------------------------------------------- */

DhkPages *
dhk_paper_new (
    DhkInstrument *instrument, guint questionnaire, guint first, guint last, DhkLanguage language)
{
  const DhkPaper paper = { dhk_paper_a4.width, dhk_paper_a4.height, MARGIN };
  g_autoptr (DhkDocument) document = NULL;
  Form form = { 0 };

  g_return_val_if_fail (instrument != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (instrument), NULL);
  g_return_val_if_fail (first <= last && last < 1000000 && last - first < DHK_PAPER_MAX_FORMS,
                        NULL);

  form.setter.instrument = instrument;
  form.setter.questionnaire = dhk_instrument_get_questionnaire (instrument, questionnaire);
  form.setter.language = language;
  form.setter.width = paper.width - 2 * MARGIN;
  document = dhk_document_new_titled (dhk_text_get (&form.setter.questionnaire->label, language),
                                      language);
  form.pages = dhk_pages_new_bare (document, &paper);
  form.setter.typesetter = form.pages->typesetter;
  form.top = MARGIN + NUMBER_BOX_HEIGHT + HEAD_GAP;
  form.bottom = paper.height - MARGIN;
  choose_padding (&form);
  for (form.number = first; form.number <= last; form.number++)
    lay_out_form (&form);
  return form.pages;
}

gboolean
dhk_paper_find_box (const DhkPages *pages, guint question, int code, DhkPaperBox *box)
{
  g_return_val_if_fail (pages != NULL && box != NULL, FALSE);

  for (guint p = 0; p < pages->pages->len; p++)
    {
      const GArray *items = g_ptr_array_index (pages->pages, p);

      for (guint i = 0; i < items->len; i++)
        {
          const DhkPageItem *item = &g_array_index (items, DhkPageItem, i);

          if (item->kind != DHK_ITEM_BOX || item->question != question || item->code != code)
            continue;
          *box = (DhkPaperBox){ p, item->x, item->y, item->width, item->height };
          return TRUE;
        }
    }
  return FALSE;
}
