/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fob_process_harden:
 *
 * First thing in every program that touches secrets: no core dumps, and no other process of the
 * user may look into this one's memory (RLIMIT_CORE 0, PR_SET_DUMPABLE 0).
 */
void fob_process_harden (void);

G_END_DECLS
