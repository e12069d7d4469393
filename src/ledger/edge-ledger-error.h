/* edge-ledger-error.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EDGE_LEDGER_ERROR (edge_ledger_error_quark ())

/**
 * EdgeLedgerError:
 * @EDGE_LEDGER_ERROR_MALFORMED: breaks the form of an event, note, checkpoint or file
 * @EDGE_LEDGER_ERROR_SIGNATURE: a signature is not by the key it names
 * @EDGE_LEDGER_ERROR_WORK: the proof of work is not done
 * @EDGE_LEDGER_ERROR_STRUCTURE: does not fit what it builds upon
 * @EDGE_LEDGER_ERROR_NETWORK: of another network, or of rules this version does not know
 * @EDGE_LEDGER_ERROR_CHECKPOINT: a checkpoint does not hold
 * @EDGE_LEDGER_ERROR_MISSING: something it needs is not here
 * @EDGE_LEDGER_ERROR_REFUSED: the rules or this computer's state do not allow it
 * @EDGE_LEDGER_ERROR_STORE: the file could not be read or written
 * @EDGE_LEDGER_ERROR_CORRUPT: the file does not hold what was written to it
 */
typedef enum
{
  EDGE_LEDGER_ERROR_MALFORMED,
  EDGE_LEDGER_ERROR_SIGNATURE,
  EDGE_LEDGER_ERROR_WORK,
  EDGE_LEDGER_ERROR_STRUCTURE,
  EDGE_LEDGER_ERROR_NETWORK,
  EDGE_LEDGER_ERROR_CHECKPOINT,
  EDGE_LEDGER_ERROR_MISSING,
  EDGE_LEDGER_ERROR_REFUSED,
  EDGE_LEDGER_ERROR_STORE,
  EDGE_LEDGER_ERROR_CORRUPT,
} EdgeLedgerError;

GQuark edge_ledger_error_quark (void) G_GNUC_CONST;

G_END_DECLS
