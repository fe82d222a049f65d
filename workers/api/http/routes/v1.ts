// The public v1 API, noun by noun. Also read without a Worker around it, for the reference.
import { images } from "./images.ts";
import { imagesBatch } from "./images-batch.ts";
import { imagesList } from "./images-list.ts";
import { imagesUpload } from "./images-upload.ts";
import { createRouter } from "./router.ts";
import { usage } from "./usage.ts";

export const v1 = createRouter();

// `/v1/images/batch` stands before `/v1/images/{id}`, which would take it for an id.
v1.route("/", imagesList);
v1.route("/", imagesBatch);
v1.route("/", imagesUpload);
v1.route("/", images);
v1.route("/", usage);

v1.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
  type: "http",
  scheme: "bearer",
  description: "`Authorization: Bearer img_live_…`",
});
