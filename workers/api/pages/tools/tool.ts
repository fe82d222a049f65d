// What a tool is: programs that people have already, and what makes them upload here.

/** What each tool is filled with. */
export interface Filling {
  readonly key: string;
  /** Origins, as `https://pictures.example.com`. */
  readonly api: string;
  readonly page: string;
}

export interface ToolFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

export interface ToolSetting {
  /** As the tool calls it. */
  readonly label: string;
  readonly text: string;
}

export interface Tool {
  readonly id: string;
  /** Its key is named so, too. */
  readonly name: string;
  readonly about: string;
  readonly needsKey: boolean;
  readonly steps: readonly string[];
  /** To save. */
  file?(filling: Filling): ToolFile;
  /** To copy, one by one. */
  settings?(filling: Filling): readonly ToolSetting[];
}

/** Where the key will be, while there is none. */
export const KEY_PLACEHOLDER = "YOUR_KEY";
