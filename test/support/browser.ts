// Starts the Chromium that ships inside an npm package, so that browser tests need no browser on the machine.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflate } from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { z } from "zod";

const packageRoot = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..");

// Containers run as root and have neither user namespaces nor a large /dev/shm.
const always = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"];

/** A headless Chromium, with more flags if they are given; the caller closes it. EDGEPIX_CHROMIUM names another one where ours can't run. */
export async function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const args = [...always, ...more];
  const installed = process.env.EDGEPIX_CHROMIUM;
  if (installed) return chromium.launch({ executablePath: installed, args });
  const directory = await unpackedChromium();
  const executablePath = join(directory, "chromium");
  return chromium.launch({
    executablePath,
    args,
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(directory, "fonts.conf"),
      ...(lacksLibraries(executablePath) && { LD_LIBRARY_PATH: join(directory, "al2023/lib") }),
    },
  });
}

/** Unpacks once a machine and version, into a draft that is renamed: two runs at once never see half a browser. */
async function unpackedChromium(): Promise<string> {
  const directory = join(tmpdir(), `edgepix-chromium-${packageVersion()}`);
  if (existsSync(directory)) return directory;
  const draft = await mkdtemp(`${directory}-draft-`);
  await inTemporaryDirectory(draft, async () => {
    for (const name of ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"]) {
      await inflate(join(packageRoot, "bin", name));
    }
  });
  await writeFile(join(draft, "fonts.conf"), fontConfiguration(join(directory, "fonts")));
  await rename(draft, directory).catch(async (error) => {
    await rm(draft, { recursive: true });
    if (!existsSync(directory)) throw error;
  });
  return directory;
}

/** The package unpacks into os.tmpdir(), which reads TMPDIR each time. */
async function inTemporaryDirectory(directory: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Bare systems have no NSS; the package brings it, but newer systems are better off with their own. */
function lacksLibraries(executablePath: string): boolean {
  return execFileSync("ldd", [executablePath], { encoding: "utf8" }).includes("not found");
}

function packageVersion(): string {
  return z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"))).version;
}

function fontConfiguration(fonts: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${fonts}/cache</cachedir></fontconfig>
`;
}
