/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-avatar.h"

#include "fob-icon-store.h"

/* What an avatar shows; AdwAvatar cannot be derived from. */
typedef struct
{
  AdwAvatar *avatar; /* borrowed: this dies with it */
  char *issuer;
  GBytes *icon;
  GCancellable *cancellable; /* while a picture is on its way */
  gulong handler;
} Subject;

static void
subject_free (Subject *subject)
{
  g_clear_signal_handler (&subject->handler, fob_icon_store_get_default ());
  g_cancellable_cancel (subject->cancellable);
  g_clear_object (&subject->cancellable);
  g_clear_pointer (&subject->icon, g_bytes_unref);
  g_clear_pointer (&subject->issuer, g_free);
  g_free (subject);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  g_autoptr (GdkTexture) texture = fob_icon_store_load_finish (FOB_ICON_STORE (source), result);
  Subject *subject = user_data;

  if (g_cancellable_is_cancelled (cancellable))
    return;

  g_clear_object (&subject->cancellable);
  adw_avatar_set_custom_image (subject->avatar, texture != NULL ? GDK_PAINTABLE (texture) : NULL);
}

static void
subject_update (Subject *subject)
{
  FobIconStore *store = fob_icon_store_get_default ();
  GdkTexture *texture;

  g_cancellable_cancel (subject->cancellable);
  g_clear_object (&subject->cancellable);
  if (fob_icon_store_lookup (store, subject->issuer, subject->icon, &texture))
    {
      adw_avatar_set_custom_image (subject->avatar,
                                   texture != NULL ? GDK_PAINTABLE (texture) : NULL);
      return;
    }

  /* Another account may have been shown here. */
  adw_avatar_set_custom_image (subject->avatar, NULL);
  subject->cancellable = g_cancellable_new ();
  fob_icon_store_load_async (store, subject->issuer, subject->icon, subject->cancellable, loaded_cb,
                             subject);
}

static Subject *
get_subject (AdwAvatar *avatar)
{
  Subject *subject = g_object_get_data (G_OBJECT (avatar), "fob-subject");

  if (subject == NULL)
    {
      subject = g_new0 (Subject, 1);
      subject->avatar = avatar;
      subject->handler = g_signal_connect_swapped (fob_icon_store_get_default (), "changed",
                                                   G_CALLBACK (subject_update), subject);
      g_object_set_data_full (G_OBJECT (avatar), "fob-subject", subject,
                              (GDestroyNotify) subject_free);
    }

  return subject;
}

void
fob_account_avatar_show (AdwAvatar *avatar, const char *title, const char *issuer, GBytes *icon)
{
  Subject *subject = get_subject (avatar);

  adw_avatar_set_text (avatar, title);
  if (subject->issuer != NULL && g_str_equal (subject->issuer, issuer) && subject->icon == icon)
    return;

  g_free (subject->issuer);
  subject->issuer = g_strdup (issuer);
  g_clear_pointer (&subject->icon, g_bytes_unref);
  subject->icon = icon != NULL ? g_bytes_ref (icon) : NULL;
  subject_update (subject);
}
