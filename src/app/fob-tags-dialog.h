/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-edit.h"

G_BEGIN_DECLS

#define FOB_TYPE_TAGS_DIALOG (fob_tags_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobTagsDialog, fob_tags_dialog, FOB, TAGS_DIALOG, AdwWindow)

/**
 * FobTagsDialog:
 *
 * Lets somebody give tags to accounts and take them away. Signal "chosen" (FobEdit, guint: how many
 * accounts change), unless nothing changes; the dialog closes itself.
 */

/* @all: of FobAccount: whose tags are offered; @accounts: (element-type FobAccount) */
FobTagsDialog *fob_tags_dialog_new (GListModel *all, GPtrArray *accounts);

G_END_DECLS
