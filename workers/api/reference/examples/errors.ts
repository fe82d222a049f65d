// What each refusal looks like: its default sentence, and the parts that come with it.
import { type ErrorAction, type ErrorName, errorKinds, wireCode } from "../../../../schema/errors.ts";
import { plans } from "../../../../schema/plans.ts";
import type { Origins } from "../../origins.ts";

interface Parts {
  readonly action?: ErrorAction;
  readonly usage?: object;
  readonly details?: Readonly<Record<string, readonly string[]>>;
}

const wait = (seconds: number): Parts => ({ action: { type: "wait", retry_after: seconds } });

/** Only of those that say more than what is always there. */
function partsOf(name: ErrorName, origins: Origins): Parts {
  switch (name) {
    case "validation_error":
      return { details: { url: ["Send the address of a picture."] } };
    case "rate_limited":
      return wait(12);
    case "idempotency_key_in_progress":
    case "overloaded":
      return wait(2);
    case "quota_exceeded":
      return {
        action: { type: "upgrade", url: `${origins.page}/`, label: "Move to a larger plan" },
        usage: {
          plan: "free",
          uploads_used: plans.free.uploadsPerMonth,
          uploads_limit: plans.free.uploadsPerMonth,
          storage_used_bytes: 9_812_345,
          storage_limit_bytes: plans.free.storageBytes,
        },
      };
    default:
      return {};
  }
}

/** The body of the answer; tests hold it to the contract's schema. */
export function exampleError(name: ErrorName, origins: Origins): object {
  const { type, message } = errorKinds[name];
  const code = wireCode(name);
  return {
    error: {
      type,
      code,
      message,
      ...partsOf(name, origins),
      doc_url: `${origins.page}/docs/errors#${code}`,
      request_id: "0197b6a4-3c1e-4f0a-9d53-6a2b8f1c7e40",
    },
  };
}

/** The kind of action that comes with it; null where nothing but mending the request helps. */
export function actionOf(name: ErrorName, origins: Origins): string | null {
  return partsOf(name, origins).action?.type ?? null;
}
