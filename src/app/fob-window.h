/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-backups.h"
#include "fob-clock.h"
#include "fob-usage.h"
#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_WINDOW (fob_window_get_type ())
G_DECLARE_FINAL_TYPE (FobWindow, fob_window, FOB, WINDOW, AdwApplicationWindow)

/**
 * FobWindow:
 *
 * The main window: one page for each state of the vault.
 */
FobWindow *fob_window_new (AdwApplication *application, FobClock *clock, FobUsage *usage);

/* Shows another vault and opens it. */
void fob_window_set_vault (FobWindow *self, FobVault *vault);

/* @backups: of the vault that is shown */
void fob_window_set_backups (FobWindow *self, FobBackups *backups);

/* Opens the add dialog filled from @text; as soon as the vault is open, if it is not yet. */
void fob_window_add_link (FobWindow *self, const char *text);

/* Shows what would come in from a file; as soon as the vault is open, if it is not yet. */
void fob_window_add_file (FobWindow *self, GFile *file);

/**
 * fob_window_copy_code_async:
 * @next: whether to copy the code of the next time step
 *
 * Copies the code of the account with @account_id, as if somebody had done so in the window; of a
 * counter always the next one. FOB_VAULT_ERROR_LOCKED unless the vault is open,
 * FOB_VAULT_ERROR_NOT_FOUND for an account that is not in it.
 */
void fob_window_copy_code_async (FobWindow *self,
                                 const char *account_id,
                                 gboolean next,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean fob_window_copy_code_finish (FobWindow *self, GAsyncResult *result, GError **error);

/* Forgets accounts and keys, and shows nothing of them until somebody unlocks. */
void fob_window_lock (FobWindow *self);

/* Opens again what was locked, where that takes no passphrase. */
void fob_window_unlock (FobWindow *self);

/* Takes back what we left outside: the code on the clipboard. */
void fob_window_clear_clipboard (FobWindow *self);

G_END_DECLS
