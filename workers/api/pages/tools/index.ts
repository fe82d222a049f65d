// Every tool of the page, in its order.
import { bookmarklet } from "./bookmarklet.ts";
import { editors } from "./editors.ts";
import { shareX } from "./sharex.ts";
import { markdownPaste, screenshots } from "./shell-script.ts";
import { shortcut } from "./shortcut.ts";
import type { Tool } from "./tool.ts";

export const tools: readonly Tool[] = [shareX, screenshots, markdownPaste, shortcut, editors, bookmarklet];

export function toolOf(id: string): Tool | undefined {
  return tools.find((tool) => tool.id === id);
}
