// `npm run dev` ends with whoever started it.
import { spawn } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { isPortFree } from "../../scripts/port.ts";

/** Whether any process of the group lives: npm, its shell, wrangler, both Workers. */
function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100));
}

test("`kill` of `npm run dev` leaves nothing running, and its port free", { timeout: 180_000 }, async () => {
  const port = 8797;
  const npm = spawn("npm", ["run", "dev"], { detached: true, env: { ...process.env, PORT: String(port) } });
  const group = npm.pid ?? 0;
  expect(group).toBeGreaterThan(0);
  onTestFinished(() => {
    if (isAlive(group)) process.kill(-group, "SIGKILL");
  });
  let said = "";
  npm.stdout.on("data", (text: Buffer) => {
    said += text;
  });
  await until(() => said.includes("edgepix is up") || npm.exitCode !== null);
  expect(said).toContain("edgepix is up");
  npm.kill("SIGTERM");
  await until(() => !isAlive(group));
  expect(await isPortFree(port)).toBe(true);
});
