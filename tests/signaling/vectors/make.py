#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the vectors of docs/protocol.md beside this file.

Shares no code with the program: HKDF by hmac, HChaCha20, Salsa20 and the
sealed box by hand, Ed25519, X25519, ChaCha20 and Poly1305 by the cryptography module.
"""
import base64
import hashlib
import hmac
import json
import pathlib
import struct

from cryptography.hazmat.primitives import poly1305, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

HERE = pathlib.Path(__file__).parent
MASK = 0xFFFFFFFF


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def rotl(x, n):
    return ((x << n) | (x >> (32 - n))) & MASK


def raw(public):
    return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def hchacha20(key, nonce):
    s = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce))

    def quarter(a, b, c, d):
        s[a] = (s[a] + s[b]) & MASK
        s[d] = rotl(s[d] ^ s[a], 16)
        s[c] = (s[c] + s[d]) & MASK
        s[b] = rotl(s[b] ^ s[c], 12)
        s[a] = (s[a] + s[b]) & MASK
        s[d] = rotl(s[d] ^ s[a], 8)
        s[c] = (s[c] + s[d]) & MASK
        s[b] = rotl(s[b] ^ s[c], 7)

    for _ in range(10):
        for i in range(4):
            quarter(i, i + 4, i + 8, i + 12)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return struct.pack("<8I", *s[:4], *s[12:])


def xchacha_seal(key, nonce, plain):
    return ChaCha20Poly1305(hchacha20(key, nonce[:16])).encrypt(bytes(4) + nonce[16:], plain, None)


def salsa_rounds(state):
    s = list(state)

    def quarter(a, b, c, d):
        s[b] ^= rotl((s[a] + s[d]) & MASK, 7)
        s[c] ^= rotl((s[b] + s[a]) & MASK, 9)
        s[d] ^= rotl((s[c] + s[b]) & MASK, 13)
        s[a] ^= rotl((s[d] + s[c]) & MASK, 18)

    for _ in range(10):
        for i in range(4):
            quarter(*[(5 * i + 4 * j) % 16 for j in range(4)])
        for i in range(4):
            quarter(*[4 * i + (i + j) % 4 for j in range(4)])
    return s


def salsa_state(key, middle):
    c = struct.unpack("<4I", b"expand 32-byte k")
    k = struct.unpack("<8I", key)
    n = struct.unpack("<4I", middle)
    return [c[0], *k[:4], c[1], *n, c[2], *k[4:], c[3]]


def hsalsa20(key, nonce):
    s = salsa_rounds(salsa_state(key, nonce))
    return struct.pack("<8I", s[0], s[5], s[10], s[15], *s[6:10])


def xsalsa_stream(key, nonce, size):
    sub = hsalsa20(key, nonce[:16])
    out = b""
    block = 0
    while len(out) < size:
        start = salsa_state(sub, nonce[16:] + struct.pack("<Q", block))
        mixed = salsa_rounds(start)
        out += struct.pack("<16I", *[(a + b) & MASK for a, b in zip(start, mixed)])
        block += 1
    return out[:size]


def box_seal(recipient, ephemeral, plain):
    """libsodium's crypto_box_seal with a given ephemeral key."""
    public = raw(ephemeral.public_key())
    nonce = hashlib.blake2b(public + recipient, digest_size=24).digest()
    shared = ephemeral.exchange(x25519.X25519PublicKey.from_public_bytes(recipient))
    stream = xsalsa_stream(hsalsa20(shared, bytes(16)), nonce, 32 + len(plain))
    cipher = bytes(a ^ b for a, b in zip(plain, stream[32:]))
    tag = poly1305.Poly1305.generate_tag(stream[:32], cipher)
    return public + tag + cipher


def room_keys(network, secret):
    prk = mac(network, secret)
    keys = {name: mac(prk, f"edge-net {name}".encode() + b"\x01") for name in ("topic", "seal", "inbox")}
    keys["relay_tag"] = mac(keys["topic"], b"relay")
    return keys


def write(name, value):
    (HERE / name).write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


NETWORK = hashlib.sha256(b"a network of the vectors").digest()
SECRET = bytes(range(16))
OPEN_NAME = "edge-net"
OPEN_SECRET = hashlib.sha256(f"edge-net open room\n{OPEN_NAME}".encode()).digest()[:16]


def room_case(secret, **more):
    keys = room_keys(NETWORK, secret)
    return {**more, "network": b64(NETWORK), "secret": secret.hex(),
            **{name: key.hex() for name, key in keys.items() if name != "relay_tag"},
            "relay_tag": b64(keys["relay_tag"])}


write("room.json", [room_case(SECRET), room_case(OPEN_SECRET, open_name=OPEN_NAME)])

SENDER_SEED = bytes([1]) * 32
RECIPIENT_SEED = bytes([2]) * 32
BOX_SECRET = bytes([3]) * 32
SENDER = ed25519.Ed25519PrivateKey.from_private_bytes(SENDER_SEED)
RECIPIENT = ed25519.Ed25519PrivateKey.from_private_bytes(RECIPIENT_SEED)
BOX = x25519.X25519PrivateKey.from_private_bytes(BOX_SECRET)
SESSION = bytes(range(100, 116))


def envelope_case(kind, boxed, to, sequence, time, body, nonce):
    recipient = raw(RECIPIENT.public_key()) if to else bytes(32)
    header = bytes([1, kind, (1 if to else 0) | (2 if boxed else 0)])
    header += raw(SENDER.public_key()) + recipient + SESSION + struct.pack(">QQ", sequence, time)
    shown = body
    if boxed:
        ephemeral = x25519.X25519PrivateKey.from_private_bytes(bytes([4]) * 32)
        shown = box_seal(raw(BOX.public_key()), ephemeral, body)
    signature = SENDER.sign(b"edge-net envelope 1\n" + NETWORK + header + body)
    plain = header + struct.pack(">H", len(shown)) + shown + signature
    plain += bytes(-len(plain) % 256)
    blob = nonce + xchacha_seal(room_keys(NETWORK, SECRET)["seal"], nonce, plain)
    return {"kind": kind, "boxed": boxed, "to": to, "sequence": sequence, "time": time,
            "body": body.hex(), "plain": plain.hex(), "nonce": nonce.hex(), "blob": b64(blob)}


write("envelope.json", {
    "network": b64(NETWORK), "room_secret": SECRET.hex(),
    "sender_seed": SENDER_SEED.hex(), "recipient_seed": RECIPIENT_SEED.hex(),
    "box_secret": BOX_SECRET.hex(), "session": SESSION.hex(),
    "cases": [
        envelope_case(0, False, True, 1, 1_700_000_000_000,
                      json.dumps({"box": b64(raw(BOX.public_key())), "wanted": True},
                                 separators=(",", ":")).encode(), bytes(range(24))),
        envelope_case(1, True, True, 2, 1_700_000_000_001, b'{"attempt":7,"sdp":"v=0\\r\\n"}',
                      bytes(range(24, 48))),
        envelope_case(5, True, True, 2**40, 1_700_000_000_002, b"\x00\x02\x00\x00\x00\x00\x00\x00\x05\x00\x00",
                      bytes(range(48, 72))),
        envelope_case(4, False, False, 4, 1_700_000_000_003, b"", bytes(range(72, 96))),
    ],
})

CHALLENGES = [b64(bytes([c]) * 32) for c in (5, 6)]
BINDINGS = [b64(bytes([c]) * 32) for c in (7, 8)]
IDS = [b64(raw(key.public_key())) for key in (SENDER, RECIPIENT)]
TEXT = "\n".join(["edge-net hello 1", b64(NETWORK), IDS[0], IDS[1], *CHALLENGES, *BINDINGS])
write("handshake.json", {
    "network": b64(NETWORK), "signer_seed": SENDER_SEED.hex(), "other_seed": RECIPIENT_SEED.hex(),
    "signer_challenge": CHALLENGES[0], "other_challenge": CHALLENGES[1],
    "signer_binding": BINDINGS[0], "other_binding": BINDINGS[1],
    "text": TEXT, "signature": b64(SENDER.sign(TEXT.encode())),
})


def record(kind, stream, flags, sequence, payload=b""):
    return struct.pack(">BBBBIH", kind, stream, flags, 0, sequence, len(payload)) + payload


write("records.json", {
    "frames": ["7b7d", (b"x" * 4081).hex()],
    "control_message": (record(1, 0, 1, 0, b"{}") + record(1, 0, 0, 1, b"x" * 4080) + record(1, 0, 1, 2, b"x")).hex(),
    "acknowledgement_of_control": record(2, 0, 0, 3).hex(),
    "acknowledgement_of_bulk": record(2, 1, 0, 3).hex(),
    "loose_frame": '{"type":"ping","t":1}',
    "loose_message": record(0, 0, 0, 0, b'{"type":"ping","t":1}').hex(),
})
