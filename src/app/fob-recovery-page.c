/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-recovery-page.h"

#include <glib/gi18n-lib.h>

#include "fob-backup-find.h"
#include "fob-backup-text.h"
#include "fob-status-text.h"

/* The last good one is among these; older ones are found by hand. */
#define MOST_BACKUPS 3

struct _FobRecoveryPage
{
  GtkWidget parent_instance;

  AdwStatusPage *status_page;
  GtkWidget *loss_group;
  AdwActionRow *expected_row;
  AdwActionRow *found_row;
  AdwPreferencesGroup *backup_group;
  GtkWidget *choose_button;
  GtkButton *accept_button;
  GtkWidget *accept_label;

  GPtrArray *rows; /* of the backups; borrowed */
};

enum
{
  SIGNAL_RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobRecoveryPage, fob_recovery_page, GTK_TYPE_WIDGET)

/* Words */

static char *
dup_expected (const FobLastSeen *expected)
{
  g_autofree char *date = NULL;

  if (expected->vault_id == NULL)
    return g_strdup (_ ("Keyfob has not seen these accounts before."));
  if (expected->time == 0)
    return g_strdup_printf (ngettext ("%u account", "%u accounts", expected->n_accounts),
                            expected->n_accounts);
  date = fob_backup_text_dup_date (expected->time);

  /* Translators: %1$u is a number of accounts, %2$s a date and time */
  return g_strdup_printf (ngettext ("%1$u account, last changed on %2$s",
                                    "%1$u accounts, last changed on %2$s", expected->n_accounts),
                          expected->n_accounts, date);
}

static char *
dup_found (const FobVaultLoss *loss)
{
  const guint n = loss->found_n_accounts;

  switch (loss->found)
    {
    case FOB_VAULT_FOUND_OLDER:
      return g_strdup_printf (
        ngettext ("%u account, in an older state", "%u accounts, in an older state", n), n);
    case FOB_VAULT_FOUND_OTHER:
      return g_strdup_printf (
        ngettext ("%u account of another collection", "%u accounts of another collection", n), n);
    case FOB_VAULT_FOUND_DAMAGED:
      return g_strdup (_ ("Something that cannot be read"));
    case FOB_VAULT_FOUND_NOTHING:
    default:
      return g_strdup (_ ("No accounts"));
    }
}

/* Backups */

static void
fob_recovery_page_restore_cb (GtkButton *button, FobRecoveryPage *self)
{
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0, g_object_get_data (G_OBJECT (button), "file"));
}

static GtkWidget *
create_row (FobRecoveryPage *self, const FobBackupFound *backup, gboolean newest)
{
  g_autofree char *date = fob_backup_text_dup_date (backup->name.time);
  g_autoptr (GFile) folder = g_file_get_parent (backup->file);
  g_autofree char *place = fob_backup_text_dup_folder (folder);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", date,
                                 "subtitle", place, "subtitle-lines", 2, NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Restore…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  date, -1);
  if (newest)
    gtk_widget_add_css_class (button, "suggested-action");
  g_object_set_data_full (G_OBJECT (button), "file", g_object_ref (backup->file), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (fob_recovery_page_restore_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
fob_recovery_page_clear_backups (FobRecoveryPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->backup_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->backup_group), FALSE);
}

void
fob_recovery_page_set_backups (FobRecoveryPage *self, GPtrArray *backups)
{
  g_return_if_fail (FOB_IS_RECOVERY_PAGE (self));

  fob_recovery_page_clear_backups (self);
  for (guint i = 0; i < backups->len && i < MOST_BACKUPS; i++)
    {
      GtkWidget *row = create_row (self, backups->pdata[i], i == 0);

      adw_preferences_group_add (self->backup_group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->backup_group), self->rows->len > 0);
}

/* Page */

static void
fob_recovery_page_show_accept (FobRecoveryPage *self, const FobVaultLoss *loss)
{
  const gboolean damaged = loss != NULL && loss->found == FOB_VAULT_FOUND_DAMAGED;
  const char *label =
    damaged ? _ ("_Set Aside and Start Anew") : _ ("_Continue With What Is There");
  const char *plain = damaged ? _ ("Set Aside and Start Anew") : _ ("Continue With What Is There");

  gtk_button_set_label (self->accept_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->accept_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->accept_button), loss != NULL);
  gtk_label_set_label (GTK_LABEL (self->accept_label),
                       _ ("What cannot be read is kept under another name."));
  gtk_widget_set_visible (self->accept_label, damaged);
}

void
fob_recovery_page_show (FobRecoveryPage *self, const GError *error, const FobVaultLoss *loss)
{
  g_return_if_fail (FOB_IS_RECOVERY_PAGE (self));

  fob_status_text_set (self->status_page, error != NULL ? error->message : "");
  fob_recovery_page_clear_backups (self);
  gtk_widget_set_visible (self->loss_group, loss != NULL);
  gtk_widget_set_visible (self->choose_button, loss != NULL);
  fob_recovery_page_show_accept (self, loss);
  if (loss != NULL)
    {
      g_autofree char *expected = dup_expected (&loss->expected);
      g_autofree char *found = dup_found (loss);

      adw_action_row_set_subtitle (self->expected_row, expected);
      adw_action_row_set_subtitle (self->found_row, found);
    }
}

/* Object */

static void
fob_recovery_page_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (fob_recovery_page_parent_class)->dispose (object);
}

static void
fob_recovery_page_finalize (GObject *object)
{
  g_ptr_array_unref (FOB_RECOVERY_PAGE (object)->rows);

  G_OBJECT_CLASS (fob_recovery_page_parent_class)->finalize (object);
}

static void
fob_recovery_page_class_init (FobRecoveryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_recovery_page_dispose;
  object_class->finalize = fob_recovery_page_finalize;

  signals[SIGNAL_RESTORE] = g_signal_new ("restore", FOB_TYPE_RECOVERY_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-recovery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryPage, loss_group);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryPage, expected_row);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryPage, found_row);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryPage, backup_group);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryPage, choose_button);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryPage, accept_button);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryPage, accept_label);
}

static void
fob_recovery_page_init (FobRecoveryPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
