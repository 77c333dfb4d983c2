"""Reads the reports in a folder with the libraries of their consumers, and compares what they see with the JSON."""

import collections
import csv
import json
import pathlib
import sys
import xml.etree.ElementTree

import junitparser
from sarif import loader

folder = pathlib.Path(sys.argv[1])
report = json.loads((folder / "json").read_text())
shown = [one for one in report["diagnostics"] if one["verdict"] == "reported"]
levels = collections.Counter(one["level"] for one in shown)


def same(what, seen, expected):
    """Stops where a consumer sees something else than there is."""
    if seen != expected:
        sys.exit(f"{what}: {seen!r}, and not {expected!r}")


# sarif-tools: counts by severity, and the code and line of every record.
sarif = loader.load_sarif_files(str(folder / "x.sarif"))
same("sarif-tools, results", sarif.get_result_count(), len(shown))
counts = sarif.get_report().get_issue_count_for_severity
for severity, level in [("error", "error"), ("warning", "warn"), ("note", "info")]:
    same(f"sarif-tools, {severity}", counts(severity), levels[level])
records = collections.Counter((one["Code"], int(one["Line"])) for one in sarif.get_records())
same("sarif-tools, records", records, collections.Counter((one["lint"], one["range"]["start"]["line"]) for one in shown))
with open(folder / "x.csv", newline="") as rows:
    same("sarif csv, rows", sum(1 for _ in csv.DictReader(rows)), len(shown))

# junitparser: the sums that it counts by itself are those that are written.
suites = junitparser.JUnitXml.fromfile(str(folder / "junit.xml"))
written = (suites.tests, suites.failures, suites.errors)
suites.update_statistics()
same("junitparser, sums", (suites.tests, suites.failures, suites.errors), written)
same("junitparser, suites", len(list(suites)), report["summary"]["posts"])
same("junitparser, failures", suites.failures, levels["error"] + levels["warn"])
for suite in suites:
    same("junitparser, cases", suite.tests, len(list(suite)))

# Checkstyle: each error with its place and its lint.
root = xml.etree.ElementTree.parse(folder / "checkstyle.xml").getroot()
seen = collections.Counter((one.get("source"), one.get("line"), one.get("column")) for one in root.iter("error"))
starts = [(f"copydesk.{one['lint']}", one["range"]["start"]) for one in shown]
expected = collections.Counter((lint, str(start["line"]), str(start["column"])) for lint, start in starts)
same("Checkstyle, errors", seen, expected)

# GitLab shows one issue for a fingerprint.
issues = json.loads((folder / "gitlab.json").read_text())
same("GitLab, fingerprints", len({issue["fingerprint"] for issue in issues}), len(shown))
print(f"{len(shown)} diagnostics in {report['summary']['posts']} posts, read as they were written")
