/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-passphrase-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-strength-meter.h"

/* Short ones fall to a guess; a strength meter says more, this is the floor. */
#define PASSPHRASE_CHARS_MIN 8

struct _FobPassphrasePage
{
  GtkWidget parent_instance;

  AdwStatusPage *status_page;
  GtkEditable *passphrase_row;
  GtkEditable *repeat_row;
  FobStrengthMeter *meter;
  GtkLabel *message_label;
  GtkButton *submit_button;
  GtkSpinner *spinner;

  gboolean create;
  gboolean busy;
};

enum
{
  SIGNAL_SUBMITTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobPassphrasePage, fob_passphrase_page, GTK_TYPE_WIDGET)

static void
fob_passphrase_page_update (FobPassphrasePage *self)
{
  const gboolean typed = *gtk_editable_get_text (self->passphrase_row) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->repeat_row), self->create);
  gtk_widget_set_visible (GTK_WIDGET (self->meter), self->create);
  if (self->create)
    fob_strength_meter_show (self->meter, gtk_editable_get_text (self->passphrase_row));
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit_button), typed && !self->busy);
  /* Insensitive, they would lose the focus in a way that GTK 4.8 warns of. */
  gtk_editable_set_editable (self->passphrase_row, !self->busy);
  gtk_editable_set_editable (self->repeat_row, !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
}

static void
fob_passphrase_page_changed_cb (FobPassphrasePage *self)
{
  fob_passphrase_page_show_message (self, NULL);
  fob_passphrase_page_update (self);
}

/* Returns: (nullable): what is wrong with a new passphrase. */
static const char *
fob_passphrase_page_check (FobPassphrasePage *self)
{
  const char *passphrase = gtk_editable_get_text (self->passphrase_row);

  if (!self->create)
    return NULL;
  if (g_utf8_strlen (passphrase, -1) < PASSPHRASE_CHARS_MIN)
    return _ ("The passphrase is too short. Take at least eight characters, better several words.");
  if (!g_str_equal (passphrase, gtk_editable_get_text (self->repeat_row)))
    return _ ("The two passphrases differ. Type the same one twice.");

  return NULL;
}

static void
fob_passphrase_page_submit_cb (FobPassphrasePage *self)
{
  const char *text = gtk_editable_get_text (self->passphrase_row);
  const char *message = fob_passphrase_page_check (self);
  g_autoptr (FobSecret) passphrase = NULL;

  if (self->busy || *text == '\0')
    return;
  if (message != NULL)
    {
      fob_passphrase_page_show_message (self, message);
      return;
    }

  passphrase = fob_secret_new (text, strlen (text));
  g_signal_emit (self, signals[SIGNAL_SUBMITTED], 0, passphrase);
}

static gboolean
fob_passphrase_page_grab_focus (GtkWidget *widget)
{
  GtkEditable *row = FOB_PASSPHRASE_PAGE (widget)->passphrase_row;

  return gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (row)));
}

static void
fob_passphrase_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (fob_passphrase_page_parent_class)->dispose (object);
}

static void
fob_passphrase_page_class_init (FobPassphrasePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_passphrase_page_dispose;

  widget_class->grab_focus = fob_passphrase_page_grab_focus;

  signals[SIGNAL_SUBMITTED] =
    g_signal_new ("submitted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, FOB_TYPE_SECRET);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-passphrase-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FobPassphrasePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, FobPassphrasePage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, FobPassphrasePage, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, FobPassphrasePage, meter);
  gtk_widget_class_bind_template_child (widget_class, FobPassphrasePage, message_label);
  gtk_widget_class_bind_template_child (widget_class, FobPassphrasePage, submit_button);
  gtk_widget_class_bind_template_child (widget_class, FobPassphrasePage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, fob_passphrase_page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_passphrase_page_submit_cb);
}

static void
fob_passphrase_page_init (FobPassphrasePage *self)
{
  g_type_ensure (FOB_TYPE_STRENGTH_METER);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fob_passphrase_page_reset (FobPassphrasePage *self, gboolean create)
{
  g_return_if_fail (FOB_IS_PASSPHRASE_PAGE (self));

  self->create = create;
  self->busy = FALSE;
  gtk_editable_set_text (self->passphrase_row, "");
  gtk_editable_set_text (self->repeat_row, "");
  adw_status_page_set_title (self->status_page,
                             create ? _ ("Choose a Passphrase") : _ ("Unlock Your Accounts"));
  adw_status_page_set_description (
    self->status_page, create
                         ? _ ("Your accounts will be kept in an encrypted file. Nobody can open it "
                              "without the passphrase, and nobody can recover a forgotten one.")
                         : _ ("They are in an encrypted file."));
  gtk_button_set_label (self->submit_button, create ? _ ("_Create Vault") : _ ("_Unlock"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->submit_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  create ? _ ("Create Vault") : _ ("Unlock"), -1);
  fob_passphrase_page_show_message (self, NULL);
  fob_passphrase_page_update (self);
}

void
fob_passphrase_page_set_busy (FobPassphrasePage *self, gboolean busy)
{
  g_return_if_fail (FOB_IS_PASSPHRASE_PAGE (self));

  if (self->busy == busy)
    return;

  self->busy = busy;
  fob_passphrase_page_update (self);
  if (!busy && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      gtk_editable_select_region (self->passphrase_row, 0, -1);
    }
}

void
fob_passphrase_page_show_message (FobPassphrasePage *self, const char *message)
{
  g_return_if_fail (FOB_IS_PASSPHRASE_PAGE (self));

  gtk_label_set_text (self->message_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), message != NULL);
}

gboolean
fob_passphrase_page_get_busy (FobPassphrasePage *self)
{
  g_return_val_if_fail (FOB_IS_PASSPHRASE_PAGE (self), FALSE);

  return self->busy;
}
