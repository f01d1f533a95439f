// A report fixture and a headless Chromium to look at it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

// Folder with alpha.html, bare.html, hostile.html, compare.html and the run folders they were made from.
export function writeFixture() {
  const tool = process.env.LUTRA_REPORT_FIXTURE;
  if (!tool) throw new Error("set LUTRA_REPORT_FIXTURE to the report_fixture program (ctest does)");
  const folder = mkdtempSync(join(tmpdir(), "lutra-report-"));
  execFileSync(tool, [folder]);
  return folder;
}

export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), "lutra-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags, acceptDownloads: true,
    viewport: { width: 1280, height: 900 },
  });
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, close };
}

// Opens a report and waits until its plots are drawn. `problems` collects console errors, exceptions and any request
// that leaves the file.
export async function openReport(context, file) {
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(`request to ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => document.documentElement.dataset.ready === "true");
  return { page, problems };
}
