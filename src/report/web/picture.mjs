// npm run picture -- report.html picture.png: the top of a report, as the README shows it.
import { resolve } from "node:path";
import { openBrowser, openReport } from "./test/browser.mjs";

const [report, picture] = process.argv.slice(2);
if (!picture) {
  console.error("usage: npm run picture -- report.html picture.png");
  process.exit(2);
}
const { context, close } = await openBrowser();
try {
  const { page } = await openReport(context, resolve(report));
  await page.setViewportSize({ width: 1200, height: 1180 });
  await page.evaluate(() => { document.documentElement.dataset.theme = "light"; });
  await page.screenshot({ path: resolve(picture) });
} finally {
  await close();
}
