#!/usr/bin/env python3
"""Replays keystrokes in a post of 100 kB on a large site, and times what the language server says.

    benches/editor.py COPYDESK SITE [EDITS]

Prints medians and 95th percentiles, in milliseconds, from a keystroke to the diagnostics of the post itself and to those of another
open post, and the memory of the server before and after. SITE is not changed: the texts are never saved.
"""
import json, pathlib, queue, statistics, subprocess, sys, threading, time

WORDS = "the keeper of the lock wrote down how high the water stood and which of the barges waited above the weir".split()


class Client:
    def __init__(self, program, site):
        self.server = subprocess.Popen([program, "lsp"], cwd=site, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.said, self.number = queue.Queue(), 0
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while True:
            length = 0
            while (line := self.server.stdout.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            message = json.loads(self.server.stdout.read(length))
            if message.get("method") == "textDocument/publishDiagnostics":
                self.said.put((time.perf_counter(), message["params"]))

    def send(self, method, params, answer=False):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if answer:
            self.number += 1
            message["id"] = self.number
        text = json.dumps(message).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        self.server.stdin.flush()

    def wait(self, uri, fits, seconds=120):
        until = time.perf_counter() + seconds
        while True:
            at, said = self.said.get(timeout=max(0.01, until - time.perf_counter()))
            if said["uri"] == uri and fits(said):
                return at

    def memory(self):
        status = pathlib.Path(f"/proc/{self.server.pid}/status").read_text()
        return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def told(name, times):
    times.sort()
    print(f"{name:<32} median {1000 * statistics.median(times):6.1f} ms   95 % {1000 * times[int(len(times) * 0.95)]:6.1f} ms")


def main():
    program, site, edits = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    body = "\n\n".join(" ".join(WORDS[(turn * 7 + at) % len(WORDS)] for at in range(90)) for turn in range(230))
    text = f"---\ntitle: A long post\ndate: 2024-05-06\n---\n\n{body}\n"
    long, other = (f"file://{site}/content/{name}.md" for name in ("keystrokes", "keystrokes-other"))
    client = Client(program, site)
    client.send("initialize", {"processId": None, "capabilities": {}}, answer=True)
    client.send("initialized", {})

    def open_(uri, text):
        client.send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})

    since = time.perf_counter()
    open_(long, text)
    first = client.wait(long, lambda said: True) - since
    open_(other, "---\ntitle: Another\n---\n\nSee [nothing](./not-there-yet.md).\n")
    client.wait(other, lambda said: any(one["code"] == "link-broken-local" for one in said["diagnostics"]))
    whole = time.perf_counter() - since
    print(f"{len(text) // 1000} kB; first diagnostics after {1000 * first:.0f} ms, the whole site after {whole:.1f} s; {client.memory()} MB")

    line = 6
    own, others = [], []
    for edit in range(edits):
        version = edit + 2
        place = {"line": line, "character": edit % 400}
        change = [{"range": {"start": place, "end": place}, "text": "x"}]
        since = time.perf_counter()
        client.send("textDocument/didChange", {"textDocument": {"uri": long, "version": version}, "contentChanges": change})
        own.append(client.wait(long, lambda said: said["version"] == version) - since)
        if edit % 10 == 0:
            others.append(client.wait(other, lambda said: True) - since)
            while not client.said.empty():
                client.said.get()
    told("to the post's own diagnostics", own)
    told("to those of another post", others)
    print(f"{edits} edits later: {client.memory()} MB")
    client.server.kill()


main()
