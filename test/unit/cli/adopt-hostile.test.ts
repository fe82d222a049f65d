// What a stranger may have put into a bucket, and what a deployment that is none may answer: nothing of it leaves its place.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { adoptAll } from "../../../cli/adopt/run.ts";
import { fieldsOf, type NewObject } from "../../../cli/adopt/walk.ts";
import { Refused } from "../../../cli/backup/operator.ts";
import { Stop } from "../../../cli/stop.ts";
import { adoptionQuestionSchema } from "../../../schema/adopt.ts";
import { runCommand } from "../../support/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "edgepix-hostile-"));
afterAll(() => rmSync(folder, { recursive: true }));

const object = (key: string, bucketName = "old-pictures"): NewObject => ({
  ...{ key, bucketName, bytes: 1, state: "new", uploaded_at: "2026-11-26T12:00:00.000Z" },
});

const keys = [
  ...[
    "/",
    "//",
    "..",
    "../../a/b.png",
    "/etc/passwd",
    "a\\..\\b.png",
    "C:\\x.png",
    "http://x/y.png?z#%zz",
    "%E0%A4%A.png",
  ],
  ...[
    "a\nb/c\rd.png",
    "\u0000x",
    "\u001b]0;x\u0007.png",
    " , ,/ x .png",
    ",,,",
    "a,b,c/d.png",
    "__proto__/constructor",
    ".",
  ],
  ...[
    "🏔".repeat(255),
    `${"🏔".repeat(63)}x/${"y".repeat(250)}.png`,
    `${"é/".repeat(300)}z`,
    "x".repeat(1_024),
    "\ud800half".toWellFormed(),
  ],
];

test.each(keys)("the object %j makes a question that the deployment takes", (key) => {
  const question = { bucket: "other", account: "ann", key, fields: fieldsOf(object(key), true) };
  const parsed = adoptionQuestionSchema.parse(JSON.parse(JSON.stringify(question)));
  expect(parsed.key).toBe(key);
  expect(parsed.fields.metadata.source).toBe(key);
  expect(parsed.fields.filename).not.toMatch(/[\p{Cc}/\\]/u);
});

test("What answers with names that lead elsewhere writes into this folder alone, and moves no cursor", async () => {
  const bucket = "../../evil/\u001b[2Jname";
  const answers: Readonly<Record<string, object>> = {
    "/v1/admin/backup/rows": {
      ...{ object: "rows", table: "accounts", next: null },
      rows: [{ id: "ann\u001b[2J", storage: "ann", name: "Ann\n", email: null }],
    },
    "/v1/admin/adopt/objects": {
      ...{ object: "objects", bucket, next: null },
      objects: [{ key: "=1+1\u001b[2J", bytes: 1, state: "new", uploaded_at: "x" }],
    },
    "/v1/admin/adopt/look": {
      object: "objects_look",
      looks: [{ key: "=1+1\u001b[2J", refusal: "No\u001b[2J\nline" }],
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[new URL(request.url ?? "", "http://x").pathname];
    response.writeHead(answer ? 200 : 404).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "string" ? 0 : address?.port;
  const words = ["other", "--to", `http://127.0.0.1:${port}`];
  const { said, code } = await runCommand("cli/adopt.ts", words, { cwd: folder, env: { ADMIN_TOKEN: "x" } });
  server.close();
  expect(said).toContain("Nothing was changed.");
  expect(said).not.toMatch(/[^\P{Cc}\n]/u);
  expect(code).toBe(0);
  const [file = ""] = readdirSync(folder);
  expect(file).toBe("adopt--evil-2Jname.failed.csv");
  expect(readFileSync(join(folder, file), "utf8")).toContain(`"'=1+1`);
  expect(existsSync(join(folder, "..", "evil"))).toBe(false);
});

/** Objects without end, of which no more are asked for than are needed. */
function endless() {
  let asked = 0;
  const objects = { next: async () => ({ done: false as const, value: object(`${asked++}.png`) }) };
  return { objects, asked: () => asked };
}

const quiet = { show: () => undefined, refuse: () => undefined };

test("A deployment that fails for one object after the other is left in peace", async () => {
  const { objects, asked } = endless();
  const fail = async () => {
    throw new Refused("It answered 500.", { status: 500, code: "internal_error" });
  };
  const { over } = await adoptAll({ objects, adopt: fail, atOnce: 4, ...quiet });
  expect(over?.message).toContain("fails for one object after the other");
  expect(asked()).toBeLessThan(20);
});

test("One object at which the deployment fails is told, and the others are taken", async () => {
  const names: string[] = [];
  const all = ["a", "bad", "c"].map((key) => object(key));
  const result = await adoptAll({
    objects: (async function* () {
      yield* all;
    })(),
    adopt: async ({ key }) => {
      if (key === "bad") throw new Refused("It answered 503.", { status: 503, code: "overloaded" });
      return { kind: "adopted", image_id: key };
    },
    atOnce: 1,
    show: () => undefined,
    refuse: ({ name }) => names.push(name),
  });
  expect(result).toEqual({ done: 2, there: 0 });
  expect(names).toEqual(["bad"]);
});

test.each([
  [
    new Refused("This month's uploads are used up.", { status: 403, code: "quota_exceeded" }),
    "npm run admin -- plan",
  ],
  [new Refused("The account is suspended.", { status: 422, code: "validation_error" }), undefined],
  [new Stop("It does not answer."), undefined],
])("%s ends the run at once, with a way out where there is one", async (problem, advice) => {
  const { objects, asked } = endless();
  const fail = async () => {
    throw problem;
  };
  const { over } = await adoptAll({ objects, adopt: fail, atOnce: 2, ...quiet });
  expect(over?.message).toBe(problem.message);
  if (advice) expect(over?.advice).toContain(advice);
  expect(asked()).toBeLessThan(5);
});
