/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-signal-pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib-unix.h>

#define N_SIGNALS_MAX 16

static struct
{
  int fds[2];
  gsize n_signals;
  int signals[N_SIGNALS_MAX];
  struct sigaction before[N_SIGNALS_MAX];
} pipe_state = { { -1, -1 }, 0, { 0 }, { { .sa_flags = 0 } } };

static void
handle_signal (int number)
{
  const int saved = errno;
  const guint8 byte = (guint8) number;

  /* A full pipe holds enough to wake the main loop. */
  if (write (pipe_state.fds[1], &byte, 1) < 0)
    errno = saved;
  errno = saved;
}

static void
catch_signal (int number)
{
  struct sigaction action;
  struct sigaction *before = &pipe_state.before[pipe_state.n_signals];

  memset (&action, 0, sizeof action);
  action.sa_handler = handle_signal;
  action.sa_flags = SA_RESTART;
  (void) sigemptyset (&action.sa_mask);

  if (sigaction (number, NULL, before) != 0 || before->sa_handler == SIG_IGN)
    return;
  if (sigaction (number, &action, NULL) == 0)
    pipe_state.signals[pipe_state.n_signals++] = number;
}

int
fob_signal_pipe_open (const int *signals)
{
  g_return_val_if_fail (pipe_state.fds[0] < 0, -1);

  if (!g_unix_open_pipe (pipe_state.fds, FD_CLOEXEC, NULL))
    return -1;
  (void) g_unix_set_fd_nonblocking (pipe_state.fds[0], TRUE, NULL);
  (void) g_unix_set_fd_nonblocking (pipe_state.fds[1], TRUE, NULL);
  for (gsize i = 0; signals[i] != 0 && pipe_state.n_signals < N_SIGNALS_MAX; i++)
    catch_signal (signals[i]);

  return pipe_state.fds[0];
}

void
fob_signal_pipe_close (void)
{
  while (pipe_state.n_signals > 0)
    {
      pipe_state.n_signals--;
      (void) sigaction (pipe_state.signals[pipe_state.n_signals],
                        &pipe_state.before[pipe_state.n_signals], NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pipe_state.fds); i++)
    {
      if (pipe_state.fds[i] >= 0)
        close (pipe_state.fds[i]);
      pipe_state.fds[i] = -1;
    }
}

void
fob_signal_pipe_raise_default (int number)
{
  struct sigaction action;
  struct sigaction before;
  sigset_t set;

  memset (&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  (void) sigemptyset (&action.sa_mask);
  (void) sigemptyset (&set);
  (void) sigaddset (&set, number);

  if (sigaction (number, &action, &before) != 0)
    return;
  (void) pthread_sigmask (SIG_UNBLOCK, &set, NULL);
  (void) raise (number);
  (void) sigaction (number, &before, NULL);
}
