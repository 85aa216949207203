/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-paper-print.h"

#include "fob-paper.h"

#define PAPER_KEY "fob-paper"
#define PARTS_KEY "fob-parts"

/* Millimetres: any printer has these. */
#define PAPER_MARGIN 15

static FobPaper *
create_paper (GtkPrintOperation *operation, FobVault *vault)
{
  GPtrArray *parts = g_object_get_data (G_OBJECT (operation), PARTS_KEY);
  const guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (vault));
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (parts != NULL)
    return fob_paper_new_encrypted (parts, now, NULL);

  for (guint i = 0; i < n_accounts; i++)
    g_ptr_array_add (accounts, g_list_model_get_item (G_LIST_MODEL (vault), i));

  return fob_paper_new (accounts, now);
}

/* The sheet is made as late as this: nothing of it is in memory while somebody looks for the right
 * printer, and nothing is printed of a vault that was locked meanwhile. */
static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, FobVault *vault)
{
  FobPaper *paper = create_paper (operation, vault);

  if (paper == NULL)
    {
      gtk_print_operation_cancel (operation);
      return;
    }
  g_object_set_data_full (G_OBJECT (operation), PAPER_KEY, paper, (GDestroyNotify) fob_paper_unref);
  gtk_print_operation_set_n_pages (
    operation, (int) fob_paper_paginate (paper, gtk_print_context_get_cairo_context (context),
                                         gtk_print_context_get_width (context),
                                         gtk_print_context_get_height (context)));
  if (fob_vault_get_state (vault) != FOB_VAULT_STATE_READY)
    gtk_print_operation_cancel (operation);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page)
{
  FobPaper *paper = g_object_get_data (G_OBJECT (operation), PAPER_KEY);

  if (paper != NULL)
    fob_paper_draw_page (paper, gtk_print_context_get_cairo_context (context), (guint) page);
}

static void
forget_cb (GtkPrintOperation *operation)
{
  g_object_set_data (G_OBJECT (operation), PAPER_KEY, NULL);
}

static void
vault_state_cb (FobVault *vault, GParamSpec *property, GtkPrintOperation *operation)
{
  /* Before it begins there is nothing to call off. */
  if (fob_vault_get_state (vault) != FOB_VAULT_STATE_READY &&
      g_object_get_data (G_OBJECT (operation), PAPER_KEY) != NULL)
    gtk_print_operation_cancel (operation);
}

GtkPrintOperation *
fob_paper_print_new (FobVault *vault, GPtrArray *parts)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) page = gtk_page_setup_new ();

  /* The size of the paper is the usual one of the place; the dialog changes it. */
  gtk_page_setup_set_top_margin (page, PAPER_MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (page, PAPER_MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (page, PAPER_MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (page, PAPER_MARGIN, GTK_UNIT_MM);
  gtk_print_operation_set_default_page_setup (operation, page);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  /* What a printer's queue shows says nothing of what is printed. */
  gtk_print_operation_set_job_name (operation, "Keyfob");
  if (parts != NULL)
    g_object_set_data_full (G_OBJECT (operation), PARTS_KEY, g_ptr_array_ref (parts),
                            (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (operation, "begin-print", G_CALLBACK (begin_print_cb), vault, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), NULL);
  g_signal_connect (operation, "end-print", G_CALLBACK (forget_cb), NULL);
  g_signal_connect_object (vault, "notify::state", G_CALLBACK (vault_state_cb), operation, 0);

  return operation;
}
