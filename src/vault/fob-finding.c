/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-finding.h"

FobFinding *
fob_finding_new (const char *id, FobSeverity severity, char *sentence, const char *advice)
{
  FobFinding *self = g_new0 (FobFinding, 1);

  self->id = id;
  self->severity = severity;
  self->sentence = sentence;
  self->advice = g_strdup (advice);

  return self;
}

void
fob_finding_free (FobFinding *self)
{
  g_free (self->sentence);
  g_free (self->advice);
  g_free (self);
}

const char *
fob_severity_to_string (FobSeverity severity)
{
  static const char *const names[] = { "ok", "warning", "problem", "unknown" };

  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (names), NULL);

  return names[severity];
}
