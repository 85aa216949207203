/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

#include "fob-account.h"
#include "fob-import-plan.h"

G_BEGIN_DECLS

#define FOB_TYPE_IMPORT_ITEM (fob_import_item_get_type ())
G_DECLARE_FINAL_TYPE (FobImportItem, fob_import_item, FOB, IMPORT_ITEM, GObject)

/**
 * FobImportItem:
 *
 * An account that may come in, for the preview. Properties: "selected" (read and write): whether it
 * will.
 */

/* @other: (nullable): the account that is there already, where @status speaks of one */
FobImportItem *fob_import_item_new (FobAccount *account, FobImportStatus status, FobAccount *other);

FobAccount *fob_import_item_get_account (FobImportItem *self); /* borrowed */
FobImportStatus fob_import_item_get_status (FobImportItem *self);
FobAccount *fob_import_item_get_other (FobImportItem *self); /* borrowed, (nullable) */
gboolean fob_import_item_get_selected (FobImportItem *self);
void fob_import_item_set_selected (FobImportItem *self, gboolean selected);

G_END_DECLS
