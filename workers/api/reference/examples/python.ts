// A call in Python 3, with nothing but what comes with it: a file goes as the body, its fields into the address.
import { SAMPLE_FILENAME } from "../../../../schema/sample.ts";
import { type Call, headersOf } from "./call.ts";

const VARIABLE = /\{os\.environ\['\w+'\]\}/;

export function python(call: Call, apiOrigin: string): string {
  const { method, path, body } = call;
  const url = apiOrigin + path;
  const sent = headersOf(call, (name) => `{os.environ['${name}']}`);
  const headers = body?.kind === "file" ? [...sent, ["Content-Type", "image/jpeg"] as const] : sent;
  const query = body?.kind === "file" ? { filename: SAMPLE_FILENAME, ...body.fields } : call.query;
  const modules = [
    "json",
    ...(sent.some(([, value]) => VARIABLE.test(value)) ? ["os"] : []),
    ...(query ? ["urllib.parse"] : []),
    "urllib.request",
  ];
  return [
    ...modules.map((name) => `import ${name}`),
    "",
    ...(query ? [`query = urllib.parse.urlencode(${literal(query)})`] : []),
    "request = urllib.request.Request(",
    `    ${query ? `f"${url}?{query}"` : `"${url}"`},`,
    ...(method === "GET" ? [] : [`    method="${method}",`]),
    ...(headers.length > 0
      ? ["    headers={", ...headers.map(([name, value]) => `        "${name}": ${textOf(value)},`), "    },"]
      : []),
    ...bodyOf(call),
    ")",
    "with urllib.request.urlopen(request) as answer:",
    "    print(json.load(answer))",
  ].join("\n");
}

function bodyOf({ body }: Call): readonly string[] {
  if (!body) return [];
  if (body.kind === "file") return [`    data=open("${SAMPLE_FILENAME}", "rb").read(),`];
  return [`    data=json.dumps(${literal(body.value)}).encode(),`];
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${literal(inner)}`)
    .join(", ")}}`;
}

const textOf = (text: string) => (VARIABLE.test(text) ? `f"${text}"` : `"${text}"`);
