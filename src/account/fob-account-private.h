/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * FobAccountFields:
 * @extra: (nullable): compact JSON text of the members of its entry that Keyfob has no word for,
 * kept to be written again
 *
 * All of an account, for the payload that reads and writes it. Borrowed.
 */
typedef struct
{
  const char *id;
  const char *issuer;
  const char *name;
  const char *note;
  gboolean pinned;
  FobOtp *otp;
  const char *extra;
} FobAccountFields;

FobAccount *fob_account_new_from_fields (const FobAccountFields *fields);
const char *fob_account_get_extra (FobAccount *self);

G_END_DECLS
