"""What the hooks must do, each case by the real pre-commit and the real prek. Started by run.sh."""

import functools
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["COPYDESK_ROOT"])
BINARY = pathlib.Path(os.environ["COPYDESK_BINARY"])
WORK = pathlib.Path(os.environ["COPYDESK_WORK"])
RUNNERS = ("pre-commit", "prek")

FERRY = "_posts/2024-03-02-ferry.md"
BOAT = "_posts/2024-03-09-post-boat.md"
COPY = "_posts/2024-04-01-copy.md"

FOG = """---
title: Fog over the sound
---
For nine days nobody saw the other shore. The bell on the mole was rung each quarter of an hour, by whoever had just come in,
and the gulls walked on the quay as if they had forgotten what wings are for.

Fishermen mended nets in the church, since it has the best stove. Children were sent to school along a rope. When the wind
turned at last, the first thing to come out of the white was the roof of the customs house, with a heron on it.
"""

# All that a build needs: pip sees what stands here and not what git knows.
SOURCES = (".pre-commit-hooks.yaml", "pyproject.toml", "Cargo.toml", "Cargo.lock", "build.rs", "README.md",
           "LICENSE-APACHE", "LICENSE-MIT", "src", "lints", "benches")

# In the place of copydesk on the PATH: tells how many files each process got, then does the work.
WITNESS = '#!/bin/sh\necho "$#" >>"$COPYDESK_WITNESS"\nexec "$COPYDESK_BINARY" "$@"\n'
# `check --quiet` stands before the files.
WORDS_OF_THE_ENTRY = 2


def run(arguments, folder, before=None, **environment):
    """Runs a command to its end; its status and all that it wrote."""
    done = subprocess.run([str(argument) for argument in arguments], cwd=folder, env={**os.environ, **environment},
                          preexec_fn=before, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", errors="replace")
    return done.returncode, done.stdout


def narrow():
    """Lets a command line hold 128 KiB, the least that Linux allows: it is a quarter of the stack."""
    resource.setrlimit(resource.RLIMIT_STACK, (512 * 1024, resource.getrlimit(resource.RLIMIT_STACK)[1]))


def git(folder, *arguments):
    status, output = run(("git", *arguments), folder)
    if status != 0:
        raise AssertionError(f"git {arguments}: {output}")
    return output.strip()


def hook_repository(folder, names):
    """A repository with these files of the project, as a user's configuration names it; its revision."""
    folder.mkdir()
    for name in names:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Hooks")
    return git(folder, "rev-parse", "HEAD")


def remove_all(paths):
    for path in list(paths):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def by_each_runner(case):
    """The case for each runner, with a site of its own."""
    @functools.wraps(case)
    def cases(self):
        for runner in RUNNERS:
            with self.subTest(runner=runner):
                self.new_site(f"site-{runner}")
                case(self, runner)
    return cases


class Case(unittest.TestCase):
    """A fresh repository with the hooks, and what runs in a site that uses them."""

    def setUp(self):
        WORK.mkdir(parents=True, exist_ok=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="case-", dir=WORK))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.hooks = self.folder / "hooks"
        self.revision = hook_repository(self.hooks, SOURCES[:1])
        tools = self.folder / "tools"
        tools.mkdir()
        (tools / "copydesk").write_text(WITNESS)
        (tools / "copydesk").chmod(0o755)
        self.witness = self.folder / "witness"
        self.environment = {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "COPYDESK_WITNESS": str(self.witness),
            "LC_ALL": "C.UTF-8",
            "PRE_COMMIT_HOME": str(self.folder / "pre-commit"),
            "PREK_HOME": str(self.folder / "prek"),
        }

    def new_site(self, name):
        self.site = self.folder / name
        shutil.copytree(ROOT / "tests/hooks/site", self.site)
        git(self.site, "init", "--quiet")
        git(self.site, "add", "--all")
        git(self.site, "commit", "--quiet", "--message", "Site")
        self.witness.unlink(missing_ok=True)

    def run_in_site(self, *arguments, before=None):
        return run(arguments, self.site, before, **self.environment)

    def try_hook(self, runner, before=None):
        return self.run_in_site(runner, "try-repo", self.hooks, "copydesk-system", "--verbose", before=before)

    def read(self, path):
        return (self.site / path).read_text(encoding="utf-8")

    def write(self, path, text):
        (self.site / path).write_text(text, encoding="utf-8")

    def files_of_each_process(self):
        return [int(line) - WORDS_OF_THE_ENTRY for line in self.witness.read_text().split()]

    def configure(self, *hooks):
        """The site asks for hooks, as a user would, by repository and revision."""
        asked = "".join(f"      - id: {hook}\n" for hook in hooks)
        self.write(".pre-commit-config.yaml", f"repos:\n  - repo: {self.hooks.as_posix()}\n    rev: {self.revision}\n"
                                              f"    hooks:\n{asked}")
        git(self.site, "add", ".pre-commit-config.yaml")
        git(self.site, "commit", "--quiet", "--message", "Hook")


class Manifest(Case):
    def test_the_manifest_is_valid(self):
        for runner in RUNNERS:
            with self.subTest(runner=runner):
                status, output = run((runner, "validate-manifest", ROOT / ".pre-commit-hooks.yaml"), ROOT)
                self.assertEqual(status, 0, output)


class Report(Case):
    @by_each_runner
    def test_a_commit_without_fault_passes(self, runner):
        self.write(BOAT, self.read(BOAT) + "\nShe is back at noon.\n")
        git(self.site, "add", BOAT)
        status, output = self.try_hook(runner)
        self.assertEqual(status, 0, output)
        self.assertEqual(self.files_of_each_process(), [1])

    @by_each_runner
    def test_a_copy_of_a_post_outside_of_the_commit_is_found(self, runner):
        for known in (True, False):
            # The post that is copied is committed and unchanged, or git has never heard of it.
            original = FERRY if known else "_posts/2024-03-30-fog.md"
            if not known:
                self.write(original, FOG)
            self.write(COPY, self.read(original).replace("rain water", "well water").replace("nine", "eight"))
            git(self.site, "add", COPY)
            status, output = self.try_hook(runner)
            self.assertEqual(status, 1, output)
            self.assertIn(f"`{original}`", output)
            # What is reported stands in the post that the author can edit.
            self.assertIn(f"╭─[ {COPY}:", output)
            self.assertNotIn(f"╭─[ {original}:", output)

    @by_each_runner
    def test_what_is_no_post_is_left_alone(self, runner):
        self.write("_config.yml", self.read("_config.yml") + "description: Notes from the strait\n")
        self.write("notes.txt", "TODO: write about the lighthouse\n")
        git(self.site, "add", "--all")
        status, output = self.try_hook(runner)
        self.assertEqual(status, 0, output)
        self.assertFalse(self.witness.exists(), "no process for a commit without a post")


class PartlyStaged(Case):
    """The hook judges what will be committed, and leaves the rest of the work as it was."""

    FAULT = "\nSee [the timetable]() for the hours.\n"

    @by_each_runner
    def test_a_fault_that_is_not_staged_does_not_block(self, runner):
        sound = self.read(BOAT) + "\nShe is back at noon.\n"
        self.write(BOAT, sound)
        git(self.site, "add", BOAT)
        self.write(BOAT, sound + self.FAULT)
        status, output = self.try_hook(runner)
        self.assertEqual(status, 0, output)
        self.assertEqual(self.read(BOAT), sound + self.FAULT)

    @by_each_runner
    def test_a_repair_that_is_not_staged_does_not_help(self, runner):
        sound = self.read(BOAT)
        self.write(BOAT, sound + self.FAULT)
        git(self.site, "add", BOAT)
        self.write(BOAT, sound)
        status, output = self.try_hook(runner)
        self.assertEqual(status, 1, output)
        self.assertIn("[the timetable]()", output)
        self.assertEqual(self.read(BOAT), sound)


class ManyFiles(Case):
    """The first and the last of the files are copies of each other."""

    def add_posts(self, count, padding):
        words = ("harbour", "lantern", "rope", "gull", "tide", "barrel", "letter", "bread", "engine", "fog", "pier", "sack")
        day = lambda number: f"{2001 + number // 336}-{number % 336 // 28 + 1:02}-{number % 28 + 1:02}"
        names = []
        for number in range(count):
            told = 0 if number == count - 1 else number
            # Two words of the list, and the order of all, are other ones in each post.
            turn = told * 7919
            text = " ".join(f"{words[(turn // 12 ** (place % 4) + place * (told % 11 + 1)) % 12]}{turn % 1009 + place}"
                            for place in range(80))
            name = f"_posts/{day(number)}-entry-{number:04}{padding}.md"
            self.write(name, f"---\ntitle: Entry {number}\n---\nIn the log stands {text}.\n")
            names.append(name)
        git(self.site, "add", "--all")
        return names[0], names[-1]

    def assert_found(self, status, output, first, last):
        self.assertEqual(status, 1, output[-4000:])
        self.assertIn("the same text as", output)
        self.assertIn(f"╭─[ {last}:", output)
        self.assertIn(f"├─[ {first}:", output)

    @by_each_runner
    def test_six_hundred_files_are_one_process_and_one_report(self, runner):
        first, last = self.add_posts(600, "")
        status, output = self.try_hook(runner)
        self.assertEqual(self.files_of_each_process(), [600])
        self.assert_found(status, output, first, last)
        self.assertEqual(output.count("the same text as"), 1, output)

    @by_each_runner
    def test_files_of_several_processes_are_compared_all_the_same(self, runner):
        # 150 KiB of names. pre-commit itself hands over 128 KiB at once, prek as much as the system takes.
        first, last = self.add_posts(600, "-" + "long" * 56)
        status, output = self.try_hook(runner, before=narrow if runner == "prek" else None)
        processes = self.files_of_each_process()
        self.assertGreater(len(processes), 1, processes)
        self.assertEqual(sum(processes), 600)
        self.assert_found(status, output, first, last)


class Installed(Case):
    """Hooks that git itself starts."""

    @by_each_runner
    def test_a_commit_is_blocked_until_the_fault_is_repaired(self, runner):
        self.configure("copydesk-system")
        status, output = self.run_in_site(runner, "install")
        self.assertEqual(status, 0, output)
        before = git(self.site, "rev-parse", "HEAD")
        self.write(COPY, self.read(FERRY))
        git(self.site, "add", COPY)
        status, output = self.run_in_site("git", "commit", "--message", "Copy")
        self.assertNotEqual(status, 0, output)
        self.assertIn(f"`{FERRY}`", output)
        self.assertEqual(git(self.site, "rev-parse", "HEAD"), before)

        self.write(COPY, "---\ntitle: The lighthouse\n---\nThe lamp turns once in nine seconds, and at night the whole "
                         "bay turns with it: boats, nets, the white wall of the school.\n")
        git(self.site, "add", COPY)
        status, output = self.run_in_site("git", "commit", "--message", "Lighthouse")
        self.assertEqual(status, 0, output)
        self.assertEqual(git(self.site, "rev-parse", "HEAD^"), before)


class FromSource(Case):
    """`language: python`: the runner builds the binary by pyproject.toml. Built without optimisation: the way is proved,
    which is the same for both profiles, and the build is minutes shorter. release.yml builds wheels as they are shipped."""

    def setUp(self):
        super().setUp()
        self.hooks = self.folder / "hooks-with-source"
        self.revision = hook_repository(self.hooks, SOURCES)
        (self.folder / "tools" / "copydesk").unlink()  # what runs must be what was built
        self.environment["MATURIN_PEP517_ARGS"] = "--profile dev"
        # Dependencies are compiled once; of the project itself, which lies in a new folder each time, nothing is kept.
        build = WORK / "build"
        self.environment.update(CARGO_TARGET_DIR=str(build), CARGO_INCREMENTAL="0", CARGO_PROFILE_DEV_DEBUG="0")
        self.addCleanup(remove_all, build.glob("debug/*/*copydesk*"))

    @by_each_runner
    def test_built_from_source_it_blocks_a_commit_and_a_push(self, runner):
        remote = self.folder / f"remote-{runner}"
        git(self.folder, "init", "--quiet", "--bare", remote)
        git(self.site, "remote", "add", "origin", remote)
        self.configure("copydesk-fix", "copydesk", "copydesk-site")
        status, output = self.run_in_site(runner, "install", "--hook-type", "pre-commit", "--hook-type", "pre-push")
        self.assertEqual(status, 0, output)
        self.write(COPY, self.read(FERRY))
        git(self.site, "add", COPY)
        self.assertIn(f"`{FERRY}`", self.assert_ends("git", "commit", "--message", "Copy", passes=False))
        git(self.site, "rm", "--quiet", "--force", COPY)
        self.assert_ends("git", "push", "origin", "main", passes=True)

        # What is repaired stops the commit once, and is let through when it is added.
        self.write(COPY, '---\ntitle: "They say "at nine" here"\n---\nThe lamp turns once in nine seconds, and at night the '
                         'whole bay turns with it: boats, nets, the white wall of the school.\n')
        git(self.site, "add", COPY)
        self.assert_ends("git", "commit", "--message", "Lighthouse", passes=False)
        self.assertIn("title: 'They say \"at nine\" here'", self.read(COPY))
        git(self.site, "add", COPY)
        self.assert_ends("git", "commit", "--message", "Lighthouse", passes=True)

        # A page that others link to goes away: no post of the commit is at fault, the push is.
        git(self.site, "rm", "--quiet", BOAT)
        self.assert_ends("git", "commit", "--message", "Without the boat", passes=True)
        output = self.assert_ends("git", "push", "origin", "main", passes=False)
        self.assertIn("`{% post_url 2024-03-09-post-boat %}`", output)

    def assert_ends(self, *command, passes):
        status, output = self.run_in_site(*command)
        self.assertEqual(status == 0, passes, output)
        return output


if __name__ == "__main__":
    unittest.main(verbosity=2)
