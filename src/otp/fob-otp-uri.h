/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-otp.h"

G_BEGIN_DECLS

/**
 * fob_otp_uri_parse:
 * @text: what was pasted, opened or read; need not be NUL-terminated, may hold anything
 * @length: its length in bytes, or -1 if NUL-terminated
 * @issuer: (out) (transfer full): who runs the service, "" if the URI does not say; valid UTF-8
 * @account: (out) (transfer full): the account name, "" if the URI does not say; valid UTF-8
 * @error: FOB_OTP_ERROR; the code says which field is wrong, the message never repeats any of
 * @text's secret
 *
 * Parses the Key URI Format (`otpauth://totp/Issuer:account?secret=...`), `motp://` and
 * `steam://`, liberal in what it accepts; docs/URIS.md has the details. White space around the URI
 * is ignored.
 *
 * Returns: (transfer full) (nullable): the token.
 */
FobOtp *fob_otp_uri_parse (const char *text,
                           gssize length,
                           char **issuer,
                           char **account,
                           GError **error);

/**
 * fob_otp_uri_format:
 * @issuer: (nullable): UTF-8
 * @account: (nullable): UTF-8
 *
 * Returns: (transfer full): the URI, exact: parsing it gives the same three values. Holds the
 * secret: free it with fob_wipe_free_string ().
 */
char *fob_otp_uri_format (FobOtp *otp, const char *issuer, const char *account);

/**
 * fob_otp_uri_probe:
 *
 * Returns: whether @text looks like something for fob_otp_uri_parse (): starts, after white
 * space, with a scheme that it knows, in any case. Cheap, and says nothing about validity.
 */
gboolean fob_otp_uri_probe (const char *text, gssize length);

G_END_DECLS
