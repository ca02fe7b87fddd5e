/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A VFS that stands between SQLite and the disk; at call number N that writes, syncs,
 * truncates or deletes it ends the process with SIGKILL: before the call, or in the middle
 * of what is being written.
 */

#include "store-fixture.h"

G_BEGIN_DECLS

typedef gboolean (*KillAct) (Fixture *self, GError **error);

/* Before any study is opened. */
void kill_vfs_register (void);

/*
 * Lets a child open the study and do `act`, and die at call `n`. FALSE when it came to its
 * end before that. The store of the fixture is closed meanwhile.
 */
gboolean kill_vfs_is_killed_at (Fixture *self, KillAct act, int n, gboolean middle);

G_END_DECLS
