/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-otp.h"
#include "fob-uri-text.h"

G_BEGIN_DECLS

/* A URI taken apart, nothing decoded yet. Schemes without a type have the type that they imply. */
typedef struct
{
  FobUriSpan scheme;
  FobUriSpan type;
  FobUriSpan label;
  FobUriSpan query;
  FobUriSpan bare_secret; /* of `steam://`, else empty */
} FobOtpUriParts;

/* The fields of the query, for a token of @kind or of params->kind. What is not there stays as it
 * is, but for the secret, which has to be. */
FobSecret *fob_otp_uri_parse_secret (const FobOtpUriParts *parts, FobOtpKind kind, GError **error);
gboolean fob_otp_uri_parse_algorithm (const FobOtpUriParts *parts,
                                      FobOtpAlgorithm *algorithm,
                                      GError **error);
gboolean fob_otp_uri_parse_numbers (const FobOtpUriParts *parts,
                                    FobOtpParams *params,
                                    GError **error);
gboolean fob_otp_uri_parse_pin (const FobOtpUriParts *parts,
                                FobOtpKind kind,
                                FobSecret **pin,
                                GError **error);
gboolean fob_otp_uri_parse_suite (const FobOtpUriParts *parts, char **suite, GError **error);

/**
 * fob_otp_uri_parse_names:
 *
 * The issuer and the account name, from label and query.
 */
gboolean fob_otp_uri_parse_names (const FobOtpUriParts *parts,
                                  char **issuer,
                                  char **account,
                                  GError **error);

/**
 * fob_otp_uri_find_glued_period:
 *
 * Some versions of Ente wrote `issuer=Fooperiod=30`.
 *
 * Returns: where the period starts in the value of the issuer, its length if it is not there.
 */
gsize fob_otp_uri_find_glued_period (FobUriSpan issuer);

G_END_DECLS
