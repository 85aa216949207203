/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-icon-store.h"
#include "fob-settings.h"
#include "fob-shortcuts.h"
#include "fob-window-private.h"
#include "fob-wipe.h"

G_DEFINE_FINAL_TYPE (FobWindow, fob_window, ADW_TYPE_APPLICATION_WINDOW)

/* Pages */

static const char *
fob_window_get_page (FobWindow *self)
{
  switch (fob_vault_get_state (self->vault))
    {
    case FOB_VAULT_STATE_CLOSED:
      if (fob_store_needs_passphrase (fob_vault_get_store (self->vault)))
        return "passphrase";
      return self->locked ? "closed" : "loading";
    case FOB_VAULT_STATE_OPENING:
      /* A passphrase that is being tried is waited for on its own page. */
      return g_str_equal (gtk_stack_get_visible_child_name (self->stack), "passphrase")
               ? "passphrase"
               : "loading";
    case FOB_VAULT_STATE_READY:
      if (g_list_model_get_n_items (G_LIST_MODEL (self->vault)) == 0)
        return "empty";
      return fob_account_list_get_n_shown (self->account_list) == 0 &&
                 !fob_account_list_is_searching (self->account_list)
               ? "no-results"
               : "list";
    case FOB_VAULT_STATE_LOCKED:
      return fob_store_needs_passphrase (fob_vault_get_store (self->vault)) ? "passphrase"
                                                                            : "locked";
    case FOB_VAULT_STATE_ABSENT:
      return "passphrase";
    case FOB_VAULT_STATE_NO_SERVICE:
      return "no-service";
    case FOB_VAULT_STATE_FAILED:
    default:
      return "failed";
    }
}

/* Before GTK 4.10 a screen reader would find the pages that are not shown, too. */
static void
fob_window_hide_other_pages (FobWindow *self)
{
  GtkWidget *visible = gtk_stack_get_visible_child (self->stack);

  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 page != visible, -1);
}

/* An entry that goes away with the focus in it makes GTK 4.8 complain. */
static void
fob_window_leave_page (FobWindow *self, const char *page, gboolean has_accounts)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *old = gtk_stack_get_visible_child (self->stack);

  if (focus != NULL &&
      ((gtk_stack_get_child_by_name (self->stack, page) != old &&
        gtk_widget_is_ancestor (focus, old)) ||
       (!has_accounts && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->search_bar)))))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static void
fob_window_update_page (FobWindow *self)
{
  const char *page;
  gboolean ready;
  gboolean has_accounts;

  if (self->vault == NULL)
    return;

  page = fob_window_get_page (self);
  ready = fob_vault_get_state (self->vault) == FOB_VAULT_STATE_READY;
  has_accounts = ready && g_list_model_get_n_items (G_LIST_MODEL (self->vault)) > 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.paste", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.scan-screen", ready);
#ifdef HAVE_CAMERA
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.scan-camera", ready);
#endif
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.lock", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.trash", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.tags", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.health", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export", has_accounts);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.print", has_accounts);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.select", has_accounts);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.select-all", has_accounts);
  if (!has_accounts)
    fob_selection_set_active (self->selection, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search", has_accounts);
  fob_window_leave_page (self, page, has_accounts);
  if (!has_accounts)
    gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_bar), has_accounts);
  gtk_search_bar_set_key_capture_widget (self->search_bar, has_accounts ? GTK_WIDGET (self) : NULL);
  gtk_spinner_set_spinning (self->loading_spinner, g_str_equal (page, "loading"));
  gtk_stack_set_visible_child_name (self->stack, page);
  fob_window_hide_other_pages (self);
}

static void
fob_window_show_failure (FobWindow *self)
{
  const FobVaultLoss *loss = fob_vault_get_loss (self->vault);

  fob_recovery_page_show (self->recovery_page, fob_vault_get_error (self->vault), loss);
  if (loss != NULL)
    fob_window_offer_recovery (self);
}

static void
fob_window_take_pending (FobWindow *self)
{
  g_auto (FobWipedString) link = g_steal_pointer (&self->pending_link);
  g_autoptr (GFile) recovery_file = g_steal_pointer (&self->recovery_file);

  /* First: the others would be in its way. */
  if (recovery_file != NULL)
    fob_window_restore_file (self, recovery_file);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->pending_files)) > 0)
    fob_window_take_files (self, G_LIST_MODEL (self->pending_files));
  g_list_store_remove_all (self->pending_files);

  if (link != NULL)
    fob_window_take_text (self, link);
}

static void
fob_window_state_changed_cb (FobWindow *self)
{
  switch (fob_vault_get_state (self->vault))
    {
    case FOB_VAULT_STATE_READY:
      fob_passphrase_page_reset (self->passphrase_page, FALSE);
      fob_window_take_pending (self);
      break;
    case FOB_VAULT_STATE_LOCKED:
      if (!fob_passphrase_page_get_busy (self->passphrase_page))
        fob_passphrase_page_reset (self->passphrase_page, FALSE);
      break;
    case FOB_VAULT_STATE_ABSENT:
      fob_passphrase_page_reset (self->passphrase_page, TRUE);
      break;
    case FOB_VAULT_STATE_FAILED:
      fob_passphrase_page_reset (self->passphrase_page, FALSE);
      fob_window_show_failure (self);
      break;
    case FOB_VAULT_STATE_CLOSED:
      fob_passphrase_page_reset (self->passphrase_page, FALSE);
      fob_counter_codes_clear (self->counter_codes);
      fob_undo_stack_clear (self->undo_stack);
      fob_window_clear_clipboard (self);
      /* They name accounts. */
      fob_window_dismiss_toasts (self);
      break;
    case FOB_VAULT_STATE_OPENING:
    case FOB_VAULT_STATE_NO_SERVICE:
    default:
      break;
    }
  fob_window_update_page (self);
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "passphrase"))
    gtk_widget_grab_focus (GTK_WIDGET (self->passphrase_page));
}

/* All went well, but the person should know something about the place. */
static void
fob_window_notice_changed_cb (FobWindow *self)
{
  const char *notice = fob_vault_get_notice (self->vault);

  if (notice != NULL)
    fob_window_toast (self, notice);
}

/* Opening */

static void
fob_window_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  fob_vault_open_finish (FOB_VAULT (source), result, &error);
  if (self->vault != FOB_VAULT (source) || g_cancellable_is_cancelled (self->cancellable))
    return;

  /* The page says what the state is; only the answer to a passphrase needs words of its own. */
  fob_passphrase_page_set_busy (self->passphrase_page, FALSE);
  if (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE))
    fob_passphrase_page_show_message (self->passphrase_page, error->message);
  fob_window_update_page (self);
  if (self->dialog == NULL && error == NULL)
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
fob_window_open (FobWindow *self, FobSecret *passphrase)
{
  self->locked = FALSE;
  fob_vault_open_async (self->vault, passphrase, self->cancellable, fob_window_opened_cb,
                        g_object_ref (self));
}

static void
fob_window_passphrase_submitted_cb (FobWindow *self, FobSecret *passphrase)
{
  fob_passphrase_page_set_busy (self->passphrase_page, TRUE);
  fob_window_open (self, passphrase);
}

static void
fob_window_retry_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_window_open (FOB_WINDOW (widget), NULL);
}

static void
fob_window_lock_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_window_lock (FOB_WINDOW (widget));
}

static void
fob_window_accepted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  /* The page says what came of it. */
  if (!fob_vault_accept_finish (FOB_VAULT (source), result, &error))
    g_debug ("What is there was not opened: %s", error->message);
}

static void
fob_window_accept_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);

  fob_vault_accept_async (self->vault, self->cancellable, fob_window_accepted_cb,
                          g_object_ref (self));
}

/* Search and menu */

static void
fob_window_search_changed_cb (FobWindow *self)
{
  fob_account_list_set_search (self->account_list, gtk_editable_get_text (self->search_entry));
  fob_window_update_page (self);
}

static void
fob_window_tag_changed_cb (FobWindow *self)
{
  fob_account_list_set_tag (self->account_list, fob_tag_bar_get_tag (self->tag_bar));
  fob_window_update_page (self);
}

static void
fob_window_search_activated_cb (FobWindow *self)
{
  g_autoptr (FobAccount) account = fob_account_list_dup_shown (self->account_list, 0);

  if (account != NULL)
    fob_window_copy_account (self, account, FALSE);
}

static void
fob_window_search_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* The keyboard goes on in the list; a submenu that closes would keep it. */
static gboolean
fob_window_leave_menu_cb (gpointer user_data)
{
  FobWindow *self = user_data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->menu_button)) &&
      gtk_widget_get_mapped (GTK_WIDGET (self->account_list)))
    gtk_widget_grab_focus (GTK_WIDGET (self->account_list));

  return G_SOURCE_REMOVE;
}

/* What was chosen is done first, and may move the focus itself. */
static void
fob_window_menu_closed_cb (FobWindow *self)
{
  g_idle_add_full (G_PRIORITY_LOW, fob_window_leave_menu_cb, g_object_ref (self), g_object_unref);
}

static void
fob_window_menu_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_menu_button_popup (FOB_WINDOW (widget)->menu_button);
}

/* Clock and window */

/* Nothing counts down for a window that nobody can see. */
static void
fob_window_surface_state_cb (FobWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkToplevelState hidden = GDK_TOPLEVEL_STATE_MINIMIZED;

#if GTK_CHECK_VERSION(4, 12, 0)
  hidden |= GDK_TOPLEVEL_STATE_SUSPENDED;
#endif
  fob_clock_set_paused (self->clock,
                        (gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & hidden) != 0);
}

/* Rows find their new places while nobody points at them. */
static void
fob_window_active_changed_cb (FobWindow *self)
{
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    fob_account_list_settle (self->account_list);
}

static void
fob_window_animations_cb (FobWindow *self)
{
  fob_clock_set_smooth (self->clock, adw_get_enable_animations (GTK_WIDGET (self)));
}

static void
fob_window_realize (GtkWidget *widget)
{
  FobWindow *self = FOB_WINDOW (widget);

  GTK_WIDGET_CLASS (fob_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "notify::state",
                           G_CALLBACK (fob_window_surface_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-enable-animations",
                           G_CALLBACK (fob_window_animations_cb), self, G_CONNECT_SWAPPED);
  fob_window_animations_cb (self);
}

static void
fob_window_dispose (GObject *object)
{
  FobWindow *self = FOB_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->account_list != NULL)
    fob_account_list_set_model (self->account_list, NULL);
  g_clear_object (&self->clipboard);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->backups);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (fob_window_parent_class)->dispose (object);
}

static void
fob_window_finalize (GObject *object)
{
  FobWindow *self = FOB_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->recovery_file);
  g_clear_object (&self->counter_codes);
  g_clear_object (&self->usage);
  g_clear_object (&self->clock);
  g_clear_object (&self->pending_files);
  g_clear_pointer (&self->undo_stack, fob_undo_stack_free);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->toasts, g_ptr_array_unref);
  g_clear_pointer (&self->pending_link, fob_wipe_free_string);

  G_OBJECT_CLASS (fob_window_parent_class)->finalize (object);
}

static void
fob_window_class_init (FobWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_window_dispose;
  object_class->finalize = fob_window_finalize;

  widget_class->realize = fob_window_realize;

  g_type_ensure (FOB_TYPE_ACCOUNT_LIST);
  g_type_ensure (FOB_TYPE_BANNER);
  g_type_ensure (FOB_TYPE_PASSPHRASE_PAGE);
  g_type_ensure (FOB_TYPE_RECOVERY_PAGE);
  g_type_ensure (FOB_TYPE_SELECTION_BAR);
  g_type_ensure (FOB_TYPE_TAG_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FobWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, loading_spinner);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, account_list);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, tag_bar);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, passphrase_page);
  gtk_widget_class_bind_template_child (widget_class, FobWindow, recovery_page);
  gtk_widget_class_bind_template_callback (widget_class, fob_window_recover);
  gtk_widget_class_bind_template_callback (widget_class, fob_window_update_page);
  gtk_widget_class_bind_template_callback (widget_class, fob_window_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_window_tag_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_window_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_window_passphrase_submitted_cb);

  gtk_widget_class_install_action (widget_class, "win.retry", NULL, fob_window_retry_action);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, fob_window_lock_action);
  gtk_widget_class_install_action (widget_class, "win.accept", NULL, fob_window_accept_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, fob_window_search_action);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, fob_window_menu_action);
  fob_window_class_install_actions (widget_class);
  fob_window_class_install_hints (widget_class);
  fob_window_class_install_intake (widget_class);
  fob_window_class_install_backup (widget_class);
  fob_window_class_install_pages (widget_class);
  fob_window_class_install_paper (widget_class);
  fob_window_class_install_scan (widget_class);
  fob_window_class_install_selection (widget_class);
  fob_shortcuts_add_to_class (widget_class, FOB_SHORTCUT_WINDOW);
}

static void
fob_window_init (FobWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* The button that people press is inside. */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->menu_button))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Main Menu"), -1);
  g_signal_connect_object (gtk_menu_button_get_popover (self->menu_button), "closed",
                           G_CALLBACK (fob_window_menu_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  self->cancellable = g_cancellable_new ();
  self->counter_codes = fob_counter_codes_new ();
  self->undo_stack = fob_undo_stack_new ();
  self->selection = fob_selection_new ();
  self->toasts = g_ptr_array_new_with_free_func (g_object_unref);
  self->pending_files = g_list_store_new (G_TYPE_FILE);
  fob_window_setup_hints (self);
  fob_window_setup_intake (self);
  fob_window_setup_backup (self);
  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self),
                                           fob_shortcuts_create_window ());
}

FobWindow *
fob_window_new (AdwApplication *application, FobClock *clock, FobUsage *usage)
{
  FobWindow *self = g_object_new (FOB_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = fob_settings_get_default ();

  self->clock = g_object_ref (clock);
  self->usage = g_object_ref (usage);
  fob_account_list_setup (self->account_list, clock, self->counter_codes, self->selection, usage);
  g_signal_connect_object (self, "notify::is-active", G_CALLBACK (fob_window_active_changed_cb),
                           self, G_CONNECT_SWAPPED);
  if (settings != NULL)
    {
      g_autoptr (GAction) sort_action = g_settings_create_action (settings, "sort");

      g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
      g_action_map_add_action (G_ACTION_MAP (self), sort_action);
    }

  return self;
}

void
fob_window_set_vault (FobWindow *self, FobVault *vault)
{
  g_return_if_fail (FOB_IS_WINDOW (self));

  if (self->vault != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->vault, self);
      g_clear_object (&self->conflicts);
      g_clear_object (&self->backups);
      fob_counter_codes_clear (self->counter_codes);
      fob_undo_stack_clear (self->undo_stack);
    }
  g_set_object (&self->vault, vault);
  g_signal_connect_object (vault, "notify::state", G_CALLBACK (fob_window_state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (vault, "notify::notice", G_CALLBACK (fob_window_notice_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (vault, "items-changed", G_CALLBACK (fob_window_update_page), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  fob_account_list_set_model (self->account_list, G_LIST_MODEL (vault));
  fob_selection_bar_setup (self->selection_bar, self->selection, G_LIST_MODEL (vault));
  fob_tag_bar_set_accounts (self->tag_bar, G_LIST_MODEL (vault));
  fob_window_update_page (self);
  fob_window_open (self, NULL);
}

void
fob_window_add_link (FobWindow *self, const char *text)
{
  g_return_if_fail (FOB_IS_WINDOW (self));

  if (self->vault != NULL && fob_vault_get_state (self->vault) == FOB_VAULT_STATE_READY)
    {
      fob_window_take_text (self, text);
      return;
    }
  g_clear_pointer (&self->pending_link, fob_wipe_free_string);
  self->pending_link = g_strdup (text);
}

void
fob_window_add_file (FobWindow *self, GFile *file)
{
  g_return_if_fail (FOB_IS_WINDOW (self));

  g_list_store_append (self->pending_files, file);
  if (self->vault != NULL && fob_vault_get_state (self->vault) == FOB_VAULT_STATE_READY)
    fob_window_take_pending (self);
}

void
fob_window_lock (FobWindow *self)
{
  g_return_if_fail (FOB_IS_WINDOW (self));

  if (self->vault == NULL || fob_vault_get_state (self->vault) == FOB_VAULT_STATE_CLOSED)
    return;

  self->locked = TRUE;
  gtk_editable_set_text (self->search_entry, "");
  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  fob_icon_store_forget (fob_icon_store_get_default ());
  fob_vault_lock (self->vault);
}

void
fob_window_unlock (FobWindow *self)
{
  g_return_if_fail (FOB_IS_WINDOW (self));

  if (self->vault != NULL && self->locked &&
      !fob_store_needs_passphrase (fob_vault_get_store (self->vault)))
    fob_window_open (self, NULL);
}

void
fob_window_clear_clipboard (FobWindow *self)
{
  g_return_if_fail (FOB_IS_WINDOW (self));

  if (self->clipboard != NULL)
    fob_clipboard_clear (self->clipboard);
}
