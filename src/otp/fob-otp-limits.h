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

/* Steam Guard: five characters of an alphabet of their own. */
#define FOB_OTP_STEAM_DIGITS 5

/* mOTP: six hexadecimal characters that change every ten seconds. */
#define FOB_OTP_MOTP_DIGITS 6
#define FOB_OTP_MOTP_PERIOD 10

/* Yandex: eight letters; a secret of 16 bytes, or 26 with an account number and a checksum. */
#define FOB_OTP_YANDEX_DIGITS           8
#define FOB_OTP_YANDEX_SECRET_SIZE      16
#define FOB_OTP_YANDEX_SECRET_SIZE_LONG 26
#define FOB_OTP_YANDEX_PIN_SIZE_MAX     16

/* OCRA (RFC 6287 section 5). */
#define FOB_OCRA_SUITE_SIZE_MAX     64
#define FOB_OCRA_CHALLENGE_SIZE_MIN 4
#define FOB_OCRA_CHALLENGE_SIZE_MAX 64
#define FOB_OCRA_SESSION_SIZE_MAX   512

/* PIN in bytes of UTF-8. */
#define FOB_OTP_PIN_SIZE_MAX 64

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

/* A buffer that holds any OCRA response: a suite may ask for the whole HMAC in hexadecimal. */
#define FOB_OCRA_CODE_SIZE 129

/* How many counters ahead, or time steps each way, a verifier may look; and how far a remembered
 * clock drift may grow, in steps. */
#define FOB_VERIFY_WINDOW_MAX 10000
#define FOB_VERIFY_DRIFT_MAX  1000
