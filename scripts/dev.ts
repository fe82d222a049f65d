// `npm run dev`: from a fresh clone to both Workers on http://localhost:8787, with something to try.
import { spawn, spawnSync } from "node:child_process";
import type { Readable } from "node:stream";
import { localKey } from "./local-key.ts";
import { localSetupToken } from "./local-setup-token.ts";
import { isPortFree } from "./port.ts";
import { localState, wranglerCommand, wranglerEnvironment } from "./wrangler.ts";

const port = Number(process.env.PORT ?? 8787);
const origin = `http://localhost:${port}`;
const parent = process.ppid;
const PARENT_CHECK_MILLISECONDS = 500;
const [program, wrangler] = wranglerCommand;

if (!(await isPortFree(port))) {
  console.error(`Port ${port} is taken. Stop what listens there, or choose another: PORT=8788 npm run dev`);
  process.exit(1);
}

console.log("The first start takes about a minute.");
console.log("  Building the kernel …");
prepare("the kernel", ["workers/src/kernel/build.js"]);
prepare("the codecs", ["workers/src/render/codecs/wasm/build.js"]);
console.log("  Preparing the local database …");
prepare("the local database", [
  wrangler,
  ...["d1", "migrations", "apply", "DB", "--local", "--persist-to", localState, "-c", "wrangler.toml"],
]);
console.log("  Making a local key …");
const key = localKey();
const setupToken = localSetupToken();
console.log("  Bundling and starting both Workers …");

const workers = spawn(
  program,
  [
    wrangler,
    "dev",
    ...["-c", "wrangler.toml", "-c", "workers/src/wrangler.toml"],
    // Nothing leaves this machine: codes are shown instead of mailed, and everybody who can reach it may sign up.
    ...["--var", "DEV_SHOW_CODES:yes", "--var", "SIGNUPS:open", "--var", `SETUP_TOKEN:${setupToken}`],
    ...["--port", String(port), "--persist-to", localState],
    ...["--show-interactive-dev-session=false", "--log-level", "warn"],
  ],
  { stdio: ["ignore", "pipe", "pipe"], env: wranglerEnvironment },
);
let isUp = false;
passOn(workers.stdout, process.stdout);
passOn(workers.stderr, process.stderr);
// Ctrl-C reaches wrangler by itself (same terminal); this waits until it has let go of the port and the files.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop(signal));
// `kill` of npm ends npm and its shell, which tell nobody: what is left is a process whose parent is another.
setInterval(() => process.ppid !== parent && stop("SIGTERM"), PARENT_CHECK_MILLISECONDS).unref();
workers.on("exit", (code) => process.exit(code ?? 0));

await untilAnswering(origin);
isUp = true;
console.log(`
edgepix is up. Stop it with Ctrl-C; what you upload stays in ${localState}.

  Home page    ${origin}/
  A local key  ${key}
  Your account ${origin}/setup?token=${setupToken} (once; later ${origin}/sign-in)

Upload the sample photo, then open the page_url of the answer in a browser:

  curl -F file=@test/fixtures/photo.jpg ${origin}/v1/images

The same as the owner of the key, whose images stay and can be listed, changed and deleted:

  curl -H "Authorization: Bearer ${key}" -F file=@test/fixtures/photo.jpg ${origin}/v1/images
`);

function stop(signal: NodeJS.Signals): void {
  workers.kill(signal);
}

/** Runs a step that must succeed before the Workers start; shows its output only when it fails. */
function prepare(what: string, argv: readonly string[]): void {
  const step = spawnSync(program, argv, { encoding: "utf8", env: wranglerEnvironment });
  if (step.status === 0) return;
  console.error(`Could not prepare ${what}:\n${step.stdout}${step.stderr}`);
  process.exit(1);
}

/**
 * Shows what wrangler says. When its build fails it waits for an edit, which is right for who has just made one; but
 * at the start it is nearly always a package that is not installed yet.
 */
function passOn(from: Readable, to: NodeJS.WriteStream): void {
  from.on("data", (chunk: Buffer) => {
    to.write(chunk);
    if (isUp || !/Build failed|Could not resolve/.test(chunk.toString())) return;
    console.error("\nThe Workers do not build. After a pull, run `npm ci` first: packages may have changed.");
    workers.removeAllListeners("exit");
    workers.on("exit", () => process.exit(1));
    workers.kill("SIGTERM");
  });
}

async function untilAnswering(url: string): Promise<void> {
  for (;;) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
