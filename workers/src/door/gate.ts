// The one gate for all requests of the isolate: they share its 128 MB and its one thread.

import { collectGarbage } from "../../shared/collector.ts";
import { idleBytes, leftBytes, releaseIdle } from "../kernel/host/shelf.ts";
import { defaultLimits } from "../plan/plan.ts";
import { Gate } from "./admission.ts";

export const gate = new Gate(
  {
    memoryBytes: defaultLimits.isolateBytes,
    maxWaiting: 64,
    maxWaitingMs: 20_000,
  },
  { bytes: idleBytes, release: releaseIdle, leftBytes, collect: collectGarbage },
);
