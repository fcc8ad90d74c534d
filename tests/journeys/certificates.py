"""An authority of our own, and certificates that are right or wrong in one way each."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """Who signs; `file` is what those trust who trust it."""

    folder: Path
    name: x509.Name
    key: ec.EllipticCurvePrivateKey
    file: Path

    def issue(self, host: str = "localhost", *, valid_for: timedelta = 30 * DAY, by_itself: bool = False) -> Path:
        """A PEM file with certificate and key for that host. Expired for a negative time; signed by itself if so wished."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = _named(host)
        issuer, signer = (name, key) if by_itself else (self.name, self.key)
        began = datetime.now(UTC) - 60 * DAY
        ends = datetime.now(UTC) + valid_for
        builder = _builder(name, issuer, key, began, ends).add_extension(_names(host), critical=False)
        return _written(
            self.folder / f"{host}-{valid_for.days}-{by_itself}.pem", builder.sign(signer, hashes.SHA256()), key
        )


def authority(folder: Path) -> Authority:
    key, name = ec.generate_private_key(ec.SECP256R1()), _named("Own authority")
    now = datetime.now(UTC)
    builder = _builder(name, name, key, now - 90 * DAY, now + 90 * DAY)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    file = folder / "authority.pem"
    file.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return Authority(folder, name, key, file)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, began: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(ends)
    )


def _names(host: str) -> x509.SubjectAlternativeName:
    try:
        return x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    except ValueError:
        return x509.SubjectAlternativeName([x509.DNSName(host)])


def _written(path: Path, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Path:
    sealed = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + sealed)
    return path
