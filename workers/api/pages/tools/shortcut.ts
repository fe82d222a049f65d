// Shortcuts on iPhone, iPad and Mac. Files of shortcuts are signed by Apple, so this is a recipe.
import type { Tool } from "./tool.ts";

export const shortcut: Tool = {
  id: "shortcut",
  name: "iOS Shortcut",
  about: "Upload from the share sheet of an iPhone or iPad, and have the link to paste.",
  needsKey: true,
  steps: [
    "In Shortcuts tap +, then the info button: switch on “Show in Share Sheet”, and let it receive Images.",
    "Add “Get Contents of URL” with the URL below. Show more: Method POST.",
    "Under Headers add one, with the key and the text below.",
    "Request Body: Form. Add a field of the type File with the key below, and choose Shortcut Input for it.",
    "Add “Get Dictionary Value”: the value for the key below, in Contents of URL.",
    "Add “Copy to Clipboard”. Name it “Upload”, and share a photo to it.",
  ],
  settings: ({ key, api }) => [
    { label: "URL", text: `${api}/v1/images` },
    { label: "Header: Key", text: "Authorization" },
    { label: "Header: Text", text: `Bearer ${key}` },
    { label: "Form field: Key", text: "file" },
    { label: "Dictionary value: Key", text: "page_url" },
  ],
};
