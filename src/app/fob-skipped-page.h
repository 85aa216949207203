/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOB_TYPE_SKIPPED_PAGE (fob_skipped_page_get_type ())
G_DECLARE_FINAL_TYPE (FobSkippedPage, fob_skipped_page, FOB, SKIPPED_PAGE, AdwPreferencesPage)

/**
 * FobSkippedPage:
 *
 * What could not be imported, and why; saves a report of it. Signals "back", and "failed" (char *)
 * when the report could not be saved.
 */

/* @sources: (element-type FobImportSource): all of them read */
void fob_skipped_page_show (FobSkippedPage *self, GPtrArray *sources);

G_END_DECLS
