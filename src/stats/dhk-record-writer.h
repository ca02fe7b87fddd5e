/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Filling a record (inside this library only): the tables that describe result
 * structs, and the calls of the adapters in stats/methods.
 *
 * A table names every member of its struct; a test compares it with the header.
 */

#include "stats/dhk-record.h"

/* Tables */

/* Members of a table: DHK_NUMBER (DhkTTest, difference, SPREAD, DHK_FIELD_DIRECTED) */
#define DHK_NUMBER(type, member, unit, flags)                                                      \
  {                                                                                                \
#    member, DHK_FIELD_NUMBER, DHK_UNIT_##unit, flags, offsetof(type, member), NULL                \
  }
#define DHK_COUNT(type, member)                                                                    \
  {                                                                                                \
#    member, DHK_FIELD_COUNT, DHK_UNIT_NONE, 0, offsetof(type, member), NULL                       \
  }
#define DHK_FLAG(type, member)                                                                     \
  {                                                                                                \
#    member, DHK_FIELD_FLAG, DHK_UNIT_NONE, 0, offsetof(type, member), NULL                        \
  }
#define DHK_STATUS(type, member)                                                                   \
  {                                                                                                \
#    member, DHK_FIELD_STATUS, DHK_UNIT_NONE, 0, offsetof(type, member), NULL                      \
  }
#define DHK_CHOICE(type, member, names)                                                            \
  {                                                                                                \
#    member, DHK_FIELD_CHOICE, DHK_UNIT_NONE, 0, offsetof(type, member), names                     \
  }
#define DHK_GROUP(type, member)                                                                    \
  {                                                                                                \
#    member, DHK_FIELD_GROUP, DHK_UNIT_NONE, 0, offsetof(type, member), NULL                       \
  }
#define DHK_VALUE(type, member)                                                                    \
  {                                                                                                \
#    member, DHK_FIELD_VALUE, DHK_UNIT_NONE, 0, offsetof(type, member), NULL                       \
  }
#define DHK_STRUCT(type, member, structure)                                                        \
  {                                                                                                \
#    member, DHK_FIELD_STRUCT, DHK_UNIT_NONE, 0, offsetof(type, member), structure                 \
  }
/* The interval of the estimate `of`, in units `unit`. */
#define DHK_INTERVAL(type, member, of, unit, flags)                                                \
  {                                                                                                \
#    member, DHK_FIELD_INTERVAL, DHK_UNIT_##unit, flags, offsetof(type, member), #    of           \
  }

/* Filling */

/* Adds all members of a struct to the object that is open. */
void dhk_record_add_struct (DhkRecord *self, const DhkStructure *structure, const void *data);

/* Single fields, for what stands in no struct. Private to the adapters in stats/methods. */
void dhk_record_add_number (
    DhkRecord *self, const char *name, double number, DhkUnit unit, unsigned flags);
void dhk_record_add_count (DhkRecord *self, const char *name, size_t count);
void dhk_record_add_flag (DhkRecord *self, const char *name, bool flag);
void dhk_record_add_text (DhkRecord *self, const char *name, const char *text);
void dhk_record_add_status (DhkRecord *self, const char *name, DhkStatsStatus status);
void dhk_record_add_index (DhkRecord *self, const char *name, DhkPer per, size_t index);
void dhk_record_add_numbers (DhkRecord *self,
                             const char *name,
                             DhkPer per,
                             const double *numbers,
                             size_t n,
                             DhkUnit unit,
                             unsigned flags);

/* Objects and lists. An entry of a list is an object without a name. */
void dhk_record_begin_object (DhkRecord *self, const char *name);
void dhk_record_end_object (DhkRecord *self);
void dhk_record_begin_list (DhkRecord *self, const char *name, DhkPer per);
void dhk_record_end_list (DhkRecord *self);

/* A list of structs in one call: `data` is an array of `n` of them. Where `per` names columns,
 * groups or rows, each entry begins with its index ("group", "value", "predictor", "row"). */
void dhk_record_add_list (DhkRecord *self,
                          const char *name,
                          DhkPer per,
                          const DhkStructure *structure,
                          const void *data,
                          size_t n);
