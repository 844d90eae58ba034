"""Python's `cryptography` as the other side of `hubscope-cli cert`: reads what it made in a folder, and makes files for it
to read. The folder is the argument; anything that is wrong ends the script."""

import datetime
import json
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSPHRASE = "grün".encode()
folder = Path(sys.argv[1])


def public(key):
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def read(kind):
    made = folder / kind
    ca = x509.load_pem_x509_certificate((made / "ca" / "ca.pem").read_bytes())
    ca.verify_directly_issued_by(ca)
    constraints = ca.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical and constraints.value.ca

    chain = x509.load_pem_x509_certificates((made / "device" / "chain.pem").read_bytes())
    device = chain[0]
    device.verify_directly_issued_by(ca)
    assert chain[1:] == [ca]
    usage = device.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    assert not device.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    above = device.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    assert above == ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    key = serialization.load_pem_private_key((made / "device" / "key.pem").read_bytes(), None)
    assert public(key.public_key()) == public(device.public_key())

    request = x509.load_pem_x509_csr((made / "request" / "request.pem").read_bytes())
    assert request.is_signature_valid
    sealed = serialization.load_pem_private_key((made / "request" / "key.pem").read_bytes(), PASSPHRASE)
    assert public(sealed.public_key()) == public(request.public_key())
    signed = x509.load_pem_x509_certificate((made / "signed" / "cert.pem").read_bytes())
    signed.verify_directly_issued_by(ca)
    assert public(signed.public_key()) == public(request.public_key())

    proof = x509.load_pem_x509_certificate((made / "proof.pem").read_bytes())
    proof.verify_directly_issued_by(ca)

    store = pkcs12.load_pkcs12((made / "device.p12").read_bytes(), PASSPHRASE)
    assert store.cert.certificate == device and [one.certificate for one in store.additional_certs] == [ca]
    assert public(store.key.public_key()) == public(device.public_key())
    return device.fingerprint(hashes.SHA256()).hex().upper()


def make(kind, key):
    """A certificate that signed itself, and its key in every form."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{kind}-Gerät")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=9))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, None if kind == "ed25519" else hashes.SHA256())
    )
    forms = {"pkcs8": serialization.PrivateFormat.PKCS8}
    if kind != "ed25519":
        forms["traditional"] = serialization.PrivateFormat.TraditionalOpenSSL
    for form, of in forms.items():
        for name_of, encoding in (("pem", serialization.Encoding.PEM), ("der", serialization.Encoding.DER)):
            plain = key.private_bytes(encoding, of, serialization.NoEncryption())
            (folder / f"{kind}-{form}-{name_of}.key").write_bytes(plain)
    sealed = serialization.BestAvailableEncryption(PASSPHRASE)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed)
    (folder / f"{kind}-sealed.key").write_bytes(pem)
    (folder / f"{kind}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / f"{kind}.der").write_bytes(certificate.public_bytes(serialization.Encoding.DER))
    store = pkcs12.serialize_key_and_certificates(b"device", key, certificate, None, sealed)
    (folder / f"{kind}.p12").write_bytes(store)
    return certificate.fingerprint(hashes.SHA256()).hex().upper()


keys = {
    "p256": ec.generate_private_key(ec.SECP256R1()),
    "p384": ec.generate_private_key(ec.SECP384R1()),
    "rsa2048": rsa.generate_private_key(65537, 2048),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
}
print(json.dumps({
    "read": {kind: read(kind) for kind in keys},
    "made": {kind: make(kind, key) for kind, key in keys.items()},
}))
