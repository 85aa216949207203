/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

/* The bounds of every field, in the one place that the core, the dialogs, the command line and the
 * tests all read. */

/* Digits of a TOTP or HOTP code. RFC 4226 section 5.3 asks for at least 6; 1 to 5 and 9 to 10 are
 * met in the wild. A truncated HMAC has 31 bits, so that no code has more than 10 digits. */
#define FOB_OTP_DIGITS_MIN     1
#define FOB_OTP_DIGITS_MAX     10
#define FOB_OTP_DIGITS_DEFAULT 6

/* Time step in seconds (RFC 6238 section 4.1, X). */
#define FOB_OTP_PERIOD_MIN     1
#define FOB_OTP_PERIOD_MAX     31622400 /* one leap year */
#define FOB_OTP_PERIOD_DEFAULT 30

/* Secret in bytes. Below 16 (128 bits, RFC 4226 section 4, R6) a warning, not an error. */
#define FOB_OTP_SECRET_SIZE_MIN         1
#define FOB_OTP_SECRET_SIZE_MAX         1024
#define FOB_OTP_SECRET_SIZE_RECOMMENDED 16

/* Longest URI that is looked at, in bytes. */
#define FOB_OTP_URI_SIZE_MAX 16384

/* Issuer and account name, in bytes of UTF-8. */
#define FOB_OTP_LABEL_SIZE_MAX 1024

/* A buffer that holds any code with its terminating NUL. */
#define FOB_OTP_CODE_SIZE 16
