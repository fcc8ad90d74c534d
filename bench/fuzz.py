"""Feeds mails to the reading that grow towards code not yet reached (atheris, libFuzzer): `make fuzz SECONDS=60`.

A finding ends the run with code 1 and shows the input in base64. Seeds are the stories of the corpus; what was found
interesting is kept in `build/fuzz`, so that the next run goes on from there. `--again FILE` reads one input once more.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
SEEDS = REPOSITORY / "tests" / "mails"
KEPT = REPOSITORY / "build" / "fuzz"
LONGEST = 16_384
SLOWEST = 10
MEGABYTES = 900
WORDS = (
    *(
        "Content-Type: multipart/mixed; boundary=b",
        "--b",
        "--b--",
        "Content-Transfer-Encoding: base64",
        "quoted-printable",
    ),
    *("application/ms-tnef", "application/pkcs7-mime", "message/rfc822", "text/calendar", "text/html", "format=flowed"),
    *(
        "begin 644 a",
        "=ybegin line=128 size=9 name=a",
        "=yend",
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "DTSTART;TZID=",
        "RRULE:",
    ),
    *(
        "-----BEGIN PGP MESSAGE-----",
        "-----BEGIN PGP SIGNED MESSAGE-----",
        "=?utf-8?Q?",
        "?=",
        "filename*0*=utf-8''",
        "charset=",
    ),
    *(
        "Von: ",
        "Gesendet: ",
        "Betreff: ",
        "De : ",
        "a écrit :",
        "schrieb",
        "> ",
        "-- ",
        "<blockquote>",
        "<a href=",
        "<img src=cid:",
    ),
)
CHECKED_EVERY = 16


def one_input(raw: bytes, *, is_thorough: bool) -> None:
    """Reads a mail and asks of it what must hold of every mail."""
    from golddraht.channels.mail import reading
    from golddraht.channels.mail.showing import show

    mail = reading._read(raw)
    parts = [part for part in (mail.reply_text, mail.quoted_text, mail.signature) if part]
    assert sorted("\n".join(parts).split()) == sorted((mail.text or "").split()), "words were lost or invented"
    if is_thorough:
        from tests.rules.mail.test_any_bytes import VALID

        VALID.validate(json.loads(json.dumps(show("any.eml", 0, raw), allow_nan=False)))


def fuzz(arguments: list[str]) -> None:
    """Runs in the child: libFuzzer ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["golddraht.channels.mail"]):
        import golddraht.channels.mail.reading
        import golddraht.channels.mail.showing  # noqa: F401  # Loaded here so that its branches are counted.

    count = 0

    def test_one_input(raw: bytes) -> None:
        nonlocal count
        count += 1
        try:
            one_input(raw, is_thorough=count % CHECKED_EVERY == 0)
        except Exception:
            print("FINDING", base64.b64encode(raw).decode(), file=sys.stderr, flush=True)
            raise

    atheris.Setup([sys.argv[0], *arguments], test_one_input)
    atheris.Fuzz()


def run(seconds: int) -> int:
    """Starts the child, passes on what it says, and sums up; 0 when nothing was found."""
    corpus = _prepared()
    started = time.monotonic()
    child = subprocess.Popen(
        [
            *(sys.executable, "-m", "bench.fuzz", "--child", str(corpus)),
            *(f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEGABYTES}"),
            *(f"-dict={KEPT / 'words'}", f"-artifact_prefix={KEPT}/", "-print_final_stats=1", "-report_slow_units=5"),
        ],
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        cwd=REPOSITORY,
    )
    executed = coverage = features = 0
    assert child.stderr is not None
    for line in child.stderr:
        if found := re.search(r"#(\d+)\s.*cov: (\d+) ft: (\d+)", line):
            executed, coverage, features = map(int, found.groups())
        if not re.match(r"#\d+\s+(?:NEW|REDUCE|pulse)", line):
            print(line, end="", flush=True)
    code = child.wait()
    print(
        f"{executed} mails read in {time.monotonic() - started:.0f} s, {coverage} edges and {features} features reached,"
        f" {'nothing found' if code == 0 else 'a finding, see above'}."
    )
    return 1 if code else 0


def _prepared() -> Path:
    corpus = KEPT / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for path in SEEDS.glob("*.eml"):
        if path.stat().st_size <= LONGEST:
            (corpus / path.name).write_bytes(path.read_bytes())
    escaped = (
        re.sub(r"[^ !#-\[\]-~]", lambda one: "".join(f"\\x{byte:02x}" for byte in one[0].encode()), word)
        for word in WORDS
    )
    (KEPT / "words").write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
    return corpus


def main() -> None:
    first, *rest = sys.argv[1:] or ["60"]
    if first == "--child":
        fuzz(rest)
    elif first == "--again":
        one_input(Path(rest[0]).read_bytes(), is_thorough=True)
    else:
        sys.exit(run(int(first)))


if __name__ == "__main__":
    main()
