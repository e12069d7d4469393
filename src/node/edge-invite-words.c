/* edge-invite-words.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-invite-words.h"

#include <glib/gi18n-lib.h>

#include "invite/edge-qr-matrix.h"
#include "invite/edge-qr-reader.h"

/**
 * edge_invite_words_register:
 *
 * Makes errors of invitations known by their D-Bus names.
 */
void
edge_invite_words_register (void)
{
  static const char * const names[] = {
    "InvitationMalformed", "InvitationTampered", "InvitationNewer", "InvitationExpired",
    "InvitationNetwork", "InvitationSession", "InvitationInvalid", "InvitationBackup",
  };
  static gsize once;

  if (!g_once_init_enter (&once))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat ("org.edgenet.EdgeNet1.Error.", names[i], NULL);

      g_dbus_error_register_error (EDGE_INVITATION_ERROR, i, name);
    }
  g_once_init_leave (&once, 1);
}

static char *
expired (EdgeInvitation *invitation)
{
  g_autoptr(GDateTime) end = NULL;
  g_autofree char *text = NULL;

  if (invitation == NULL)
    return g_strdup (_("This invitation has expired. Ask for a new one."));

  end = g_date_time_new_from_unix_local (edge_invitation_get_expires (invitation) / 1000);
  /* Translators: the day and minute at which an invitation ended; see strftime(3). */
  text = g_date_time_format (end, _("%e %B %Y, %R"));
  return g_strdup_printf (_("This invitation expired on %s. Ask for a new one."),
                          g_strchug (text));
}

static char *
invitation_error (int             code,
                  EdgeInvitation *invitation)
{
  switch ((EdgeInvitationError) code)
    {
    case EDGE_INVITATION_ERROR_MALFORMED:
      return g_strdup (_("This is no Edge-Net invitation. The link of one begins with edge-net:i/ and is needed whole."));
    case EDGE_INVITATION_ERROR_TAMPERED:
      return g_strdup (_("This invitation was cut off or changed on the way. Copy the whole link, or ask for it again."));
    case EDGE_INVITATION_ERROR_NEWER:
      return g_strdup (_("This invitation was made by a newer Edge-Net. Update this one, then take it again."));
    case EDGE_INVITATION_ERROR_EXPIRED:
      return expired (invitation);
    case EDGE_INVITATION_ERROR_OTHER_NETWORK:
      return g_strdup (_("This reply is for another network than the code shown here now. Let them scan the code again, then scan their new reply."));
    case EDGE_INVITATION_ERROR_OTHER_SESSION:
      return g_strdup (_("This is no reply to the code shown here now. Let them scan the code again, then scan their new reply."));
    case EDGE_INVITATION_ERROR_BACKUP:
      return g_strdup (_("This is no invitation but the backup of an identity. Show it to nobody. To use it here, choose Restore in Identity."));
    case EDGE_INVITATION_ERROR_INVALID:
    default:
      return g_strdup (_("An invitation can’t be made of this. Shorten your name or the addresses of the relays."));
    }
}

static char *
reader_error (const GError *error)
{
  switch ((EdgeQrReaderError) error->code)
    {
    case EDGE_QR_READER_ERROR_NO_CODE:
      return g_strdup (_("No QR code was found in the picture. Take it from the front, in good light, with the white edge around the code."));
    case EDGE_QR_READER_ERROR_NO_PICTURE:
      return g_strdup (_("This is no picture that can be read. PNG, JPEG and WebP are."));
    case EDGE_QR_READER_ERROR_TOO_LARGE:
      return g_strdup (_("The picture is too large. Cut it down to the code."));
    case EDGE_QR_READER_ERROR_NO_CAMERA:
      return g_strdup (_("No camera can be used now. Open a picture of the code, or paste the link."));
    case EDGE_QR_READER_ERROR_UNAVAILABLE:
    default:
      return g_strdup (error->message);
    }
}

/**
 * edge_invite_words_error:
 * @error: why an invitation can't be made, read or taken
 * @invitation: (nullable): the invitation, when it could be read
 *
 * Returns: (transfer full): what is wrong and what to do about it, translated
 */
char *
edge_invite_words_error (const GError   *error,
                         EdgeInvitation *invitation)
{
  if (error->domain == EDGE_INVITATION_ERROR)
    return invitation_error (error->code, invitation);
  if (error->domain == EDGE_QR_READER_ERROR)
    return reader_error (error);
  if (error->domain == EDGE_QR_MATRIX_ERROR)
    return g_strdup (_("This is too long for a QR code. Send it as a link."));

  return g_strdup (error->message);
}

/**
 * edge_invite_words_code:
 * @error: an error
 *
 * Returns: (nullable): a word for programs, %NULL when it has nothing to do with invitations
 */
const char *
edge_invite_words_code (const GError *error)
{
  static const char * const invitation_codes[] = {
    "invitation_malformed", "invitation_tampered", "invitation_newer", "invitation_expired",
    "invitation_network", "invitation_session", "invitation_invalid", "invitation_backup",
  };
  static const char * const reader_codes[] = {
    "picture_no_code", "picture_unreadable", "picture_too_large", "no_camera", "unavailable",
  };

  if (error->domain == EDGE_INVITATION_ERROR)
    return invitation_codes[error->code];
  if (error->domain == EDGE_QR_READER_ERROR)
    return reader_codes[error->code];
  return NULL;
}

/**
 * edge_invite_words_reach:
 * @reach: who can reach the relays in an invitation
 *
 * Returns: (nullable): what that means for whoever is invited, %NULL when it works everywhere
 */
const char *
edge_invite_words_reach (EdgeRelayReach reach)
{
  switch (reach)
    {
    case EDGE_RELAY_REACH_NONE:
      return _("It names no relay: whoever takes it has to set one of their own that you use, too.");
    case EDGE_RELAY_REACH_COMPUTER:
      return _("It works on this computer only, because no relay is set that others can reach. Set one in the network settings, or use a direct link.");
    case EDGE_RELAY_REACH_LAN:
      return _("It works in your local network only, because no relay outside of it is set.");
    case EDGE_RELAY_REACH_ANYWHERE:
    default:
      return NULL;
    }
}
