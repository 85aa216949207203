/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <libsecret/secret.h>

G_BEGIN_DECLS

/**
 * FobKeyringGlanceFunc:
 * @slot: that @value is in
 *
 * Returns: FALSE with an error to stop.
 */
typedef gboolean (*FobKeyringGlanceFunc) (const char *slot,
                                          SecretValue *value,
                                          gpointer user_data,
                                          GError **error);

/**
 * fob_keyring_glance:
 * @slots: (array zero-terminated=1): where to look
 * @complete: (out): whether @func was called for all that is there; if not, it was for nothing, and
 * fob_keyring_items_search () has to look into what is locked, held back or missing
 *
 * Reads what is unlocked in @slots in a third of the messages that items take, which libsecret
 * wants to know all about: a code on the command line waits for nothing else.
 *
 * Returns: FALSE with FOB_VAULT_ERROR, or the error of @func.
 */
gboolean fob_keyring_glance (SecretService *service,
                             const char *const *slots,
                             FobKeyringGlanceFunc func,
                             gpointer user_data,
                             gboolean *complete,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
