/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * FobExportParts:
 * @FOB_EXPORT_TAGS: any number of tags
 * @FOB_EXPORT_ONE_TAG: no more than one
 * @FOB_EXPORT_NO_ISSUER: accounts without an issuer
 *
 * What a format has a word for, besides names and token.
 */
typedef enum
{
  FOB_EXPORT_NONE = 0,
  FOB_EXPORT_TAGS = 1 << 0,
  FOB_EXPORT_ONE_TAG = 1 << 1,
  FOB_EXPORT_NOTE = 1 << 2,
  FOB_EXPORT_PINNED = 1 << 3,
  FOB_EXPORT_ICON = 1 << 4,
  FOB_EXPORT_NO_ISSUER = 1 << 5,
} FobExportParts;

/* A kind as a bit. */
#define FOB_EXPORT_KIND(kind) (1u << (kind))

/* Adds to @reasons what of @account is lost in a format that has only @parts. */
void fob_export_lost_parts (FobAccount *account, FobExportParts parts, GPtrArray *reasons);

/* Returns: whether the kind of @account is one of @kinds, and its counter a number that other
 * programs can read, with a reason if not. */
gboolean fob_export_has_kind (FobAccount *account, guint kinds, GPtrArray *reasons);

/* Returns: whether codes are of @min to @max digits, with a reason if not. */
gboolean fob_export_has_digits (FobAccount *account, guint min, guint max, GPtrArray *reasons);

/* Adds a translated reason. @reason: (transfer none) */
void fob_export_add_reason (GPtrArray *reasons, const char *reason);

/* Returns: the issuer of @account, else its name: for formats in which something has to stand
 * there. */
const char *fob_export_get_issuer (FobAccount *account);

G_END_DECLS
