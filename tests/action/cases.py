"""The steps of action.yml, run as a runner runs them. Started by run.sh."""

import functools
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import unittest

import yaml

ROOT = pathlib.Path(os.environ["COPYDESK_CHECKOUT"])
BINARY = pathlib.Path(os.environ["COPYDESK_BUILT"])
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
VERSION = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
ARCHIVE = "copydesk-x86_64-unknown-linux-musl.tar.gz"

# In the place of a program: writes down its arguments, one on each line, between marks.
SCRIBE = '#!/bin/sh\nfor word; do printf "<%s>\\n" "$word" >>"{log}"; done\n{then}\n'


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Case(unittest.TestCase):
    """A server with releases, an empty machine, and what a runner gives to the steps of an action."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="copydesk-action-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.served = self.folder / "served"
        self.releases = self.served / "someone/copydesk/releases/download"
        self.releases.mkdir(parents=True)
        for name in ("temp", "tools", "site"):
            (self.folder / name).mkdir()
        self.log = self.folder / "log"
        self.summary = self.folder / "summary"
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=self.served))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.server = f"http://127.0.0.1:{server.server_port}"

    def put_program(self, path, then):
        path.write_text(SCRIBE.format(log=self.log, then=then))
        path.chmod(0o755)

    def release(self, version=VERSION, binary=BINARY):
        """A release, packed as release.yml packs it."""
        folder = self.releases / f"v{version}"
        done = subprocess.run([ROOT / ".ci/archive", ARCHIVE.removesuffix(".tar.gz").removeprefix("copydesk-"), binary, folder],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
        self.assertEqual(done.returncode, 0, done.stdout)
        return folder

    def run_step(self, number, contexts, **machine):
        step = ACTION["runs"]["steps"][number]
        output = self.folder / f"output-{number}"
        output.write_text("")
        environment = {
            "PATH": f"{self.folder / 'tools'}{os.pathsep}{os.environ['PATH']}",
            "HOME": os.environ.get("HOME", "/"),
            "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64", "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_SERVER_URL": self.server, "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.summary),
            "no_proxy": "127.0.0.1", **machine,
            **{name: self.evaluate(value, contexts) for name, value in step.get("env", {}).items()},
        }
        done = subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
                              cwd=self.folder / "site", env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding="utf-8")
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return done.returncode, done.stdout, outputs

    @staticmethod
    def evaluate(text, contexts):
        """The expressions that action.yml uses: a name, or the first of several names that is not empty."""
        def value(found):
            names = [name.strip() for name in found[1].split("||")]
            return next((contexts[name] for name in names if contexts[name]), "")
        return re.sub(r"\$\{\{(.*?)\}\}", value, text)

    def contexts(self, **inputs):
        defaults = {name: one["default"] for name, one in ACTION["inputs"].items()}
        values = {f"inputs.{name}": value for name, value in {**defaults, **inputs}.items()}
        return {**values, "github.action_path": str(ROOT), "github.action_repository": "someone/copydesk",
                "github.repository": "reader/site"}

    def install(self, machine=None, **inputs):
        return self.run_step(0, self.contexts(**inputs), **(machine or {}))

    def logged(self):
        return self.log.read_text().splitlines() if self.log.exists() else []


class Install(Case):
    def test_the_archive_of_the_release_is_taken(self):
        self.release()
        self.put_program(self.folder / "tools/cargo", "exit 1")
        for version in ("", VERSION, f"v{VERSION}"):
            with self.subTest(version=version):
                status, log, outputs = self.install(version=version)
                self.assertEqual(status, 0, log)
                self.assertIn(f"copydesk {VERSION}", log)
                self.assertTrue(os.access(outputs["binary"], os.X_OK))
        self.assertEqual(self.logged(), [], "nothing was built")

    def test_what_does_not_agree_with_its_checksum_is_never_run(self):
        for name, damage in (
            ("another archive", lambda folder: self.append(folder / ARCHIVE, b"more")),
            ("another checksum", lambda folder: (folder / f"{ARCHIVE}.sha256").write_text("0" * 64 + f"  {ARCHIVE}\n")),
            ("no checksum in the file", lambda folder: (folder / f"{ARCHIVE}.sha256").write_text("\n")),
        ):
            with self.subTest(name):
                shutil.rmtree(self.folder / "temp")
                (self.folder / "temp").mkdir()
                trap = self.folder / "trap"
                self.put_program(trap, "exit 0")
                folder = self.release(binary=trap)
                self.log.unlink()  # the trap was asked for its manual page
                damage(folder)
                status, log, outputs = self.install()
                self.assertEqual(status, 2, log)
                self.assertIn("checksum", log)
                self.assertEqual((self.logged(), outputs), ([], {}))

    @staticmethod
    def append(path, more):
        path.write_bytes(path.read_bytes() + more)

    def test_without_an_archive_cargo_builds(self):
        # A cargo that puts something in the place where it was told to install.
        self.put_program(self.folder / "tools/cargo", 'mkdir -p "$4/bin"; printf "#!/bin/sh\\n" >"$4/bin/copydesk"; '
                                                      'chmod +x "$4/bin/copydesk"')
        temp = self.folder / "temp"
        for machine, version, expected in (
            ({}, "", ["<--path>", f"<{ROOT}>"]),
            ({}, "9.8.7", ["<copydesk>", "<--version>", "<9.8.7>"]),
            ({"RUNNER_ARCH": "ARM"}, "", ["<--path>", f"<{ROOT}>"]),
        ):
            with self.subTest(machine=machine, version=version):
                self.log.unlink(missing_ok=True)
                status, log, outputs = self.install(machine, version=version)
                self.assertEqual(status, 0, log)
                root = temp / f"copydesk-{version or VERSION}"
                self.assertEqual(self.logged(), ["<install>", "<--locked>", "<--root>", f"<{root}>", *expected])
                self.assertEqual(outputs, {"binary": str(root / "bin/copydesk")})

    def test_a_version_is_a_version(self):
        self.put_program(self.folder / "tools/cargo", "exit 0")
        for version in ("latest", "1.0", "1.0.0;id", "../../1.0.0", "1.0.0 --git x", "$(id)", "1.0.0\n2.0.0"):
            with self.subTest(version=version):
                status, log, outputs = self.install(version=version)
                self.assertEqual(status, 2, log)
                self.assertEqual((self.logged(), outputs), ([], {}))


class Check(Case):
    """What copydesk is called with, and what becomes of what it writes."""

    def check(self, then="exit 0", **inputs):
        self.log.unlink(missing_ok=True)
        program = self.folder / "copydesk"
        self.put_program(program, then)
        return self.run_step(1, {**self.contexts(**inputs), "steps.install.outputs.binary": str(program)})

    def test_inputs_become_arguments_and_nothing_else(self):
        summary = self.folder / "temp/copydesk-summary.md"
        always = ["<check>", "<--no-progress>", "<--format>", "<github>", "<--format>", f"<markdown={summary}>"]
        for inputs, expected in (
            ({}, ["<-->"]),
            ({"paths": "_posts\nold posts/a b.md\n\n"}, ["<-->", "<_posts>", "<old posts/a b.md>"]),
            ({"paths": "--fix"}, ["<-->", "<--fix>"]),
            ({"paths": "$(touch bad)\n`touch bad`\n*\n; touch bad"},
             ["<-->", "<$(touch bad)>", "<`touch bad`>", "<*>", "<; touch bad>"]),
            ({"args": "--preset  strict\n--fail-on error\n"}, ["<--preset>", "<strict>", "<--fail-on>", "<error>", "<-->"]),
            ({"args": "--only $(touch bad) *"}, ["<--only>", "<$(touch>", "<bad)>", "<*>", "<-->"]),
            ({"sarif": "out dir/a.sarif"}, ["<--format>", "<sarif=out dir/a.sarif>", "<-->"]),
        ):
            with self.subTest(inputs):
                status, log, _ = self.check(**inputs)
                self.assertEqual(status, 0, log)
                self.assertEqual(self.logged(), always + expected)
                self.assertEqual(list((self.folder / "site").iterdir()), [])

    def test_the_status_is_that_of_copydesk_and_the_summary_is_kept(self):
        summary = self.folder / "temp/copydesk-summary.md"
        self.summary.write_text("before\n")
        for status in (0, 1, 2):
            with self.subTest(status=status):
                found, log, _ = self.check(then=f'echo "::error::one"; echo "page {status}" >"{summary}"; exit {status}')
                self.assertEqual(found, status, log)
                self.assertIn("::error::one", log)
        self.assertEqual(self.summary.read_text(), "before\npage 0\npage 1\npage 2\n")


class Together(Case):
    def test_the_steps_work_with_the_program_itself(self):
        self.release()
        shutil.copytree(ROOT / "examples/blog", self.folder / "site/blog")
        contexts = self.contexts(paths="blog/_posts/2026-04-20-damaged.md", args="--fail-on error", sarif="copydesk.sarif")
        status, log, outputs = self.run_step(0, contexts)
        self.assertEqual(status, 0, log)
        status, log, _ = self.run_step(1, {**contexts, "steps.install.outputs.binary": outputs["binary"]})
        self.assertEqual(status, 1, log)
        self.assertRegex(log, r"(?m)^::error file=[^,]*2026-04-20-damaged\.md,line=9,")
        self.assertIn("damaged", self.summary.read_text(encoding="utf-8"))
        results = json.loads((self.folder / "site/copydesk.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
        places = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
        self.assertEqual({pathlib.PurePosixPath(place).name for place in places}, {"2026-04-20-damaged.md"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
