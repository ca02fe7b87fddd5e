/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of a paper form: questions, boxes, heads. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "export/dhk-paper-private.h"
#include "study/dhk-missing.h"

#define BOX 14.0
#define KEY_WIDTH 10.0   /* room for the digit behind its box */
#define DIGIT_WIDTH 17.0 /* a box to write a digit in */
#define DIGIT_HEIGHT 20.0
#define NUMBER_WIDTH 26.0 /* the column of the questions' numbers */
#define LEAST_TEXT 190.0
#define WIDEST_COLUMN 54.0
#define LABEL_GAP 8.0 /* between two labels */
#define NARROW_COLUMN 25.0
#define MOST_COLUMNS 11
#define MOST_LABEL_LINES 4
#define LONG_TEXT 200.0 /* height of a wording that stands above its boxes */
#define MOST_TEXT 300.0 /* height of a title */
#define GAP 5.0

static const DhkType wording = { .size = 10.5, .line_spacing = 1.15 };
static const DhkType label_type = { .size = 8, .align = PANGO_ALIGN_CENTER };
static const DhkType key_type = { .size = 7 };
static const DhkType narrow_number = { .size = 7.5, .line_spacing = 1.6 };
static const DhkType stem_type = { .size = 11.5, .bold = TRUE, .line_spacing = 1.15 };

/* Choices ---------------------------------------------------------------- */

/* A box to cross, and behind it, where no cross hides it, the digit that is typed for it. */
static void
add_answer (const DhkPaperSetter *setter,
            DhkPaperRow *row,
            guint question,
            const DhkPaperChoice *choice,
            double x,
            double y)
{
  PangoLayout *layout = dhk_typesetter_set (setter->typesetter, &key_type, choice->key, -1);

  dhk_paper_row_add_box (row, question + choice->offset, choice->code,
                         &(cairo_rectangle_t){ x, y, BOX, BOX });
  dhk_paper_row_add_layout (row, layout, x + BOX + 2,
                            y + (BOX - dhk_layout_get_height (layout)) / 2);
  g_array_index (row->items, DhkPageItem, row->items->len - 1).is_pale = TRUE;
}

static void
clear_choice (gpointer data)
{
  g_free (((DhkPaperChoice *) data)->key);
}

static GArray *
new_choices (void)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (DhkPaperChoice));

  g_array_set_clear_func (choices, clear_choice);
  return choices;
}

static void
add_choice (GArray *choices, const char *label, int code, char *key)
{
  const DhkPaperChoice choice = { .label = label, .code = code, .key = key };

  g_array_append_val (choices, choice);
}

/* Those of a question that asks an item (DhkPaperChoice, owned). */
static GArray *
list_choices (const DhkPaperSetter *setter, guint question)
{
  GArray *choices = new_choices ();
  guint item = (guint) setter->questionnaire->questions[question].item;
  const DhkAnswerScale *scale = dhk_instrument_get_answer_scale (
      setter->instrument, dhk_instrument_get_item (setter->instrument, item)->answer_scale);

  for (guint i = 0; i < scale->n_answers; i++)
    add_choice (choices, dhk_text_get (&scale->answers[i].label, setter->language),
                scale->answers[i].code, g_strdup_printf ("%d", scale->answers[i].code));
  for (guint i = 0; i < scale->n_missing; i++)
    add_choice (choices, dhk_text_get (&scale->missing[i].label, setter->language),
                scale->missing[i].code,
                g_strdup_printf ("-%u", dhk_missing_get_key ((DhkMissing) scale->missing[i].code)));
  return choices;
}

DhkPaperPart *
dhk_paper_part_new_text (const DhkPaperSetter *setter,
                         const DhkType *type,
                         const char *text,
                         double after)
{
  DhkPaperPart *self = dhk_paper_part_new ();
  PangoLayout *layout;

  if (*text == '\0')
    return self;
  layout = dhk_typesetter_set (setter->typesetter, type, text, setter->width);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, (int) (MOST_TEXT * PANGO_SCALE));
  dhk_paper_row_add_layout (dhk_paper_part_add_row (self, dhk_layout_get_height (layout) + after),
                            layout, 0, 0);
  return self;
}

/* Questions with their answers under them -------------------------------- */

static void
add_numbered (const DhkPaperSetter *setter,
              DhkPaperPart *part,
              const char *number,
              const char *text,
              double before)
{
  PangoLayout *layout
      = dhk_typesetter_set (setter->typesetter, &wording, text, setter->width - NUMBER_WIDTH);
  PangoLayout *places = dhk_typesetter_set (setter->typesetter, &wording, number, -1);
  DhkPaperRow *row = dhk_paper_part_add_row (part, before + dhk_layout_get_height (layout) + GAP);

  if (dhk_layout_get_width (places) > NUMBER_WIDTH - 2)
    {
      g_object_unref (places);
      places = dhk_typesetter_set (setter->typesetter, &narrow_number, number, -1);
    }
  dhk_paper_row_add_layout (row, places, 0, before);
  dhk_paper_row_add_layout (row, layout, NUMBER_WIDTH, before);
}

/* The number and the wording. */
static void
add_wording (const DhkPaperSetter *setter, DhkPaperPart *part, guint question, double before)
{
  g_autofree char *number = g_strdup_printf ("%u.", question + 1);

  add_numbered (setter, part, number,
                dhk_text_get (&setter->questionnaire->questions[question].text, setter->language),
                before);
}

static const DhkPaperChoice *
get_choice (const GArray *choices, guint i)
{
  return &g_array_index (choices, DhkPaperChoice, i);
}

static double
measure (const DhkPaperSetter *setter, const char *text)
{
  PangoLayout *layout = dhk_typesetter_set (setter->typesetter, &wording, text, -1);
  double width = dhk_layout_get_width (layout);

  g_object_unref (layout);
  return width;
}

/* How many equal columns the labels of these answers leave room for. */
static guint
count_columns (const DhkPaperSetter *setter, const GArray *choices)
{
  double widest = 0;
  double room = setter->width - NUMBER_WIDTH;

  for (guint i = 0; i < choices->len; i++)
    widest = MAX (widest, measure (setter, get_choice (choices, i)->label));
  return CLAMP ((guint) (room / (BOX + KEY_WIDTH + 3 * GAP + widest)), 1, MIN (choices->len, 4));
}

static void
add_choices (const DhkPaperSetter *setter, DhkPaperPart *part, guint question, GArray *choices)
{
  guint columns = count_columns (setter, choices);
  double width = (setter->width - NUMBER_WIDTH) / columns;

  for (guint start = 0; start < choices->len; start += columns)
    {
      DhkPaperRow *row = dhk_paper_part_add_row (part, 0);

      for (guint i = start; i < MIN (start + columns, choices->len); i++)
        {
          double x = NUMBER_WIDTH + (i - start) * width;
          PangoLayout *layout
              = dhk_typesetter_set (setter->typesetter, &wording, get_choice (choices, i)->label,
                                    width - BOX - KEY_WIDTH - 3 * GAP);
          double height = dhk_layout_get_height (layout);

          add_answer (setter, row, question, get_choice (choices, i), x, 0);
          /* The first line stands in the middle of its box. */
          dhk_paper_row_add_layout (
              row, layout, x + BOX + KEY_WIDTH + GAP,
              MAX (0, (BOX - dhk_layout_get_lines_height (layout, 0, 1)) / 2));
          row->height = MAX (row->height, MAX (height, BOX) + GAP);
        }
    }
}

static void
add_categories (const DhkPaperSetter *setter,
                DhkPaperPart *part,
                guint question,
                const DhkVariable *variable)
{
  g_autoptr (GArray) choices = new_choices ();

  for (guint i = 0; i < variable->n_categories; i++)
    add_choice (choices, dhk_text_get (&variable->categories[i].label, setter->language),
                (int) i + 1, g_strdup_printf ("%u", i + 1));
  add_choices (setter, part, question, choices);
}

static void
add_long_scale (const DhkPaperSetter *setter, DhkPaperPart *part, guint question)
{
  g_autoptr (GArray) choices = list_choices (setter, question);

  add_choices (setter, part, question, choices);
}

/* Boxes for the digits of a number, and what it may be. */
static void
add_number (const DhkPaperSetter *setter,
            DhkPaperPart *part,
            guint question,
            const DhkVariable *variable)
{
  const DhkType small = { .size = 8.5 };
  DhkNumberStyle style = dhk_number_style_for_language (setter->language);
  gboolean is_whole = variable->minimum == floor (variable->minimum)
                      && variable->maximum == floor (variable->maximum);
  g_autofree char *least = dhk_number_format_fixed (variable->minimum, is_whole ? 0 : 1, style);
  g_autofree char *most = dhk_number_format_fixed (variable->maximum, is_whole ? 0 : 1, style);
  g_autofree char *range = g_strdup_printf (
      /* TRANSLATORS: beside the boxes on a paper form where a number is written: from … to … */
      dhk_translate (setter->language, N_ ("(a number from %s to %s)")), least, most);
  PangoLayout *layout = dhk_typesetter_set (setter->typesetter, &small, range, 200);
  DhkPaperRow *row = dhk_paper_part_add_row (part, DIGIT_HEIGHT + GAP);
  double width = DIGIT_WIDTH;
  guint n = (guint) g_utf8_strlen (most, -1);

  if (!is_whole || variable->minimum < 0)
    {
      n = 1;
      width = 6 * DIGIT_WIDTH;
    }
  for (guint i = 0; i < n; i++)
    dhk_paper_row_add_box (row, question, (int) i,
                           &(cairo_rectangle_t){ NUMBER_WIDTH + i * width, 0,
                                                 width + (i + 1 < n ? 0.9 : 0), DIGIT_HEIGHT });
  dhk_paper_row_add_layout (row, layout, NUMBER_WIDTH + n * width + 2 * GAP,
                            (DIGIT_HEIGHT - dhk_layout_get_height (layout)) / 2);
}

DhkPaperPart *
dhk_paper_part_new_question (const DhkPaperSetter *setter, guint question)
{
  DhkPaperPart *self = dhk_paper_part_new ();
  const DhkQuestion *asked = &setter->questionnaire->questions[question];
  DhkPaperRow *last;

  add_wording (setter, self, question, 0);
  if (asked->item >= 0)
    add_long_scale (setter, self, question);
  else
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (setter->instrument, (guint) asked->variable);

      if (variable->kind == DHK_VARIABLE_CATEGORY)
        add_categories (setter, self, question, variable);
      else
        add_number (setter, self, question, variable);
    }
  last = g_ptr_array_index (self->rows, self->rows->len - 1);
  last->height += 2 * setter->padding;
  return self;
}

DhkPaperPart *
dhk_paper_part_new_choices (const DhkPaperSetter *setter, guint question, const DhkChoices *choices)
{
  DhkPaperPart *self = dhk_paper_part_new ();
  g_autoptr (GArray) boxes = new_choices ();
  g_autofree char *number = choices->n_choices > 1 ? g_strdup_printf ("%u–%u.", question + 1,
                                                                      question + choices->n_choices)
                                                   : g_strdup_printf ("%u.", question + 1);
  g_autofree char *text = g_strdup_printf (
      /* TRANSLATORS: a question on a paper form that may have several crosses */
      dhk_translate (setter->language, N_ ("%s (cross all that apply)")),
      dhk_text_get (&setter->questionnaire->questions[question].whole, setter->language));
  DhkPaperRow *last;

  add_numbered (setter, self, number, text, 0);
  for (guint i = 0; i < choices->n_choices; i++)
    {
      add_choice (boxes, dhk_text_get (&choices->choices[i].label, setter->language),
                  DHK_CHOSEN + 1, g_strdup_printf ("%u", i + 1));
      g_array_index (boxes, DhkPaperChoice, i).offset = i;
    }
  add_choices (setter, self, question, boxes);
  last = g_ptr_array_index (self->rows, self->rows->len - 1);
  last->height += 2 * setter->padding;
  return self;
}

/* Grids ------------------------------------------------------------------ */

/* As narrow as the longest word lets it; two long ones side by side should not read as one. */
static double
choose_column (const DhkPaperSetter *setter, const GArray *choices)
{
  double widest = NARROW_COLUMN;
  double before = 0;

  for (guint i = 0; i < choices->len; i++)
    {
      double word = dhk_typesetter_measure_word (setter->typesetter, &label_type,
                                                 get_choice (choices, i)->label);

      widest = MAX (widest, 4 + word);
      if (i > 0)
        widest = MAX (widest, LABEL_GAP + (before + word) / 2);
      before = word;
    }
  return widest;
}

void
dhk_paper_columns_choose (const DhkPaperSetter *setter, guint question, DhkPaperColumns *self)
{
  double widest;
  guint n;

  self->choices = list_choices (setter, question);
  n = self->choices->len;
  self->is_grid = n <= MOST_COLUMNS;
  widest = choose_column (setter, self->choices);
  self->has_labels
      = widest <= WIDEST_COLUMN && NUMBER_WIDTH + LEAST_TEXT + n * widest <= setter->width;
  for (guint i = 0; self->has_labels && i < n; i++)
    {
      PangoLayout *layout = dhk_typesetter_set (setter->typesetter, &label_type,
                                                get_choice (self->choices, i)->label, widest - 2);

      self->has_labels = pango_layout_get_line_count (layout) <= MOST_LABEL_LINES;
      g_object_unref (layout);
    }
  self->column = self->has_labels ? widest : NARROW_COLUMN;
}

void
dhk_paper_columns_clear (DhkPaperColumns *self)
{
  g_clear_pointer (&self->choices, g_array_unref);
}

/* The labels over their columns, standing on one line. */
static void
add_labels (const DhkPaperSetter *setter, DhkPaperPart *part, const DhkPaperColumns *columns)
{
  guint n = columns->choices->len;
  double left = setter->width - n * columns->column;
  g_autofree PangoLayout **layouts = g_new0 (PangoLayout *, n);
  double height = 0;
  DhkPaperRow *row = dhk_paper_part_add_row (part, 0);

  for (guint i = 0; i < n; i++)
    {
      layouts[i]
          = dhk_typesetter_set (setter->typesetter, &label_type,
                                get_choice (columns->choices, i)->label, columns->column - 2);
      height = MAX (height, dhk_layout_get_height (layouts[i]));
    }
  for (guint i = 0; i < n; i++)
    dhk_paper_row_add_layout (row, layouts[i], left + i * columns->column + 1,
                              height - dhk_layout_get_height (layouts[i]));
  row->height = height + 3;
}

static void
add_legend (const DhkPaperSetter *setter, DhkPaperPart *part, const DhkPaperColumns *columns)
{
  const DhkType small = { .size = 9, .line_spacing = 1.1 };

  for (guint i = 0; i < columns->choices->len; i++)
    {
      const DhkPaperChoice *choice = get_choice (columns->choices, i);
      g_autofree char *text = g_strdup_printf ("%s = %s", choice->key, choice->label);
      PangoLayout *layout
          = dhk_typesetter_set (setter->typesetter, &small, text, setter->width - NUMBER_WIDTH);

      dhk_paper_row_add_layout (dhk_paper_part_add_row (part, dhk_layout_get_height (layout)),
                                layout, NUMBER_WIDTH, 0);
    }
}

DhkPaperPart *
dhk_paper_part_new_head (const DhkPaperSetter *setter,
                         guint question,
                         const DhkPaperColumns *columns,
                         gboolean again)
{
  DhkPaperPart *self = dhk_paper_part_new ();
  const char *stem
      = dhk_text_get (&setter->questionnaire->questions[question].stem, setter->language);
  DhkPaperRow *row;

  if (*stem != '\0')
    {
      const DhkType small = { .size = 10, .bold = TRUE, .line_spacing = 1.15 };
      g_autofree char *text
          = again ? g_strdup_printf ("%s %s", stem,
                                     dhk_translate (setter->language, N_ ("(continued)")))
                  : g_strdup (stem);
      PangoLayout *layout = dhk_typesetter_set (setter->typesetter, again ? &small : &stem_type,
                                                text, setter->width);
      double before = again ? 0 : 2 * GAP;

      dhk_paper_row_add_layout (
          dhk_paper_part_add_row (self, before + dhk_layout_get_height (layout) + GAP), layout, 0,
          before);
    }
  if (!columns->is_grid)
    return self;
  if (columns->has_labels)
    add_labels (setter, self, columns);
  else
    add_legend (setter, self, columns);
  row = dhk_paper_part_add_row (self, 1);
  dhk_paper_row_add_rule (row, 0, 0, setter->width);
  return self;
}

DhkPaperPart *
dhk_paper_part_new_item (const DhkPaperSetter *setter,
                         guint question,
                         const DhkPaperColumns *columns)
{
  DhkPaperPart *self = dhk_paper_part_new ();
  guint n = columns->choices->len;
  double left = setter->width - n * columns->column;
  const char *text
      = dhk_text_get (&setter->questionnaire->questions[question].text, setter->language);
  g_autoptr (PangoLayout) layout
      = dhk_typesetter_set (setter->typesetter, &wording, text, left - NUMBER_WIDTH - 2 * GAP);
  gboolean is_long = dhk_layout_get_height (layout) > LONG_TEXT;
  double height = is_long ? 0 : dhk_layout_get_height (layout);
  double inner = MAX (height, BOX);
  DhkPaperRow *row;

  /* A wording that would make a narrow column of half a page stands above its boxes. */
  if (is_long)
    add_wording (setter, self, question, setter->padding);
  row = dhk_paper_part_add_row (self, inner + 2 * setter->padding);
  if (!is_long)
    {
      g_autofree char *number = g_strdup_printf ("%u.", question + 1);
      double top = setter->padding + (inner - height) / 2;

      dhk_paper_row_add_layout (row, dhk_typesetter_set (setter->typesetter, &wording, number, -1),
                                0, top);
      dhk_paper_row_add_layout (row, g_object_ref (layout), NUMBER_WIDTH, top);
    }
  for (guint i = 0; i < n; i++)
    add_answer (setter, row, question, get_choice (columns->choices, i),
                left + i * columns->column + (columns->column - BOX) / 2,
                setter->padding + (inner - BOX) / 2);
  dhk_paper_row_add_rule (row, 0, row->height - DHK_PAPER_HAIR, setter->width);
  return self;
}
