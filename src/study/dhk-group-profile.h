/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A group profile (.driehoek-group): what the researcher hands to those who fill
 * in a self-rating, so that they can see their own answers beside a group's. n, M and SD
 * of each item, per respondent type and maybe per category of one variable; no rows,
 * and no cell of fewer than DHK_GROUP_PROFILE_MINIMUM answers.
 *
 * XML after data/schemas/group-profile.rng. analysis/dhk-group-figures.h makes one from
 * a frame. Immutable once it is made, reference counted, shared by threads.
 * Errors: DHK_XML_ERROR with line and element, DHK_GROUP_PROFILE_ERROR, in whole sentences.
 */

#include "study/dhk-instrument.h"

G_BEGIN_DECLS

#define DHK_GROUP_PROFILE_SUFFIX "driehoek-group"

/* Never fewer, whatever somebody asks for. */
#define DHK_GROUP_PROFILE_MINIMUM 10

typedef enum
{
  DHK_GROUP_PROFILE_ERROR_OTHER_INSTRUMENT,
  DHK_GROUP_PROFILE_ERROR_WRITE,
} DhkGroupProfileError;

#define DHK_GROUP_PROFILE_ERROR (dhk_group_profile_error_quark ())
GQuark dhk_group_profile_error_quark (void);

typedef struct
{
  char *item;
  guint n;
  double mean;
  double sd;
} DhkProfileCell;

typedef struct
{
  char *type;     /* respondent type */
  char *variable; /* NULL: the whole type */
  char *category;
  GArray *cells; /* DhkProfileCell; at least one */
} DhkProfileGroup;

typedef struct
{
  gatomicrefcount refs;
  char *instrument;
  char *version;
  char *made; /* "2026-11-22" */
  guint minimum;
  gboolean is_sample; /* reconstructed, no real answers */
  GPtrArray *groups;  /* DhkProfileGroup */
} DhkGroupProfile;

/* An empty one of today, to be filled before it is shared. */
DhkGroupProfile *
dhk_group_profile_new (const DhkInstrument *instrument, guint minimum, gboolean is_sample);
DhkGroupProfile *dhk_group_profile_ref (DhkGroupProfile *self);
void dhk_group_profile_unref (DhkGroupProfile *self);

/* `variable` and `category` NULL: the whole type. Lent; the cells are filled by the caller. */
DhkProfileGroup *dhk_group_profile_add_group (DhkGroupProfile *self,
                                              const char *type,
                                              const char *variable,
                                              const char *category);
void dhk_profile_group_add_cell (
    DhkProfileGroup *self, const char *item, guint n, double mean, double sd);

/* NULL where it holds none such. Lent. */
const DhkProfileGroup *dhk_group_profile_find (const DhkGroupProfile *self,
                                               const char *type,
                                               const char *variable,
                                               const char *category);
const DhkProfileCell *dhk_profile_group_find (const DhkProfileGroup *self, const char *item);

/* Files -------------------------------------------------------------------------- */

/* A profile of another instrument than `instrument` is refused. */
DhkGroupProfile *dhk_group_profile_load (GFile *file,
                                         const DhkInstrument *instrument,
                                         GCancellable *cancellable,
                                         GError **error);
GBytes *dhk_group_profile_to_bytes (const DhkGroupProfile *self);
gboolean dhk_group_profile_save (const DhkGroupProfile *self,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkGroupProfile, dhk_group_profile_unref)

G_END_DECLS
