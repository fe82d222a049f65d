// Which release a rollback goes to, and which it would rather not: tables only go forward, and each migration fits the release before it.
import { expect, test } from "vitest";
import { chooseRelease, misfit, readHistory } from "../../../cli/deploy/rollback.ts";

/** Releases by the numbers of their tables, oldest first; the same at both Workers. */
function historyOf(...tables: readonly string[]) {
  const versions = tables.map((table, at) => ({
    versionId: `v${at}`,
    release: `release-${at}`,
    message: `edgepix 1.0.0, tables ${table}`,
    percentage: 100,
  }));
  return new Map(["edgepix-src", "edgepix"].map((worker) => [worker, versions.toReversed()]));
}

const reasonAgainst = (target: string, ...tables: readonly string[]) => {
  const history = readHistory(historyOf(...tables));
  return misfit(history, chooseRelease(history, target));
};

test("the release before today's tables fits them", () => {
  expect(reasonAgainst("release-1", "0006", "0007", "0008")).toBeUndefined();
});

test("any release of the same tables fits", () => {
  expect(reasonAgainst("release-0", "0008", "0008", "0008")).toBeUndefined();
});

test("the release before the tables changed fits, after any number that came with them", () => {
  expect(reasonAgainst("release-0", "0007", "0008", "0008")).toBeUndefined();
});

test("a release of older tables is advised against", () => {
  expect(reasonAgainst("release-0", "0006", "0007", "0008")).toMatch(
    /made for the tables 0006; the database is at 0008/,
  );
});

test("a secret that was set makes no release of its own", () => {
  const deployed = historyOf("0007", "0008");
  const withSecret = [
    { versionId: "secret", release: undefined, message: "", percentage: 100 },
    ...(deployed.get("edgepix") ?? []),
  ];
  const history = readHistory(new Map([...deployed, ["edgepix", withSecret]]));
  expect(history.current.get("edgepix")).toBe("release-1");
  expect(history.versions.get("edgepix")).toBe("secret");
  expect(chooseRelease(history).name).toBe("release-0");
});

test("a release that only one Worker had is none to go back to", () => {
  const deployed = historyOf("0007", "0008");
  const [newest, ...older] = deployed.get("edgepix") ?? [];
  const history = readHistory(new Map([...deployed, ["edgepix", newest ? [newest] : older]]));
  expect(() => chooseRelease(history)).toThrow("There is no release to go back to.");
});

test("a release that one Worker alone has had counts where it has migrated the tables", () => {
  const deployed = historyOf("0006", "0007");
  const broken = {
    versionId: "v2",
    release: "release-2",
    message: "edgepix 1.0.0, tables 0008",
    percentage: 10,
  };
  const history = readHistory(
    new Map([...deployed, ["edgepix-src", [broken, ...(deployed.get("edgepix-src") ?? [])]]]),
  );
  expect(misfit(history, chooseRelease(history))).toBeUndefined();
  expect(misfit(history, chooseRelease(history, "release-0"))).toMatch(/the database is at 0008/);
});

test("a release that nobody knows is said to be unknown", () => {
  expect(() => chooseRelease(readHistory(historyOf("0007", "0008")), "release-9")).toThrow(
    /no release release-9/,
  );
});
