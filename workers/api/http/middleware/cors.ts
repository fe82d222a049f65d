// Any site may call the API with a key in a header. Cookies never count, so no site can act for a visitor.
import { cors } from "hono/cors";

export const crossOrigin = cors({
  origin: "*",
  allowMethods: ["GET", "HEAD", "POST", "PATCH", "DELETE"],
  allowHeaders: ["Authorization", "Content-Type", "Content-Disposition", "Idempotency-Key"],
  exposeHeaders: [
    "X-Request-Id",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Idempotent-Replayed",
    "Allow",
  ],
  maxAge: 86_400,
});
