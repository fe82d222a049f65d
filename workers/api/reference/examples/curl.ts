// A call as a line of shell.
import { SAMPLE_FILENAME } from "../../../../schema/sample.ts";
import { type Call, headersOf } from "./call.ts";

export function curl(call: Call, apiOrigin: string): string {
  const { method, path, query, body } = call;
  const isImplied = method === "GET" || (method === "POST" && body !== undefined);
  const parts = [
    `${query ? "-G " : ""}${isImplied ? "" : `-X ${method} `}${apiOrigin}${path}`,
    ...headersOf(call, (name) => `$${name}`).map(([name, value]) => `-H "${name}: ${value}"`),
    ...Object.entries(query ?? {}).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`),
    ...bodyOf(call),
  ];
  return `curl ${parts.join(" \\\n  ")}`;
}

function bodyOf({ body }: Call): readonly string[] {
  if (!body) return [];
  if (body.kind === "json") return [`-d ${quoted(JSON.stringify(body.value))}`];
  const fields = Object.entries(body.fields ?? {}).map(([name, value]) => `-F ${quoted(`${name}=${value}`)}`);
  return [`-F file=@${SAMPLE_FILENAME}`, ...fields];
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
