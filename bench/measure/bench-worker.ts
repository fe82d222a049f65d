// Starts the Worker of an engine that is compared, and sends it jobs.

import { join } from "node:path";
import type { RunningWorker } from "../../test/harness/host/workerd.ts";
import {
  type Answer,
  type EngineSettings,
  edgepixWorker,
  send,
  startEngine as startFrom,
  taskFor,
} from "../../test/harness/measure/engine-worker.ts";
import type { Job } from "../jobs.ts";
import { photoPath, photosFolder } from "../photos/make-photos.ts";

export const engineNames = ["edgepix", "photon", "jsquash"] as const;
export type EngineName = (typeof engineNames)[number];

const workerFolder = join(import.meta.dirname, "../worker");

const entries = {
  edgepix: edgepixWorker,
  photon: join(workerFolder, "photon.ts"),
  jsquash: join(workerFolder, "jsquash.ts"),
} as const satisfies Record<EngineName, string>;

/** A fresh process, with one engine in it and nothing else; the pictures are the bench's own unless said. */
export const startEngine = (
  engine: EngineName,
  settings: Partial<EngineSettings> = {},
): Promise<RunningWorker> => startFrom(entries[engine], { photos: photosFolder, ...settings });

export async function order(worker: RunningWorker, job: Job, repeats: number): Promise<Answer> {
  const task = await taskFor(await photoPath(job.photo), job.query, job.output);
  return send(worker, { repeats, task });
}
