/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * FobAccountOptions:
 *
 * The fields of an account as options of a command: all but the secret, which is never an argument.
 */
typedef struct
{
  char *issuer;
  char *name;
  char *type;
  char *algorithm;
  char *digits;
  char *period;
  char *counter;
  char *suite;
  char *note;
  char **tags;
  char *pin_file;
} FobAccountOptions;

void fob_account_options_add_to (FobAccountOptions *self, GOptionContext *context);
void fob_account_options_clear (FobAccountOptions *self);

/* Whether any was given. */
gboolean fob_account_options_is_empty (FobAccountOptions *self);

/**
 * fob_account_options_apply_otp:
 * @params: what is changed
 * @pin: (out) (transfer full) (nullable): the PIN that @params then points to
 *
 * Reads the options of the token into @params. G_OPTION_ERROR, FOB_OTP_ERROR.
 */
gboolean fob_account_options_apply_otp (FobAccountOptions *self,
                                        FobOtpParams *params,
                                        FobSecret **pin,
                                        GError **error);

/* Returns: (transfer full): @account with the other options: names, note, and tags that are added.
 */
FobAccount *fob_account_options_apply (FobAccountOptions *self, FobAccount *account);

/**
 * fob_account_options_read_secret:
 *
 * Takes the secret, as base32 (for mOTP: hexadecimal), from a prompt that does not show it, or from
 * the first line of the standard input if that is no terminal.
 *
 * Returns: (transfer full) (nullable): FOB_OTP_ERROR, or what reading fails with.
 */
FobSecret *fob_account_options_read_secret (FobOtpKind kind, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FobAccountOptions, fob_account_options_clear)

G_END_DECLS
