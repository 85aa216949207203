/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

#include "fob-ocra.h"

G_BEGIN_DECLS

/**
 * FobCodeOptions:
 * @follows_clock: whether the moment is now, whenever that is, rather than @unix_time
 * @challenges: (nullable): one, or two for mutual authentication
 *
 * The options that `generate` and `verify` share: what a code depends on besides the token.
 */
typedef struct
{
  gboolean follows_clock;
  gint64 unix_time;
  FobSecret *pin;  /* (nullable) */
  GBytes *session; /* (nullable) */

  /* As given. */
  char *at;
  char **challenges;
  char *pin_file;
  char *session_hex;
} FobCodeOptions;

#define FOB_CODE_OPTIONS_INIT                                                                      \
  {                                                                                                \
    TRUE, 0, NULL, NULL, NULL, NULL, NULL, NULL                                                    \
  }

/* Makes @context understand the options, and fill @self when it parses. */
void fob_code_options_add_to (FobCodeOptions *self, GOptionContext *context);

/**
 * fob_code_options_resolve:
 *
 * Understands what has been given; reads the file of the PIN.
 */
gboolean fob_code_options_resolve (FobCodeOptions *self, GError **error);
void fob_code_options_clear (FobCodeOptions *self);

gint64 fob_code_options_get_time (FobCodeOptions *self);

/* What a challenge-response needs; borrowed from @self. */
void fob_code_options_get_input (FobCodeOptions *self, FobOcraInput *input);

/**
 * fob_code_options_apply:
 *
 * Returns: (transfer full) (nullable): @otp with the PIN that was given, if one was and @otp takes
 * any.
 */
FobOtp *fob_code_options_apply (FobCodeOptions *self, FobOtp *otp, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FobCodeOptions, fob_code_options_clear)

G_END_DECLS
