// PicGo with its plugin web-uploader, by way of which Obsidian and Typora upload; and what they do without it.
import type { Tool } from "./tool.ts";

export const editors: Tool = {
  id: "picgo",
  name: "PicGo, Obsidian, Typora",
  about: "Pictures that you paste into notes are uploaded, and the note holds their addresses.",
  needsKey: true,
  steps: [
    "In PicGo install the plugin web-uploader, fill in its settings as below, and make it the default.",
    "Obsidian: install “Image auto upload”, and leave its PicGo server at http://127.0.0.1:36677/upload.",
    "Or without PicGo: install Obsidian's “Image Uploader”, with the address and the header below as its Api Endpoint and Upload Header, and its Upload Body and Image Url Path.",
    "Typora: Preferences, Image, Image Uploader: PicGo (app). Or without PicGo: Custom Command, and the path of edgepix.sh from above.",
  ],
  settings: ({ key, api }) => [
    { label: "API address (url)", text: `${api}/v1/images` },
    { label: "POST parameter (paramName)", text: "file" },
    { label: "JSON path (jsonPath)", text: "url" },
    {
      label: "Custom header (customHeader)",
      text: JSON.stringify({ Authorization: `Bearer ${key}` }),
    },
    { label: "Upload Body, for Obsidian", text: JSON.stringify({ file: "$FILE" }) },
    { label: "Image Url Path, for Obsidian", text: "url" },
  ],
};
