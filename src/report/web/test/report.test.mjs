import assert from "node:assert/strict";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openReport, writeFixture } from "./browser.mjs";

let folder;
let browser;
let alpha; // most tests look at this page; each leaves it as it found it

before(async () => {
  folder = writeFixture();
  browser = await openBrowser();
  alpha = (await open("alpha.html")).page;
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (name) => openReport(browser.context, join(folder, name));
const json = (path) => JSON.parse(readFileSync(join(folder, path), "utf8"));

async function save(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return readFileSync(await download.path(), "utf8");
}

for (const name of ["alpha.html", "bare.html", "compare.html", "hostile.html", "study.html"]) {
  test(`${name} draws every plot without a complaint and asks for nothing outside`, async () => {
    const { page, problems } = await open(name);
    const marks = await page.$$eval("figure.plot", (figures) =>
      figures.map((figure) => [figure.id, figure.querySelectorAll("svg .mark-symbol path, svg .mark-rect path, svg .mark-line path").length]));
    assert.ok(marks.length >= 1);
    for (const [id, count] of marks) assert.ok(count > 0, `${id} has no marks`);
    assert.deepEqual(problems, []);
    assert.ok(statSync(join(folder, name)).size < 10e6);
    await page.close();
  });
}

test("ids are unique and every entry of the contents leads somewhere", async () => {
  const { page } = await open("compare.html");
  const ids = await page.$$eval("[id]", (all) => all.map((one) => one.id).filter((id) => !id.startsWith("gradient")));
  assert.equal(new Set(ids).size, ids.length);
  const targets = await page.$$eval("nav a", (links) => links.map((link) => link.getAttribute("href").slice(1)));
  for (const target of targets) assert.ok(ids.includes(target), target);
  await page.close();
});

test("the efficiency table shows the numbers of metrics.json", async () => {
  const page = alpha;
  const metrics = json("alpha/metrics.json");
  const rows = await page.$$eval("#efficiency-table tbody tr", (all) =>
    all.map((row) => [...row.cells].map((cell) => ({ text: cell.textContent, ...cell.dataset }))));
  assert.equal(rows.length, 2);
  for (const [row, key] of [[rows[0], "teacher"], [rows[1], "student"]]) {
    assert.equal(Number(row[1].value), metrics[key].plateau);
    assert.equal(Number(row[1].lo), metrics[key].plateau_interval[0]);
    assert.equal(Number(row[2].value), metrics[key].plateau_all_eta);
    assert.equal(Number(row[3].value), metrics[key].fake_rate);
    assert.equal(Number(row[4].value), metrics[key].leakage_below_7gev);
    assert.match(row[1].text, new RegExp(`^${(100 * metrics[key].plateau).toFixed(1)} % `));
  }
});

test("the turn-on plot holds every measured bin of metrics.json and the published curve", async () => {
  const page = alpha;
  const values = await page.$eval("#turn-on", (figure) => figure.view.data("source_0") ?? []);
  const student = json("alpha/metrics.json").student.efficiency;
  const drawn = values.filter((value) => value.series === "Student").map((value) => value.efficiency);
  assert.deepEqual(drawn, student.values.filter((value) => value !== null));
  assert.equal(values.filter((value) => value.series.startsWith("Published")).length, 13);
  const points = await page.$$eval("#turn-on svg g.mark-symbol.role-mark path", (paths) => paths.length);
  assert.equal(points, values.length);
});

test("the tiles and the resource table show synth.json beside the published rows", async () => {
  const page = alpha;
  const synth = json("alpha/synth.json");
  assert.equal(await page.textContent(".tile:nth-child(3) .value"), `${synth.lut.toLocaleString("en-US")} LUT`);
  const rows = await page.$$eval("#resources-table tbody tr:not(.group)", (all) =>
    all.map((row) => [...row.cells].map((cell) => cell.dataset.value ?? cell.textContent)));
  assert.equal(rows.length, 6);
  assert.deepEqual(rows[0].slice(1, 7).map(Number),
    [synth.lut, synth.ff, synth.dsp, synth.bram, synth.latency_ns, synth.interval_cycles]);
  assert.equal(Number(rows[3][1]), 29500);
});

test("a click on a legend entry switches its curve off and on again", async () => {
  const page = alpha;
  const opacities = () => page.$$eval("#turn-on svg g.mark-symbol.role-mark path", (paths) =>
    paths.map((path) => Number(getComputedStyle(path).opacity)));
  assert.ok((await opacities()).every((opacity) => opacity === 1));
  const entry = page.locator("#turn-on svg .role-legend-label text", { hasText: "Teacher" });
  const click = async () => {
    await entry.scrollIntoViewIfNeeded();
    const box = await entry.boundingBox(); // Vega listens on the whole entry, which covers the text
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForTimeout(100);
  };
  await click();
  const off = (await opacities()).filter((opacity) => opacity < 0.5).length;
  assert.equal(off, json("alpha/metrics.json").teacher.efficiency.values.filter((value) => value !== null).length);
  await click();
  assert.ok((await opacities()).every((opacity) => opacity === 1));
});

test("tables sort by number inside their groups, in both directions, and keep empty cells last", async () => {
  const page = alpha;
  const column = (n) => page.$$eval(`#resources-table tbody:last-of-type tr:not(.group) td:nth-child(${n})`, (cells) =>
    cells.map((cell) => cell.dataset.value ?? null));
  const click = (n) => page.locator(`#resources-table thead th:nth-child(${n}) button`).click();
  const heads = () => page.$$eval("#resources-table tr.group", (rows) => rows.map((row) => row.textContent));
  const before = await heads();
  assert.ok(before.includes("Published"));
  await click(2);
  const rising = (await column(2)).map(Number);
  assert.equal(rising.length, 5);
  assert.deepEqual(rising, [...rising].sort((a, b) => a - b));
  await click(2);
  assert.deepEqual((await column(2)).map(Number), [...rising].reverse());
  for (let i = 0; i < 2; ++i) {
    await click(7);
    assert.deepEqual((await column(7)).slice(0, 2), ["104", null]);
  }
  assert.deepEqual(await heads(), before);
});

test("the keyboard reaches and sorts a table, and opens what is folded", async () => {
  const { page } = await open("study.html");
  await page.locator("#efficiency-table thead th:nth-child(2) button").focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.getAttribute("#efficiency-table thead th:nth-child(2)", "aria-sort"), "ascending");
  const folded = page.locator("#networks-table");
  assert.ok(!(await folded.isVisible()));
  await page.locator("details.fold", { has: folded }).locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.ok(await folded.isVisible());
  await page.close();
});

test("the compiled network: layers, stages and critical path are those of design.json", async () => {
  const page = alpha;
  const { cost, clock_ns } = json("alpha/rtl/design.json");
  const rows = (id) => page.$$eval(`#${id} tbody tr`, (all) =>
    all.map((row) => [...row.cells].map((cell) => cell.dataset.value ?? cell.textContent)));
  const layers = await rows("compiled-0-0-layers");
  assert.deepEqual(layers.map((row) => [row[0], Number(row[1]), Number(row[3]), Number(row[4])]),
    cost.layers.map((layer) => [layer.name, layer.lut, layer.ff, layer.adder_levels]));
  assert.equal(layers[1][5], "2 - 4");
  assert.equal(Number(layers[1][7]), 4 * clock_ns);
  const path = await rows("compiled-0-0-path");
  assert.deepEqual(path.slice(1).map((row) => row[0]), ["sum_17", "clamp_19"]);
  assert.ok(Math.abs(Number(path.at(-1)[5]) - cost.critical_ns) < 1e-9);
  assert.match(await page.textContent("#compiled-0-0-path-caption"), /stage 2, 1\.7\d* ns of a clock of 2 ns/);
  const delays = await page.$eval("#compiled-0-0-stages", (figure) => figure.view.data("source_0").map((row) => row.delay_ns));
  assert.deepEqual(delays, cost.stages.map((stage) => stage.delay_ns));
  const totals = await rows("compiled-0-0-totals");
  assert.deepEqual(totals[0].slice(0, 3), ["LUT", String(cost.lut), String(json("alpha/synth.json").lut)]);
  assert.match(await page.textContent("#compiled"), /Nothing was placed or routed/);
});

test("no table is cut at the right of a window of 1100 pixels, nor on paper", async () => {
  const { page } = await open("study.html");
  const cut = () => page.$$eval(".table .scroll", (all) =>
    all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.parentElement.id));
  await page.setViewportSize({ width: 1100, height: 900 });
  assert.deepEqual(await cut(), []);
  await page.setViewportSize({ width: 680, height: 900 }); // A4 less its margins
  await page.emulateMedia({ media: "print" });
  const right = await page.$$eval("table", (all) =>
    all.filter((one) => one.getBoundingClientRect().right > 681).map((one) => one.closest(".table").id));
  assert.deepEqual(right, []);
  await page.close();
});

test("tables and plots download as CSV with full precision and plots as SVG of their own", async () => {
  const page = alpha;
  const table = await save(page, () => page.locator("#efficiency-table .tools button", { hasText: "Download CSV" }).click());
  const student = json("alpha/metrics.json").student;
  assert.match(table.split("\r\n")[0], /^algorithm,"plateau, 15-20 GeV","plateau, 15-20 GeV low",/);
  assert.ok(table.includes(`${student.plateau},${student.plateau_interval[0]},${student.plateau_interval[1]}`));
  const data = await save(page, () => page.locator("#turn-on .tools button", { hasText: "CSV" }).click());
  assert.equal(data.trim().split("\r\n").length, 1 + 12 + 12 + 13);
  const svg = await save(page, () => page.locator("#turn-on .tools button", { hasText: "SVG" }).click());
  assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.ok(!svg.includes("var(--"), "colours are resolved");
});

test("a table copies as LaTeX with asymmetric errors", async () => {
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = alpha;
  await page.locator("#efficiency-table .tools button", { hasText: "Copy LaTeX" }).click();
  await page.locator("#efficiency-table .tools button", { hasText: "Copied" }).waitFor();
  const latex = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(latex, /\\begin\{tabular\}\{lrrrrr\}/);
  assert.match(latex, /Student & \$0\.9310\^\{\+0\.0070\}_\{-0\.0080\}\$/);
});

test("the theme button goes round and changes the colours", async () => {
  const page = alpha;
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const button = page.locator("button.theme");
  const seen = {};
  for (let i = 0; i < 3; ++i) {
    seen[await button.textContent()] = await paper();
    await button.click();
  }
  assert.deepEqual(Object.keys(seen).sort(), ["Theme: auto", "Theme: dark", "Theme: light"]);
  assert.notEqual(seen["Theme: dark"], seen["Theme: light"]);
});

test("print keeps figures and hides the buttons, on white", async () => {
  const page = alpha;
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.equal(await page.locator(".tools:visible").count(), 0);
  assert.ok(await page.locator("#turn-on svg").isVisible());
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
});

test("what was not run is named with the command that makes it", async () => {
  const { page } = await open("bare.html");
  const notes = await page.$$eval(".missing", (all) => all.map((note) => note.textContent));
  for (const command of ["lutra verify", "lutra synth", "lutra distill", "lutra train", "lutra compile"])
    assert.ok(notes.some((note) => note.includes("not run") && note.includes(command)), command);
  await page.close();
});

test("hostile names are shown, not run", async () => {
  const { page, problems } = await open("hostile.html");
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.ok((await page.textContent("#network")).includes("</script><script>window.hacked = true</script>"));
  assert.equal(await page.locator("img").count(), 0);
  assert.deepEqual(problems, []);
  await page.close();
});

test("several runs stand side by side under their names", async () => {
  const { page } = await open("compare.html");
  const names = await page.$$eval("#efficiency-table tbody td:first-child", (cells) => cells.map((cell) => cell.textContent));
  assert.deepEqual(names, ["alpha: Teacher", "alpha: Student", "beta: Teacher", "beta: Student"]);
  await page.close();
});

test("the runs table compares and the settings that differ are listed", async () => {
  const { page } = await open("compare.html");
  const runs = await page.$$eval("#runs-table tbody tr", (rows) => rows.map((row) => row.cells[0].textContent));
  assert.deepEqual(runs, ["alpha", "beta"]);
  assert.ok(await page.locator("#comparison", { hasText: "are the same" }).isVisible());
  await page.close();
});

test("a study shows its networks, its front and its verdicts as the artifacts say", async () => {
  const { page } = await open("study.html");
  const { networks } = json("study/networks.json");
  const { points } = json("study/pareto.json");
  const names = await page.$$eval("#networks-table tbody td:first-child", (cells) => cells.map((cell) => cell.textContent));
  assert.deepEqual(names, networks.map((network) => network.name));
  const drawn = await page.$eval("#bits-fakes", (figure) => figure.view.data("source_0").map((row) => row.value));
  assert.deepEqual(drawn, networks.filter((n) => n.family === "student").map((n) => n.metrics.fake_rate));
  const front = await page.$eval("#plateau-cost", (figure) => figure.view.data("source_0").map((row) => row.cost));
  const known = networks.filter((n) => n.hardware?.lut > 0 && n.metrics?.plateau).map((n) => n.hardware.lut);
  assert.deepEqual(front, [...known, ...points.map((point) => point.cost), json("study/synth.json").lut]);
  const marked = await page.$eval("#plateau-cost", (figure) => figure.view.data("source_0").filter((row) => row.mark).map((row) => row.mark));
  for (const name of ["epoch 12", "Student in firmware"]) assert.ok(marked.includes(name), name);
  const verdicts = await page.$$eval("#claims-table tbody tr", (rows) => rows.map((row) => row.cells[1].textContent));
  assert.deepEqual(verdicts, ["seen", "not run", "partly", "seen", "partly", "seen", "seen", "seen", "seen"]);
  const findings = await page.$$eval(".claim", (all) => all.map((one) => one.textContent));
  assert.equal(findings.length, verdicts.length);
  assert.match(await page.textContent("#fragmentation .claim"), /^Seen: Half of the particle's hits .* at \d of 5 strides/);
  const passes = await page.$$eval("#constraints-table tbody tr:not(.group)", (rows) =>
    Object.fromEntries(rows.map((row) => [row.cells[0].textContent, row.cells[4].textContent])));
  assert.equal(passes["Lutra 500"], "yes");
  assert.equal(passes["Teacher 9x16"], "NO");
  assert.equal(passes["Published student, 4 bit"], "yes");
  await page.close();
});
