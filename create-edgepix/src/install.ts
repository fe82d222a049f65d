// Installs what the project needs, by the npm that has started us.
import { spawn } from "node:child_process";
import { ended } from "../../cli/ended.ts";
import { Stop } from "../../cli/stop.ts";

/** `place` is the folder as a shell takes it. Throws a `Stop` where npm fails; the project stays. */
export async function install(folder: string, place: string): Promise<void> {
  console.log(
    "Installing (npm ci). It fetches some 200 MB the first time; what npm warns of EBADENGINE on Node 20 is harmless …",
  );
  const again = `${place === "." ? "" : `cd ${place} && `}npm ci`;
  const npm = process.env.npm_execpath ?? "";
  const [program, ...words] = /npm-cli\.[cm]?js$/.test(npm) ? [process.execPath, npm] : ["npm"];
  const child = spawn(program, [...words, "ci", "--no-audit", "--no-fund"], {
    ...{ cwd: folder, env: { ...process.env, ...ownEnvironment }, stdio: "inherit" },
    // npm is a script of the shell there.
    shell: program === "npm" && process.platform === "win32",
  });
  const result = await ended(child).catch((cause: unknown) => {
    throw new Stop("edgepix is there, but npm can't be started.", `Install npm, then: ${again}`, { cause });
  });
  if (result.code === 0) return;
  const how =
    result.code === null ? "was ended" : `failed (exit code ${result.code}); what it said stands above`;
  throw new Stop(
    `edgepix is there, but npm ${how}. Nothing needs to be written again.`,
    `When that is mended: ${again}`,
  );
}

/** What npm says of the package that runs is not the project's; how npm is set up is. */
const notOurs = /^npm_(package_|lifecycle_|command$|config_(local_prefix|yes|package|call)$)/;
const ownEnvironment = Object.fromEntries(
  Object.keys(process.env).flatMap((name) => (notOurs.test(name) ? [[name, undefined]] : [])),
);
