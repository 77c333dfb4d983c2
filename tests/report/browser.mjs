// Cases of tests/report/run.sh: pages of `copydesk report` in a real Chromium, as a reader has them, from a file.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const work = process.env.COPYDESK_WORK;
const require = createRequire(join(work, "package.json"));
const { chromium } = require("playwright-core");
const { HtmlValidate } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// What names, titles and texts hold. `hit` is called by whatever runs. No `/`: these are names of files too.
const HOSTILE = [
  "<script>hit(1)<\u2215script>",
  "\"><img src=x onerror=hit(2)>",
  "' onmouseover='hit(3)' autofocus onfocus='hit(4)",
  "\u202etxt.\u2066evil",
  "\u001b[31mred\u0007",
  "]]><![CDATA[ --> -->",
];
// What only texts and titles hold.
const MORE = ["</style></script><script>hit(5)</script>", "[go](javascript:hit(6))", "<a href='javascript:hit(7)'>go</a>", "<svg onload=hit(8)>"];

// A long text in which no sentence says what another says.
const things = ["ferry", "lamp", "rope", "gull", "crane", "barrel", "tide", "letter", "clerk", "winch", "sail"];
const same = `The harbour was quiet that morning. ${Array.from({ length: 100 }, (_, at) => `The ${things[at % 11]} of the ${things[(at * 7 + 3) % 11]} came to the ${things[(at * 5 + 1) % 11]} before the ${things[(at * at) % 11]} had left.`).join(" ")}`;

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

// A site of hostile posts with copies, broken links, lines of 10,000 characters, in two years.
function hostileSite(root) {
  rmSync(root, { recursive: true, force: true });
  write(join(root, "_config.yml"), "title: Test\n");
  HOSTILE.forEach((words, at) => {
    const title = JSON.stringify(`${words} ${MORE[at % MORE.length]}`).replaceAll("\u007f", "");
    const faults = `<p style="display:none"><br></p> Fran\ufffdois ${words} [go](/gone/${at}/) ![](${"x".repeat(10_000)}) [](#x)\n\n${MORE.join("\n\n")}\n\n`;
    write(join(root, "_posts", `202${at % 2}-01-1${at}-${words}.md`), `---\ntitle: ${title}\n---\n${faults.repeat(2)}\n\n# ${words}\n\n${same}\n\n${words} ${at}\n`);
  });
  // Enough of one thing that lists are cut.
  for (let at = 0; at < 60; at++) {
    write(join(root, "_posts", `2019-03-${String(1 + (at % 28)).padStart(2, "0")}-post-${at}.md`), `---\ntitle: Post ${at}\n---\nOne [broken](/2019/03/01/nowhere.html) link, number ${at}, in a text of its own that says nothing else.\n`);
  }
  write(join(root, "_posts", "2018-01-01-clean.md"), "---\ntitle: Clean\n---\nNothing is wrong here, and there is enough of it to make a post of its own.\n");
}

function report(root, file, ...more) {
  const done = spawnSync(process.env.COPYDESK_BINARY, ["report", "--root", root, "--html", file, "--preset", "strict", ...more], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  return file;
}

const site = join(work, "site");
hostileSite(site);
const page = pathToFileURL(report(site, join(work, "report.html"))).href;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

// Opens a page and keeps all that it does; at the end it must have done nothing but open.
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const tab = await context.newPage();
  const seen = { requests: [], refused: [], complaints: [] };
  tab.on("request", (request) => seen.requests.push(request.url()));
  tab.on("requestfailed", (request) => seen.refused.push(`${request.url()} ${request.failure().errorText}`));
  tab.on("console", (message) => seen.complaints.push(`${message.type()}: ${message.text()}`));
  tab.on("pageerror", (error) => seen.complaints.push(`error: ${error.message}`));
  tab.on("dialog", (dialog) => (seen.complaints.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  await tab.exposeFunction("hit", (number) => seen.complaints.push(`hit(${number})`));
  await tab.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
  });
  await tab.goto(address);
  const close = async () => {
    assert.deepEqual(seen, { requests: [address], refused: [], complaints: [] });
    if (options.javaScriptEnabled !== false) assert.deepEqual(await tab.evaluate("window.violations"), []);
    await context.close();
  };
  return { tab, close, seen };
}

const visible = (tab, selector) => tab.locator(`${selector}:visible`).count();
const colour = (tab, selector, property) => tab.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);

const cases = {
  async "opens and does nothing else"() {
    const { tab, close } = await open(page);
    assert.equal(await tab.locator("h1").innerText(), "site");
    assert.ok((await tab.title()).startsWith("site"));
    // Everything is opened, hovered and clicked that could hold a trap.
    await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    for (const element of await tab.locator(".title, .excerpt, .sides p, bdi").all()) await element.dispatchEvent("mouseover");
    for (const element of await tab.locator(".findings li").all()) await element.dispatchEvent("click");
    assert.equal(await tab.locator("main script, main img, main iframe, main a:not([href^='#'])").count(), 0);
    const text = await tab.locator("main").innerText();
    for (const words of ["<script>hit(1)<\u2215script>", "\"><img src=x onerror=hit(2)>", "</style></script><script>hit(5)</script>", "<U+202E>txt.<U+2066>evil", "\u241b[31mred\u2407"]) assert.ok(text.includes(words), words);
    assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(await tab.content()), "no character turns the text around it");
    await tab.waitForTimeout(200);
    await close();
  },

  async "the policy keeps out every other script and style"() {
    const { tab, seen } = await open(page);
    await tab.evaluate(() => {
      const add = (name, text) => (document.body.append(Object.assign(document.createElement(name), { textContent: text })));
      add("script", "hit(9)");
      add("style", "body { display: none }");
      const image = Object.assign(document.createElement("img"), { src: "https://elsewhere.invalid/x.png" });
      image.setAttribute("onerror", "hit(10)");
      document.body.append(image);
    });
    await tab.waitForFunction("window.violations.length >= 4", undefined, { timeout: 5000 });
    const violations = await tab.evaluate("window.violations");
    for (const directive of ["script-src-elem", "style-src-elem", "img-src", "script-src-attr"]) assert.ok(violations.includes(directive), `${directive}: ${violations}`);
    assert.notEqual(await colour(tab, "body", "display"), "none");
    assert.ok(!seen.complaints.some((complaint) => complaint.startsWith("hit(")));
    assert.deepEqual(seen.refused, ["https://elsewhere.invalid/x.png csp"], "the browser itself refuses to ask");
    await tab.context().close();
  },

  async "filters narrow the list, and say by how much"() {
    const { tab, close } = await open(page);
    const count = () => tab.locator("#filter-count").innerText();
    const all = await tab.locator(".findings > li").count();
    assert.equal(await count(), `${all} listed`);
    assert.equal(await tab.locator("#filter-count").getAttribute("role"), "status");
    await tab.selectOption("#filter-family", "links");
    const links = await visible(tab, ".findings > li");
    assert.ok(links > 0 && links < all);
    assert.equal(await count(), `${links} of ${all} listed`);
    const families = await tab.locator("details.lint:visible").evaluateAll((groups) => groups.map((group) => group.dataset.family));
    assert.deepEqual([...new Set(families)], ["links"]);
    const offered = await tab.locator("#filter-lint option:not([hidden])").evaluateAll((options) => options.map((option) => option.dataset.family ?? "all"));
    assert.deepEqual([...new Set(offered)], ["all", "links"]);

    const lint = await tab.locator("#filter-lint option:not([hidden])").nth(1).getAttribute("value");
    await tab.selectOption("#filter-lint", lint);
    assert.equal(await visible(tab, "details.lint"), 1);
    // A lint of another family cannot stay chosen.
    await tab.selectOption("#filter-family", "hygiene");
    assert.equal(await tab.inputValue("#filter-lint"), "");

    await tab.click("#filters button");
    await tab.waitForFunction((all) => document.getElementById("filter-count").textContent === `${all} listed`, all);
    assert.equal(await visible(tab, ".findings > li"), 0, "what was closed before is closed again");
    await tab.fill("#filter-text", "POST-7.md");
    const found = await tab.locator(".findings > li:visible .said").allInnerTexts();
    assert.ok(found.length > 0 && found.every((text) => text.toLowerCase().includes("post-7.md")), found.join());
    await tab.fill("#filter-text", "<script>hit(1)");
    assert.ok((await visible(tab, ".findings > li")) > 0, "text of posts is found as it is written");
    await tab.fill("#filter-text", "no such words");
    assert.equal(await visible(tab, "details.lint"), 0);
    assert.equal(await count(), `0 of ${all} listed`);
    await tab.fill("#filter-text", "");
    await tab.uncheck("input[value=error]");
    const levels = await tab.locator(".findings > li:visible").evaluateAll((items) => items.map((item) => item.dataset.level));
    assert.ok(levels.length > 0 && !levels.includes("error"));
    await close();
  },

  async "a keyboard is enough"() {
    const { tab, close } = await open(page);
    const focused = (property) => tab.evaluate((property) => document.activeElement[property] ?? document.activeElement.getAttribute(property), property);
    await tab.keyboard.press("Tab");
    assert.equal(await focused("className"), "skip");
    assert.notEqual(await colour(tab, ".skip", "outlineStyle"), "none", "focus is seen");
    await tab.waitForFunction(() => document.querySelector(".skip").getBoundingClientRect().top >= 0);
    await tab.keyboard.press("Enter");
    assert.equal(await focused("id"), "main");

    // Every control is reached, in order, and none keeps the focus.
    await tab.locator("nav a").last().focus();
    const reached = new Set();
    for (let step = 0; step < 400; step++) {
      await tab.keyboard.press("Tab");
      if (await tab.evaluate(() => document.activeElement === document.body)) break;
      reached.add(await focused("id"));
    }
    for (const id of ["filter-text", "filter-family", "filter-lint"]) assert.ok(reached.has(id), id);
    assert.ok(await tab.evaluate(() => document.activeElement === document.body), "the end of the page is reached");

    const link = tab.locator("#lints a").first();
    const lint = (await link.getAttribute("href")).slice(1);
    await link.focus();
    await tab.keyboard.press("Enter");
    await tab.waitForFunction((id) => document.getElementById(id).open, lint);
    await tab.locator(`#${lint} summary`).focus();
    await tab.keyboard.press("Enter");
    assert.equal(await tab.locator(`#${lint}`).evaluate((details) => details.open), false);

    const all = await tab.locator(".findings > li").count();
    await tab.locator("#filter-text").focus();
    await tab.keyboard.type("post-7");
    await tab.keyboard.press("Enter");
    assert.ok((await visible(tab, ".findings > li")) < all);
    await tab.keyboard.press("Tab");
    await tab.keyboard.type("li");
    assert.equal(await tab.inputValue("#filter-family"), "links");
    await tab.keyboard.press("Escape");
    await tab.waitForFunction((all) => document.getElementById("filter-count").textContent === `${all} listed`, all);
    assert.equal(await focused("id"), "filter-text");
    assert.equal(await tab.inputValue("#filter-text"), "");
    await close();
  },

  async "light and dark, each with enough contrast, wide and narrow"() {
    const colours = {};
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1200, 360]) {
        const { tab, close } = await open(page, { colorScheme, viewport: { width, height: 800 } });
        colours[colorScheme] = [await colour(tab, "body", "backgroundColor"), await colour(tab, "body", "color")];
        await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        const [page_width, window_width] = await tab.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.equal(page_width, window_width, `${width} px: nothing stands out`);
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        const told = violations.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + node.failureSummary).join("\n  ")}`);
        assert.deepEqual(told, [], `${colorScheme}, ${width} px`);
        await close();
      }
    }
    const brightness = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
    const [[paper, ink], [night, chalk]] = [colours.light, colours.dark].map((pair) => pair.map(brightness));
    assert.ok(paper > 200 && ink < 60 && night < 60 && chalk > 200, JSON.stringify(colours));
  },

  async "all can be read without its script"() {
    const { tab, close } = await open(page, { javaScriptEnabled: false });
    assert.equal(await visible(tab, "#filters"), 0);
    assert.equal(await visible(tab, "details.lint > summary"), await tab.locator("details.lint").count());
    const first = tab.locator("details.lint").first();
    assert.equal(await first.locator("li:visible").count(), 0);
    await first.locator("summary").press("Enter");
    assert.ok((await first.locator("li:visible").count()) > 0);
    await close();
  },

  async "prints on white, without what cannot be pressed"() {
    const { tab, close } = await open(page, { colorScheme: "dark" });
    await tab.emulateMedia({ media: "print" });
    assert.equal(await visible(tab, "nav"), 0);
    assert.equal(await visible(tab, "#filters"), 0);
    assert.ok((await visible(tab, ".findings > li")) > 0, "what is folded up on the screen is printed");
    const ink = (await colour(tab, "body", "color")).match(/\d+/g).map(Number);
    assert.ok(ink[0] < 60, `ink that is seen on paper: ${ink}`);
    await close();
  },

  async "copies stand side by side with what they share marked"() {
    const { tab, close } = await open(page);
    const sides = tab.locator("#copies .sides").first().locator(":scope > section");
    assert.equal(await sides.count(), 2);
    const [left, right] = [await sides.nth(0).boundingBox(), await sides.nth(1).boundingBox()];
    assert.ok(left.x + left.width <= right.x + 1 && Math.abs(left.y - right.y) < 2);
    for (const at of [0, 1]) assert.ok((await sides.nth(at).locator("mark").allInnerTexts()).join("").includes("The harbour was quiet that morning"));
    await close();
  },

  async "cut lists say by how much"() {
    const { tab, close } = await open(page);
    assert.match(await tab.locator("#posts").innerText(), /50 are listed; \d+ more posts with findings are not/);
    const row = tab.locator("#links tbody tr").first();
    assert.match((await row.innerText()).replace(/\s+/g, " "), /^\/2019\/03\/01\/nowhere.html no page and no file is there 60 60 .* and 50 more posts$/);
    assert.match(await tab.locator("#findings").innerText(), /Of \d+ findings \d+ are listed/);
    await close();
  },

  async "is valid HTML"() {
    const validator = new HtmlValidate({
      root: true,
      extends: ["html-validate:standard", "html-validate:a11y"],
      rules: {
        // Style of sources, not validity.
        "attribute-boolean-style": "off",
        "attribute-empty-style": "off",
        "doctype-style": "off",
        "long-title": "off",
        "no-raw-characters": "off",
        "no-trailing-whitespace": "off",
        // The form answers while one types.
        "wcag/h32": "off",
        "no-inline-style": "error",
      },
    });
    const told = validator.validateStringSync(readFileSync(new URL(page), "utf8")).results;
    const faults = told.flatMap((result) => result.messages).map((one) => `${one.line}:${one.column} ${one.ruleId}: ${one.message}`);
    assert.deepEqual(faults.slice(0, 10), []);
  },

  async "a site without posts has a page, too"() {
    const empty = join(work, "empty");
    rmSync(empty, { recursive: true, force: true });
    write(join(empty, "_config.yml"), "title: Empty\n");
    const { tab, close } = await open(pathToFileURL(report(empty, join(work, "empty.html"))).href);
    assert.match(await tab.locator("header").innerText(), /No posts were found/);
    await close();
  },
};

const asked = process.argv.slice(2);
let [passed, failed] = [0, 0];
for (const [name, run] of Object.entries(cases)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  try {
    await run();
    passed++;
    console.log(`ok  ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
await browser.close();
console.log(`report: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
