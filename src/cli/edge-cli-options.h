/* edge-cli-options.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** EDGE_CLI_EXIT_FAILED: Failed or refused; the reason is on standard error. */
#define EDGE_CLI_EXIT_FAILED     1
/** EDGE_CLI_EXIT_USAGE: A command or option makes no sense. */
#define EDGE_CLI_EXIT_USAGE      2
/** EDGE_CLI_EXIT_NO_NODE: No node runs in the folder. */
#define EDGE_CLI_EXIT_NO_NODE    3
/** EDGE_CLI_EXIT_NO_NETWORK: The node is in no network. */
#define EDGE_CLI_EXIT_NO_NETWORK 4

/**
 * EdgeCliOptions:
 * @state: the node's folder
 * @own_state: whether the person chose another than the usual one
 * @key_file: (nullable): the operator's key file
 * @json: whether to print JSON
 * @help: whether help was asked for
 * @version: whether the version was asked for
 * @relays: (nullable): addresses of relays
 * @network: (nullable): id or name of a network
 * @room: (nullable): name of an open network
 * @listen: (nullable): where the built-in relay listens
 * @name: (nullable): what others read, or the name of a network to be made
 * @open: (nullable): name of an open network to join
 * @most: (nullable): how many events to list
 * @params: (nullable): parameters of a network to be made
 * @validators: (nullable): its validators
 * @grants: (nullable): its grants
 * @pause: (nullable): how long a pause takes
 * @direct: whether to offer a direct link
 * @qr: whether to draw the QR code
 * @revoke: whether to take invitations back
 * @list: whether to list the invitations that count
 * @another: whether to make another invitation than before
 * @withdraw: (nullable): ticket of an invitation to take back
 * @archive: whether to keep all events in full from now on
 * @prune: whether to keep final events in short from now on
 * @passphrase_file: (nullable): what the passphrase is read from
 * @replace: whether another identity may be put aside
 * @words: the command and its arguments
 *
 * The command line, read.
 */
typedef struct
{
  char     *state;
  gboolean  own_state;
  char     *key_file;
  gboolean  json;
  gboolean  help;
  gboolean  version;
  GStrv     relays;
  char     *network;
  char     *room;
  char     *listen;
  char     *name;
  char     *pause;
  gboolean  direct;
  gboolean  qr;
  gboolean  revoke;
  gboolean  list;
  gboolean  another;
  char     *withdraw;
  gboolean  archive;
  gboolean  prune;
  gboolean  waiting;
  char     *open;
  char     *most;
  GStrv     params;
  GStrv     validators;
  GStrv     grants;
  char     *passphrase_file;
  gboolean  replace;
  GStrv     words;
} EdgeCliOptions;

gboolean    edge_cli_options_parse   (EdgeCliOptions  *self,
                                      GStrv            arguments,
                                      GError         **error);
void        edge_cli_options_clear   (EdgeCliOptions  *self);
const char *edge_cli_options_command (EdgeCliOptions  *self);
char       *edge_cli_options_help    (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeCliOptions, edge_cli_options_clear)

G_END_DECLS
