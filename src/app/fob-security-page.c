/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-security-page.h"

#include <glib/gi18n-lib.h>

#include "fob-file-store.h"
#include "fob-keyring-store.h"
#include "fob-passphrase-dialog.h"
#include "fob-seconds-row.h"
#include "fob-settings.h"

struct _FobSecurityPage
{
  AdwPreferencesPage parent_instance;

  GtkWidget *accounts_group;
  AdwActionRow *passphrase_row;
  GtkSpinner *spinner;
  GtkWidget *remove_button;
  GtkButton *set_button;
  AdwActionRow *place_row;
  GtkButton *move_button;
  GtkLabel *trouble_label;
  GtkWidget *lock_group;
  AdwComboRow *idle_row;
  GtkSwitch *screen_switch;
  GtkSwitch *suspend_switch;

  FobVault *vault;
  gboolean busy;
};

static const guint idle_seconds[] = { 0, 60, 300, 900, 3600 };

G_DEFINE_FINAL_TYPE (FobSecurityPage, fob_security_page, ADW_TYPE_PREFERENCES_PAGE)

static FobStore *
get_store (FobSecurityPage *self)
{
  return fob_vault_get_store (self->vault);
}

static void
set_label (GtkButton *button, const char *label, const char *name)
{
  gtk_button_set_label (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
fob_security_page_update (FobSecurityPage *self)
{
  const gboolean is_file = FOB_IS_FILE_STORE (get_store (self));
  const gboolean has_passphrase = fob_store_needs_passphrase (get_store (self));
  const char *text = _ ("None: the accounts open with the keyring");

  if (is_file)
    text = _ ("Set: the file is encrypted with it");
  else if (has_passphrase)
    text = _ ("Set: asked for on top of the keyring");
  adw_action_row_set_subtitle (self->passphrase_row, text);
  if (has_passphrase)
    set_label (self->set_button, _ ("_Change…"), _ ("Change Passphrase"));
  else
    set_label (self->set_button, _ ("_Set…"), _ ("Set Passphrase"));
  gtk_widget_set_visible (self->remove_button, has_passphrase && !is_file);

  if (is_file)
    {
      adw_action_row_set_subtitle (self->place_row,
                                   fob_file_store_get_path (FOB_FILE_STORE (get_store (self))));
      set_label (self->move_button, _ ("Move to _Keyring…"), _ ("Move Accounts to the Keyring"));
    }
  else
    {
      adw_action_row_set_subtitle (self->place_row, _ ("The system keyring"));
      set_label (self->move_button, _ ("Move to _File…"), _ ("Move Accounts Into a File"));
    }
  /* Neither for what goes with the process. */
  gtk_widget_set_visible (self->accounts_group, is_file || FOB_IS_KEYRING_STORE (get_store (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
}

static void
fob_security_page_set_busy (FobSecurityPage *self, gboolean busy, const GError *error)
{
  self->busy = busy;
  gtk_label_set_text (self->trouble_label, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_label), error != NULL);
  fob_security_page_update (self);
}

static GtkWindow *
get_window (FobSecurityPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
fob_security_page_toast (FobSecurityPage *self, const char *text)
{
  GtkWindow *window = get_window (self);

  if (ADW_IS_PREFERENCES_WINDOW (window))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (text));
}

/* Passphrase */

static void
fob_security_page_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobSecurityPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (fob_vault_change_passphrase_finish (FOB_VAULT (source), result, &error))
    fob_security_page_toast (self, fob_store_needs_passphrase (get_store (self))
                                     ? _ ("Passphrase set")
                                     : _ ("Passphrase removed"));
  fob_security_page_set_busy (self, FALSE, error);
}

static void
fob_security_page_passphrase_chosen_cb (FobSecurityPage *self,
                                        FobSecret *passphrase,
                                        FobSecret *current)
{
  if (fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    return;
  fob_security_page_set_busy (self, TRUE, NULL);
  fob_vault_change_passphrase_async (self->vault, current, passphrase, NULL,
                                     fob_security_page_changed_cb, g_object_ref (self));
}

static void
fob_security_page_ask (FobSecurityPage *self,
                       FobPassphraseDialogMode mode,
                       const char *heading,
                       const char *body,
                       GCallback callback)
{
  FobPassphraseDialog *dialog;

  /* Insensitive, the button would lose the focus to nowhere. */
  if (self->busy)
    return;
  dialog = fob_passphrase_dialog_new (get_window (self), mode, heading, body);
  g_signal_connect_object (dialog, "chosen", callback, self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
fob_security_page_set_cb (FobSecurityPage *self)
{
  if (fob_store_needs_passphrase (get_store (self)))
    fob_security_page_ask (self, FOB_PASSPHRASE_DIALOG_CHANGE, _ ("Change Passphrase"),
                           _ ("Backups made so far open with the passphrase of their time."),
                           G_CALLBACK (fob_security_page_passphrase_chosen_cb));
  else
    fob_security_page_ask (self, FOB_PASSPHRASE_DIALOG_SET, _ ("Set Passphrase"),
                           _ (
                             "Keyfob will ask for it each time the accounts are opened. Nobody can "
                             "open them without it: write it down and keep it in a safe place."),
                           G_CALLBACK (fob_security_page_passphrase_chosen_cb));
}

static void
fob_security_page_remove_cb (FobSecurityPage *self)
{
  fob_security_page_ask (self, FOB_PASSPHRASE_DIALOG_REMOVE, _ ("Remove Passphrase?"),
                         _ (
                           "The accounts will open with the keyring alone, like other passwords of "
                           "this session."),
                         G_CALLBACK (fob_security_page_passphrase_chosen_cb));
}

/* Moving */

static void
fob_security_page_moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobSecurityPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (fob_vault_move_finish (FOB_VAULT (source), result, &error))
    g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "reopen", NULL);
  else
    fob_security_page_set_busy (self, FALSE, error);
}

static void
fob_security_page_move (FobSecurityPage *self, FobStore *to, FobSecret *passphrase)
{
  if (fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    return;
  fob_security_page_set_busy (self, TRUE, NULL);
  fob_vault_move_async (self->vault, to, passphrase, NULL, fob_security_page_moved_cb,
                        g_object_ref (self));
}

static void
fob_security_page_file_chosen_cb (FobSecurityPage *self, FobSecret *passphrase, FobSecret *current)
{
  g_autofree char *path = fob_file_store_dup_default_path ();
  g_autoptr (FobStore) to = fob_file_store_new (path);

  fob_security_page_move (self, to, passphrase);
}

static void
fob_security_page_keyring_chosen_cb (FobSecurityPage *self, const char *response)
{
  g_autoptr (FobStore) to = NULL;

  if (!g_str_equal (response, "move"))
    return;
  to = fob_keyring_store_new ();
  fob_security_page_move (self, to, NULL);
}

static void
fob_security_page_move_cb (FobSecurityPage *self)
{
  GtkWidget *dialog;

  if (self->busy)
    return;
  if (!FOB_IS_FILE_STORE (get_store (self)))
    {
      fob_security_page_ask (self, FOB_PASSPHRASE_DIALOG_SET, _ ("Move Accounts Into a File"),
                             _ ("The file is encrypted with this passphrase, which Keyfob asks for "
                                "each time. The keyring is emptied when the file has been read "
                                "back."),
                             G_CALLBACK (fob_security_page_file_chosen_cb));
      return;
    }

  dialog = adw_message_dialog_new (
    get_window (self), _ ("Move Accounts to the Keyring?"),
    _ ("They will open with the keyring, without a passphrase of their own. The file is deleted "
       "when the keyring has been read back."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "move",
                                    _ ("_Move"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "move",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "move");
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (fob_security_page_keyring_chosen_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Life */

static void
fob_security_page_finalize (GObject *object)
{
  g_clear_object (&FOB_SECURITY_PAGE (object)->vault);

  G_OBJECT_CLASS (fob_security_page_parent_class)->finalize (object);
}

static void
fob_security_page_class_init (FobSecurityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fob_security_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-security-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, accounts_group);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, remove_button);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, set_button);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, place_row);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, move_button);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, lock_group);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, idle_row);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, screen_switch);
  gtk_widget_class_bind_template_child (widget_class, FobSecurityPage, suspend_switch);
  gtk_widget_class_bind_template_callback (widget_class, fob_security_page_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_security_page_remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_security_page_move_cb);
}

static void
fob_security_page_init (FobSecurityPage *self)
{
  GSettings *settings = fob_settings_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_set_sensitive (self->lock_group, settings != NULL);
  if (settings == NULL)
    return;
  fob_seconds_row_bind (self->idle_row, settings, "lock-idle-seconds", idle_seconds,
                        G_N_ELEMENTS (idle_seconds));
  g_settings_bind (settings, "lock-with-session", self->screen_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "lock-on-suspend", self->suspend_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
}

FobSecurityPage *
fob_security_page_new (FobVault *vault)
{
  FobSecurityPage *self = g_object_new (FOB_TYPE_SECURITY_PAGE, NULL);

  self->vault = g_object_ref (vault);
  fob_security_page_update (self);

  return self;
}
