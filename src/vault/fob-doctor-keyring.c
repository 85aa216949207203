/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-doctor.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-keyring-look.h"

#define SECRETS_NAME       "org.freedesktop.secrets"
#define SECRETS_PATH       "/org/freedesktop/secrets"
#define SERVICE_INTERFACE  "org.freedesktop.Secret.Service"
#define ITEM_INTERFACE     "org.freedesktop.Secret.Collection"
#define BUS_NAME           "org.freedesktop.DBus"
#define BUS_PATH           "/org/freedesktop/DBus"
#define START_MILLISECONDS 10000
#define CALL_MILLISECONDS  5000

static const char *const install_advice =
  N_ ("Install and start GNOME Keyring, KWallet or KeePassXC, or keep the accounts in an encrypted "
      "file: fob --vault FILE.");

/* Returns: (transfer full) (nullable) */
static GVariant *
call (GDBusConnection *bus,
      const char *name,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *parameters,
      int milliseconds,
      GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer =
    g_dbus_connection_call_sync (bus, name, path, interface, method, parameters, NULL,
                                 G_DBUS_CALL_FLAGS_NONE, milliseconds, cancellable, &error);

  if (answer == NULL)
    g_debug ("%s failed: %s", method, error->message);

  return answer;
}

static GDBusConnection *
connect_bus (GCancellable *cancellable)
{
  return g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL);
}

/* The service */

/* The name by which a person knows a program. What has capabilities does not let others see its
 * file; its first argument then says the same. */
static char *
dup_process_name (guint32 pid)
{
  g_autofree char *exe = g_strdup_printf ("/proc/%u/exe", pid);
  g_autofree char *command_line = g_strdup_printf ("/proc/%u/cmdline", pid);
  g_autofree char *target = g_file_read_link (exe, NULL);
  g_autofree char *text = NULL;

  if (target == NULL && g_file_get_contents (command_line, &text, NULL, NULL))
    target = g_strdup (text); /* up to the first NUL: the rest is nobody's business */

  return target != NULL && *target != '\0' ? g_path_get_basename (target) : NULL;
}

static char *
dup_owner_name (GDBusConnection *bus, GCancellable *cancellable)
{
  g_autoptr (GVariant) answer =
    call (bus, BUS_NAME, BUS_PATH, BUS_NAME, "GetConnectionUnixProcessID",
          g_variant_new ("(s)", SECRETS_NAME), CALL_MILLISECONDS, cancellable);
  guint32 pid = 0;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(u)")))
    return NULL;
  g_variant_get (answer, "(u)", &pid);

  return dup_process_name (pid);
}

static gboolean
has_owner (GDBusConnection *bus, GCancellable *cancellable)
{
  g_autoptr (GVariant) answer =
    call (bus, BUS_NAME, BUS_PATH, BUS_NAME, "GetNameOwner", g_variant_new ("(s)", SECRETS_NAME),
          CALL_MILLISECONDS, cancellable);

  return answer != NULL;
}

/* What starts when it is asked for is as good as what runs. */
static gboolean
start_service (GDBusConnection *bus, GCancellable *cancellable)
{
  g_autoptr (GVariant) answer =
    call (bus, BUS_NAME, BUS_PATH, BUS_NAME, "StartServiceByName",
          g_variant_new ("(su)", SECRETS_NAME, 0), START_MILLISECONDS, cancellable);

  return answer != NULL;
}

FobFinding *
fob_doctor_check_service (GCancellable *cancellable)
{
  static const char *const id = "keyring-service";
  g_autoptr (GDBusConnection) bus = connect_bus (cancellable);
  g_autofree char *name = NULL;

  if (bus == NULL)
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_strdup (_ ("There is no session bus, so there is no keyring.")),
                            _ ("Log in to a desktop session, or keep the accounts in an encrypted "
                               "file: fob --vault FILE."));
  if (!has_owner (bus, cancellable) && !start_service (bus, cancellable))
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_strdup (_ ("No program offers a keyring (org.freedesktop.secrets).")),
                            _ (install_advice));

  name = dup_owner_name (bus, cancellable);
  if (name == NULL)
    return fob_finding_new (id, FOB_SEVERITY_OK,
                            g_strdup (_ ("A keyring is there; which program offers it cannot be "
                                         "seen from here.")),
                            NULL);

  return fob_finding_new (id, FOB_SEVERITY_OK,
                          /* Translators: the name of a program */
                          g_strdup_printf (_ ("The keyring is offered by %s."), name), NULL);
}

/* The default collection */

static char *
dup_default_collection (GDBusConnection *bus, GCancellable *cancellable)
{
  g_autoptr (GVariant) answer =
    call (bus, SECRETS_NAME, SECRETS_PATH, SERVICE_INTERFACE, "ReadAlias",
          g_variant_new ("(s)", "default"), CALL_MILLISECONDS, cancellable);
  char *path = NULL;

  if (answer != NULL && g_variant_is_of_type (answer, G_VARIANT_TYPE ("(o)")))
    g_variant_get (answer, "(o)", &path);

  return path;
}

static gboolean
read_locked (GDBusConnection *bus, const char *path, gboolean *locked, GCancellable *cancellable)
{
  g_autoptr (GVariant) answer =
    call (bus, SECRETS_NAME, path, "org.freedesktop.DBus.Properties", "Get",
          g_variant_new ("(ss)", ITEM_INTERFACE, "Locked"), CALL_MILLISECONDS, cancellable);
  g_autoptr (GVariant) value = NULL;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(v)")))
    return FALSE;
  g_variant_get (answer, "(v)", &value);
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return FALSE;
  *locked = g_variant_get_boolean (value);

  return TRUE;
}

FobFinding *
fob_doctor_check_collection (FobKeyringState *state, GCancellable *cancellable)
{
  static const char *const id = "keyring-locked";
  g_autoptr (GDBusConnection) bus = connect_bus (cancellable);
  g_autofree char *path = bus != NULL ? dup_default_collection (bus, cancellable) : NULL;
  gboolean locked = FALSE;

  *state = FOB_KEYRING_ABSENT;
  if (bus == NULL || !has_owner (bus, NULL))
    return fob_finding_new (id, FOB_SEVERITY_UNKNOWN,
                            g_strdup (_ ("Whether the keyring is locked could not be found out.")),
                            NULL);
  if (path != NULL && strcmp (path, "/") == 0)
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_strdup (_ ("The keyring service has no default keyring.")),
                            _ ("Make one, and mark it as the default, in “Passwords and Keys” or "
                               "in the settings of your password manager."));
  if (path == NULL || !read_locked (bus, path, &locked, cancellable))
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_strdup (_ ("The keyring service does not answer as it should.")),
                            _ ("Log out and in again, or restart the keyring service."));

  *state = locked ? FOB_KEYRING_LOCKED : FOB_KEYRING_OPEN;
  if (locked)
    return fob_finding_new (id, FOB_SEVERITY_WARNING,
                            g_strdup (_ ("The default keyring is locked.")),
                            _ ("Unlock it; “fob list” asks for it where there is a display. What "
                               "is inside was not looked at."));

  return fob_finding_new (id, FOB_SEVERITY_OK, g_strdup (_ ("The default keyring is unlocked.")),
                          NULL);
}

/* The items */

FobFinding *
fob_doctor_check_probe (FobKeyringState state, GCancellable *cancellable)
{
  static const char *const id = "keyring-probe";
  g_autoptr (GError) error = NULL;

  if (state != FOB_KEYRING_OPEN)
    return fob_finding_new (
      id, FOB_SEVERITY_UNKNOWN,
      g_strdup (_ ("Whether the keyring keeps what is written was not tried: it is not open.")),
      NULL);
  if (!fob_keyring_probe (cancellable, &error))
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_strdup (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                        ? _ ("The keyring service did not answer in time.")
                                        : error->message),
                            _ ("Do not trust this keyring with accounts; keep them in an encrypted "
                               "file: fob --vault FILE."));

  return fob_finding_new (id, FOB_SEVERITY_OK,
                          g_strdup (_ ("An item was written, read again and deleted.")), NULL);
}

static char *
describe_slot (const FobKeyringSlotLook *look)
{
  const char *name = look->name != NULL ? look->name : "?";

  switch (look->state)
    {
    case FOB_KEYRING_SLOT_WHOLE:
      /* Translators: a slot is one of the two places of the vault, "a" or "b" */
      return g_strdup_printf (_ ("Slot %s is whole, generation %lu."), name,
                              (gulong) look->generation);
    case FOB_KEYRING_SLOT_NEWER:
      return g_strdup_printf (_ ("Slot %s was written by a newer Keyfob."), name);
    case FOB_KEYRING_SLOT_DAMAGED:
    default:
      return g_strdup_printf (_ ("Slot %s is damaged."), name);
    }
}

FobFinding *
fob_doctor_judge_slots (GPtrArray *looks)
{
  static const char *const id = "keyring-slots";
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_of[3] = { 0, 0, 0 };

  if (looks->len == 0)
    return fob_finding_new (id, FOB_SEVERITY_OK, g_strdup (_ ("The keyring holds no vault.")),
                            NULL);

  for (guint i = 0; i < looks->len; i++)
    {
      const FobKeyringSlotLook *look = g_ptr_array_index (looks, i);
      g_autofree char *sentence = describe_slot (look);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", sentence);
      n_of[look->state]++;
    }

  if (n_of[FOB_KEYRING_SLOT_NEWER] > 0)
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_string_free (g_steal_pointer (&text), FALSE),
                            _ ("Update Keyfob; until then it changes nothing."));
  if (n_of[FOB_KEYRING_SLOT_WHOLE] == 0)
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_string_free (g_steal_pointer (&text), FALSE),
                            _ ("Restore the last backup: fob restore."));
  if (n_of[FOB_KEYRING_SLOT_DAMAGED] > 0)
    return fob_finding_new (id, FOB_SEVERITY_WARNING,
                            g_string_free (g_steal_pointer (&text), FALSE),
                            _ ("The other one is used; the next change writes this one anew."));

  return fob_finding_new (id, FOB_SEVERITY_OK, g_string_free (g_steal_pointer (&text), FALSE),
                          NULL);
}

FobFinding *
fob_doctor_check_slots (FobKeyringState state, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) looks = NULL;
  g_autoptr (GError) error = NULL;

  if (state == FOB_KEYRING_OPEN)
    looks = fob_keyring_look_at_slots (cancellable, &error);
  if (looks != NULL)
    return fob_doctor_judge_slots (looks);

  return fob_finding_new ("keyring-slots", FOB_SEVERITY_UNKNOWN,
                          g_strdup (_ ("The vault in the keyring could not be looked at.")), NULL);
}
