// ShareX on Windows: a custom uploader, opened by a double click.
import type { Tool } from "./tool.ts";

export const shareX: Tool = {
  id: "sharex",
  name: "ShareX",
  about: "Screenshots on Windows: each is uploaded, and its link copied.",
  needsKey: true,
  steps: [
    "Save the file by the button below, double-click it, and let ShareX make it the active image uploader.",
    "Take a screenshot: its link is in the clipboard.",
    "“Deletion URL” in ShareX's history opens the picture in your gallery here, where a button deletes it.",
  ],
  file: ({ key, api, page }) => ({
    name: "edgepix.sxcu",
    mediaType: "application/json",
    text: `${JSON.stringify(
      {
        // The oldest ShareX that knows `{json:…}`.
        Version: "14.0.0",
        Name: `edgepix (${new URL(page).host})`,
        DestinationType: "ImageUploader",
        RequestMethod: "POST",
        RequestURL: `${api}/v1/images`,
        Headers: { Authorization: `Bearer ${key}` },
        Body: "MultipartFormData",
        FileFormName: "file",
        URL: "{json:url}",
        ThumbnailURL: "{json:sizes.small.url}",
        // ShareX opens it by a GET, which must delete nothing.
        DeletionURL: `${page}/gallery/{json:id}`,
        ErrorMessage: "{json:error.message}",
      },
      null,
      2,
    )}\n`,
  }),
};
