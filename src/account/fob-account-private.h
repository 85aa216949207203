/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * FobAccountFields:
 * @id: (nullable): NULL for a fresh one
 * @tags: (nullable): NULL-terminated; blank and repeated ones are left out
 * @icon: (nullable): the bytes of an image file of the type @icon_type
 * @icon_type: (nullable): its MIME type, such as "image/png"
 * @modified: Unix seconds of the last edit, 0 if that is not known; a counter that moves on is none
 * @recovery: (nullable): the codes for when the second factor is lost
 * @extra: (nullable): compact JSON text of the members of its entry that Keyfob has no word for,
 * kept to be written again
 *
 * All of an account, for the rooms that read and write files of them. Borrowed; texts that are NULL
 * are "".
 */
typedef struct
{
  const char *id;
  const char *issuer;
  const char *name;
  const char *note;
  gboolean pinned;
  const char *const *tags;
  GBytes *icon;
  const char *icon_type;
  gint64 modified;
  FobOtp *otp;
  FobRecoveryCodes *recovery;
  const char *extra;
} FobAccountFields;

FobAccount *fob_account_new_from_fields (const FobAccountFields *fields);
const char *fob_account_get_extra (FobAccount *self);

G_END_DECLS
