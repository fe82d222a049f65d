// Holds answers of the API to what its routes declare: the same declarations that the reference is made of.
import { z } from "zod";
import { errorSchema } from "../../schema/api.ts";
import { v1 } from "../../workers/api/http/routes/v1.ts";

const routes = v1.openAPIRegistry.definitions
  .filter((definition) => definition.type === "route")
  .map(({ route }) => ({
    ...route,
    pattern: new URLPattern({ pathname: route.path.replace(/{(\w+)}/g, ":$1") }),
  }));

/** Throws when a route of /v1 gives an answer that it does not declare, or one of another shape. */
export async function holdToDeclaration(request: Request, response: Response): Promise<void> {
  const pathname = new URL(request.url).pathname.replace(/(?<=.)\/$/, "");
  if (!pathname.startsWith("/v1/") || pathname.startsWith("/v1/admin/") || !isJson(response)) return;
  const body: unknown = await response.clone().json();
  const route = routes.find(
    ({ method, pattern }) => method === request.method.toLowerCase() && pattern.test({ pathname }),
  );
  // Addresses and methods that there are not.
  const isDeclared = route !== undefined && response.status !== 405;
  const schema = isDeclared ? declaredSchema(route.responses, response.status) : errorSchema;
  const what = `${request.method} ${route?.path ?? pathname} answered ${response.status}`;
  if (!schema) throw new Error(`${what}, which it does not declare: ${JSON.stringify(body)}`);
  const { error } = schema.safeParse(body);
  if (error) throw new Error(`${what} in another shape than it declares: ${z.prettifyError(error)}`);
}

type Responses = (typeof routes)[number]["responses"];

function declaredSchema(responses: Responses, status: number): z.ZodType | undefined {
  const response = responses[status];
  const content = response && "content" in response && response.content?.["application/json"];
  return content && "schema" in content && content.schema instanceof z.ZodType ? content.schema : undefined;
}

function isJson(response: Response): boolean {
  return response.body !== null && (response.headers.get("Content-Type") ?? "").includes("json");
}
