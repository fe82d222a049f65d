// The JSON that an operator's program sends.
import type { HonoRequest } from "hono";
import type * as z from "zod";
import { ApiError } from "../../../shared/api-error.ts";
import { invalid } from "../../validation.ts";

export async function readBody<T>(request: HonoRequest, schema: z.ZodType<T>): Promise<T> {
  const body = await request.json().catch((cause: unknown) => {
    throw new ApiError("bad_request", { message: "The body is not JSON.", cause });
  });
  const result = schema.safeParse(body);
  if (!result.success) throw invalid(result.error);
  return result.data;
}
