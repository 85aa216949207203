/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-recovery-group.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-field-message.h"
#include "fob-recovery-row.h"
#include "fob-recovery-text.h"
#include "fob-settings.h"
#include "fob-wipe.h"
#include "fob-wiped-entry.h"

/* When it is time to think of new ones. */
#define FEW 2

struct _FobRecoveryGroup
{
  AdwPreferencesGroup parent_instance;

  AdwExpanderRow *expander;
  GtkToggleButton *reveal_button;
  GtkEditable *add_row;
  GtkWidget *add_button;
  GtkWidget *paste_button;

  FobFieldMessage *message;
  FobRecoveryCodes *codes; /* (nullable) */
  GPtrArray *rows;         /* of FobRecoveryRow, one a code, borrowed */
  GCancellable *cancellable;
  gboolean invalid;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_COPY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobRecoveryGroup, fob_recovery_group, ADW_TYPE_PREFERENCES_GROUP)

/* What is shown */

static void
fob_recovery_group_show_count (FobRecoveryGroup *self)
{
  const guint size = fob_recovery_codes_get_size (self->codes);
  const guint n_left = fob_recovery_codes_get_n_left (self->codes);
  g_autofree char *left = NULL;

  if (size == 0)
    left = g_strdup (_ ("One-time backup codes of the service"));
  else
    /* Translators: how many are left, and how many there were */
    left = g_strdup_printf (ngettext ("%u of %u left", "%u of %u left", n_left), n_left, size);
  adw_expander_row_set_subtitle (self->expander, left);
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (self),
    size > 0 && n_left <= FEW ? _ ("Few recovery codes are left. Most services can make new ones.")
                              : NULL);
}

static void
fob_recovery_group_show_hidden (FobRecoveryGroup *self)
{
  const gboolean hides = fob_settings_get_hide_codes ();
  const gboolean hidden = hides && !gtk_toggle_button_get_active (self->reveal_button);

  gtk_widget_set_visible (GTK_WIDGET (self->reveal_button), hides && self->codes != NULL);
  gtk_button_set_icon_name (GTK_BUTTON (self->reveal_button),
                            hidden ? "view-reveal-symbolic" : "view-conceal-symbolic");
  for (guint i = 0; i < self->rows->len; i++)
    fob_recovery_row_set_hidden (self->rows->pdata[i], hidden);
}

static void
fob_recovery_group_take (FobRecoveryGroup *self, FobRecoveryCodes *codes)
{
  g_clear_pointer (&self->codes, fob_recovery_codes_unref);
  self->codes = codes;
  fob_recovery_group_show_count (self);
  fob_recovery_group_show_hidden (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What comes into view is best seen where somebody is going to type. */
static void
fob_recovery_group_expanded_cb (FobRecoveryGroup *self)
{
  if (adw_expander_row_get_expanded (self->expander) && self->codes == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->add_row));
}

/* Rows */

static void
fob_recovery_group_toggled_cb (FobRecoveryGroup *self, FobRecoveryRow *row)
{
  guint position;

  if (g_ptr_array_find (self->rows, row, &position))
    fob_recovery_group_take (self, fob_recovery_codes_with_used (self->codes, position,
                                                                 fob_recovery_row_get_used (row)));
}

static void
fob_recovery_group_copy_cb (FobRecoveryGroup *self, FobRecoveryRow *row)
{
  gboolean taken = FALSE;

  g_signal_emit (self, signals[SIGNAL_COPY], 0, fob_recovery_row_get_text (row), &taken);
  for (guint i = 0; i < self->rows->len; i++)
    fob_recovery_row_set_copied (self->rows->pdata[i], taken && self->rows->pdata[i] == row);
}

static void
fob_recovery_group_remove_cb (FobRecoveryGroup *self, FobRecoveryRow *row)
{
  guint position;
  GtkWidget *next;

  if (!g_ptr_array_find (self->rows, row, &position))
    return;

  /* The focus goes to what comes into its place. */
  g_ptr_array_remove_index (self->rows, position);
  next = self->rows->len > 0 ? self->rows->pdata[MIN (position, self->rows->len - 1)]
                             : GTK_WIDGET (self->add_row);
  gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
  adw_expander_row_remove (self->expander, GTK_WIDGET (row));
  fob_recovery_group_take (self, fob_recovery_codes_without (self->codes, position));
}

static void
fob_recovery_group_add_row (FobRecoveryGroup *self, const FobRecoveryCode *code)
{
  FobRecoveryRow *row = fob_recovery_row_new (code);

  g_signal_connect_object (row, "toggled", G_CALLBACK (fob_recovery_group_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "copy", G_CALLBACK (fob_recovery_group_copy_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (fob_recovery_group_remove_cb), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_row (self->expander, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

/* @codes: (transfer full): those that are shown, and more after them. */
static void
fob_recovery_group_extend (FobRecoveryGroup *self, FobRecoveryCodes *codes)
{
  for (guint i = self->rows->len; i < fob_recovery_codes_get_size (codes); i++)
    fob_recovery_group_add_row (self, fob_recovery_codes_get (codes, i));
  fob_recovery_group_take (self, codes);
}

/* Adding */

static void
fob_recovery_group_show_error (FobRecoveryGroup *self, const GError *error)
{
  const gboolean invalid = error != NULL;

  fob_field_message_show (self->message, invalid ? GTK_WIDGET (self->add_row) : NULL,
                          invalid ? error->message : NULL);
  if (invalid == self->invalid)
    return;

  self->invalid = invalid;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Returns: (transfer full) (nullable): the codes with those of @text. */
static FobRecoveryCodes *
fob_recovery_group_read (FobRecoveryGroup *self, const char *text, GError **error)
{
  g_autoptr (FobRecoveryCodes) more = fob_recovery_text_parse (text, -1, error);

  return more != NULL ? fob_recovery_codes_add (self->codes, more, error) : NULL;
}

static gboolean
fob_recovery_group_add (FobRecoveryGroup *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  FobRecoveryCodes *codes = fob_recovery_group_read (self, text, &error);

  if (codes != NULL)
    {
      gtk_editable_set_text (self->add_row, "");
      fob_recovery_group_extend (self, codes);
    }
  fob_recovery_group_show_error (self, error);

  return codes != NULL;
}

static void
fob_recovery_group_text_changed_cb (FobRecoveryGroup *self)
{
  g_auto (FobWipedString) text = g_strdup (gtk_editable_get_text (self->add_row));
  g_autoptr (FobRecoveryCodes) codes = NULL;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_visible (self->add_button, *text != '\0');
  gtk_widget_set_visible (self->paste_button, *text == '\0');
  /* A list was pasted, which would be hard to read in one line. */
  if (strchr (text, '\n') != NULL && fob_recovery_group_add (self, text))
    return;

  if (*text != '\0')
    codes = fob_recovery_group_read (self, text, &error);
  fob_recovery_group_show_error (self, error);
}

static void
fob_recovery_group_add_cb (FobRecoveryGroup *self)
{
  (void) fob_recovery_group_commit (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_row));
}

static void
fob_recovery_group_pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobRecoveryGroup) self = user_data;
  g_auto (FobWipedString) text =
    gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (!g_cancellable_is_cancelled (self->cancellable))
    (void) fob_recovery_group_add (self, text != NULL ? text : "");
}

static void
fob_recovery_group_paste_cb (FobRecoveryGroup *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->cancellable,
                                 fob_recovery_group_pasted_cb, g_object_ref (self));
}

/* Widget */

static void
fob_recovery_group_dispose (GObject *object)
{
  FobRecoveryGroup *self = FOB_RECOVERY_GROUP (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (fob_recovery_group_parent_class)->dispose (object);
}

static void
fob_recovery_group_finalize (GObject *object)
{
  FobRecoveryGroup *self = FOB_RECOVERY_GROUP (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->message);
  g_clear_pointer (&self->codes, fob_recovery_codes_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (fob_recovery_group_parent_class)->finalize (object);
}

static void
fob_recovery_group_class_init (FobRecoveryGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_recovery_group_dispose;
  object_class->finalize = fob_recovery_group_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_COPY] =
    g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  g_signal_accumulator_first_wins, NULL, NULL, G_TYPE_BOOLEAN, 1, FOB_TYPE_SECRET);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-recovery-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryGroup, expander);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryGroup, reveal_button);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryGroup, add_row);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryGroup, add_button);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryGroup, paste_button);
  gtk_widget_class_bind_template_callback (widget_class, fob_recovery_group_show_hidden);
  gtk_widget_class_bind_template_callback (widget_class, fob_recovery_group_expanded_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_recovery_group_text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_recovery_group_add_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_recovery_group_paste_cb);
}

static void
fob_recovery_group_init (FobRecoveryGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->message = fob_field_message_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fob_wiped_entry_use (self->add_row);
  fob_settings_connect ("hide-codes", G_CALLBACK (fob_recovery_group_show_hidden), self);
  fob_recovery_group_show_count (self);
  fob_recovery_group_show_hidden (self);
}

void
fob_recovery_group_set_codes (FobRecoveryGroup *self, FobRecoveryCodes *codes)
{
  g_return_if_fail (FOB_IS_RECOVERY_GROUP (self) && self->rows->len == 0);

  if (codes != NULL)
    fob_recovery_group_extend (self, fob_recovery_codes_ref (codes));
}

FobRecoveryCodes *
fob_recovery_group_get_codes (FobRecoveryGroup *self)
{
  g_return_val_if_fail (FOB_IS_RECOVERY_GROUP (self), NULL);

  return self->codes;
}

gboolean
fob_recovery_group_is_valid (FobRecoveryGroup *self)
{
  g_return_val_if_fail (FOB_IS_RECOVERY_GROUP (self), FALSE);

  return !self->invalid;
}

gboolean
fob_recovery_group_commit (FobRecoveryGroup *self)
{
  g_auto (FobWipedString) text = NULL;

  g_return_val_if_fail (FOB_IS_RECOVERY_GROUP (self), FALSE);

  text = g_strdup (gtk_editable_get_text (self->add_row));

  return *text == '\0' || fob_recovery_group_add (self, text);
}
