/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

#include "fob-account.h"

G_BEGIN_DECLS

#define FOB_TYPE_ACCOUNT_DRAFT (fob_account_draft_get_type ())
G_DECLARE_FINAL_TYPE (FobAccountDraft, fob_account_draft, FOB, ACCOUNT_DRAFT, GObject)

/**
 * FobAccountDraft:
 *
 * An account that somebody is typing: fields that may be wrong for the moment, checked by the core
 * itself. Properties for a dialog to bind to, all read-write: "issuer", "name", "note", "counter"
 * and "suite" (text), "kind" and "algorithm" (uint, values of the core's enums), "digits" and
 * "period" (uint).
 * Signal "changed" after any of them or the secret changed.
 */
FobAccountDraft *fob_account_draft_new (void);

/* Filled with @account's fields; fob_account_draft_build () then makes a changed account with the
 * same id. */
FobAccountDraft *fob_account_draft_new_from_account (FobAccount *account);

/**
 * fob_account_draft_load_uri:
 *
 * Fills every field from a URI. When that fails (FOB_OTP_ERROR) nothing changes.
 */
gboolean fob_account_draft_load_uri (FobAccountDraft *self, const char *text, GError **error);

/* The secret as typed; decoded at once, not kept. "" stands for none, or the present one when an
 * account is edited. */
void fob_account_draft_set_secret_text (FobAccountDraft *self, const char *text);

/* The PIN as typed. "" stands for none, or the present one when an account is edited. */
void fob_account_draft_set_pin_text (FobAccountDraft *self, const char *text);

/* Whether there is a PIN, typed, present or from a link. */
gboolean fob_account_draft_has_pin (FobAccountDraft *self);

/* The account's own image file, and its MIME type; NULL for none. */
void fob_account_draft_set_icon (FobAccountDraft *self, GBytes *icon, const char *type);
GBytes *fob_account_draft_get_icon (FobAccountDraft *self);

/* Returns: (transfer none) (nullable): the secret, if there is a valid one. */
FobSecret *fob_account_draft_get_secret (FobAccountDraft *self);

/* Whether something was typed into the secret that may be wrong, rather than nothing yet. */
gboolean fob_account_draft_has_secret_text (FobAccountDraft *self);

/**
 * fob_account_draft_build_otp:
 *
 * Returns: (transfer full) (nullable): the token; FOB_OTP_ERROR with the code of the field that is
 * wrong.
 */
FobOtp *fob_account_draft_build_otp (FobAccountDraft *self, GError **error);

/* Returns: (transfer full) (nullable): the account; FOB_OTP_ERROR likewise. */
FobAccount *fob_account_draft_build (FobAccountDraft *self, GError **error);

G_END_DECLS
