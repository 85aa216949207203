/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account-list.h"
#include "fob-backups.h"
#include "fob-banner.h"
#include "fob-clipboard.h"
#include "fob-conflict-copies.h"
#include "fob-counter-codes.h"
#include "fob-passphrase-page.h"
#include "fob-recovery-page.h"
#include "fob-selection-bar.h"
#include "fob-tag-bar.h"
#include "fob-undo-stack.h"
#include "fob-window.h"

G_BEGIN_DECLS

struct _FobWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toast_overlay;
  GtkMenuButton *menu_button;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  FobBanner *banner;
  GtkStack *stack;
  GtkSpinner *loading_spinner;
  FobAccountList *account_list;
  FobSelectionBar *selection_bar;
  FobTagBar *tag_bar;
  FobPassphrasePage *passphrase_page;
  FobRecoveryPage *recovery_page;

  FobClock *clock;
  FobUsage *usage;
  FobVault *vault;
  FobBackups *backups;          /* NULL in the demo */
  FobConflictCopies *conflicts; /* beside a file vault */
  FobCounterCodes *counter_codes;
  FobClipboard *clipboard; /* once there is something to copy */
  FobUndoStack *undo_stack;
  FobSelection *selection;
  GCancellable *cancellable;
  gboolean locked;           /* by hand, until somebody unlocks */
  GFile *recovery_file;      /* to restore from when the vault is open */
  GPtrArray *toasts;         /* of AdwToast: shown, or waiting for their turn */
  GtkWindow *dialog;         /* add or edit, while it is open */
  char *pending_link;        /* to add when the vault is open; wiped */
  GListStore *pending_files; /* likewise */
};

/* fob-window-actions.c: what can be done with accounts. */
void fob_window_class_install_actions (GtkWidgetClass *widget_class);
void fob_window_open_dialog (FobWindow *self, FobAccount *account, const char *link);

/* Shows @texts (of char *), each as a QR code; no other dialog may be open. */
void fob_window_show_codes (FobWindow *self, const char *title, GPtrArray *texts);

/* @message: (transfer full) (nullable): said when it is done, with an offer to undo it */
void fob_window_edit (FobWindow *self, FobEdit *edit, char *message);
void fob_window_toast (FobWindow *self, const char *message);
void fob_window_dismiss_toasts (FobWindow *self);
void fob_window_toast_undo (FobWindow *self, const char *message, FobEdit *inverse);

/* fob-window-copy.c: codes on their way to the clipboard. */
void fob_window_copy_account (FobWindow *self, FobAccount *account, gboolean next);
void fob_window_advance_account (FobWindow *self, FobAccount *account);
FobClipboard *fob_window_get_clipboard (FobWindow *self); /* the one for all, borrowed */

/* fob-window-hints.c: rows by their numbers. */
void fob_window_class_install_hints (GtkWidgetClass *widget_class);
void fob_window_setup_hints (FobWindow *self);

/* fob-window-intake.c: the one way in for whatever is pasted, dropped, opened or scanned. */
void fob_window_class_install_intake (GtkWidgetClass *widget_class);
void fob_window_setup_intake (FobWindow *self);
void fob_window_export (FobWindow *self, GPtrArray *accounts);
void fob_window_take_text (FobWindow *self, const char *text);
void fob_window_take_files (FobWindow *self, GListModel *files);
void fob_window_take_source (FobWindow *self, const char *name, GBytes *bytes, GFile *file);

/* fob-window-scan.c: QR codes on the screen. */
void fob_window_class_install_scan (GtkWidgetClass *widget_class);

/* fob-window-selection.c: what is done with several accounts at once. */
void fob_window_class_install_selection (GtkWidgetClass *widget_class);

/* fob-window-backup.c: backups, and the ways back. */
void fob_window_class_install_backup (GtkWidgetClass *widget_class);
void fob_window_setup_backup (FobWindow *self);
void fob_window_restore_file (FobWindow *self, GFile *file);
void fob_window_offer_recovery (FobWindow *self);
void fob_window_recover (FobWindow *self, GFile *file);

/* fob-window-pages.c: windows of their own over this one, one at a time. */
void fob_window_class_install_pages (GtkWidgetClass *widget_class);
void fob_window_present_dialog (FobWindow *self, GtkWindow *dialog);

/* fob-window-paper.c: a backup on paper. */
void fob_window_class_install_paper (GtkWidgetClass *widget_class);

G_END_DECLS
