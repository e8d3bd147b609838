"""Check the box of a special protocol without the service that made it: read this file before you trust it.

    python verify_box.py box_2020-1.zip --trust authority.pem --head HASH

Needs Python 3.11 and `cryptography`. Leaves with 0 when no check failed and a certificate or a head that you
hold vouches for the box, 1 when not, 2 when it cannot be read. Money is whole tyiyn, shares exact fractions;
what a contested parameter costs is read from the terms: no model of transfers is run again.
"""

import argparse
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256

SAID = {
    "files": ("Файлдар тизмедегидей", "Файлы соответствуют описи", "The files are as listed"),
    "signature": ("Кол сиз ишенген сертификатта", "Подпись доверенного лица", "Signed by one you trust"),
    "journal": ("Журналдар үзүлбөйт", "Журналы не прерваны", "The journals are unbroken"),
    "head": ("Сиздеги журнал башы бар", "Известная вам вершина журнала", "The head that you hold"),
    "records": ("Файлдар журналда айтылгандай", "Файлы те, что в журнале", "The files the journal tells"),
    "positions": ("Ачылган позициялар", "Открытые позиции", "Opened positions as committed to"),
    "figures": ("Айырмалар менен суммалар", "Разницы и суммы", "Every difference and sum"),
    "option": ("Вариант эрежени сактайт", "Вариант следует правилу", "The option follows its rule"),
    "passed": ("ӨТТҮ", "ПРОЙДЕНА", "PASSED"),
    "failed": ("ӨТПӨДҮ", "НЕ ПРОЙДЕНА", "FAILED"),
    "not_possible": ("МҮМКҮН ЭМЕС", "НЕВОЗМОЖНА", "NOT POSSIBLE"),
    "whole": ("Пакет чыныгы", "Пакет подлинный", "The box is genuine"),
}
COLUMNS = ("government", "lsg", "computed", "proposed", "decided")


def plain(value: dict[str, Any]) -> Any:
    """Read what JSON has no form for: money as whole tyiyn, a share as a fraction, a figure as its value."""
    if {"first", "step", "money"} <= value.keys():  # what each value of a parameter costs
        return dict(zip(count(value["first"], value["step"]), value["money"], strict=False))
    name, held = next(iter(value.items())) if len(value) == 1 else ("", "")
    if name in ("som", "amount", "share"):
        return Fraction(held) if name == "share" else int(Fraction(held) * 100)
    stated = {name: each for name, each in value.items() if each != ""}  # the paper leaves out what is blank
    return held if name in ("points", "answer", "wording") else stated


def packed(files: dict[str, bytes]) -> bytes:
    """Return the one archive that these files have: nothing compressed, no time, in alphabetical order."""
    with zipfile.ZipFile(held := io.BytesIO(), "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, files[name])
    return held.getvalue()


def prefixed(*parts: str | bytes) -> bytes:
    """Join parts, eight bytes of length before each, so that no two lists give the same bytes."""
    encoded = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(8, "big") + part for part in encoded)


def code(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Box:  # the files of a box; each check yields the places where it fails
    def __init__(self, content: bytes, trusted: x509.Certificate | None, heads: list[str]) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.content, self.trusted, self.heads = content, "manifest.sig" in self.files and trusted, heads
        self.list = json.loads(self.files["manifest.json"])
        self.protocol = json.loads(self.files["protocol/protocol.json"], object_hook=plain)["protocol"]
        self.facts, self.lines = self.protocol["facts"], self.protocol["facts"]["lines"]
        journals = [self.rows(name) for name in sorted(self.files) if name.startswith("journal/")]
        self.chains = {entries[0]["chain"]: entries for entries in journals}
        self.sitting = self.chains[f"sitting:{self.list['sitting']}"]

    def rows(self, name: str) -> list[Any]:
        return [json.loads(line) for line in self.files[name].splitlines()]

    def told(self, kind: str) -> list[Any]:
        return [json.loads(entry["payload"]) for entry in self.sitting if entry["kind"] == kind]

    def check_files(self) -> Iterator[str]:
        if packed(self.files) != self.content:
            yield "zip"
        for name in sorted((self.list["files"].keys() | self.files) - {"manifest.json", "manifest.sig"}):
            if self.list["files"].get(name) != code(self.files.get(name, b"")):
                yield name

    def check_signature(self) -> Iterator[str]:
        signer: Any = x509.load_pem_x509_certificates(self.files["certificates.pem"])[0]
        key = signer.public_key()
        how = (ec.ECDSA(SHA256()),) if hasattr(key, "curve") else (padding.PKCS1v15(), SHA256())
        key.verify(self.files["manifest.sig"], self.files["manifest.json"], *how)
        if signer != self.trusted:  # what does not hold is raised
            yield from signer.verify_directly_issued_by(self.trusted) or ()

    def check_journal(self) -> Iterator[str]:
        for chain, entries in self.chains.items():
            before = "0" * 64
            for number, entry in enumerate(entries, 1):
                fields = (chain, str(number), entry["at"], entry["kind"], entry["payload"], before)
                said = code(prefixed("budgetproto.journal.1", *fields))
                if entry != entry | {"chain": chain, "sequence": number, "previous": before, "hash": said}:
                    yield f"{chain} {number}"
                before = entry["hash"]
            if self.list["heads"].get(chain) != {"hash": before, "length": len(entries)}:
                yield chain
        ends = [(self.sitting[0]["chain"], self.facts["head"]["sequence"], self.facts["head"]["digest"])]
        for said in self.told("disputes.party_head_entered"):  # where the parties stood at the opening
            ends.append((f"party:{self.list['sitting']}:{said['party']}", said["length"], said["head"]))
        yield from (it for it, last, head in ends if last and self.chains[it][last - 1]["hash"] != head)

    def check_head(self) -> Iterator[str]:
        yield from set(self.heads) - {entry["hash"] for each in self.chains.values() for entry in each}

    def check_records(self) -> Iterator[str]:
        told = next(it for it in self.told("protocol.issued") if it["number"] == self.facts["number"])
        said = {f"_{of}.pdf": told[f"file_{of}"] for of in ("ky", "ru", "en")}
        said[".json"] = told["fingerprint"]
        yield from (it for it, known in said.items() if code(self.files[f"protocol/protocol{it}"]) != known)
        for name, kind in (("terms", "sittings.terms_proposed"), ("options", "disputes.option_published")):
            salt, rows = b"budgetproto.terms.1\n" * (name == "terms"), self.rows(f"records/{name}.jsonl")
            found = [(row["number"], code(salt + row["document"].encode())) for row in rows]
            if found != [(event["number"], event["digest"]) for event in self.told(kind)]:
                yield name

    def check_positions(self) -> Iterator[str]:
        every = ((line["number"], it) for line in self.lines for it in line.get("positions", []))
        printed = {(number, position["party"]): position for number, position in every}
        for each in self.rows("receipts.jsonl"):
            place = prefixed(each["sitting"], each["line"], each["party"], str(each["version"]))
            parts = prefixed("budgetproto.position.1", place, each["position"], bytes.fromhex(each["nonce"]))
            said = {"line": each["line"], "number": each["version"], "commitment": code(parts)}
            entry = self.chains[each["chain"]][each["sequence"] - 1]
            told, filed = json.loads(entry["payload"]), json.loads(each["position"], object_hook=plain)
            where, own = (each["line_number"], each["party_key"]), each["chain"].endswith(f":{each['party']}")
            known = own and entry["hash"] == each["head"] and told == told | said
            if not known or said_in(printed.pop(where)) != said_in(filed):
                yield str(where)
        yield from map(str, printed)

    def check_figures(self) -> Iterator[str]:
        made = [worked_out(line) for line in self.lines]
        for line, said in zip(made, self.protocol["lines"], strict=True):
            known = said | {it: (said[it].get("figure"), said[it].get("money")) for it in COLUMNS}
            if any(known[it] != line[it] for it in known.keys() & line.keys()):
                yield str(line["number"])
        for total in (*self.protocol["years"], self.protocol["overall"]):
            if not added_up(total, [it for it in made if total["year"] in (None, it["year"])]):
                yield f"sum {total['year']}"

    def check_option(self) -> Iterator[str]:
        rows = {row["number"]: row["document"] for row in self.rows("records/options.jsonl")}
        option = json.loads(rows[self.facts["option"]["version"]])["option"]
        awards = {int(award["line"]): award for award in option["lines"]}
        for line in (each for each in self.lines if "option" in each):
            award, printed, made = awards[line["number"]], line["option"], worked_out(line)
            amount, figure, own = award["amount"], printed.get("figure"), made["government"]["prices" in line]
            costs = {None: 0} if amount is None else line.get("prices", {amount: amount})
            paid = [value for value, cost in costs.items() if cost <= (amount or 0)]
            most = paid[-1:] if costs[max(costs)] >= costs[min(costs)] else paid[:1]
            right = figure in paid and figure in (*most, made["government"][0], made["lsg"][0])
            if not right or (printed.get("granted"), own) != (award["granted"], award["government"]):
                yield str(line["number"])
        yield from broken(option)


def said_in(position: Any) -> str:
    said = [position.get(name) for name in ("figure", "rationale", "source")]
    return repr([it.get("text", it.get("ky")) if isinstance(it, dict) else it for it in said])


def worked_out(line: Any) -> dict[str, Any]:
    """Return what follows from a line: figures with their money, LSG minus Government, what LSG gets more."""
    stated = {each["party"]: each.get("figure") for each in line.get("positions", [])}
    decision, option, base = line.get("decision") or {}, line.get("option") or {}, line.get("money_base")
    figures = [stated.get(line.get(f"lead_{side}")) for side in COLUMNS[:2]]
    figures += [option.get("figure"), decision.get("proposed"), decision.get("decided")]
    found: dict[str, Any] = {"number": line["number"], "year": line["year"], "difference": None}
    for name, figure in zip(COLUMNS, figures, strict=True):
        money = line.get("prices", {figure: figure}).get(figure) if type(figure) is int else None
        if money is not None and line["measure"] != "amount" and "prices" not in line:  # halves go outward
            size = None if base is None else (2 * abs(base * money) + 10_000) // 20_000
            money = -size if size and base * money < 0 else size
        found[name] = (figure, money)
    (government, before), (lsg, after) = found["government"], found["lsg"]
    if type(government) is int and type(lsg) is int:
        gap, money = lsg - government, None if before is None or after is None else after - before
        share = Fraction(gap, government) if government else None
        found["difference"] = {"signed": gap, "absolute": abs(gap), "share": share, "money": money}
        found["difference"]["money_absolute"] = money and abs(money)
    agreed = decision.get("outcome") in ("agreed", "partly_agreed")
    for name, counts in (("computed", True), ("decided", agreed)):
        more = None if before is None or found[name][1] is None or not counts else found[name][1] - before
        found[f"extra_{name}"] = more and more * line.get("cost_sign", 1)
    return found


def added_up(total: Any, lines: list[Any]) -> bool:
    """Tell whether sums are those of their lines, those on which one side states no money apart."""
    both = [it for it in lines if it["difference"] and it["difference"]["money"] is not None]
    apart = [it for it in lines if None in (it["government"][1], it["lsg"][1])]
    gaps = [line["difference"]["money"] for line in both]
    found = {it: sum(line[it] or 0 for line in both) for it in ("extra_computed", "extra_decided")}
    right: bool = total == total | found | {"signed": sum(gaps), "absolute": sum(map(abs, gaps))}
    for name, chosen in (("compared", both), ("one_sided", apart)):
        stated = {name: [it[name][1] for it in chosen if it[name][1] is not None] for name in COLUMNS}
        made = {f"{it}_lines": len(every) for it, every in stated.items()}
        right &= total[name] == total[name] | made | {it: sum(every) for it, every in stated.items()}
    return right


def broken(option: Any) -> Iterator[str]:
    """Yield what does not hold in an option: sums, bounds, limits, figures, the proof of rules A to E."""
    lines, status = [it for it in option["lines"] if it["granted"] is not None], option["status"]
    given = {award["line"]: award["granted"] for award in lines}
    total, left = sum(given.values()), option["undistributed"]
    shared = total + left == option["envelope"] or status not in ("complete", "undistributed")
    if not shared or (option["totals"]["granted"] or 0) != total:
        yield "sum"
    for award in lines:
        granted, origin = award["granted"] - award["outside"], award["cost_sign"] * (award["government"] or 0)
        whole = (origin + granted) % option["quantum"] == 0 or granted in (award["lower"], award["upper"])
        inside = award["lower"] <= granted <= max(award["upper"], 0) and (whole or not award["filled"])
        figure = (award["government"] or 0) + award["cost_sign"] * award["granted"]
        if not inside or (award["in_money"] and figure != award["amount"]):
            yield award["line"]
    for limit in option["envelopes"]:
        together = sum(given.get(line, 0) for line in limit["lines"])
        least, most = (together if limit[it] is None else limit[it] for it in ("least", "most"))
        if together != limit["granted"] or (least <= together <= most) == bool(limit["missed"]):
            yield str(limit["name"])
    proofs = {each["pool"]: each for each in (option["certificate"], *option["certificates"]) if each}
    for pool in {award["pool"] for award in (*lines, *option["recipients"]) if award["filled"]}:
        if option["rule"] in "ABCDE" and (pool not in proofs or not proven(option, proofs[pool])):
            yield f"certificate {pool}"


def proven(option: Any, proof: Any) -> bool:
    """Tell whether no step of money that was given comes after one that was not, by the rule's own order."""
    taken, left, total, quantum = list[Any](), list[Any](), 0, option["quantum"]
    pool = [it for it in (*option["lines"], *option["recipients"]) if it["pool"] == proof["pool"]]
    for award in (each for each in pool if each["filled"]):
        granted, origin = award["granted"] - award["outside"], award["cost_sign"] * (award["government"] or 0)
        low, high, place = origin + award["lower"], origin + award["upper"], origin + granted
        down, up, total = (place - quantum, place), (place, place + quantum), total + granted
        if proof["stage"] != "whole":  # only each line's broken first or last step was shared out
            edge = (low, low + -low % quantum) if proof["stage"] == "first" else (high - high % quantum, high)
            down, up = (edge, (0, 0)) if place == edge[1] else ((0, 0), edge)
        for (start, end), steps in ((down, taken), (up, left)):
            if low <= start < end <= high:
                wanted = Fraction(start + end, 2) - origin - award["offset"]
                rate = wanted / (award["slope"] or award["claim"] or 1) - Fraction(award["shift"], 10_000)
                steps.append((rate, award["tie"]))
    last, first = max(taken, default=None), min(left, default=None)
    said = [proof[name] and Fraction(proof[name]) for name in ("last_taken", "first_left")]
    right = said == [step and step[0] for step in (last, first)] and proof["total"] == total
    return right and (last is None or first is None or last < first)


def outcomes(box: Box) -> Iterator[tuple[str, str, str]]:
    at_hand = {"signature": box.trusted, "head": box.heads, "option": box.facts.get("option")}
    for name in list(SAID)[:8]:
        try:
            faults = list(getattr(box, f"check_{name}")()) if at_hand.get(name, True) else []
            outcome = "failed" if faults else "passed" if at_hand.get(name, True) else "not_possible"
            yield name, outcome, ", ".join(faults[:5])
        except Exception as fault:  # strangers wrote it: whatever goes wrong, the check has not passed
            yield name, "failed", repr(fault)[:80]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("box", type=argparse.FileType("rb"))
    asked.add_argument("--trust", type=argparse.FileType("rb"), help="the certificate (PEM) that you trust")
    asked.add_argument("--head", action="append", default=[], help="the head of a journal that you hold")
    given, said = asked.parse_args(), {name: " / ".join(words) for name, words in SAID.items()}
    try:
        trusted = given.trust and x509.load_pem_x509_certificate(given.trust.read())
        found = list(outcomes(Box(given.box.read(), trusted, given.head)))
    except Exception:  # strangers wrote it: it may be unreadable in any way
        found = []
    for number, (name, outcome, where) in enumerate(found, 1):
        print(f"{number}. {said[name]}: {said[outcome]}{f' ({where})' if where else ''}")
    told = [outcome for _, outcome, _ in found]
    genuine = "failed" not in told and "passed" in told[1:4:2]  # the signature, or the head
    print(f"{said['whole']}: {said['passed' if genuine else 'failed']}")
    return 0 if genuine else 1 if found else 2


if __name__ == "__main__":
    raise SystemExit(main())
