/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-record-writer.h"

#include <stdlib.h>

void
dhk_record_clear (DhkRecord *self)
{
  free (self->items);
  *self = (DhkRecord){ 0 };
}

const DhkRecordItem *
dhk_record_get_items (const DhkRecord *self, size_t *n_items)
{
  *n_items = self->n_items;
  return self->items;
}

bool
dhk_record_failed (const DhkRecord *self)
{
  return self->failed;
}

/* Adding */

static void
add (DhkRecord *self, DhkRecordItem item)
{
  if (self->failed)
    return;
  if (self->n_items == self->n_allocated)
    {
      size_t n = self->n_allocated > 0 ? 2 * self->n_allocated : 64;
      DhkRecordItem *items
          = n > (size_t) -1 / sizeof *items ? NULL : realloc (self->items, n * sizeof *items);

      if (items == NULL)
        {
          self->failed = true;
          return;
        }
      self->items = items;
      self->n_allocated = n;
    }
  self->items[self->n_items++] = item;
}

void
dhk_record_add_number (
    DhkRecord *self, const char *name, double number, DhkUnit unit, unsigned flags)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_NUMBER,
                              .name = name,
                              .unit = unit,
                              .flags = flags,
                              .number = number });
}

void
dhk_record_add_count (DhkRecord *self, const char *name, size_t count)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_COUNT, .name = name, .count = count });
}

void
dhk_record_add_flag (DhkRecord *self, const char *name, bool flag)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_FLAG, .name = name, .count = flag });
}

void
dhk_record_add_text (DhkRecord *self, const char *name, const char *text)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_TEXT, .name = name, .text = text });
}

void
dhk_record_add_status (DhkRecord *self, const char *name, DhkStatsStatus status)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_STATUS, .name = name, .count = status });
}

void
dhk_record_add_index (DhkRecord *self, const char *name, DhkPer per, size_t index)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_INDEX, .name = name, .per = per, .count = index });
}

void
dhk_record_add_numbers (DhkRecord *self,
                        const char *name,
                        DhkPer per,
                        const double *numbers,
                        size_t n,
                        DhkUnit unit,
                        unsigned flags)
{
  dhk_record_begin_list (self, name, per);
  for (size_t i = 0; i < n; i++)
    dhk_record_add_number (self, NULL, numbers[i], unit, flags);
  dhk_record_end_list (self);
}

void
dhk_record_begin_object (DhkRecord *self, const char *name)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_BEGIN_OBJECT, .name = name });
}

void
dhk_record_end_object (DhkRecord *self)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_END_OBJECT });
}

void
dhk_record_begin_list (DhkRecord *self, const char *name, DhkPer per)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_BEGIN_LIST, .name = name, .per = per });
}

void
dhk_record_end_list (DhkRecord *self)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_END_LIST });
}

/* Structs */

static void
add_interval (DhkRecord *self, const DhkField *field, const DhkInterval *interval)
{
  add (self, (DhkRecordItem){ .kind = DHK_RECORD_BEGIN_OBJECT,
                              .name = field->name,
                              .unit = field->unit,
                              .flags = field->flags,
                              .of = field->detail });
  dhk_record_add_status (self, "status", interval->status);
  dhk_record_add_number (self, "low", interval->low, field->unit, field->flags);
  dhk_record_add_number (self, "high", interval->high, field->unit, field->flags);
  dhk_record_add_number (self, "confidence", interval->confidence, DHK_UNIT_NONE, 0);
  dhk_record_end_object (self);
}

static void
add_field (DhkRecord *self, const DhkField *field, const void *member)
{
  switch (field->kind)
    {
    case DHK_FIELD_NUMBER:
      dhk_record_add_number (self, field->name, *(const double *) member, field->unit,
                             field->flags);
      break;
    case DHK_FIELD_COUNT:
      dhk_record_add_count (self, field->name, *(const size_t *) member);
      break;
    case DHK_FIELD_FLAG:
      dhk_record_add_flag (self, field->name, *(const bool *) member);
      break;
    case DHK_FIELD_STATUS:
      dhk_record_add_status (self, field->name, *(const DhkStatsStatus *) member);
      break;
    case DHK_FIELD_CHOICE:
      dhk_record_add_text (self, field->name,
                           ((const char *const *) field->detail)[*(const unsigned *) member]);
      break;
    case DHK_FIELD_GROUP:
      dhk_record_add_index (self, field->name, DHK_PER_GROUP, *(const size_t *) member);
      break;
    case DHK_FIELD_VALUE:
      dhk_record_add_index (self, field->name, DHK_PER_VALUE, *(const size_t *) member);
      break;
    case DHK_FIELD_STRUCT:
      dhk_record_begin_object (self, field->name);
      dhk_record_add_struct (self, field->detail, member);
      dhk_record_end_object (self);
      break;
    case DHK_FIELD_INTERVAL:
      add_interval (self, field, member);
      break;
    }
}

void
dhk_record_add_struct (DhkRecord *self, const DhkStructure *structure, const void *data)
{
  for (const DhkField *field = structure->fields; field->name != NULL; field++)
    add_field (self, field, (const char *) data + field->offset);
}

static const char *
index_name (DhkPer per)
{
  switch (per)
    {
    case DHK_PER_GROUP:
      return "group";
    case DHK_PER_VALUE:
      return "value";
    case DHK_PER_PREDICTOR:
      return "predictor";
    case DHK_PER_ROW:
      return "row";
    case DHK_PER_CLUSTER:
      return "cluster";
    case DHK_PER_PAIR:
    case DHK_PER_OTHER:
    default:
      return NULL;
    }
}

void
dhk_record_add_list (DhkRecord *self,
                     const char *name,
                     DhkPer per,
                     const DhkStructure *structure,
                     const void *data,
                     size_t n)
{
  dhk_record_begin_list (self, name, per);
  for (size_t i = 0; i < n; i++)
    {
      dhk_record_begin_object (self, NULL);
      if (index_name (per) != NULL)
        dhk_record_add_index (self, index_name (per), per, i);
      dhk_record_add_struct (self, structure, (const char *) data + i * structure->size);
      dhk_record_end_object (self);
    }
  dhk_record_end_list (self);
}
