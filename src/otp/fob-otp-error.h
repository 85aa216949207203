/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobOtpError:
 *
 * Errors of the OTP core, one code per field, so that a dialog can point at the field that is
 * wrong. The messages are whole translated sentences for a person and never repeat a secret or a
 * URI.
 */
typedef enum
{
  FOB_OTP_ERROR_URI,    /* not a URI of a kind that is known, too long, embedded NUL, not UTF-8 */
  FOB_OTP_ERROR_SCHEME, /* another scheme than otpauth, motp and steam */
  FOB_OTP_ERROR_KIND,   /* unknown type of token, or one that does not fit the call */
  FOB_OTP_ERROR_LABEL,  /* issuer or account name is not valid text */
  FOB_OTP_ERROR_SECRET, /* missing, empty, not base32, too long */
  FOB_OTP_ERROR_ALGORITHM, /* unknown hash algorithm, or one that does not fit the kind */
  FOB_OTP_ERROR_DIGITS,
  FOB_OTP_ERROR_PERIOD,
  FOB_OTP_ERROR_COUNTER,
  FOB_OTP_ERROR_PIN,       /* missing, too long, not digits */
  FOB_OTP_ERROR_TIME,      /* before 1970 */
  FOB_OTP_ERROR_CRYPTO,    /* the hash could not be computed (OpenSSL said no) */
  FOB_OTP_ERROR_SUITE,     /* OCRA: malformed suite */
  FOB_OTP_ERROR_CHALLENGE, /* OCRA: missing, too long, of another form than the suite says */
  FOB_OTP_ERROR_SESSION,   /* OCRA: session data missing or too long */
  FOB_OTP_ERROR_CODE,      /* verification: not the right code */
  FOB_OTP_ERROR_WINDOW,    /* verification: window too large */
} FobOtpError;

#define FOB_OTP_ERROR (fob_otp_error_quark ())
GQuark fob_otp_error_quark (void);

G_END_DECLS
