/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <stddef.h>
#include <stdint.h>

/* What each target defines: looks at one input and aborts if something is not as it should be. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
