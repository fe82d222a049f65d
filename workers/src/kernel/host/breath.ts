// Lets other requests in while a long job works: an isolate has one thread, and only a timer makes it look at what has come meanwhile.
//
// A promise that is already resolved, a stream that has bytes, a message channel and a call to oneself all go on without looking (tried in
// workerd: a bystander of a job of 500 ms waited 500 ms with these, 45 with a timer). The clock can't tell when it is time: on the platform it
// stands still while we work. So work is counted as it is done, by a rough price.

/** Milliseconds of work between two breaths. */
const STRETCH_MS = 10;

/** About what a piece of a file takes, in milliseconds: one that is read, or one that is written. */
export const MS_PER_PIECE = 1;

/** Milliseconds to read or write a megapixel of RGBA, about: a photograph's decoder or encoder beside it included. */
const MS_PER_MEGAPIXEL = 8;

/** About what rows of RGBA take that come into the kernel or leave it; of `bytes`, in milliseconds. */
export const rowsMs = (bytes: number): number => (MS_PER_MEGAPIXEL * bytes) / 4e6;

let workedMs = 0;

/** After about so much work: a pause where it is time for one, else nothing, so that short loops pay nothing. */
export function breathe(workMs: number): Promise<void> | undefined {
  workedMs += workMs;
  if (workedMs < STRETCH_MS) return undefined;
  workedMs = 0;
  return new Promise((resolve) => setTimeout(resolve, 0));
}
