// What the steps of a setup share.
import type { Deployment } from "../deploy/deployment.ts";
import type { Tools } from "../deploy/tools.ts";
import type { Asker } from "./ask.ts";

export interface SetupTools extends Tools {
  readonly asker: Asker;
  /** A new secret: 32 letters and digits or more. */
  secret(): string;
  /** The status of a page of the deployment; undefined where nothing answers. */
  visit(url: string): Promise<number | undefined>;
  /** `npm run probe` with that key; `isPassedOn` where pictures are at the API's own host. */
  probe(
    origin: string,
    key: string,
    isPassedOn: boolean,
  ): Promise<{ readonly isOk: boolean; readonly said: string }>;
  /** Whether this checkout came from somewhere that it can be brought up to date from. */
  canPull(): boolean;
  wait(milliseconds: number): Promise<void>;
}

export interface Context {
  readonly deployment: Deployment;
  /** Of its file, which is still to be written; undefined where it is there already. */
  readonly text: string | undefined;
  readonly tools: SetupTools;
  readonly isDry: boolean;
  /** Sets the zone's Browser Cache TTL, which is every site's of that zone. */
  readonly setsBrowserCache: boolean;
}

/** A step says what it found or did, in one sentence. In a dry run it says what it would do, and changes nothing. */
export interface Step {
  readonly name: string;
  run(context: Context): Promise<string>;
}
