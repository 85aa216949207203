/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-doctor.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/timex.h>
#include <sys/utsname.h>

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <openssl/crypto.h>

#include "fob-secret.h"

#define CALL_MILLISECONDS 3000

/* The clock */

FobFinding *
fob_doctor_judge_clock (FobSynchronised kernel, FobSynchronised service)
{
  static const char *const id = "clock";
  const char *const advice =
    _ ("A clock that is wrong makes wrong codes. Switch automatic time on, in the settings of the "
       "system or with “timedatectl set-ntp true”.");

  /* Chrony and ntpd tell the kernel, virtual machines are often told by their host. */
  if (kernel == FOB_SYNCHRONISED_YES || service == FOB_SYNCHRONISED_YES)
    return fob_finding_new (id, FOB_SEVERITY_OK,
                            g_strdup (_ ("The clock is kept in step with a time server.")), NULL);
  if (kernel == FOB_SYNCHRONISED_UNKNOWN && service == FOB_SYNCHRONISED_UNKNOWN)
    return fob_finding_new (id, FOB_SEVERITY_UNKNOWN,
                            g_strdup (_ ("Whether the clock is right could not be found out.")),
                            advice);

  return fob_finding_new (
    id, FOB_SEVERITY_WARNING,
    g_strdup (_ ("Nothing on this computer says that the clock is kept in step with a time "
                 "server.")),
    advice);
}

static FobSynchronised
ask_kernel (void)
{
  struct timex state = { .modes = 0 };
  const int answer = adjtimex (&state);

  if (answer < 0)
    return FOB_SYNCHRONISED_UNKNOWN;

  return answer == TIME_ERROR || (state.status & STA_UNSYNC) != 0 ? FOB_SYNCHRONISED_NO
                                                                  : FOB_SYNCHRONISED_YES;
}

static FobSynchronised
ask_service (GCancellable *cancellable)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, cancellable, NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) value = NULL;

  if (bus == NULL)
    return FOB_SYNCHRONISED_UNKNOWN;
  answer = g_dbus_connection_call_sync (
    bus, "org.freedesktop.timedate1", "/org/freedesktop/timedate1",
    "org.freedesktop.DBus.Properties", "Get",
    g_variant_new ("(ss)", "org.freedesktop.timedate1", "NTPSynchronized"), G_VARIANT_TYPE ("(v)"),
    G_DBUS_CALL_FLAGS_NONE, CALL_MILLISECONDS, cancellable, NULL);
  if (answer == NULL)
    return FOB_SYNCHRONISED_UNKNOWN;
  g_variant_get (answer, "(v)", &value);
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return FOB_SYNCHRONISED_UNKNOWN;

  return g_variant_get_boolean (value) ? FOB_SYNCHRONISED_YES : FOB_SYNCHRONISED_NO;
}

FobFinding *
fob_doctor_check_clock (GCancellable *cancellable)
{
  return fob_doctor_judge_clock (ask_kernel (), ask_service (cancellable));
}

/* Memory */

FobFinding *
fob_doctor_judge_memory (gboolean has_heap, gboolean is_locked, guint64 limit)
{
  static const char *const id = "memory";
  g_autofree char *size = limit == RLIM_INFINITY
                            ? g_strdup (_ ("unlimited"))
                            : g_format_size_full (limit, G_FORMAT_SIZE_IEC_UNITS);

  if (has_heap && is_locked)
    return fob_finding_new (id, FOB_SEVERITY_OK,
                            g_strdup (_ ("Keys are in memory that is never swapped out.")), NULL);

  return fob_finding_new (id, FOB_SEVERITY_WARNING,
                          /* Translators: a size such as "64 KiB" */
                          g_strdup_printf (_ ("Keys could be swapped out to the disk: only %s of "
                                              "memory may be locked."),
                                           size),
                          _ ("Raise the limit with “ulimit -l”, or encrypt the swap space."));
}

static guint64
read_locked_kibibytes (void)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    line = strstr (text, "\nVmLck:");

  return line != NULL ? g_ascii_strtoull (line + strlen ("\nVmLck:"), NULL, 10) : 0;
}

FobFinding *
fob_doctor_check_memory (void)
{
  /* The first secret makes the heap. */
  g_autoptr (FobSecret) first = fob_secret_new ("x", 1);
  struct rlimit limit = { 0, 0 };

  (void) getrlimit (RLIMIT_MEMLOCK, &limit);

  return fob_doctor_judge_memory (CRYPTO_secure_malloc_initialized () == 1,
                                  read_locked_kibibytes () > 0, limit.rlim_cur);
}

/* Versions */

FobFinding *
fob_doctor_describe_versions (void)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  struct utsname kernel;

  memset (&kernel, 0, sizeof kernel);
  (void) uname (&kernel);

  return fob_finding_new (
    "versions", FOB_SEVERITY_OK,
    /* Translators: names and versions of programs; nothing to translate but the comma */
    g_strdup_printf (_ ("Keyfob %s, GLib %u.%u.%u, %s, Jansson %s, Linux %s, %s."), PACKAGE_VERSION,
                     glib_major_version, glib_minor_version, glib_micro_version,
                     OpenSSL_version (OPENSSL_VERSION), jansson_version_str (), kernel.release,
                     system != NULL ? system : _ ("unknown system")),
    NULL);
}
