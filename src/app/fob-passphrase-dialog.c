/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-passphrase-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-strength-meter.h"

/* Short ones fall to a guess. */
#define PASSPHRASE_CHARS_MIN 8

struct _FobPassphraseDialog
{
  AdwMessageDialog parent_instance;

  GtkEditable *current_row;
  GtkEditable *passphrase_row;
  GtkEditable *repeat_row;
  FobStrengthMeter *meter;
  GtkLabel *message_label;

  FobPassphraseDialogMode mode;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobPassphraseDialog, fob_passphrase_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* Returns: (nullable): what is wrong. */
static const char *
fob_passphrase_dialog_check (FobPassphraseDialog *self)
{
  const char *passphrase = gtk_editable_get_text (self->passphrase_row);

  if (self->mode != FOB_PASSPHRASE_DIALOG_SET && *gtk_editable_get_text (self->current_row) == '\0')
    return _ ("Type the present passphrase.");
  if (self->mode == FOB_PASSPHRASE_DIALOG_REMOVE)
    return NULL;
  if (g_utf8_strlen (passphrase, -1) < PASSPHRASE_CHARS_MIN)
    return _ ("Take at least eight characters, better several words.");
  if (!g_str_equal (passphrase, gtk_editable_get_text (self->repeat_row)))
    return _ ("Type the same passphrase twice.");

  return NULL;
}

static void
fob_passphrase_dialog_update (FobPassphraseDialog *self)
{
  const char *message = fob_passphrase_dialog_check (self);

  fob_strength_meter_show (self->meter, gtk_editable_get_text (self->passphrase_row));
  gtk_label_set_text (self->message_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), message != NULL);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "set", message == NULL);
}

static FobSecret *
dup_text (GtkEditable *row)
{
  const char *text = gtk_editable_get_text (row);

  return fob_secret_new (text, strlen (text));
}

static void
fob_passphrase_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  FobPassphraseDialog *self = FOB_PASSPHRASE_DIALOG (dialog);
  g_autoptr (FobSecret) passphrase = NULL;
  g_autoptr (FobSecret) current = NULL;

  /* Entries that go away with the focus in them make GTK 4.8 complain. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (!g_str_equal (response, "set") || fob_passphrase_dialog_check (self) != NULL)
    return;

  if (self->mode != FOB_PASSPHRASE_DIALOG_REMOVE)
    passphrase = dup_text (self->passphrase_row);
  if (self->mode != FOB_PASSPHRASE_DIALOG_SET)
    current = dup_text (self->current_row);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, passphrase, current);
}

static void
fob_passphrase_dialog_class_init (FobPassphraseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ADW_MESSAGE_DIALOG_CLASS (klass)->response = fob_passphrase_dialog_response;

  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, FOB_TYPE_SECRET, FOB_TYPE_SECRET);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-passphrase-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobPassphraseDialog, current_row);
  gtk_widget_class_bind_template_child (widget_class, FobPassphraseDialog, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, FobPassphraseDialog, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, FobPassphraseDialog, meter);
  gtk_widget_class_bind_template_child (widget_class, FobPassphraseDialog, message_label);
  gtk_widget_class_bind_template_callback (widget_class, fob_passphrase_dialog_update);
}

static void
fob_passphrase_dialog_init (FobPassphraseDialog *self)
{
  g_type_ensure (FOB_TYPE_STRENGTH_METER);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fob_passphrase_dialog_set_mode (FobPassphraseDialog *self, FobPassphraseDialogMode mode)
{
  const gboolean removes = mode == FOB_PASSPHRASE_DIALOG_REMOVE;

  self->mode = mode;
  gtk_widget_set_visible (GTK_WIDGET (self->current_row), mode != FOB_PASSPHRASE_DIALOG_SET);
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_row), !removes);
  gtk_widget_set_visible (GTK_WIDGET (self->repeat_row), !removes);
  gtk_widget_set_visible (GTK_WIDGET (self->meter), !removes);
  if (removes)
    {
      adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (self), "set",
                                             _ ("_Remove Passphrase"));
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "set",
                                                  ADW_RESPONSE_DESTRUCTIVE);
    }
  fob_passphrase_dialog_update (self);
}

FobPassphraseDialog *
fob_passphrase_dialog_new (GtkWindow *parent,
                           FobPassphraseDialogMode mode,
                           const char *heading,
                           const char *body)
{
  FobPassphraseDialog *self =
    g_object_new (FOB_TYPE_PASSPHRASE_DIALOG, "transient-for", parent, "modal", TRUE,
                  "destroy-with-parent", TRUE, "heading", heading, "body", body, NULL);

  fob_passphrase_dialog_set_mode (self, mode);

  return self;
}
