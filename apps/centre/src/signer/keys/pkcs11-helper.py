"""Asks a PKCS#11 module one thing: which Ed25519 keys a token has, to make one, or to sign with one.

The question is JSON on standard input, the answer JSON on standard output. Standard library only. Names and numbers are
those of PKCS#11 3.0 (OASIS); Ed25519 keys are CKK_EC_EDWARDS, signatures CKM_EDDSA in pure form.
"""

import ctypes
import json
import sys
from ctypes import byref, c_ubyte, c_ulong, c_void_p

CKF_SESSION = 0x4 | 0x2
CKO_PUBLIC_KEY, CKO_PRIVATE_KEY = 2, 3
CKK_EC_EDWARDS = 0x40
CKM_EC_EDWARDS_KEY_PAIR_GEN, CKM_EDDSA = 0x1055, 0x1057
CKA_CLASS, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL = 0x0, 0x1, 0x2, 0x3
CKA_KEY_TYPE, CKA_ID, CKA_SENSITIVE, CKA_SIGN, CKA_VERIFY = 0x100, 0x102, 0x103, 0x108, 0x10A
CKA_EXTRACTABLE, CKA_EC_PARAMS, CKA_EC_POINT = 0x162, 0x180, 0x181
CKR_PIN_INCORRECT, CKR_PIN_LOCKED = 0xA0, 0xA4
# DER of the PrintableString "edwards25519".
EDWARDS25519 = bytes.fromhex("130c656477617264733235353139")


class Fault(Exception):
    def __init__(self, code, expected, cause=None):
        super().__init__(code)
        self.answer = {"code": code, "expected": expected, **({"cause": cause} if cause else {})}


class Attribute(ctypes.Structure):
    _fields_ = [("type", c_ulong), ("value", c_void_p), ("length", c_ulong)]


class Mechanism(ctypes.Structure):
    _fields_ = [("mechanism", c_ulong), ("parameter", c_void_p), ("length", c_ulong)]


def attributes(values):
    """The C array for a table of attributes, and what must stay alive as long as it."""
    kept = []
    for kind, value in values.items():
        if isinstance(value, bool):
            value = bytes([value])
        elif isinstance(value, int):
            value = bytes(c_ulong(value))
        kept.append((kind, ctypes.create_string_buffer(value, len(value)), len(value)))
    array = (Attribute * len(kept))(*[Attribute(kind, ctypes.addressof(data), size) for kind, data, size in kept])
    return array, kept


class Token:
    def __init__(self, module, label, pin):
        try:
            self.module = ctypes.CDLL(module)
        except OSError as problem:
            raise Fault("token.no-module", "the path of a PKCS#11 module", str(problem))
        self.call("C_Initialize", None)
        self.session = c_ulong()
        self.call("C_OpenSession", self.slot_of(label), c_ulong(CKF_SESSION), None, None, byref(self.session))
        self.login(pin.encode())

    def call(self, name, *arguments):
        result = getattr(self.module, name)(*arguments)
        if result != 0:
            raise Fault("token.failed", f"{name} to succeed", f"{name} gave 0x{result & 0xFFFFFFFF:x}")

    def slot_of(self, label):
        count = c_ulong()
        self.call("C_GetSlotList", c_ubyte(1), None, byref(count))
        slots = (c_ulong * count.value)()
        self.call("C_GetSlotList", c_ubyte(1), slots, byref(count))
        labels = []
        for slot in slots[: count.value]:
            info = (c_ubyte * 512)()
            self.call("C_GetTokenInfo", c_ulong(slot), info)
            labels.append(bytes(info[:32]).decode("utf-8", "replace").rstrip())
            if labels[-1] == label:
                return c_ulong(slot)
        raise Fault("token.missing", f"a token labelled {label}", f"there are: {', '.join(filter(None, labels)) or 'none'}")

    def login(self, pin):
        result = self.module.C_Login(self.session, c_ulong(1), pin, c_ulong(len(pin)))
        if result in (CKR_PIN_INCORRECT, CKR_PIN_LOCKED):
            raise Fault("token.pin", "the token's PIN" if result == CKR_PIN_INCORRECT else "a token that is not locked")
        if result != 0:
            raise Fault("token.failed", "C_Login to succeed", f"0x{result & 0xFFFFFFFF:x}")

    def find(self, values):
        array, _kept = attributes(values)
        self.call("C_FindObjectsInit", self.session, array, c_ulong(len(array)))
        found, count = (c_ulong * 64)(), c_ulong()
        self.call("C_FindObjects", self.session, found, c_ulong(64), byref(count))
        self.call("C_FindObjectsFinal", self.session)
        return list(found[: count.value])

    def read(self, handle, kind):
        array = (Attribute * 1)(Attribute(kind, None, 0))
        self.call("C_GetAttributeValue", self.session, c_ulong(handle), array, c_ulong(1))
        data = ctypes.create_string_buffer(array[0].length)
        array[0].value = ctypes.addressof(data)
        self.call("C_GetAttributeValue", self.session, c_ulong(handle), array, c_ulong(1))
        return data.raw[: array[0].length]

    def public_key(self, handle):
        """CKA_EC_POINT is a DER octet string around the 32 bytes; some modules leave the wrapping out."""
        return self.read(handle, CKA_EC_POINT)[-32:].hex()

    def list(self):
        handles = self.find({CKA_CLASS: CKO_PUBLIC_KEY, CKA_KEY_TYPE: CKK_EC_EDWARDS})
        return [
            {
                "id": self.read(handle, CKA_ID).hex(),
                "label": self.read(handle, CKA_LABEL).decode("utf-8", "replace"),
                "key": self.public_key(handle),
            }
            for handle in handles
        ]

    def make(self, identity, label):
        if self.find({CKA_ID: identity}):
            raise Fault("token.id-taken", "an id that no object on the token has", identity.hex())
        named = {CKA_TOKEN: True, CKA_ID: identity, CKA_LABEL: label.encode()}
        public, _public = attributes({**named, CKA_VERIFY: True, CKA_EC_PARAMS: EDWARDS25519})
        hidden = {CKA_PRIVATE: True, CKA_SENSITIVE: True, CKA_EXTRACTABLE: False, CKA_SIGN: True}
        private, _private = attributes({**named, **hidden})
        mechanism, handles = Mechanism(CKM_EC_EDWARDS_KEY_PAIR_GEN, None, 0), (c_ulong(), c_ulong())
        sizes = c_ulong(len(public)), c_ulong(len(private))
        self.call(
            "C_GenerateKeyPair", self.session, byref(mechanism),
            public, sizes[0], private, sizes[1], byref(handles[0]), byref(handles[1]),
        )  # fmt: skip
        return self.public_key(handles[0].value)

    def sign(self, identity, message):
        keys = self.find({CKA_CLASS: CKO_PRIVATE_KEY, CKA_ID: identity})
        if len(keys) != 1:
            raise Fault("token.no-key", f"one private key with id {identity.hex()}", f"there are {len(keys)}")
        mechanism = Mechanism(CKM_EDDSA, None, 0)
        self.call("C_SignInit", self.session, byref(mechanism), c_ulong(keys[0]))
        signature, length = (c_ubyte * 128)(), c_ulong(128)
        self.call("C_Sign", self.session, message, c_ulong(len(message)), signature, byref(length))
        return bytes(signature[: length.value]).hex()


def answer(question):
    token = Token(question["module"], question["token"], question["pin"])
    identity = bytes.fromhex(question.get("id", ""))
    if question["do"] == "list":
        return {"keys": token.list()}
    if question["do"] == "make":
        return {"key": token.make(identity, question["label"])}
    return {"signature": token.sign(identity, bytes.fromhex(question["message"]))}


try:
    print(json.dumps(answer(json.load(sys.stdin))))
except Fault as fault:
    print(json.dumps({"fault": fault.answer}))
