/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-clipboard.h"

#include "fob-code-provider.h"

struct _FobClipboard
{
  GObject parent_instance;

  GdkClipboard *clipboard;
  FobCodeProvider *provider; /* ours, perhaps no longer what the clipboard holds */
  guint clear_id;
};

G_DEFINE_FINAL_TYPE (FobClipboard, fob_clipboard, G_TYPE_OBJECT)

static gboolean
fob_clipboard_clear_cb (gpointer user_data)
{
  FobClipboard *self = user_data;

  self->clear_id = 0;
  fob_clipboard_clear (self);

  return G_SOURCE_REMOVE;
}

static void
fob_clipboard_dispose (GObject *object)
{
  FobClipboard *self = FOB_CLIPBOARD (object);

  if (self->clipboard != NULL)
    fob_clipboard_clear (self);
  g_clear_object (&self->clipboard);

  G_OBJECT_CLASS (fob_clipboard_parent_class)->dispose (object);
}

static void
fob_clipboard_class_init (FobClipboardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fob_clipboard_dispose;
}

static void
fob_clipboard_init (FobClipboard *self)
{
}

FobClipboard *
fob_clipboard_new (GdkDisplay *display)
{
  FobClipboard *self = g_object_new (FOB_TYPE_CLIPBOARD, NULL);

  self->clipboard = g_object_ref (gdk_display_get_clipboard (display));

  return self;
}

/* @provider: (transfer full) */
static gboolean
fob_clipboard_take (FobClipboard *self, GdkContentProvider *provider, guint clear_seconds)
{
  g_autoptr (GdkContentProvider) taken = provider;

  if (!gdk_clipboard_set_content (self->clipboard, taken))
    return FALSE;

  g_clear_handle_id (&self->clear_id, g_source_remove);
  if (self->provider != NULL)
    fob_code_provider_expire (self->provider);
  g_set_object (&self->provider, FOB_CODE_PROVIDER (taken));
  if (clear_seconds > 0)
    self->clear_id = g_timeout_add_seconds (clear_seconds, fob_clipboard_clear_cb, self);

  return TRUE;
}

gboolean
fob_clipboard_copy_code (FobClipboard *self,
                         FobOtp *otp,
                         gint64 time,
                         FobClock *clock,
                         guint clear_seconds)
{
  g_return_val_if_fail (FOB_IS_CLIPBOARD (self), FALSE);

  return fob_clipboard_take (self, fob_code_provider_new (otp, time, clock), clear_seconds);
}

gboolean
fob_clipboard_copy_text (FobClipboard *self, FobSecret *text, guint clear_seconds)
{
  g_return_val_if_fail (FOB_IS_CLIPBOARD (self), FALSE);

  return fob_clipboard_take (self, fob_code_provider_new_text (text), clear_seconds);
}

void
fob_clipboard_clear (FobClipboard *self)
{
  g_return_if_fail (FOB_IS_CLIPBOARD (self));

  g_clear_handle_id (&self->clear_id, g_source_remove);
  if (self->provider == NULL)
    return;

  if (gdk_clipboard_get_content (self->clipboard) == GDK_CONTENT_PROVIDER (self->provider))
    gdk_clipboard_set_content (self->clipboard, NULL);
  fob_code_provider_expire (self->provider);
  g_clear_object (&self->provider);
}
