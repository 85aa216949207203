/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * FobPaper:
 *
 * A backup on paper: for each account its names, the QR code of its link, and the secret to type
 * where there is no camera. Or an encrypted backup, in as many QR codes as it takes. Knows nothing
 * of printers; needs no display. Reference-counted; what it holds is wiped when freed.
 */
typedef struct _FobPaper FobPaper;

/**
 * fob_paper_new:
 * @accounts: (element-type FobAccount): in the order of the sheet
 * @date: printed on each page
 */
FobPaper *fob_paper_new (GPtrArray *accounts, GDateTime *date);

/**
 * fob_paper_new_encrypted:
 * @parts: (element-type utf8): of an encrypted backup, as fob_paper_parts_split () makes them
 *
 * Each part is a QR code with its number, and the sheet says how to restore them.
 *
 * Returns: (transfer full) (nullable): FOB_QR_ERROR.
 */
FobPaper *fob_paper_new_encrypted (GPtrArray *parts, GDateTime *date, GError **error);
FobPaper *fob_paper_ref (FobPaper *self);
void fob_paper_unref (FobPaper *self);

/**
 * fob_paper_paginate:
 * @cr: of the kind that is drawn on later, in points
 * @width: within the margins, in points
 * @height: likewise
 *
 * Decides what goes on which page; no account is split. To be called before drawing.
 *
 * Returns: how many pages there are, at least one.
 */
guint fob_paper_paginate (FobPaper *self, cairo_t *cr, double width, double height);

/* Draws @page, counted from 0, with the origin at the margins. */
void fob_paper_draw_page (FobPaper *self, cairo_t *cr, guint page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobPaper, fob_paper_unref)

G_END_DECLS
